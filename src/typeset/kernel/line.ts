/** The kernel that draws runs of full-width glyphs, and the memory in which it does: masks lie there. */
import { unifont } from "../fonts/unifont.ts";
import { lineBytes } from "./line.wasm.ts";
import { lineMemory } from "./memory.ts";
import { kernelOf } from "./wasm.ts";

/** `source/line.ts` describes them. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  line(count: number, to: number, stride: number, shift: number): void;
}

export interface LineKernel {
  readonly memory: ArrayBuffer;
  /** Where the slots of the glyphs to draw are put. */
  readonly slots: Int32Array;
  readonly line: Exports["line"];
}

export const slotsMax = (lineMemory.font - lineMemory.slots) / 4;

function load(): LineKernel | null {
  const exports = kernelOf<Exports>(lineBytes);
  if (exports === null) return null;
  const { buffer } = exports.memory;
  const { rows } = unifont();
  if (rows.byteLength > lineMemory.masks - lineMemory.font) return null;
  new Uint16Array(buffer, lineMemory.font, rows.length).set(rows);
  return { memory: buffer, slots: new Int32Array(buffer, lineMemory.slots, slotsMax), line: exports.line };
}

let loaded: LineKernel | null | undefined;

/** Null where there can be none. Loaded on first use. */
export function lineKernel(): LineKernel | null {
  if (loaded === undefined) loaded = load();
  return loaded;
}
