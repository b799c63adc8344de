/** The kernel that dithers, and how a picture passes through its memory: some rows at a time. */
import { ditherBytes } from "./dither.wasm.ts";
import { blueLuminance, greenLuminance, lightOf, lightThresholds, redLuminance, sampleThresholds } from "./light.ts";
import { ditherMemory as at, ditherWidthMax, planeOrder } from "./memory.ts";
import type { Depth, Picture } from "./plain-dither.ts";
import { kernelOf } from "./wasm.ts";

type Ordered = (from: number, to: number, width: number, stride: number, rows: number, y: number, keep: number) => void;
type Diffuse = (from: number, mark: number, step: number, width: number, here: number, below: number) => void;
type Pack = (from: number, to: number, width: number, stride: number, keep: number) => void;

/** `source/dither.ts` describes them. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly orderedMono: Ordered;
  readonly orderedDual: Ordered;
  readonly orderedRgb: Ordered;
  readonly diffuseMono: Diffuse;
  readonly diffuseColour: Diffuse;
  readonly packMono: Pack;
  readonly packDual: Pack;
  readonly packRgb: Pack;
}

/** What differs between depths. */
interface Way {
  readonly planes: number;
  readonly dotsPerByte: number;
  readonly ordered: Ordered;
  readonly diffuse: Diffuse;
  readonly pack: Pack;
}

export interface DitherKernel {
  /** Both: as the plain functions of that name; false, and nothing done, for a picture wider than the kernel's memory. */
  ordered(picture: Picture, depth: Depth, into: Uint8Array): boolean;
  diffusion(picture: Picture, depth: Depth, into: Uint8Array): boolean;
}

let loaded: DitherKernel | null | undefined;

/** Null where there can be none. Loaded on first use. */
export function ditherKernel(): DitherKernel | null {
  if (loaded === undefined) loaded = load();
  return loaded;
}

function load(): DitherKernel | null {
  const kernel = kernelOf<Exports>(ditherBytes);
  if (kernel === null) return null;
  const memory = new Uint8Array(kernel.memory.buffer);
  fillTables(kernel.memory.buffer);
  const { orderedMono, orderedDual, orderedRgb, diffuseMono, diffuseColour, packMono, packDual, packRgb } = kernel;
  const ways: Readonly<Record<Depth, Way>> = {
    mono: { planes: 1, dotsPerByte: 8, ordered: orderedMono, diffuse: diffuseMono, pack: packMono },
    dual: { planes: 2, dotsPerByte: 8, ordered: orderedDual, diffuse: diffuseColour, pack: packDual },
    rgb: { planes: 1, dotsPerByte: 2, ordered: orderedRgb, diffuse: diffuseColour, pack: packRgb },
  };

  /** Takes a picture through, `dither(way, y, rows, stride, keep)` for each of its bands. */
  function inBands(
    { width, height, rgb }: Picture,
    depth: Depth,
    into: Uint8Array,
    dither: (way: Way, y: number, rows: number, stride: number, keep: number) => void,
  ): boolean {
    if (width > ditherWidthMax || width === 0) return false;
    const way = ways[depth];
    const stride = Math.ceil(width / way.dotsPerByte);
    const keep = (0xff << ((stride * way.dotsPerByte - width) * (8 / way.dotsPerByte))) & 0xff;
    const most = Math.min(Math.floor(at.pictureBytes / (width * 3)), Math.floor((at.outPlaneBytes - 64) / stride));
    for (let y = 0; y < height; y += most) {
      const rows = Math.min(most, height - y);
      const bytes = rows * stride;
      memory.set(rows === height ? rgb : rgb.subarray(y * width * 3, (y + rows) * width * 3), at.picture);
      dither(way, y, rows, stride, keep);
      for (let plane = 0; plane < way.planes; plane++) {
        const from = at.out + plane * at.outPlaneBytes;
        into.set(memory.subarray(from, from + bytes), (plane * height + y) * stride);
      }
    }
    return true;
  }

  function ordered(picture: Picture, depth: Depth, into: Uint8Array): boolean {
    return inBands(picture, depth, into, (way, y, rows, stride, keep) =>
      way.ordered(at.picture, at.out, picture.width, stride, rows, y, keep),
    );
  }

  function diffusion(picture: Picture, depth: Depth, into: Uint8Array): boolean {
    const { width } = picture;
    let here: number = at.errors;
    let below = here + at.errorRowBytes;
    memory.fill(0, here, here + at.errorRowBytes);
    return inBands(picture, depth, into, (way, first, rows, stride, keep) => {
      for (let row = 0; row < rows; row++) {
        const from = at.picture + row * width * 3;
        // Rows go to and fro, each from where the one before ended.
        const last = (first + row) & 1 ? width - 1 : 0;
        const step = last === 0 ? 3 : -3;
        const error = (last + 1) * 16;
        way.diffuse(from + last * 3, at.marks + last, step, width, here + error, below + error);
        way.pack(at.marks, at.out + row * stride, width, stride, keep);
        [here, below] = [below, here];
      }
    });
  }

  return { ordered, diffusion };
}

function fillTables(buffer: ArrayBuffer): void {
  const bytes = new Uint8Array(buffer);
  for (let n = 0; n < 128; n++) {
    const row = (n >> 4) << 3;
    bytes[at.planeThresholds + n] = sampleThresholds[row + (7 - (n & 7))] as number;
    bytes[at.dotThresholds + n] = sampleThresholds[row + (n & 7)] as number;
  }
  for (let n = 0; n < 144; n++) {
    const [channel, vector, to] = [Math.floor(n / 48), Math.floor(n / 16) % 3, n & 15];
    const place = (dot: number) => {
      const byte = dot * 3 + channel - vector * 16;
      return byte >= 0 && byte < 16 ? byte : 0x80;
    };
    bytes[at.gatherPlane + n] = place(planeOrder(to));
    bytes[at.gatherDots + n] = place(to);
  }
  const words = (from: number, values: Int32Array) => new Int32Array(buffer, from, values.length).set(values);
  words(at.lightThresholds, lightThresholds);
  for (const [channel, table] of [redLuminance, greenLuminance, blueLuminance].entries()) {
    words(at.luminance + channel * 1024, table);
    // Half of a sixteenth's step, once in the sum of the three, rounds.
    const half = channel === 0 ? 8 : 0;
    words(
      at.luminance16 + channel * 1024,
      table.map((light) => light * 16 + half),
    );
  }
  words(
    at.light16,
    lightOf.map((light) => light * 16 + 8),
  );
}
