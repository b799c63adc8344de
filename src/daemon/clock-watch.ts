/** Whether this computer's clock can be believed (R27): against how long it has been up, and against what is on record. */
import type { Fault } from "../fault.ts";
import type { LedgerRow } from "../ledger/types.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Clock } from "../time/clock.ts";

export interface ClockWatchParts {
  readonly wall: Clock;
  /** The board clock: when faults were first seen is told by it. */
  readonly clock: Clock;
  /** ms since an arbitrary beginning, while suspended too. */
  boot(): number;
  /** The rows that were written last. */
  lastRows(): Promise<readonly LedgerRow[]>;
}

/** A time service steps by less than this when all is well; rows are stamped by the same clock. */
const tolerateMs = 60_000;
/** How long a jump is told of. */
const jumpToldMs = 24 * 3_600_000;
/** Nobody had this program before. */
const released = Date.UTC(2026, 0, 1);

export class ClockWatch {
  private readonly parts: ClockWatchParts;
  /** Wall less boot: the same as long as nobody sets the clock. */
  private offset: number;
  private jump: { readonly seconds: number; readonly boot: number } | null = null;
  faults: BoardFacts["faults"] = [];

  constructor(parts: ClockWatchParts) {
    this.parts = parts;
    this.offset = parts.wall.now() - parts.boot();
  }

  /** Whether the faults are other than before. */
  async look(): Promise<boolean> {
    const { wall, clock, boot, lastRows } = this.parts;
    const rows = await lastRows();
    const [now, up] = [wall.now(), boot()];
    const moved = now - up - this.offset;
    if (Math.abs(moved) > tolerateMs) this.jump = { seconds: Math.round(moved / 1000), boot: up };
    // Slow drift adds up to no jump.
    this.offset = now - up;
    if (this.jump && up - this.jump.boot > jumpToldMs) this.jump = null;
    const found: Fault[] = [];
    const latest = Math.max(Number.NEGATIVE_INFINITY, ...rows.map(({ wallAt }) => wallAt));
    if (now < released) found.push({ code: "clock/wrong", what: "before-release", seconds: 0 });
    else if (now < latest - tolerateMs)
      // To the minute: told anew each second it would be another fault each time.
      found.push({ code: "clock/wrong", what: "before-record", seconds: Math.ceil((latest - now) / 60_000) * 60 });
    if (this.jump) found.push({ code: "clock/wrong", what: "jumped", seconds: this.jump.seconds });
    const before = new Map(this.faults.map((one) => [JSON.stringify(one.fault), one]));
    const faults = found.map((fault) => before.get(JSON.stringify(fault)) ?? { fault, at: clock.now() });
    const isOther = JSON.stringify(faults) !== JSON.stringify(this.faults);
    this.faults = faults;
    return isOther;
  }
}
