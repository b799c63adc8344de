/** How a simulated BX-K card draws its texts: the marks in them, lines, colours, cells (protocol note, "A3 06 data"). */
import type { ShownArea } from "./card.ts";

export interface FontScreen {
  readonly width: number;
  readonly height: number;
  /** Two: red and green, and a character in each or both of them. */
  readonly colours: 1 | 2;
  /** Dots that an area's x and width are counted in. */
  readonly unit: 1 | 8;
  /** By code, of one byte or two: 16 rows of dots from bit 15 on. null: it has no such character. */
  readonly glyph: (code: number) => readonly number[] | null;
  /** Lit where there is no area; null: nothing is. */
  readonly flash: Uint8Array | null;
}

const heightPx = 16;
const letter = (text: string) => text.charCodeAt(0);
const digits = (bytes: Uint8Array) => Number(String.fromCharCode(...bytes));

export function drawTexts(screen: FontScreen, areas: readonly ShownArea[]): Uint8Array {
  const { width, height, colours } = screen;
  const stride = Math.ceil(width / 8);
  const planes = Array.from({ length: colours }, () => new Uint8Array(stride * height));
  for (const area of areas) drawText(area);
  const pixels = new Uint8Array(stride * height * colours);
  for (const [index, plane] of planes.entries()) pixels.set(plane, index * stride * height);
  return pixels;

  function drawText(area: ShownArea): void {
    const [left, wide] = [area.x * screen.unit, area.width * screen.unit];
    const { text } = area;
    let [x, y, colour] = [0, 0, 1];
    const nextLine = () => {
      x = 0;
      y += heightPx + area.lineSpace;
    };
    for (let at = 0; at < text.length; ) {
      const byte = text[at] as number;
      if (byte === letter("\\")) {
        const mark = text[at + 1];
        if (mark === letter("n")) {
          if (area.singleLine) return;
          nextLine();
          at += 2;
        } else if (mark === letter("C")) {
          colour = digits(text.subarray(at + 2, at + 3));
          at += 3;
        } else if (mark === letter("F")) at += 6;
        else throw new Error(`mark ${mark}`);
        continue;
      }
      const isWide = byte > 0x80;
      const code = isWide ? byte * 256 + (text[at + 1] ?? 0) : byte;
      at += isWide ? 2 : 1;
      const across = isWide ? 16 : 8;
      if (x + across > wide && area.wraps && !area.singleLine) nextLine();
      // What is too much for an area is its next page, which would follow later.
      if (x + across <= wide && y + heightPx <= area.height) stamp(code, left + x, area.y + y, colour);
      x += across;
    }
  }

  function stamp(code: number, left: number, top: number, colour: number): void {
    const rows = screen.glyph(code);
    if (rows === null) throw new Error(`no glyph ${code.toString(16)}`);
    for (const [index, plane] of planes.entries()) {
      if (colours === 2 && (colour & (1 << index)) === 0) continue;
      for (const [row, bits] of rows.entries())
        for (let column = 0; column < 16; column++) {
          const [x, y] = [left + column, top + row];
          if ((bits & (0x8000 >> column)) === 0 || x >= width || y >= height) continue;
          plane[y * stride + (x >> 3)] = (plane[y * stride + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
        }
    }
  }
}
