/** The ledger looked at because somebody asks: one look at a time, in pieces, beside everything else. */
import type { ChainChecked, CheckView, LedgerCheck, LedgerChecked } from "../api/ledger-check.ts";
import { type LedgerFault, remedy, sentence } from "../fault.ts";
import type { ChainVerdict, Checkpoint } from "../ledger/index.ts";
import type { Store } from "../store/index.ts";
import type { Clock } from "../time/clock.ts";
import type { Proof } from "./proof.ts";
import type { LedgerVerdict } from "./verify.ts";

export interface LedgerCheckParts {
  readonly proof: Proof;
  readonly store: Pick<Store, "ledger">;
  /** The boards'. */
  readonly clock: Clock;
  /** Told what is wrong with the ledger itself; not of a checkpoint that was mistyped. */
  looked?(faults: readonly LedgerFault[]): Promise<void>;
  failed(error: unknown): void;
}

const never: CheckView = { state: "never", at: null, rows: 0, of: 0, result: null };

export function openLedgerCheck(parts: LedgerCheckParts): LedgerCheck & { settled(): Promise<void> } {
  const { proof, store, clock, looked, failed } = parts;
  let view = never;
  let going: Promise<void> = Promise.resolve();

  async function look(checkpoints: string): Promise<void> {
    const given = checkpoints.trim() === "" ? [] : proof.checkpointsIn(checkpoints);
    const good = given.filter((one): one is Checkpoint => typeof one !== "number");
    const verdict = await proof.verify(good, () => {
      view = { ...view, rows: view.rows + 1 };
    });
    const mistyped = given.flatMap((one): LedgerFault[] =>
      typeof one === "number" ? [{ code: "ledger/checkpoint", where: `${one}` }] : [],
    );
    const faults = [...mistyped, ...verdict.faults];
    // What is not whole is not signed for.
    const printed = faults.length === 0 ? proof.printed(verdict) : [];
    const result = checkedOf(verdict, faults, given.length, printed);
    // Rows were written meanwhile, or all was looked at once more because of them.
    const rows = result.register.rows + result.play.rows;
    view = { state: "done", at: clock.now(), rows, of: rows, result };
    await looked?.(verdict.faults);
  }

  return {
    view: () => view,
    async begin(checkpoints) {
      if (view.state === "running") return view;
      view = { ...never, state: "running", at: clock.now() };
      const [register, play] = await Promise.all([store.ledger.head("register"), store.ledger.head("play")]);
      const cut = (await store.ledger.rows("play", 0, 1))[0]?.seq ?? play.seq + 1;
      view = { ...view, of: register.seq + play.seq - cut + 1 };
      going = look(checkpoints).catch((error: unknown) => {
        view = { ...view, state: "failed", at: clock.now() };
        failed(error);
      });
      return view;
    },
    settled: () => going,
  };
}

const chainOf = ({ rows, head, broken }: ChainVerdict): ChainChecked => ({
  ...{ rows, seq: head.seq, hash: head.hash },
  whole: broken === null,
});

const checkedOf = (
  { register, play, revisions, seals }: LedgerVerdict,
  faults: readonly LedgerFault[],
  given: number,
  checkpoints: readonly string[],
): LedgerChecked => ({
  ...{ whole: faults.length === 0, register: chainOf(register), play: chainOf(play), revisions, seals, given },
  faults: faults.map((fault) => ({ code: fault.code, what: sentence(fault), remedy: remedy(fault) })),
  checkpoints,
});
