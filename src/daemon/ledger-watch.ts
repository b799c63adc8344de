/** Looks at the ledger when the daemon starts and once a day, in pieces: nothing waits for it. */
import type { Health } from "../api/office.ts";
import { canonicalJson } from "../canonical-json.ts";
import type { LedgerFault } from "../fault.ts";
import type { LedgerData } from "../ledger/index.ts";
import { limits } from "../limits.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Store } from "../store/index.ts";
import { type Clock, monotonicMs } from "../time/clock.ts";
import { openLedgerCheck } from "./ledger-check.ts";
import type { Proof } from "./proof.ts";

export interface LedgerWatchParts {
  readonly proof: Proof;
  readonly store: Pick<Store, "change" | "ledger">;
  /** The boards'. */
  readonly clock: Clock;
  changed(): void;
  failed(error: unknown): void;
}

const dayMs = 86_400_000;
const subject = "ledger";

export class LedgerWatch {
  private readonly parts: LedgerWatchParts;
  /** For whoever asks: what it finds is what this watch knows from then on. */
  readonly check: ReturnType<typeof openLedgerCheck>;
  private looked = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> = Promise.resolve();
  state: Health["ledger"] = "checking";
  /** For every board: nobody knows which of them an altered row was about. */
  faults: BoardFacts["faults"] = [];

  constructor(parts: LedgerWatchParts) {
    this.parts = parts;
    const looked = (faults: readonly LedgerFault[]) => {
      this.looking = this.looking.then(() => this.judge(faults)).catch(parts.failed);
      return this.looking;
    };
    this.check = openLedgerCheck({ ...parts, looked });
    parts.proof.onBroken = (fault) => {
      // What is known is asked when its turn comes: of two that are told at once the first is not forgotten.
      const add = () => {
        const known = this.faults.map((one) => one.fault as LedgerFault);
        const told = known.some((one) => canonicalJson(one) === canonicalJson(fault));
        return this.found(told ? known : [...known, fault]);
      };
      this.looking = this.looking.then(add).catch(parts.failed);
    };
  }

  /** Asked at each heartbeat; answers at once. */
  look(): void {
    if (monotonicMs() - this.looked < dayMs) return;
    this.looked = monotonicMs();
    this.looking = this.looking.then(() => this.verify()).catch(this.parts.failed);
  }

  /** When the looks that go on are over. */
  async settled(): Promise<void> {
    await this.check.settled();
    await this.looking;
  }

  private async verify(): Promise<void> {
    return this.judge((await this.parts.proof.verify()).faults);
  }

  private async judge(faults: readonly LedgerFault[]): Promise<void> {
    const { proof, changed } = this.parts;
    if (faults.length > 0) return this.found(faults);
    this.state = "whole";
    this.faults = [];
    changed();
    await proof.cutOld();
    await proof.sign();
  }

  private async found(faults: readonly LedgerFault[]): Promise<void> {
    const { clock, changed } = this.parts;
    this.state = "broken";
    const before = new Map(this.faults.map((one) => [canonicalJson(one.fault), one]));
    const told = faults.slice(0, limits.faultsPerBoard);
    this.faults = told.map((fault) => before.get(canonicalJson(fault)) ?? { fault, at: clock.now() });
    changed();
    await this.record(told);
  }

  /** That it was found is itself on record, once. */
  private async record(faults: readonly LedgerFault[]): Promise<void> {
    const { store } = this.parts;
    const data = { faults: faults as unknown as LedgerData[] };
    let last: LedgerData | null = null;
    for (let after = 0; ; ) {
      const rows = await store.ledger.about("register", subject, after);
      const end = rows.at(-1);
      if (end === undefined) break;
      last = end.data;
      after = end.seq;
    }
    if (last !== null && canonicalJson(last) === canonicalJson(data)) return;
    await store.change("system", (tx) => tx.record({ action: "ledger/found-broken", subject, data }));
  }
}
