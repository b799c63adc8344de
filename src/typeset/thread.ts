/** The typesetting thread: one request after another. */
import { parentPort } from "node:worker_threads";
import type { Message } from "../message/index.ts";
import { saidOf } from "./report-words.ts";
import { typeset } from "./typeset.ts";
import type { Answered, Asked } from "./typesetter.ts";

parentPort?.on("message", ({ request, fit }: Asked) => {
  try {
    const result = typeset(request);
    const report = fit && result.ok ? saidOf(request, result, fit, typeset) : null;
    answer({ result, report }, result.ok ? buffersOf(result.message) : []);
  } catch (error) {
    answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }, []);
  }
});

function answer(said: Answered, handedOver: ArrayBuffer[]): void {
  parentPort?.postMessage(said, handedOver);
}

/** Every buffer of a message, once: several views may share one. */
function buffersOf({ bytes, pages }: Message): ArrayBuffer[] {
  const views = pages.flatMap(({ bitmap, fields }) => [
    bitmap.pixels,
    bitmap.palette,
    ...fields.map(({ atlas }) => atlas),
  ]);
  return [...new Set([bytes, ...views].map(({ buffer }) => buffer as ArrayBuffer))];
}
