import { limits } from "../limits.ts";
import type { BoardFacts } from "../panels/contract.ts";

/** What was not planned stands first: it is about what the board should say, not about its line. */
export function withPlanFaults(facts: BoardFacts, planned: BoardFacts["faults"]): BoardFacts {
  if (planned.length === 0) return facts;
  const told = new Set(planned.map((one) => JSON.stringify(one.fault)));
  const others = facts.faults.filter((one) => !told.has(JSON.stringify(one.fault)));
  return { ...facts, faults: [...planned, ...others].slice(0, limits.faultsPerBoard) };
}
