/** What the register tells of the catalogue, its numbers and the issues, and whether the store still says the same. */
import { canonicalJson } from "../canonical-json.ts";
import type { LedgerFault } from "../fault.ts";
import type { LedgerRow } from "../ledger/types.ts";
import { type IndexNumber, type IndexStore, indexText } from "./index-number.ts";
import { issueDigest, issueId, type IssueStore } from "./issues.ts";

/** Everything in which an altered row could differ, as one text. */
const stateOf = ({ notice, voided }: Pick<IndexNumber, "notice" | "voided">): string =>
  canonicalJson({ notice, voided: voided && { ...voided } });

/** `take` every row of a register that is whole, then `judge` the store. */
export class CatalogueAudit {
  private readonly numbers = new Map<string, string>();
  private readonly issues = new Map<string, unknown>();
  private document: unknown = null;

  take({ action, subject, data }: LedgerRow): void {
    const gives = action.startsWith("notice/") || action === "index/given";
    if (gives && typeof data.index === "string")
      this.numbers.set(data.index, stateOf({ notice: subject, voided: null }));
    else if (action === "index/voided") this.numbers.set(subject, String(data.state));
    else if (action === "issue/closed") this.issues.set(subject, data.digest);
    else if (action === "catalogue/changed") this.document = data.after;
  }

  async judge(store: {
    readonly indices: IndexStore;
    readonly issues: IssueStore;
    /** SHA-256 of the document, null: the program's own. */
    catalogue(): Promise<string | null>;
  }): Promise<readonly LedgerFault[]> {
    const faults: LedgerFault[] = [];
    const compare = (
      about: "index" | "issue",
      registered: ReadonlyMap<string, unknown>,
      found: ReadonlyMap<string, unknown>,
    ) => {
      const fault = (name: string, what: "altered" | "gone" | "unregistered") =>
        faults.push({ code: "ledger/disagrees", about, name, what });
      for (const [name, state] of found)
        if (!registered.has(name)) fault(name, "unregistered");
        else if (registered.get(name) !== state) fault(name, "altered");
      for (const name of registered.keys()) if (!found.has(name)) fault(name, "gone");
    };
    compare("index", this.numbers, new Map((await store.indices.list()).map((one) => [indexText(one), stateOf(one)])));
    compare("issue", this.issues, new Map((await store.issues.list()).map((one) => [issueId(one), issueDigest(one)])));
    if ((await store.catalogue()) !== this.document)
      faults.push({ code: "ledger/disagrees", about: "catalogue", name: "catalogue", what: "altered" });
    return faults;
  }
}

/** What the row of a voided number has of it. */
export const voidedState = (index: IndexNumber): string => stateOf(index);
