/** A mask's bits as samples of more bits: how ink comes into pages with a palette. */
import type { Mask } from "./masks.ts";

export type SampleBits = 2 | 4;

/** For each byte of a mask its eight dots' samples, every bit set where the dot is: `bits` bytes as they stand in memory. */
function spreadTable(bits: SampleBits): Uint8Array {
  const table = new Uint8Array(256 * bits);
  const full = 2 ** bits - 1;
  for (let byte = 0; byte < 256; byte++)
    for (let dot = 0; dot < 8; dot++)
      if (byte & (0x80 >> dot)) {
        const at = byte * bits + ((dot * bits) >> 3);
        table[at] = (table[at] as number) | (full << (8 - bits - ((dot * bits) & 7)));
      }
  return table;
}

const twos = spreadTable(2);
const fours = spreadTable(4);
const twosWhole = new Uint16Array(twos.buffer);
const foursWhole = new Int32Array(fours.buffer);

/** Writes `value` at each dot that the mask has into samples of `bits`, rows `stride` bytes apart. */
export function spreadInto(pixels: Uint8Array, stride: number, mask: Mask, bits: SampleBits, value: number): void {
  // A byte of the mask is then one word of the page, in every row.
  const inWords = stride === mask.stride * bits && pixels.byteOffset % bits === 0;
  if (inWords && bits === 4) spreadFours(pixels, mask.bits, Math.imul(value, 0x1111_1111));
  else if (inWords) spreadTwos(pixels, mask.bits, value * 0x5555);
  else spreadBytes(pixels, stride, mask, bits, value);
}

// Neither asks whether a byte is 0: in text that cannot be guessed, and a wrong guess takes longer than the word. Two
// loops, because the engine makes a slower one for both kinds of words.

function spreadFours(pixels: Uint8Array, set: Uint8Array, ink: number): void {
  const table = foursWhole;
  const words = new Int32Array(pixels.buffer, pixels.byteOffset, set.length);
  for (let at = 0; at < set.length; at++) {
    const word = words[at] as number;
    words[at] = word ^ ((word ^ ink) & (table[set[at] as number] as number));
  }
}

function spreadTwos(pixels: Uint8Array, set: Uint8Array, ink: number): void {
  const words = new Uint16Array(pixels.buffer, pixels.byteOffset, set.length);
  for (let at = 0; at < set.length; at++) {
    const word = words[at] as number;
    words[at] = word ^ ((word ^ ink) & (twosWhole[set[at] as number] as number));
  }
}

function spreadBytes(pixels: Uint8Array, stride: number, mask: Mask, bits: SampleBits, value: number): void {
  const table = bits === 4 ? fours : twos;
  const ink = value * (bits === 4 ? 0x11 : 0x55);
  for (let y = 0; y < mask.height; y++)
    for (let byte = 0; byte < mask.stride; byte++) {
      const set = mask.bits[y * mask.stride + byte] as number;
      if (set === 0) continue;
      // A row's last byte may need fewer of them.
      const start = byte * bits;
      for (let n = 0; n < bits && start + n < stride; n++) {
        const to = y * stride + start + n;
        const here = pixels[to] as number;
        pixels[to] = here ^ ((here ^ ink) & (table[set * bits + n] as number));
      }
    }
}
