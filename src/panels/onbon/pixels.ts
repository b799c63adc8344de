/**
 * A frame's dots as BX-5 and BX-6 cards take them (protocol note, "Pixels"). One bit a dot: 0 is lit, the leftmost dot is the
 * highest bit, a row begins at the area's x modulo the unit and is filled up to a whole unit, unlit: of 8 dots on BX-5, of 32
 * on BX-6. Full colour has neither.
 */
import type { Frame, Shape } from "../../message/index.ts";
import type { Generation } from "./families.ts";

export interface DotFormat {
  readonly generation: Generation;
  /** Of two colours, which comes first. */
  readonly planes: "RG" | "GR";
  readonly rgb: "888" | "565-be" | "565-le";
}

const unit = { 5: 8, 6: 32 } as const;

/** `x`: where the area begins on the screen. */
export function dotBytes({ shape, pixels }: Frame, format: DotFormat, x = 0): Uint8Array {
  if (shape.colour === "rgb") return rgbBytes(pixels, format.rgb);
  const planes = planesOf(shape, pixels, format, x);
  const [first, second] = format.planes === "RG" ? planes : [...planes].reverse();
  if (!first || !second) return planes[0] as Uint8Array;
  const both = new Uint8Array(first.length * 2);
  if (format.generation === 6) {
    both.set(first);
    both.set(second, first.length);
  } else
    for (let at = 0; at < first.length; at++) {
      both[2 * at] = first[at] ?? 0;
      both[2 * at + 1] = second[at] ?? 0;
    }
  return both;
}

/** Of one picture. */
export function dotBytesOf({ width, height, colour }: Shape, { generation, rgb }: DotFormat, x = 0): number {
  if (colour === "rgb") return width * height * (rgb === "888" ? 3 : 2);
  return rowBytes(width, generation, x) * height * (colour === "dual" ? 2 : 1);
}

function rowBytes(width: number, generation: Generation, x: number): number {
  const dots = unit[generation];
  return (Math.ceil(((x % dots) + width) / dots) * dots) / 8;
}

function planesOf(shape: Shape, pixels: Uint8Array, { generation }: DotFormat, x: number): Uint8Array[] {
  const { width, height, colour } = shape;
  const stride = Math.ceil(width / 8);
  const row = rowBytes(width, generation, x);
  const shift = x % unit[generation];
  return Array.from({ length: colour === "dual" ? 2 : 1 }, (_, plane) => {
    const bytes = new Uint8Array(row * height).fill(0xff);
    for (let y = 0; y < height; y++) {
      const from = (plane * height + y) * stride;
      if (shift === 0) {
        // Ours are lit where a bit is set, and unused ones are not.
        for (let at = 0; at < stride; at++) bytes[y * row + at] = ~(pixels[from + at] ?? 0);
        continue;
      }
      for (let dot = 0; dot < width; dot++) {
        if (((pixels[from + (dot >> 3)] ?? 0) & (0x80 >> (dot & 7))) === 0) continue;
        const to = shift + dot;
        const at = y * row + (to >> 3);
        bytes[at] = (bytes[at] ?? 0) & ~(0x80 >> (to & 7));
      }
    }
    return bytes;
  });
}

/** Red first; of 565, red in the high bits. The lowest bits are cut off: no dot that is black is lit by it, and none gets brighter. */
function rgbBytes(pixels: Uint8Array, rgb: DotFormat["rgb"]): Uint8Array {
  if (rgb === "888") return pixels.slice();
  const dots = Math.floor(pixels.length / 3);
  const bytes = new Uint8Array(dots * 2);
  const view = new DataView(bytes.buffer);
  for (let dot = 0; dot < dots; dot++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(dot * 3, dot * 3 + 3);
    view.setUint16(dot * 2, ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3), rgb === "565-le");
  }
  return bytes;
}
