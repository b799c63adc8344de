/** What the register is about beside notices: cases, people, and the bytes that seals and the play log name. */
import type { LedgerFault } from "../fault.ts";
import { GuardedAudit, rowsOf } from "../ledger/index.ts";
import { toldOf } from "../ledger/play-was.ts";
import type { Head, LedgerRow } from "../ledger/types.ts";
import type { Instant, MessageHash } from "../message/types.ts";
import { catalogueDigest } from "../notices/catalogue.ts";
import { CatalogueAudit } from "../notices/catalogue-register.ts";
import { CaseAudit } from "../notices/review/register.ts";
import { TakedownAudit } from "../notices/takedown-register.ts";
import type { SealBody } from "../notices/types.ts";
import type { StoredRevision } from "../notices/store.ts";
import { PeopleAudit } from "../people/register.ts";
import type { Store } from "../store/index.ts";
import { Pieces } from "../time/pieces.ts";

export type AuditedStore = Pick<
  Store,
  | ("ledger" | "notices" | "messages" | "cases" | "people" | "play" | "takedowns" | "indices" | "issues" | "settings")
  | "guarded"
>;

/** `take` every row of a register that is whole and `seal` every revision that is as registered, then ask for `faults`. */
export class TableAudit {
  private readonly cases = new CaseAudit();
  private readonly people = new PeopleAudit();
  private readonly takedowns = new TakedownAudit();
  private readonly catalogue = new CatalogueAudit();
  private readonly guarded = new GuardedAudit();
  private readonly messages = new Set<MessageHash>();
  /** As late as the register knows, by the board clock. */
  private now: Instant = Number.NEGATIVE_INFINITY;

  take(row: LedgerRow): void {
    this.cases.take(row);
    this.people.take(row);
    this.takedowns.take(row);
    this.catalogue.take(row);
    this.guarded.take(row);
    this.now = Math.max(this.now, row.boardAt);
  }

  /** A revision whose seal holds: what it names must be there as long as it may be shown. */
  seal({ body, withdrawnAt, supersededAt }: StoredRevision): void {
    if (body === null || withdrawnAt !== null || supersededAt !== null) return;
    const { envelope, pixels } = JSON.parse(body) as SealBody;
    if (envelope.until > this.now) for (const { message } of pixels) this.messages.add(message);
  }

  async faults(store: AuditedStore): Promise<readonly LedgerFault[]> {
    const faults: LedgerFault[] = [];
    const pieces = new Pieces();
    for (let cases = await store.cases.list(); cases.length > 0; cases = await store.cases.list(cases.at(-1)?.id))
      for (const review of cases) {
        const fault = this.cases.judge(review);
        if (fault !== null) faults.push(fault);
        await pieces.rest();
      }
    const { takedowns } = store;
    for (let orders = await takedowns.list(); orders.length > 0; orders = await takedowns.list(orders.at(-1)?.id))
      for (const order of orders) {
        const fault = this.takedowns.judge(order);
        if (fault !== null) faults.push(fault);
        await pieces.rest();
      }
    faults.push(...this.cases.missing(), ...this.takedowns.missing(), ...(await this.people.judge(store.people)));
    const { indices, issues, settings } = store;
    // What an issue names is kept for ever, but what had personal information.
    for (const { boards } of await issues.list())
      for (const { message, personal } of boards.flatMap(({ items }) => items))
        if (!personal) this.messages.add(message);
    faults.push(...(await this.catalogue.judge({ indices, issues, catalogue: () => catalogueDigest(settings) })));
    faults.push(...(await this.guarded.judge(store.guarded)));
    for (const name of this.messages) {
      if ((await store.messages.get(name)) === null)
        faults.push({ code: "ledger/disagrees", about: "message", name, what: "gone" });
      await pieces.rest();
    }
    return faults;
  }
}

/** The programmes that whole rows of the play log name, up to `end`. Those named again right after are looked at once. */
export async function programmeFaults(store: Pick<Store, "ledger" | "play">, end: Head): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = [];
  const last = new Map<string, string>();
  const pieces = new Pieces();
  for await (const row of rowsOf(store.ledger, "play", end.seq)) {
    const told = row.action === "play/told" ? toldOf(row) : null;
    if (told === null || last.get(row.subject) === told.programme) continue;
    last.set(row.subject, told.programme);
    if ((await store.play.programme(told.programme)) === null)
      faults.push({ code: "ledger/disagrees", about: "programme", name: told.programme, what: "gone" });
    await pieces.rest();
  }
  return faults;
}
