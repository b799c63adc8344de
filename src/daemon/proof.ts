/** The ledger's proof in a data folder: checkpoints signed as the chains grow, and the look at whether all is whole. */
import { join } from "node:path";
import {
  checkpointFile,
  Checkpoints,
  cutPlay,
  readCheckpoints,
  signCheckpoint,
  toText,
  fromLine,
  fromText,
  type Checkpoint,
} from "../ledger/index.ts";
import type { LedgerFault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { SigningKey } from "../notices/seal.ts";
import type { Store } from "../store/index.ts";
import { wallClock } from "../time/clock.ts";
import { type LedgerVerdict, signingOf, verifyStore } from "./verify.ts";

const dayMs = 86_400_000;

export class Proof {
  private readonly store: Store;
  private readonly key: SigningKey;
  private readonly file: string;
  private readonly checkpoints: Checkpoints;
  /** Told of what was found between two checkpoints. */
  onBroken: (fault: LedgerFault) => void = () => {};

  constructor(store: Store, key: SigningKey, folder: string, failed: (error: unknown) => void) {
    this.store = store;
    this.key = key;
    this.file = join(folder, checkpointFile);
    this.checkpoints = new Checkpoints({
      file: this.file,
      ledger: store.ledger,
      signing: signingOf(key),
      clock: wallClock,
      broken: (fault) => this.onBroken(fault),
      failed,
    });
  }

  /** Something was recorded: it is signed for within a second or so. */
  changed(): void {
    this.checkpoints.changed();
  }

  /** Signs for all that there is. */
  sign(): Promise<void> {
    return this.checkpoints.write();
  }

  stop(): Promise<void> {
    return this.checkpoints.stop();
  }

  async verify(others: readonly Checkpoint[] = [], looked?: () => void): Promise<LedgerVerdict> {
    const kept = await readCheckpoints(this.file, signingOf(this.key));
    return verifyStore(this.store, this.key, kept, others, looked);
  }

  /** What this office's key signed, typed from paper or as a line of its file; null: something else. */
  checkpointOf(text: string): Checkpoint | null {
    const signing = signingOf(this.key);
    return fromText(text, signing) ?? fromLine(text, signing);
  }

  /** Printed texts that somebody has kept: one, or a line each; of a line that is none, its number. Nothing: the first. */
  checkpointsIn(text: string): readonly (Checkpoint | number)[] {
    const whole = this.checkpointOf(text);
    if (whole !== null) return [whole];
    const lines = [...text.split("\n").entries()].filter(([, line]) => line.trim() !== "");
    return lines.length === 0 ? [1] : lines.map(([index, line]) => this.checkpointOf(line) ?? index + 1);
  }

  /** The ends of a verdict's chains, to be printed. */
  printed({ register, play }: LedgerVerdict): readonly string[] {
    const ends = [register, play].map(({ head }) => head).filter(({ seq }) => seq > 0);
    return ends.map((head) => toText(signCheckpoint(head, wallClock.now(), signingOf(this.key))));
  }

  /** Takes away what the play log need not keep any longer. */
  async cutOld(): Promise<void> {
    const now = wallClock.now();
    const { ledger, change } = this.store;
    const parts = { ledger, change, signing: signingOf(this.key) };
    while ((await cutPlay(parts, now - limits.playLogDays * dayMs, now)) !== null);
  }
}
