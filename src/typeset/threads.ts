/** Threads that are asked one thing at a time, and ended where an answer takes too long: nothing else stops what runs in them. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type ThreadName, workerFromSource } from "./thread-source.ts";

/** The part of a Worker that is used here. */
export type Thread = Pick<Worker, "postMessage" | "on" | "off" | "terminate" | "ref" | "unref">;

/** Calls `then` after so many milliseconds, unless what it returns is called before. */
export type After = (ms: number, then: () => void) => () => void;

export const after: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

/** What became of a question; with all but the first the thread is at its end. */
export type Outcome<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "slow" }
  | { readonly kind: "outOfMemory" }
  | { readonly kind: "died"; readonly detail: string };

/** Rejects only with a question that cannot be handed over to a thread. */
export function exchange<Answer>(
  thread: Thread,
  question: unknown,
  timeoutMs: number,
  later: After,
): Promise<Outcome<Answer>> {
  return new Promise((resolve, reject) => {
    const answered = (answer: Answer) => end({ kind: "answered", answer });
    const failed = (error: Error & { readonly code?: string }) =>
      end(
        error.code === "ERR_WORKER_OUT_OF_MEMORY" ? { kind: "outOfMemory" } : { kind: "died", detail: error.message },
      );
    const exited = (code: number) => end({ kind: "died", detail: `the thread ended with ${code}` });
    const letGo = () => {
      forget();
      thread.off("message", answered);
      thread.off("error", failed);
      thread.off("exit", exited);
    };
    const end = (outcome: Outcome<Answer>) => {
      letGo();
      if (outcome.kind !== "answered") void thread.terminate();
      resolve(outcome);
    };
    thread.on("message", answered);
    thread.on("error", failed);
    thread.on("exit", exited);
    const forget = later(timeoutMs, () => end({ kind: "slow" }));
    try {
      thread.postMessage(question);
    } catch (error) {
      letGo();
      reject(error);
    }
  });
}

/** The bundle's entry beside us, or its source. `heapBytes`: of JavaScript's own memory; pixels are outside it. */
export function startThread(name: ThreadName, heapBytes: number): Thread {
  const resourceLimits = { maxOldGenerationSizeMb: Math.ceil(heapBytes / 2 ** 20) };
  const thread = begin(name, resourceLimits);
  // What it dies of is told by `exchange`; between two questions nobody asks.
  thread.on("error", () => {});
  return thread;
}

function begin(name: ThreadName, resourceLimits: { readonly maxOldGenerationSizeMb: number }): Worker {
  const bundled = new URL(`./${name}.js`, import.meta.url);
  if (!import.meta.url.endsWith(".ts") && existsSync(bundled)) return new Worker(bundled, { resourceLimits });
  return workerFromSource(name, resourceLimits);
}
