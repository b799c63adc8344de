/** Kernels of vector instructions, where the engine and the machine have them; what they do is also done without. */

/** No types of a browser in this program, so what is used of it is said here. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: object };
};

/** Exports of the module (`source/assemble.ts` made it, base64), or null: no vector instructions, or bytes the other way round. */
export function kernelOf<Exports>(base64: string): Exports | null {
  const bytes = Buffer.from(base64, "base64");
  const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (!littleEndian || !WebAssembly.validate(bytes)) return null;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
}
