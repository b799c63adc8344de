/** What the register tells of review cases, and whether the table still says the same. */
import type { LedgerFault } from "../../fault.ts";
import type { LedgerRow } from "../../ledger/types.ts";
import { digestOf } from "./digest.ts";
import type { CaseId, CaseState, ReviewCase } from "./types.ts";

interface Registered {
  readonly notice: string;
  readonly number: unknown;
  readonly revision: unknown;
  readonly form: unknown;
  readonly pixels: unknown;
  /** In which of these it may be. */
  states: readonly CaseState[];
  /** Rows about it: each is one more version. */
  rows: number;
}

/** Where a row leaves its case; what is not here leaves it where it was. */
const left: Readonly<Record<string, readonly CaseState[]>> = {
  "review/reviewed": ["signature"],
  "review/signed": ["signed"],
  "review/countersigned": ["signed"],
  "review/returned": ["returned"],
  "review/withdrawn": ["withdrawn"],
  "review/uncountersigned": ["withdrawn"],
  "review/scan-uploaded": ["signature"],
};
const handedIn: readonly CaseState[] = ["office-review", "signature"];

/** `take` every row of a register that is whole, `judge` every case, ask for what is `missing`. */
export class CaseAudit {
  private readonly cases = new Map<CaseId, Registered>();
  private readonly seen = new Set<CaseId>();

  take({ action, subject, data }: LedgerRow): void {
    const { case: id, number, revision, form, pixels, state } = data;
    if (typeof id !== "string" || !action.startsWith("review/")) return;
    const known = this.cases.get(id);
    if (action === "review/submitted" && known === undefined) {
      const states = handedIn.filter((one) => one === (state ?? one));
      this.cases.set(id, { notice: subject, number, revision, form, pixels, states, rows: 1 });
    } else if (known !== undefined) {
      known.states = left[action] ?? known.states;
      known.rows++;
    }
  }

  /** null: it is as it was registered. */
  judge(review: ReviewCase): LedgerFault | null {
    const { id } = review;
    const registered = this.cases.get(id);
    const fault = (what: "altered" | "unregistered"): LedgerFault => {
      return { code: "ledger/disagrees", about: "case", name: id, what };
    };
    if (registered === undefined) return fault("unregistered");
    this.seen.add(id);
    const same =
      registered.notice === review.notice &&
      registered.number === review.number &&
      registered.revision === review.revision &&
      registered.form === review.form &&
      registered.pixels === digestOf(review.pixels) &&
      registered.states.includes(review.state) &&
      registered.rows === review.version;
    return same ? null : fault("altered");
  }

  /** Registered, and not among those that were judged. */
  missing(): readonly LedgerFault[] {
    return [...this.cases.keys()]
      .filter((id) => !this.seen.has(id))
      .map((name) => ({ code: "ledger/disagrees", about: "case", name, what: "gone" }));
  }
}
