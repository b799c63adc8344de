/** Which boards are looked at first: those in trouble, then those that wait for something, then by their numbers; those of one line together. */
import { isReminder } from "../../fault.ts";
import type { BoardFacts } from "../../panels/contract.ts";
import type { PreviewBoard } from "../../preview/types.ts";
import type { BoardJson } from "../api.ts";
import type { JudgedFact } from "../facts.ts";

export type Trouble = "bad" | "waiting" | "none";
const order: readonly Trouble[] = ["bad", "waiting", "none"];

/** `preview` absent: nothing is known of it yet. */
export function troubleOf(preview: PreviewBoard | undefined, facts: readonly JudgedFact[]): Trouble {
  if (!preview) return "none";
  const { faults, link } = preview.facts;
  const tone = (wanted: JudgedFact["tone"]) => facts.some((fact) => fact.tone === wanted);
  if (link === "down" || tone("bad") || faults.some(({ fault }) => !isReminder(fault))) return "bad";
  const above = preview.above;
  const stands = above && (above.dark !== null || above.maintenance !== null || above.reports.length > 0);
  return stands || faults.length > 0 || tone("stale") ? "waiting" : "none";
}

export interface Ranked {
  readonly board: BoardJson;
  readonly trouble: Trouble;
}

/** B2 before B10. */
const byNumber = new Intl.Collator("en", { numeric: true });

/** Those of one line stay together, where the first of them is: what is wrong with a line is wrong with all of them. */
export function ranked(boards: readonly Ranked[]): readonly Ranked[] {
  const sorted = [...boards].sort(
    (one, other) =>
      order.indexOf(one.trouble) - order.indexOf(other.trouble) || byNumber.compare(one.board.id, other.board.id),
  );
  const lines = new Map<string, Ranked[]>();
  for (const one of sorted) {
    const line = [one.board.id, ...(one.board.link.shared?.with ?? [])].sort().join(" ");
    lines.set(line, [...(lines.get(line) ?? []), one]);
  }
  return [...lines.values()].flat();
}

/** All of the words, anywhere in what is said of a board. */
export function matches({ id, name, place, model }: BoardJson, custodian: string, sought: string): boolean {
  const said = [id, name, place, model, custodian].join(" ").toLowerCase();
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** What is said of it in one line: a fault before a reminder, the newest. */
export function worstOf(faults: BoardFacts["faults"]): BoardFacts["faults"][number] | null {
  return faults.find(({ fault }) => !isReminder(fault)) ?? faults[0] ?? null;
}
