/** GNU Unifont, 16 dots high: every glyph's rows in one flat table. Data and licence: `data/`. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface PixelFont {
  readonly name: string;
  /** Rows of a glyph. */
  readonly heightPx: number;
  /** Slot of a BMP code point; 0: none. */
  readonly slots: Uint16Array;
  /** Columns of each slot's glyph: 8 or 16. */
  readonly widths: Uint8Array;
  /** 16 rows a slot; the leftmost dot is bit 15. */
  readonly rows: Uint16Array;
}

const file = "unifont-15.0.01.bin.gz";
let loaded: PixelFont | null = null;

/** Loaded once, on first use (some 30 ms). */
export function unifont(): PixelFont {
  loaded ??= unpack(gunzipSync(readFileSync(dataUrl(file))));
  return loaded;
}

/** Beside this source, or beside the bundle in dist/. */
function dataUrl(name: string): URL {
  const url = new URL(`./data/${name}`, import.meta.url);
  return existsSync(url) ? url : new URL(`../data/${name}`, import.meta.url);
}

function unpack(bytes: Buffer): PixelFont {
  const count = bytes.readUInt32LE(0);
  const slots = new Uint16Array(0x10000);
  const widths = new Uint8Array(count + 1);
  const rows = new Uint16Array((count + 1) * 16);
  const widthsAt = 4 + count * 2;
  let at = widthsAt + count;
  for (let index = 0; index < count; index++) {
    const slot = index + 1;
    slots[bytes.readUInt16LE(4 + index * 2)] = slot;
    const width = bytes[widthsAt + index] ?? 8;
    widths[slot] = width;
    const base = slot * 16;
    if (width === 8) {
      for (let row = 0; row < 16; row++) rows[base + row] = (bytes[at + row] ?? 0) << 8;
      at += 16;
    } else {
      for (let row = 0; row < 16; row++)
        rows[base + row] = ((bytes[at + row * 2] ?? 0) << 8) | (bytes[at + row * 2 + 1] ?? 0);
      at += 32;
    }
  }
  return { name: "GNU Unifont 16", heightPx: 16, slots, widths, rows };
}
