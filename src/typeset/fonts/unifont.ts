/** GNU Unifont, 16 dots high: every glyph's rows in one flat table. Data and licence: `typeset/data/`. */
import { gunzipSync } from "node:zlib";
import { readData } from "./data.ts";

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

/** Loaded once, on first use (some 20 ms). */
export function unifont(): PixelFont {
  loaded ??= unpack(gunzipSync(readData(file)));
  return loaded;
}

/** `data/pack-unifont.ts` describes the bytes. */
function unpack(bytes: Buffer): PixelFont {
  const count = bytes.readUInt32LE(0);
  const slots = new Uint16Array(0x10000);
  const widths = new Uint8Array(count + 1);
  const rows = new Uint16Array((count + 1) * 16);
  const widthsAt = 4 + count * 2;
  let at = widthsAt + count;
  for (let slot = 1; slot <= count; slot++) {
    slots[bytes.readUInt16LE(2 + slot * 2)] = slot;
    const width = bytes[widthsAt + slot - 1] ?? 8;
    widths[slot] = width;
    for (let row = slot * 16, end = row + 16; row < end; row++) {
      const left = bytes[at++] ?? 0;
      const right = width === 16 ? (bytes[at++] ?? 0) : 0;
      rows[row] = (left << 8) | right;
    }
  }
  return { name: "GNU Unifont 16", heightPx: 16, slots, widths, rows };
}
