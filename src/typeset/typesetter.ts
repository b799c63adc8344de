/** Typesetting in a thread of its own: a long notice for a large screen takes far longer than the daemon may stand still. */
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { FitOptions, FitReport } from "./report.ts";
import type { FitWords } from "./report-words.ts";
import { type After, after, exchange, startThread, type Thread } from "./threads.ts";
import type { TypesetRequest, TypesetResult } from "./typeset.ts";

/** What goes to the thread, and what comes back; the pixels change hands, they are not copied. */
export interface Asked {
  readonly request: TypesetRequest;
  /** Said of the fit too. */
  readonly fit?: FitOptions;
}
export type Answered = Fitting | { readonly failed: string };

/** What was set, and how it fits; `report` null: not asked, or nothing could be set. */
export interface Fitting {
  readonly result: TypesetResult;
  readonly report: (FitReport & { readonly words: FitWords }) | null;
}

/**
 * One notice after another. What takes longer than `limits.typesetMs`, or more memory than there is, comes back with the
 * fault `notice/typeset-stopped`; those that wait go on, in a new thread.
 */
export interface Typesetter {
  /** Rejects if the thread dies of anything else over it, or if `limits.typesetJobs` are waiting. */
  ask(request: TypesetRequest): Promise<TypesetResult>;
  /** The same, with a fit report. */
  fit(request: TypesetRequest, fit: FitOptions): Promise<Fitting>;
}

/** Node's own, unless given. */
interface Means {
  readonly start?: () => Thread;
  readonly later?: After;
}

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (fitting: Fitting) => void;
  readonly reject: (error: Error) => void;
}

/** Begins its thread with the first request, and again after one that ended it. An idle one keeps no process alive. */
export function createTypesetter({ start = ownThread, later = after }: Means = {}): Typesetter {
  /** The first is in work. */
  const waiting: Waiting[] = [];
  let thread: Thread | null = null;

  function begin(): Thread {
    const made = start();
    made.on("exit", () => {
      if (thread === made) thread = null;
    });
    return made;
  }

  async function settle({ asked, resolve, reject }: Waiting): Promise<void> {
    try {
      thread ??= begin();
      thread.ref();
      const outcome = await exchange<Answered>(thread, asked, limits.typesetMs, later);
      if (outcome.kind !== "answered") thread = null;
      if (outcome.kind === "died") reject(new Error(`the typesetting thread died: ${outcome.detail}`));
      else if (outcome.kind !== "answered") resolve({ result: stopped(asked.request, outcome.kind), report: null });
      else if ("failed" in outcome.answer) reject(new Error(outcome.answer.failed));
      else resolve(outcome.answer);
    } catch (error) {
      reject(error as Error);
    }
  }

  async function work(): Promise<void> {
    for (let one = waiting[0]; one; one = waiting[0]) {
      await settle(one);
      waiting.shift();
    }
    thread?.unref();
  }

  function post(request: TypesetRequest, fit?: FitOptions): Promise<Fitting> {
    if (waiting.length >= limits.typesetJobs)
      return Promise.reject(new Error(`more than ${limits.typesetJobs} notices wait to be typeset`));
    return new Promise((resolve, reject) => {
      waiting.push({ asked: { request, ...(fit && { fit }) }, resolve, reject });
      if (waiting.length === 1) void work();
    });
  }

  return {
    ask: async (request) => (await post(request)).result,
    fit: post,
  };
}

function ownThread(): Thread {
  return startThread("typeset-thread", limits.typesetHeapBytes);
}

function stopped({ notice, shape }: TypesetRequest, why: "slow" | "outOfMemory"): TypesetResult {
  const panel = `${shape.width}x${shape.height}:${shape.colour}`;
  const seconds = why === "slow" ? limits.typesetMs / 1000 : null;
  const fault: Fault = { code: "notice/typeset-stopped", notice, panel, seconds };
  return { ok: false, faults: [fault] };
}
