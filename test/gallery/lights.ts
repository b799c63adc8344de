/** A frame as it looks: round lights on near-black for LED panels, plain pixels for LCD screens. */
import { type Frame, frameFormat, rowStride, type Shape } from "../../src/message/index.ts";
import { fill, mix, type Rgb, type Sheet } from "./sheet.ts";

/** Lights of so many pixels each way; or, for an LCD, one pixel for so many dots each way. */
export type Look = { readonly lightPx: number } | { readonly dotsPerPx: number };

const ground: Rgb = [12, 12, 14];
const unlit: Rgb = [30, 30, 33];
const bezel: Rgb = [38, 38, 42];
export const bezelPx = 5;
/** By bits: red 1, green 2. */
const lamps: readonly Rgb[] = [unlit, [255, 48, 24], [70, 224, 48], [255, 190, 24]];

/** A light's diameter as a part of the pitch, and steps of its soft edge. */
const lightPart = 0.98;
const steps = 4;

export function sizeOf({ width, height }: Shape, look: Look): { readonly width: number; readonly height: number } {
  const zoom = "lightPx" in look ? look.lightPx : 1 / look.dotsPerPx;
  return { width: Math.floor(width * zoom) + 2 * bezelPx, height: Math.floor(height * zoom) + 2 * bezelPx };
}

/** With its bezel; `x`, `y`: left top corner. */
export function drawFrame(sheet: Sheet, frame: Frame, x: number, y: number, look: Look): void {
  const size = sizeOf(frame.shape, look);
  fill(sheet, x, y, size.width, size.height, bezel);
  if ("lightPx" in look) drawLights(sheet, frame, x + bezelPx, y + bezelPx, look.lightPx);
  else drawPixels(sheet, frame, x + bezelPx, y + bezelPx, look.dotsPerPx);
}

function drawLights(sheet: Sheet, frame: Frame, left: number, top: number, lightPx: number): void {
  const { width, height } = frame.shape;
  fill(sheet, left, top, width * lightPx, height * lightPx, ground);
  const stamp = stampOf(lightPx);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = lampAt(frame, x, y);
      for (let at = 0; at < stamp.length; at++) {
        const part = stamp[at] as number;
        if (part === 0) continue;
        const [column, row] = [at % lightPx, Math.floor(at / lightPx)];
        mix(sheet, left + x * lightPx + column, top + y * lightPx + row, colour, part, steps);
      }
    }
}

/** How much of each pixel a round light covers, in `steps`. */
function stampOf(lightPx: number): Uint8Array {
  const fine = 16;
  const middle = (lightPx * fine) / 2;
  const radius = middle * lightPart;
  return Uint8Array.from({ length: lightPx * lightPx }, (_, at) => {
    let inside = 0;
    for (let dot = 0; dot < fine * fine; dot++) {
      const x = (at % lightPx) * fine + (dot % fine) + 0.5 - middle;
      const y = Math.floor(at / lightPx) * fine + Math.floor(dot / fine) + 0.5 - middle;
      if (x * x + y * y <= radius * radius) inside++;
    }
    return Math.round((inside * steps) / (fine * fine));
  });
}

function lampAt({ shape, pixels }: Frame, x: number, y: number): Rgb {
  const { width, height, colour } = shape;
  const stride = rowStride(width, frameFormat(colour));
  if (colour !== "rgb") {
    const lit = (plane: number) =>
      ((pixels[(plane * height + y) * stride + (x >> 3)] as number) & (0x80 >> (x & 7))) !== 0;
    return lamps[(lit(0) ? 1 : 0) + (colour === "dual" && lit(1) ? 2 : 0)] as Rgb;
  }
  const at = y * stride + x * 3;
  const [red, green, blue] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
  return red + green + blue === 0 ? unlit : [red, green, blue];
}

/** The mean of the dots that become one pixel. */
function drawPixels(sheet: Sheet, { shape, pixels }: Frame, left: number, top: number, dotsPerPx: number): void {
  const stride = rowStride(shape.width, frameFormat(shape.colour));
  const count = dotsPerPx * dotsPerPx;
  const { width, height } = shape;
  for (let y = 0; y < Math.floor(height / dotsPerPx); y++)
    for (let x = 0; x < Math.floor(width / dotsPerPx); x++) {
      const sums: [number, number, number] = [0, 0, 0];
      for (let dot = 0; dot < count; dot++) {
        const row = y * dotsPerPx + Math.floor(dot / dotsPerPx);
        const at = row * stride + (x * dotsPerPx + (dot % dotsPerPx)) * 3;
        for (let channel = 0; channel < 3; channel++)
          sums[channel] = (sums[channel] as number) + (pixels[at + channel] as number);
      }
      sheet.pixels.set(
        sums.map((sum) => Math.round(sum / count)),
        ((top + y) * sheet.width + left + x) * 3,
      );
    }
}
