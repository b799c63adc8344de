/** Typesetting in a thread of its own: a long notice for a large screen takes far longer than the daemon may stand still. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { limits } from "../limits.ts";
import type { FitOptions, FitReport } from "./report.ts";
import type { FitWords } from "./report-words.ts";
import type { TypesetRequest, TypesetResult } from "./typeset.ts";

/** What goes to the thread, and what comes back; the pixels change hands, they are not copied. */
export interface Asked {
  readonly id: number;
  readonly request: TypesetRequest;
  /** Said of the fit too. */
  readonly fit?: FitOptions;
}
export type Answered = { readonly id: number } & (Fitting | { readonly failed: string });

/** What was set, and how it fits; `report` null: not asked, or nothing could be set. */
export interface Fitting {
  readonly result: TypesetResult;
  readonly report: (FitReport & { readonly words: FitWords }) | null;
}

export interface Typesetter {
  /** Rejects if the thread dies over it, or if `limits.typesetJobs` are waiting. */
  ask(request: TypesetRequest): Promise<TypesetResult>;
  /** The same, with a fit report. */
  fit(request: TypesetRequest, fit: FitOptions): Promise<Fitting>;
}

interface Waiting {
  readonly resolve: (fitting: Fitting) => void;
  readonly reject: (error: Error) => void;
}

/** Begins its thread with the first request, and again after one that ended it. An idle one keeps no process alive. */
export function createTypesetter(): Typesetter {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let last = 0;

  function settle(id: number): Waiting | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) thread?.unref();
    return one;
  }

  function begin(): Worker {
    const made = startThread();
    made.on("message", (answer: Answered) => {
      const one = settle(answer.id);
      if ("result" in answer) one?.resolve(answer);
      else one?.reject(new Error(answer.failed));
    });
    const ended = (error: Error) => {
      if (thread === made) thread = null;
      for (const id of [...waiting.keys()]) settle(id)?.reject(error);
    };
    made.on("error", ended);
    made.on("exit", (code) => ended(new Error(`the typesetting thread ended with ${code}`)));
    return made;
  }

  function post(request: TypesetRequest, fit?: FitOptions): Promise<Fitting> {
    if (waiting.size >= limits.typesetJobs)
      return Promise.reject(new Error(`more than ${limits.typesetJobs} notices wait to be typeset`));
    return new Promise((resolve, reject) => {
      last += 1;
      thread ??= begin();
      waiting.set(last, { resolve, reject });
      thread.ref();
      thread.postMessage({ id: last, request, ...(fit && { fit }) } satisfies Asked);
    });
  }

  return {
    ask: async (request) => (await post(request)).result,
    fit: post,
  };
}

/** The bundle's entry beside us, or the source through tsx, which a thread has to load by itself. */
function startThread(): Worker {
  const bundled = new URL("./typeset-thread.js", import.meta.url);
  if (!import.meta.url.endsWith(".ts") && existsSync(bundled)) return new Worker(bundled);
  const source = JSON.stringify(new URL("./thread.ts", import.meta.url).href);
  return new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport(${source}, ${source}))`, { eval: true });
}
