/** Making a view costs as much as copying a small frame; bitmaps are drawn from, and frames into, again and again. */
const views = new WeakMap<Uint8Array, DataView>();
const words = new WeakMap<Uint8Array, Int32Array>();

/** Is the machine's own byte order that of `littleEndian` reads? Words that are only moved are read and written in it. */
export const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

export function viewOf(bytes: Uint8Array): DataView {
  let view = views.get(bytes);
  if (!view) {
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    views.set(bytes, view);
  }
  return view;
}

/** The whole words of bytes, in the machine's order; null if they do not begin at a word's address. */
export function wordsOf(bytes: Uint8Array): Int32Array | null {
  let view = words.get(bytes);
  if (!view) {
    if ((bytes.byteOffset & 3) !== 0) return null;
    view = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    words.set(bytes, view);
  }
  return view;
}
