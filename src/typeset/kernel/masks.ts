/**
 * Where masks lie: in the line kernel's memory while there is room, else (or without that kernel) each in its own.
 * Drawing gives the same dots in both. Room is taken from below to above and is free again when nobody holds a mask
 * there or above: a page's masks live only until its bitmap is made.
 */
import { lineKernel } from "./line.ts";
import { lineMemory } from "./memory.ts";

export interface Mask {
  readonly width: number;
  readonly height: number;
  /** Bytes of a row. */
  readonly stride: number;
  /** `stride * height` bytes, the leftmost dot the highest bit. */
  readonly bits: Uint8Array;
  /** The memory that they are in, from byte `start` on, and spare bytes behind them. */
  readonly view: DataView;
  readonly start: number;
  /** Drawn by the kernel. */
  readonly inKernel: boolean;
}

/** A vector is read and written whole, whatever of it is within the mask. */
const spareBytes = 16;

/** From below to above. */
const held: Mask[] = [];
let top: number = lineMemory.masks;
let kernelView: DataView | null = null;

/** Blank. Give it back (`freeMask`) once its bits are copied; one that is kept only leaves less room for the others. */
export function createMask(width: number, height: number): Mask {
  const stride = Math.ceil(width / 8);
  const bytes = stride * height;
  const kernel = lineKernel();
  if (kernel === null || top + bytes + spareBytes > lineMemory.end) return ownMask(width, height);
  kernelView ??= new DataView(kernel.memory);
  const bits = new Uint8Array(kernel.memory, top, bytes).fill(0);
  const mask: Mask = { width, height, stride, bits, view: kernelView, start: top, inKernel: true };
  held.push(mask);
  top = endOf(mask);
  return mask;
}

/** A mask in memory of its own, drawn without the kernel. */
export function ownMask(width: number, height: number): Mask {
  const stride = Math.ceil(width / 8);
  const memory = new ArrayBuffer(stride * height + spareBytes);
  const bits = new Uint8Array(memory, 0, stride * height);
  return { width, height, stride, bits, view: new DataView(memory), start: 0, inKernel: false };
}

/** Its bits may be another mask's from now on. */
export function freeMask(mask: Mask): void {
  const at = held.lastIndexOf(mask);
  if (at < 0) return;
  held.splice(at, 1);
  const highest = held.at(-1);
  top = highest === undefined ? lineMemory.masks : endOf(highest);
}

function endOf({ start, bits }: Mask): number {
  return (start + bits.length + spareBytes + 15) & ~15;
}
