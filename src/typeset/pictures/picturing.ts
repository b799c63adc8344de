/** Uploads decoded in a thread of their own, which is ended where one takes too long: nothing else stops a decoder. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Fault, Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
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
  /** One picture, or one a page. Rejects only if more than `limits.pictureJobs` uploads wait. */
  take(bytes: Uint8Array, name: string): Promise<Taken>;
}

/** Those of `limits` unless given. */
interface Bounds {
  readonly timeoutMs?: number;
  readonly jobs?: number;
}

/** Pictures as they are kept; what the thread answers with. */
export function keep(decoded: Decoded): Taken {
  if (!decoded.ok) return { ok: false, faults: [decoded.fault] };
  return { ok: true, pictures: decoded.rasters.map(keptOf), warnings: decoded.warnings };
}

function keptOf(raster: Raster): KeptPicture {
  const bytes = encodeRaster(raster);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { sha256, bytes, width: raster.width, height: raster.height };
}

/** One upload at a time; between uploads there is no thread, nor the memory that one would hold. */
export function createPicturing({ timeoutMs, jobs }: Bounds = {}): Picturing {
  const most = jobs ?? limits.pictureJobs;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async take(bytes, name) {
      if (waiting >= most) throw new Error(`more than ${most} pictures wait to be read`);
      waiting++;
      const mine = last.then(() => inThread({ bytes, name }, timeoutMs ?? limits.pictureDecodeMs));
      last = mine;
      try {
        return await mine;
      } finally {
        waiting--;
      }
    },
  };
}

/** Never rejects: a thread that dies over a file says something about the file. */
function inThread(upload: Uploaded, timeoutMs: number): Promise<Taken> {
  return new Promise((resolve) => {
    const thread = startThread();
    const done = (taken: Taken) => {
      clearTimeout(timer);
      resolve(taken);
      void thread.terminate();
    };
    const failed = (fault: Fault) => done({ ok: false, faults: [fault] });
    const timer = setTimeout(
      () => failed({ code: "notice/picture-slow", name: upload.name, seconds: Math.ceil(timeoutMs / 1000) }),
      timeoutMs,
    );
    const died = (detail: string) => failed({ code: "notice/picture-broken", name: upload.name, detail });
    thread.on("message", done);
    thread.on("error", (error) => died(error.message));
    thread.on("exit", (code) => died(`the decoder ended with ${code}`));
    thread.postMessage(upload);
  });
}

/** Of JavaScript's own memory; pictures are outside it, and are bounded by their dots. */
const heapMb = 512;

/** The bundle's entry beside us, or the source through tsx, which a thread has to load by itself. */
function startThread(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: heapMb };
  const bundled = new URL("./picture-thread.js", import.meta.url);
  if (!import.meta.url.endsWith(".ts") && existsSync(bundled)) return new Worker(bundled, { resourceLimits });
  const source = JSON.stringify(new URL("./picture-thread.ts", import.meta.url).href);
  const script = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${source}, ${source}))`;
  return new Worker(script, { eval: true, resourceLimits });
}
