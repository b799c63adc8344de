/** The checkpoints' file: a line is added soon after the chains have grown, and on disk before it counts. */
import { open, readFile, rename, rm, stat, truncate } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { LedgerFault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Clock } from "../time/clock.ts";
import { Pieces } from "../time/pieces.ts";
import { type Checkpoint, fromLine, type Signing, signCheckpoint, toLine, type Verifying } from "./checkpoint.ts";
import { latestCut } from "./retention.ts";
import type { Chain, LedgerStore } from "./types.ts";
import { type BrokenChain, verifyChain } from "./verify.ts";

export const checkpointFile = "ledger-checkpoints.jsonl";

export interface KeptCheckpoints {
  /** Those that the office's key signed. */
  readonly good: readonly Checkpoint[];
  /** Lines that it did not sign; one that a power cut left unfinished at the end is none. */
  readonly faults: readonly LedgerFault[];
}

/** A file that is not there holds none. */
export async function readCheckpoints(file: string, verifying: Verifying): Promise<KeptCheckpoints> {
  const fault = (line: number): LedgerFault => ({ code: "ledger/checkpoint", where: `${basename(file)}:${line}` });
  const lines = await linesOf(file);
  if (lines === null) return { good: [], faults: [fault(1)] };
  const good: Checkpoint[] = [];
  const faults: LedgerFault[] = [];
  const pieces = new Pieces();
  for (const [index, line] of lines.entries()) {
    const checkpoint = fromLine(line, verifying);
    if (checkpoint === null) faults.push(fault(index + 1));
    else good.push(checkpoint);
    await pieces.rest();
  }
  return { good, faults };
}

/** Without half a line at the end. null: there is more than may be read. */
async function linesOf(file: string): Promise<readonly string[] | null> {
  const found = await stat(file).catch(() => null);
  if (found === null) return [];
  if (found.size > limits.ledgerCheckpointBytes) return null;
  return (await readFile(file, "utf8")).split("\n").slice(0, -1);
}

export interface CheckpointsParts {
  readonly file: string;
  readonly ledger: LedgerStore;
  readonly signing: Signing;
  /** The wall's. */
  readonly clock: Clock;
  /** What has grown since the last checkpoint is not whole: it was not signed. */
  broken(fault: BrokenChain): void;
  failed(error: unknown): void;
}

const chains: readonly Chain[] = ["register", "play"];
/** After the first change of several, ms. */
const soonMs = 1000;

/**
 * Signs the chains' ends, at most once a second. Each time it looks at the rows since the last one: what somebody altered
 * in between is not signed.
 */
export class Checkpoints {
  private readonly parts: CheckpointsParts;
  private readonly last = new Map<Chain, Checkpoint>();
  private lines: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(parts: CheckpointsParts) {
    this.parts = parts;
  }

  /** Something was recorded. */
  changed(): void {
    if (this.timer !== null) return;
    this.timer = setTimeout(() => void this.write(), soonMs);
    this.timer.unref();
  }

  /** Signs what there is now; resolves when it is on disk. Never rejects. */
  write(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.sign()).catch((error: unknown) => this.parts.failed(error));
    return this.writing;
  }

  /** What was recorded last is signed yet. */
  stop(): Promise<void> {
    return this.timer === null ? this.writing : this.write();
  }

  private async sign(): Promise<void> {
    const { file, ledger, signing, clock } = this.parts;
    if (this.lines === null) await this.begin();
    const made: Checkpoint[] = [];
    for (const chain of chains) {
      const before = this.last.get(chain) ?? null;
      const head = await ledger.head(chain);
      // A chain that ends as it did when it was signed has nothing new.
      if (head.seq === 0 && before === null) continue;
      if (before !== null && head.seq === before.seq && head.hash === before.hash) continue;
      const cut = chain === "play" ? await latestCut(ledger, signing) : null;
      const after = before !== null && before.seq >= (cut?.seq ?? 0) ? before : null;
      const { head: end, broken } = await verifyChain(ledger, chain, before === null ? [] : [before], { cut, after });
      if (broken !== null) {
        this.parts.broken(broken);
        continue;
      }
      made.push(signCheckpoint(end, clock.now(), signing));
    }
    if (made.length === 0) return;
    await append(file, made.map((one) => `${toLine(one, signing.installation)}\n`).join(""));
    for (const one of made) this.last.set(one.chain, one);
    this.lines = (this.lines ?? 0) + made.length;
    if (this.lines > limits.ledgerCheckpoints) await this.thin();
  }

  /** The newest of each chain that the file has: what lies between it and the chain's end is looked at before it is signed. */
  private async begin(): Promise<void> {
    const { file, signing } = this.parts;
    await dropTorn(file);
    const lines = await linesOf(file);
    for (const line of (lines ?? []).toReversed()) {
      if (chains.every((chain) => this.last.has(chain))) break;
      const one = fromLine(line, signing);
      if (one !== null && !this.last.has(one.chain)) this.last.set(one.chain, one);
    }
    this.lines = lines?.length ?? 0;
  }

  /**
   * The newer half stays, and of the older every second with the first: three quarters of the most. A line that another
   * process adds meanwhile may be lost; the next one says more.
   */
  private async thin(): Promise<void> {
    const { file } = this.parts;
    const lines = (await linesOf(file)) ?? [];
    const old = lines.length - limits.ledgerCheckpoints / 2;
    const kept = lines.filter((_, index) => index >= old || index % 2 === 0);
    const draft = `${file}.${process.pid}`;
    await rm(draft, { force: true });
    await append(draft, kept.map((line) => `${line}\n`).join(""));
    await rename(draft, file);
    await syncFolder(dirname(file));
    this.lines = kept.length;
  }
}

async function append(file: string, text: string): Promise<void> {
  const fresh = (await stat(file).catch(() => null)) === null;
  const handle = await open(file, "a", 0o600);
  try {
    await handle.appendFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (fresh) await syncFolder(dirname(file));
}

/** Half a line at the end, which a power cut left: it never counted. */
async function dropTorn(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null || found.size === 0 || found.size > limits.ledgerCheckpointBytes) return;
  const bytes = await readFile(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(file, whole);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
