/** The typesetting thread: one question after another. */
import { parentPort } from "node:worker_threads";
import { deflateSync } from "node:zlib";
import { limits } from "../limits.ts";
import type { Message } from "../message/index.ts";
import { saidOf } from "./report-words.ts";
import { typeset } from "./typeset.ts";
import type { Answered, Asked, Fitting } from "./typesetter.ts";

parentPort?.on("message", (asked: Asked) => {
  try {
    const fittings = fittingsOf(asked);
    answer({ fittings }, fittings.flatMap(buffersOf));
  } catch (error) {
    answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }, []);
  }
});

function fittingsOf({ text, on, packed }: Asked): Fitting[] {
  let room: number = limits.draftMessageBytes;
  return on.map(({ fit, ...panel }) => {
    const request = { ...text, ...panel };
    const result = typeset(request);
    if (!result.ok) return { result, report: null, packed: null };
    const report = fit ? saidOf(request, result, fit, typeset) : null;
    if (!packed) return { result, report, packed: null };
    const { message } = result;
    const held = { ...result, message: withoutPixels(message) };
    if (message.bytes.length > room) return { result: held, report, packed: null };
    room -= message.bytes.length;
    return { result: held, report, packed: packedOf(message.bytes) };
  });
}

const nothing = new Uint8Array(0);

function withoutPixels(message: Message): Message {
  const pages = message.pages.map((page) => ({ ...page, bitmap: { ...page.bitmap, pixels: nothing }, fields: [] }));
  return { ...message, bytes: nothing, pages };
}

/** Letters on black take little room; the fastest packing does. */
function packedOf(bytes: Uint8Array): Uint8Array {
  // Small buffers lie together in one, which cannot be handed over.
  return new Uint8Array(deflateSync(bytes, { level: 1 }));
}

function answer(said: Answered, handedOver: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(said, [...new Set(handedOver)]);
}

/** Several views may share one. */
function buffersOf({ result, packed }: Fitting): ArrayBuffer[] {
  const pages = result.ok && result.message.bytes.length > 0 ? result.message.pages : [];
  const views = pages.flatMap(({ bitmap, fields }) => [
    bitmap.pixels,
    bitmap.palette,
    ...fields.map(({ atlas }) => atlas),
  ]);
  const bytes = result.ok && pages.length > 0 ? [result.message.bytes] : [];
  return [...bytes, ...views, ...(packed ? [packed] : [])].map(({ buffer }) => buffer as ArrayBuffer);
}
