import type { Duplex } from "node:stream";

/** A stream that has been destroyed has this long to say that it is closed. */
const closingMs = 2000;

/** Resolves when nothing of the stream is left, so that the same port can be opened again. */
export function closed(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, closingMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    if (stream.closed) done();
    stream.once("close", done);
    stream.destroy();
  });
}
