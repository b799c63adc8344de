/** Frames from outside: from the packing of `Frame.pixels` alone, and back out of what a canvas shows. */
import type { BoardJson } from "../../src/api/schemas.ts";
import { type CanvasPixels, lamps } from "./browser.ts";

type Panel = BoardJson["panel"];

/** An unlit lamp is seen, too, but by no channel so bright. */
const unlitMost = 40;

/** base64 of `Frame.pixels`, by the colour in the middle of each lamp: the canvas of a sign. */
export function litDots(canvas: CanvasPixels, { width, height, colour }: Panel): string {
  const dots = lamps(canvas, width, height);
  if (colour === "rgb")
    return Buffer.from(dots.flatMap((dot) => (Math.max(...dot) < unlitMost ? [0, 0, 0] : dot))).toString("base64");
  const stride = Math.ceil(width / 8);
  const planes = colour === "dual" ? 2 : 1;
  const pixels = Buffer.alloc(stride * height * planes);
  for (const [dot, channels] of dots.entries()) {
    const [x, y] = [dot % width, Math.floor(dot / width)];
    for (let plane = 0; plane < planes; plane++) {
      const isLit = colour === "mono" ? Math.max(...channels) > 128 : (channels[plane] ?? 0) > 128;
      const at = (plane * height + y) * stride + (x >> 3);
      if (isLit) pixels[at] = (pixels[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return pixels.toString("base64");
}

/** `frame.txt` once more, from the packing of `Frame.pixels` and the letters of its description alone. */
export function textOf(pixels: Uint8Array, { width, height, colour }: Panel): string {
  const stride = Math.ceil(width / 8);
  const bit = (plane: number, x: number, y: number) =>
    ((pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  const letter = (x: number, y: number): string => {
    if (colour === "mono") return bit(0, x, y) ? "@" : ".";
    if (colour === "dual") return ".rgy"[bit(0, x, y) + 2 * bit(1, x, y)] ?? "?";
    const channels = [0, 1, 2].map((channel) => pixels[(y * width + x) * 3 + channel] ?? 0);
    const most = Math.max(...channels);
    if (most === 0) return ".";
    return ".rgybmcw"[channels.reduce((sum, value, channel) => sum + (value >= most / 2 ? 2 ** channel : 0), 0)] ?? "?";
  };
  let text = "";
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) text += letter(x, y);
    text += "\n";
  }
  return text;
}
