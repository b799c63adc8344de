/** What the register tells of accounts and deputies, and whether the tables still say the same. */
import type { LedgerFault } from "../fault.ts";
import type { LedgerRow } from "../ledger/types.ts";
import { accountState, deputyState } from "./state.ts";
import type { PeopleStore } from "./store.ts";

/** `take` every row of a register that is whole, then `judge` the tables. */
export class PeopleAudit {
  private readonly accounts = new Map<string, unknown>();
  private readonly deputies = new Map<string, unknown>();

  take({ action, subject, data }: LedgerRow): void {
    if (action.startsWith("account/") && "state" in data) this.accounts.set(subject, data.state);
    if (action === "deputy/added") this.deputies.set(subject, data.state);
    if (action === "deputy/ended") this.deputies.delete(subject);
  }

  async judge(people: Pick<PeopleStore, "accounts" | "deputies">): Promise<readonly LedgerFault[]> {
    const faults: LedgerFault[] = [];
    const found = new Set<string>();
    const fault = (about: "account" | "deputy", name: string, what: "altered" | "gone" | "unregistered") =>
      faults.push({ code: "ledger/disagrees", about, name, what });
    for (const account of await people.accounts()) {
      found.add(account.id);
      if (!this.accounts.has(account.id)) fault("account", account.login, "unregistered");
      else if (this.accounts.get(account.id) !== accountState(account)) fault("account", account.login, "altered");
    }
    for (const id of this.accounts.keys()) if (!found.has(id)) fault("account", id, "gone");
    // A deputy that was altered is not among them: the store leaves it out.
    const deputies = new Map((await people.deputies()).map((one) => [one.id, deputyState(one)]));
    for (const [id, state] of this.deputies) {
      if (!deputies.has(id)) fault("deputy", id, "gone");
      else if (deputies.get(id) !== state) fault("deputy", id, "altered");
    }
    return faults;
  }
}
