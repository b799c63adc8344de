/** A mask's bits as samples of more bits: how ink comes into pages with a palette. */
import type { Mask } from "./masks.ts";

export type SampleBits = 2 | 4;

/** For each byte of a mask its eight dots' samples, 1 where the dot is set: `bits` bytes as they stand in memory. */
function spreadTable(bits: SampleBits): Uint8Array {
  const table = new Uint8Array(256 * bits);
  for (let byte = 0; byte < 256; byte++)
    for (let dot = 0; dot < 8; dot++)
      if (byte & (0x80 >> dot)) {
        const at = byte * bits + ((dot * bits) >> 3);
        table[at] = (table[at] as number) | (1 << (8 - bits - ((dot * bits) & 7)));
      }
  return table;
}

const tables = { 2: spreadTable(2), 4: spreadTable(4) } as const;
const wholes = { 2: new Uint16Array(tables[2].buffer), 4: new Int32Array(tables[4].buffer) } as const;

/** Writes `value` at each dot that the mask has into samples of `bits`, rows `stride` bytes apart. */
export function spreadInto(pixels: Uint8Array, stride: number, mask: Mask, bits: SampleBits, value: number): void {
  // A byte of the mask is then one word of the page, in every row.
  if (stride === mask.stride * bits && pixels.byteOffset % bits === 0) spreadWords(pixels, mask, bits, value);
  else spreadBytes(pixels, stride, mask, bits, value);
}

function spreadWords(pixels: Uint8Array, { bits: set }: Mask, bits: SampleBits, value: number): void {
  const whole = wholes[bits];
  const words =
    bits === 4
      ? new Int32Array(pixels.buffer, pixels.byteOffset, set.length)
      : new Uint16Array(pixels.buffer, pixels.byteOffset, set.length);
  const full = 2 ** bits - 1;
  for (let at = 0; at < set.length; at++) {
    const byte = set[at] as number;
    if (byte === 0) continue;
    const ones = whole[byte] as number;
    words[at] = ((words[at] as number) & ~Math.imul(ones, full)) | Math.imul(ones, value);
  }
}

function spreadBytes(pixels: Uint8Array, stride: number, mask: Mask, bits: SampleBits, value: number): void {
  const table = tables[bits];
  const full = 2 ** bits - 1;
  for (let y = 0; y < mask.height; y++)
    for (let byte = 0; byte < mask.stride; byte++) {
      const set = mask.bits[y * mask.stride + byte] as number;
      if (set === 0) continue;
      // A row's last byte may need fewer of them.
      const start = byte * bits;
      for (let n = 0; n < bits && start + n < stride; n++) {
        const ones = table[set * bits + n] as number;
        const to = y * stride + start + n;
        pixels[to] = ((pixels[to] as number) & ~(ones * full)) | (ones * value);
      }
    }
}
