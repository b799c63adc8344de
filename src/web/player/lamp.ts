/** One dot of a sign as a small square of pixels: a round lamp, lit or not, on the module's black. */
import type { Rgb } from "./dots.ts";

/** The module between the lamps. */
export const moduleBlack: Rgb = 0x0a0b0d;
/** Below this many pixels a dot has no room for a round lamp and is drawn as a square. */
const roundFromPx = 3;
/** How much of a lit lamp's light falls on the module around it. */
const glow = 0.2;
const unlitLight = 0.1;
/** A square has no black around it; it is darker, to look as dark from afar. */
const unlitSquareLight = 0.045;

/** `cellPx` × `cellPx` pixels, as a canvas keeps them. `colour` null: unlit, faintly visible in `tint`. */
export function lampPixels(cellPx: number, colour: Rgb | null, tint: Rgb): Uint32Array {
  const pixels = new Uint32Array(cellPx * cellPx);
  const round = cellPx >= roundFromPx;
  const lamp = colour ?? mix(moduleBlack, tint, round ? unlitLight : unlitSquareLight);
  const around = colour === null ? moduleBlack : mix(moduleBlack, colour, glow);
  const centre = cellPx / 2;
  const radius = cellPx * (colour === null ? 0.4 : 0.47);
  for (let y = 0; y < cellPx; y++) {
    for (let x = 0; x < cellPx; x++) {
      const distance = Math.hypot(x + 0.5 - centre, y + 0.5 - centre);
      // One pixel of soft edge, so that small lamps look round.
      const cover = round ? Math.min(1, Math.max(0, radius - distance + 0.5)) : 1;
      pixels[y * cellPx + x] = canvasPixel(mix(around, lamp, cover));
    }
  }
  return pixels;
}

/** Bytes red, green, blue, alpha in memory, whatever the machine's byte order. */
export function canvasPixel(colour: Rgb): number {
  const red = (colour >> 16) & 255;
  const green = (colour >> 8) & 255;
  const blue = colour & 255;
  return littleEndian
    ? ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
    : ((red << 24) | (green << 16) | (blue << 8) | 255) >>> 0;
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (shift: number) => {
    const start = (from >> shift) & 255;
    return Math.round(start + (((to >> shift) & 255) - start) * share) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}
