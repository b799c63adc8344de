/** Warnings that are lit and not countersigned yet: each of their boards says so, for as long as that lasts. */
import type { BoardConfig } from "../config/types.ts";
import type { ReviewCase, ReviewRules } from "../notices/review/index.ts";
import type { BoardFacts } from "../panels/contract.ts";
import { formatCivil } from "../time/zone.ts";

export interface AwaitingParts {
  readonly store: { readonly cases: { open(): Promise<readonly ReviewCase[]> } };
  readonly rules: ReviewRules;
  readonly zone: string;
  /** Some board says another thing than before. */
  changed(): void;
}

const hourMs = 3_600_000;

export class Awaiting {
  private readonly parts: AwaitingParts;
  private found: readonly { readonly boards: readonly string[]; readonly said: BoardFacts["faults"][number] }[] = [];

  constructor(parts: AwaitingParts) {
    this.parts = parts;
  }

  /** At each heartbeat, and after each step of review. */
  async look(): Promise<void> {
    const { store, rules, zone, changed } = this.parts;
    const hours = rules.kind === "chain" ? rules.countersignHours : 0;
    const warnings = (await store.cases.open()).filter(({ kind }) => kind === "warning");
    const found = warnings.map(({ notice, title, since, pixels }) => {
      const until = formatCivil(zone, since + hours * hourMs)
        .slice(0, "2017-11-06T12:30".length)
        .replace("T", " ");
      const fault = { code: "review/to-countersign", notice, title, until } as const;
      return { boards: pixels.map(({ board }) => board), said: { fault, at: since } };
    });
    const before = JSON.stringify(this.found);
    this.found = found;
    if (JSON.stringify(found) !== before) changed();
  }

  faults(board: BoardConfig["id"]): BoardFacts["faults"] {
    return this.found.filter(({ boards }) => boards.includes(board)).map(({ said }) => said);
  }
}
