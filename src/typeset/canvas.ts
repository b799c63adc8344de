/** A page being drawn: one mask an ink, made into a bitmap of the panel's kind at the end. */
import { type Bitmap, bitmapBytes, type ColourKind, type PixelFormat, rowStride } from "../message/index.ts";
import { blitLine, blitScaled, createMask, type Mask } from "./blit.ts";
import type { PixelFont } from "./font.ts";
import { colourOf, type Ink, type Rgb } from "./ink.ts";
import type { Cell } from "./text.ts";

export class Canvas {
  readonly width: number;
  readonly height: number;
  private readonly colour: ColourKind;
  private readonly font: PixelFont;
  private readonly masks = new Map<string, { readonly colour: Rgb; readonly mask: Mask }>();

  constructor(width: number, height: number, colour: ColourKind, font: PixelFont) {
    this.width = width;
    this.height = height;
    this.colour = colour;
    this.font = font;
  }

  /** `x`, `y`: left top corner in dots; every glyph must lie inside. */
  text(cells: readonly Cell[], x: number, y: number, scale: number, ink: Ink): void {
    const mask = this.maskOf(ink);
    if (scale === 1 && cells.every((cell) => cell.slots.length === 1)) {
      blitLine(
        this.font,
        mask,
        x,
        y,
        cells.map((cell) => cell.slots[0] ?? 0),
      );
      return;
    }
    let at = x;
    for (const cell of cells) {
      if (cell.slots.length > 0) blitScaled(this.overlaid(cell), cell.width, mask, at, y, scale);
      at += cell.width * scale;
    }
  }

  /** A base glyph with its marks. */
  private overlaid(cell: Cell): Uint16Array {
    const rows = new Uint16Array(16);
    for (const slot of cell.slots)
      for (let row = 0; row < 16; row++) rows[row] = (rows[row] ?? 0) | (this.font.rows[slot * 16 + row] ?? 0);
    return rows;
  }

  private maskOf(ink: Ink): Mask {
    const colour = colourOf(ink, this.colour);
    const key = colour.join();
    const kept = this.masks.get(key);
    if (kept) return kept.mask;
    const mask = createMask(this.width, this.height);
    this.masks.set(key, { colour, mask });
    return mask;
  }

  bitmap(): Bitmap {
    const { width, height } = this;
    const layers = [...this.masks.values()];
    if (this.colour === "rgb") return indexed(width, height, layers);
    const format: PixelFormat = this.colour === "mono" ? "mono1" : "dual2";
    const pixels = new Uint8Array(bitmapBytes(width, height, format));
    const plane = rowStride(width, "mono1") * height;
    for (const { colour, mask } of layers) {
      for (let which = 0; which < (this.colour === "dual" ? 2 : 1); which++) {
        if (!colour[which]) continue;
        for (let at = 0; at < plane; at++) {
          const byte = mask.bits[at] as number;
          if (byte !== 0) pixels[which * plane + at] = (pixels[which * plane + at] as number) | byte;
        }
      }
    }
    return { width, height, format, pixels, palette: new Uint8Array(0) };
  }
}

/** Black is entry 0; the smallest index format that holds the inks that were used. */
function indexed(width: number, height: number, layers: readonly { colour: Rgb; mask: Mask }[]): Bitmap {
  const bits = layers.length < 2 ? 1 : layers.length < 4 ? 2 : 4;
  const format: PixelFormat = bits === 1 ? "index1" : bits === 2 ? "index2" : "index4";
  const palette = Uint8Array.from([0, 0, 0, ...layers.flatMap(({ colour }) => [...colour])]);
  const pixels = new Uint8Array(bitmapBytes(width, height, format));
  const stride = rowStride(width, format);
  for (const [index, { mask }] of layers.entries()) {
    for (let y = 0; y < height; y++) {
      for (let byte = 0; byte < mask.stride; byte++) {
        const set = mask.bits[y * mask.stride + byte] as number;
        if (set !== 0) spread(pixels, y * stride, byte * 8, set, bits, index + 1);
      }
    }
  }
  return { width, height, format, pixels, palette };
}

/** Writes `value` at each of the eight dots from `x` whose bit is set; `bits` a dot. */
function spread(pixels: Uint8Array, row: number, x: number, set: number, bits: number, value: number): void {
  for (let dot = 0; dot < 8; dot++) {
    if ((set & (0x80 >> dot)) === 0) continue;
    const bit = (x + dot) * bits;
    const at = row + (bit >> 3);
    const shift = 8 - bits - (bit & 7);
    pixels[at] = ((pixels[at] as number) & ~(((1 << bits) - 1) << shift)) | (value << shift);
  }
}
