/** Bytes from a panel made into reply lines, within bounds: ReadlineParser itself has none. */
import { type Duplex, Transform, type TransformCallback } from "node:stream";
import { ReadlineParser } from "@serialport/parser-readline";
import { limits } from "../../limits.ts";

const lineFeed = 0x0a;

/**
 * Cuts a line that with its line feed is longer than the limit: what is too much is thrown away, up to the line feed.
 * Whatever a line is made of, at most that line is lost.
 */
export class LineLimit extends Transform {
  private readonly bytesMax: number;
  private length = 0;
  private skipping = false;
  /** Bytes thrown away so far. */
  dropped = 0;

  constructor(bytesMax: number) {
    super();
    this.bytesMax = bytesMax;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (chunk[at] === lineFeed) {
        if (this.skipping) from = at;
        this.skipping = false;
        this.length = 0;
      } else if (this.skipping) {
        this.dropped++;
        from = at + 1;
      } else if (++this.length >= this.bytesMax) {
        this.push(chunk.subarray(from, at));
        this.skipping = true;
        this.dropped++;
        from = at + 1;
      }
    }
    if (from < chunk.length) this.push(chunk.subarray(from));
    done();
  }
}

/** One reply line (no line end) per `data` event. */
export function createReader(): Duplex {
  const limit = new LineLimit(limits.replyLineBytes);
  const lines = limit.pipe(new ReadlineParser({ delimiter: "\n", encoding: "latin1" }));
  const trimmed = lines.pipe(
    new Transform({
      readableObjectMode: true,
      decodeStrings: false,
      transform(line: string | Buffer, _encoding, done) {
        done(null, String(line).replace(/\r$/, ""));
      },
    }),
  );
  return joined(limit, trimmed);
}

/** What is written goes into `first`, what is read comes out of `last`. */
function joined(first: Transform, last: Transform): Duplex {
  const stream = new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      if (first.write(chunk, encoding)) done();
      else first.once("drain", () => done());
    },
    flush(done) {
      last.once("end", () => done());
      first.end();
    },
  });
  last.on("data", (line) => stream.push(line));
  return stream;
}
