/** Uploads decoded in a thread of their own, which is ended where one takes too long: nothing else stops a decoder. */
import { createHash } from "node:crypto";
import type { Fault, Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { type After, after, exchange, startThread, type Thread } from "../threads.ts";
import type { Decoded } from "./decode.ts";
import { encodeRaster, type Raster } from "./raster.ts";

/** A picture as it is kept (`raster.ts`), named by SHA-256 of its bytes. */
export interface KeptPicture {
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** Dots. */
  readonly width: number;
  readonly height: number;
}

export type Taken =
  | { readonly ok: true; readonly pictures: readonly KeptPicture[]; readonly warnings: readonly Sentence[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** What goes to the thread, and what comes back: pictures, or a fault. */
export interface Uploaded {
  readonly bytes: Uint8Array;
  readonly name: string;
}

export interface Picturing {
  /** One picture, or one a page. Rejects if `limits.pictureJobs` uploads wait, or if no thread can be had. */
  take(bytes: Uint8Array, name: string): Promise<Taken>;
}

/** Those of `limits`, and Node's own, unless given. */
interface Means {
  readonly jobs?: number;
  readonly start?: () => Thread;
  readonly later?: After;
}

/** Pictures as they are kept; what the thread answers with. */
export function keep(decoded: Decoded): Taken {
  if (!decoded.ok) return { ok: false, faults: [decoded.fault] };
  return { ok: true, pictures: decoded.rasters.map(keptOf), warnings: decoded.warnings };
}

export function keptOf(raster: Raster): KeptPicture {
  const bytes = encodeRaster(raster);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { sha256, bytes, width: raster.width, height: raster.height };
}

/** One upload at a time; between uploads there is no thread, nor the memory that one would hold. */
export function createPicturing({
  jobs = limits.pictureJobs,
  start = ownThread,
  later = after,
}: Means = {}): Picturing {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async take(bytes, name) {
      if (waiting >= jobs) throw new Error(`more than ${jobs} pictures wait to be read`);
      waiting++;
      const mine = last.then(() => inThread({ bytes, name }, start(), later));
      // The next upload has nothing to do with what became of this one.
      last = mine.catch(() => {});
      try {
        return await mine;
      } finally {
        waiting--;
      }
    },
  };
}

/** A thread that dies over a file says something about the file. */
async function inThread(upload: Uploaded, thread: Thread, later: After): Promise<Taken> {
  const { name } = upload;
  const failed = (fault: Fault): Taken => ({ ok: false, faults: [fault] });
  try {
    const outcome = await exchange<Taken>(thread, upload, limits.pictureDecodeMs, later);
    if (outcome.kind === "answered") return outcome.answer;
    if (outcome.kind === "slow")
      return failed({ code: "notice/picture-slow", name, seconds: Math.ceil(limits.pictureDecodeMs / 1000) });
    const detail = outcome.kind === "died" ? outcome.detail : "out of memory";
    return failed({ code: "notice/picture-broken", name, detail });
  } finally {
    void thread.terminate();
  }
}

function ownThread(): Thread {
  return startThread("picture-thread", limits.pictureHeapBytes);
}
