/**
 * What the daemon does by itself, one job at a time. Each heartbeat decides from state what is due: a host that slept for a
 * week does a job once, not seven times, and a clock that was set back neither repeats nor stops anything.
 */
import { type Fault, FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import type { SettingStore } from "../notices/store.ts";
import type { BoardFacts } from "../panels/contract.ts";
import { type Clock, type Instant, monotonicMs, wallClock } from "../time/clock.ts";

/** An instant by the boards' clock and by the computer's own: they differ in practice. */
export interface JobTime {
  readonly board: Instant;
  readonly wall: Instant;
}

export interface Job {
  /** Its last run is the setting `job.NAME`. */
  readonly name: string;
  /** `last`: when it was last done, never later than `now` by either clock; null: never. */
  due(now: JobTime, last: JobTime | null): boolean;
  run(now: JobTime): Promise<void>;
}

export interface Jobs {
  /** At each heartbeat; answers at once, whatever a job does. */
  look(): void;
  readonly faults: BoardFacts["faults"];
  /** Resolves when nothing runs any more that can be waited for. */
  settled(): Promise<void>;
  /** Begins nothing more. What hangs is left behind. */
  stop(): Promise<void>;
}

export interface JobParts {
  readonly list: readonly Job[];
  readonly settings: SettingStore;
  /** The boards'. */
  readonly clock: Clock;
  readonly wall?: Clock;
  /** ms that no setting of a clock moves. */
  readonly monotonic?: () => number;
  /** Some fault came or went. */
  changed(): void;
  failed(error: unknown): void;
}

interface Failure {
  readonly times: number;
  /** By the monotonic clock. */
  readonly againAt: number;
}

/** One pass through the list; it gives way to the next when a job of it hangs. */
interface Pass {
  job: string | null;
  begunAt: number;
  left: boolean;
}

export function createJobs(parts: JobParts): Jobs {
  const { list, settings, clock, wall = wallClock, monotonic = monotonicMs, changed, failed } = parts;
  const failures = new Map<string, Failure>();
  const hanging = new Set<string>();
  const told = new Map<string, BoardFacts["faults"][number]>();
  let pass: Pass | null = null;
  let going: Promise<void> = Promise.resolve();
  let stopped = false;

  const now = (): JobTime => ({ board: clock.now(), wall: wall.now() });

  function tell(job: string, fault: Fault | null): void {
    const before = told.get(job);
    if (JSON.stringify(before?.fault ?? null) === JSON.stringify(fault)) return;
    if (fault === null) told.delete(job);
    else told.set(job, { fault, at: clock.now() });
    changed();
  }

  /** A time to come by a clock that was set back since counts as now, and is kept so: else the job would wait for it. */
  async function lastOf(job: Job, at: JobTime): Promise<JobTime | null> {
    const last = readTime(await settings.get(keyOf(job)));
    if (last === null || (last.board <= at.board && last.wall <= at.wall)) return last;
    const set = { board: Math.min(last.board, at.board), wall: Math.min(last.wall, at.wall) };
    await settings.set(keyOf(job), JSON.stringify(set));
    return set;
  }

  async function one(job: Job, mine: Pass): Promise<void> {
    const failure = failures.get(job.name);
    if (failure !== undefined && monotonic() < failure.againAt) return;
    try {
      const at = now();
      if (!job.due(at, await lastOf(job, at)) || stopped || mine.left) return;
      await job.run(at);
      await settings.set(keyOf(job), JSON.stringify(at));
      failures.delete(job.name);
      tell(job.name, null);
    } catch (error) {
      const times = (failure?.times ?? 0) + 1;
      const waitMs = Math.min(limits.jobRetryMs * 2 ** (times - 1), limits.jobRetryMsMax);
      failures.set(job.name, { times, againAt: monotonic() + waitMs });
      failed(error);
      // A job that knows what is wrong says so itself.
      const why = error instanceof FaultError ? error.fault : null;
      tell(job.name, why ?? { code: "job/failed", job: job.name, why: wordsOf(error) });
    }
  }

  async function through(mine: Pass): Promise<void> {
    for (const job of list) {
      if (stopped || mine.left) return;
      if (hanging.has(job.name)) continue;
      mine.job = job.name;
      mine.begunAt = monotonic();
      await one(job, mine);
      hanging.delete(job.name);
    }
    if (pass === mine) pass = null;
  }

  /** What takes longer than it may is told of and goes on by itself; the others are not kept waiting. */
  function leave(hung: Pass): void {
    const job = hung.job ?? "";
    hung.left = true;
    hanging.add(job);
    pass = null;
    tell(job, { code: "job/hangs", job, minutes: Math.round(limits.jobMs / 60_000) });
  }

  return {
    look() {
      if (stopped) return;
      if (pass !== null && monotonic() - pass.begunAt > limits.jobMs) leave(pass);
      if (pass !== null) return;
      pass = { job: null, begunAt: monotonic(), left: false };
      going = through(pass);
    },
    get faults() {
      return [...told.values()];
    },
    settled: () => going,
    async stop() {
      stopped = true;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, limits.jobStopMs);
      });
      await Promise.race([going, patience]);
      clearTimeout(timer);
    },
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);

const keyOf = ({ name }: Job) => `job.${name}`;

/** A row that somebody has spoilt is as good as none. */
function readTime(text: string | null): JobTime | null {
  try {
    const { board, wall } = JSON.parse(text ?? "null") as Record<string, unknown>;
    return Number.isSafeInteger(board) && Number.isSafeInteger(wall)
      ? { board: Number(board), wall: Number(wall) }
      : null;
  } catch {
    return null;
  }
}
