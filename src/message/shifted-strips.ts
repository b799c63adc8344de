/**
 * Scrolling strips as they are, and shifted by 1 to 7 dots, so that the window at any offset begins at a whole byte and is
 * only moved: eight times the strip's memory, for a frame in a third of the time or less. Made once a strip has scrolled
 * for a while, in the kernel's memory, which bounds all of them together (`limits.shiftedStripBytes`).
 */
import { rowStride } from "./bitmap.ts";
import { kernelMemory } from "./kernel/memory.ts";
import { type WindowKernel, windowKernel } from "./kernel/window.ts";
import type { Bitmap, Frame } from "./types.ts";

/** One strip for one width of panel. */
interface Strip {
  readonly pixels: Uint8Array;
  readonly panelWidth: number;
  readonly width: number;
  /** Both planes' rows of dual2. */
  readonly rows: number;
  readonly stride: number;
  readonly rowBytes: number;
  readonly mask: number;
  /** The frame that the kernel makes. */
  readonly frame: Uint8Array;
  /** Address of the strip as it is; shifted by n dots, it is n × `pixels.length` further. */
  readonly address: number;
  readonly kernel: WindowKernel;
}

/** Making one costs as much as some hundred frames without it: one look at a strip, or a few, makes none. */
const worthwhile = 64;
/** How often frames of a strip were wanted, while it is not made. */
let wanted = new WeakMap<Uint8Array, number>();
let strips = new WeakMap<Uint8Array, Strip>();
let next: number = kernelMemory.strips;
/** The strip of the last frame: panels scroll for many frames in a row, and looking it up costs a tenth of a frame. */
let latest: Strip | null = null;

/**
 * As `copyWindow`, from a strip of mono1 or dual2 that is as high as the panel, with `offsetY` 0; false: not shifted (yet),
 * and nothing drawn.
 */
export function copyShifted(source: Bitmap, offsetX: number, into: Frame): boolean {
  let strip = latest;
  if (strip === null || strip.pixels !== source.pixels) {
    strip = strips.get(source.pixels) ?? make(source, into);
    if (strip === null) return false;
    latest = strip;
  }
  const { kernel, rows, rowBytes, mask, stride, address } = strip;
  if (strip.panelWidth !== into.shape.width) return false;
  const shift = address + (offsetX & 7) * source.pixels.length + (offsetX >> 3);
  const untilSeam = strip.width - offsetX;
  if (untilSeam >= strip.panelWidth) kernel.window(rows, rowBytes, mask, stride, shift);
  else {
    const begun = untilSeam & 7;
    const right = address + ((8 - begun) & 7) * source.pixels.length;
    kernel.seam(rows, rowBytes, mask, stride, shift, untilSeam >> 3, begun, address, right);
  }
  into.pixels.set(strip.frame);
  return true;
}

/** Bytes that all shifted strips take now. */
export function shiftedBytes(): number {
  return next - kernelMemory.strips;
}

function make(source: Bitmap, into: Frame): Strip | null {
  const { pixels, width, format } = source;
  const bytes = pixels.length * 8;
  const room = kernelMemory.end - 16;
  if (into.pixels.length > kernelMemory.frameBytes || kernelMemory.strips + bytes > room) return null;
  const times = (wanted.get(pixels) ?? 0) + 1;
  wanted.set(pixels, times);
  if (times < worthwhile) return null;
  const kernel = windowKernel();
  if (kernel === null) return null;
  // Full: all begin anew, those that scroll soonest.
  if (next + bytes > room) forget();
  const stride = rowStride(width, "mono1");
  const memory = new Uint8Array(kernel.memory.buffer);
  for (let shift = 0; shift < 8; shift++)
    shiftLeft(pixels, stride, shift, memory.subarray(next + shift * pixels.length, next + (shift + 1) * pixels.length));
  const panelWidth = into.shape.width;
  const strip: Strip = {
    pixels,
    panelWidth,
    width,
    rows: into.shape.height * (format === "dual2" ? 2 : 1),
    stride,
    rowBytes: rowStride(panelWidth, "mono1"),
    mask: (0xff00 >> (((panelWidth - 1) & 7) + 1)) & 0xff,
    frame: memory.subarray(0, into.pixels.length),
    address: next,
    kernel,
  };
  next += bytes;
  strips.set(pixels, strip);
  return strip;
}

function forget(): void {
  wanted = new WeakMap();
  strips = new WeakMap();
  latest = null;
  next = kernelMemory.strips;
}

/** Rows of `stride` bytes, each shifted to the left by 0 to 7 dots; black comes in. */
function shiftLeft(pixels: Uint8Array, stride: number, shift: number, out: Uint8Array): void {
  for (let start = 0; start < pixels.length; start += stride) {
    let high = pixels[start] ?? 0;
    for (let at = start; at < start + stride; at++) {
      const low = at + 1 < start + stride ? (pixels[at + 1] ?? 0) : 0;
      out[at] = (high << shift) | (low >> (8 - shift));
      high = low;
    }
  }
}
