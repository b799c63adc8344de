/** What the register tells of review cases, and whether the table still says the same. */
import type { LedgerFault } from "../../fault.ts";
import type { LedgerRow } from "../../ledger/types.ts";
import { caseDigest, digestOf } from "./digest.ts";
import { refuse } from "./parts.ts";
import type { ReviewVerbs } from "./store.ts";
import type { CaseId, CaseState, ReviewCase } from "./types.ts";

interface Registered {
  readonly notice: string;
  readonly number: unknown;
  readonly revision: unknown;
  readonly form: unknown;
  readonly pixels: unknown;
  /** JSON: the accounts, as they were when it was submitted. */
  readonly hands: string;
  /** The whole of it after its newest step; undefined: older than this is written. */
  whole: unknown;
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
    const { case: id, number, revision, form, pixels, state, hands = [], whole } = data;
    if (typeof id !== "string" || !action.startsWith("review/")) return;
    const known = this.cases.get(id);
    if (action === "review/submitted" && known === undefined) {
      const states = handedIn.filter((one) => one === (state ?? one));
      const told = { notice: subject, number, revision, form, pixels, hands: JSON.stringify(hands), whole };
      this.cases.set(id, { ...told, states, rows: 1 });
    } else if (known !== undefined) {
      known.states = left[action] ?? known.states;
      known.whole = whole ?? known.whole;
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
      registered.hands === JSON.stringify(review.hands.map(({ account }) => account)) &&
      (registered.whole === undefined || registered.whole === caseDigest(review)) &&
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

/** Inside a change: whether a case, as it lies there, is what the register says of it. */
export async function isAsRegistered(tx: Pick<ReviewVerbs, "cases">, review: ReviewCase): Promise<boolean> {
  const audit = new CaseAudit();
  for (const row of await tx.cases.registered(review.notice)) audit.take(row);
  return audit.judge(review) === null;
}

/** Before anybody lets a case through: whoever edits the table must not choose whose step it is. FaultError `review/record`. */
export async function assertAsRegistered(tx: Pick<ReviewVerbs, "cases">, review: ReviewCase): Promise<void> {
  if (!(await isAsRegistered(tx, review))) refuse({ code: "review/record", case: review.id });
}
