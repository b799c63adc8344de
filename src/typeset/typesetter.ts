/** Typesetting in a thread of its own: a long notice for a large screen takes far longer than the daemon may stand still. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { limits } from "../limits.ts";
import type { TypesetRequest, TypesetResult } from "./typeset.ts";

/** What goes to the thread, and what comes back; the pixels change hands, they are not copied. */
export interface Asked {
  readonly id: number;
  readonly request: TypesetRequest;
}
export type Answered = { readonly id: number } & ({ readonly result: TypesetResult } | { readonly failed: string });

export interface Typesetter {
  /** Rejects if the thread dies over it, or if `limits.typesetJobs` are waiting. */
  ask(request: TypesetRequest): Promise<TypesetResult>;
}

interface Waiting {
  readonly resolve: (result: TypesetResult) => void;
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
      if ("result" in answer) one?.resolve(answer.result);
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

  return {
    ask(request) {
      if (waiting.size >= limits.typesetJobs)
        return Promise.reject(new Error(`more than ${limits.typesetJobs} notices wait to be typeset`));
      return new Promise((resolve, reject) => {
        last += 1;
        thread ??= begin();
        waiting.set(last, { resolve, reject });
        thread.ref();
        thread.postMessage({ id: last, request } satisfies Asked);
      });
    },
  };
}

/** The bundle's entry beside us, or the source through tsx, which a thread has to load by itself. */
function startThread(): Worker {
  const bundled = new URL("./typeset-thread.js", import.meta.url);
  if (!import.meta.url.endsWith(".ts") && existsSync(bundled)) return new Worker(bundled);
  const source = JSON.stringify(new URL("./thread.ts", import.meta.url).href);
  return new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport(${source}, ${source}))`, { eval: true });
}
