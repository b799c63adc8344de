/** The kernel that takes frames out of shifted strips, and its memory. */
import { windowBytes } from "./window.wasm.ts";

/** `window-text.ts` describes them. */
export interface WindowKernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  window(rows: number, rowBytes: number, mask: number, stride: number, left: number): void;
  seam(
    rows: number,
    rowBytes: number,
    mask: number,
    stride: number,
    left: number,
    seam: number,
    begun: number,
    start: number,
    right: number,
  ): void;
}

/** Not among the types of either program that this runs in, so what is used of it is said here. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: object };
};

let loaded: WindowKernel | null | undefined;

/**
 * Null where there can be none. A browser is not asked: our pages' policy forbids compiling, and asking is an error in its
 * console; one panel's frame in a third of a microsecond instead of a tenth is nothing beside drawing it on a canvas.
 */
export function windowKernel(): WindowKernel | null {
  loaded ??= "document" in globalThis ? null : load();
  return loaded;
}

function load(): WindowKernel | null {
  const bytes = Uint8Array.from(atob(windowBytes), (character) => character.charCodeAt(0));
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(bytes)) return null;
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as WindowKernel;
  } catch {
    // No room for its memory, or not allowed: frames are as right without it.
    return null;
  }
}
