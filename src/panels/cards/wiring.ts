/**
 * In which order a matrix's lamps hang on their wire, and in which order a lamp takes its colours: what a stream of pixels
 * needs to know of the panel. A bijection between lamps and the panel's dots.
 */
import type { WiredGrid, Wiring } from "../../config/types.ts";
import type { Frame, Shape } from "../../message/index.ts";

/** What is wrong with a wiring for a panel of this shape, or null. */
export function wiringProblem({ modules, turned }: Wiring, { width, height }: Shape): string | null {
  if (!modules) return null;
  const [across, down] = turned % 180 === 0 ? [width, height] : [height, width];
  return across % modules.width === 0 && down % modules.height === 0
    ? null
    : `modules of ${modules.width}x${modules.height} do not fill ${across}x${down}`;
}

/** `dotOf[lamp]`: y × width + x of the panel as people see it; without `skip`. Throws a RangeError if `wiringProblem`. */
export function dotsByLamp(wiring: Wiring, shape: Shape): Uint32Array {
  const problem = wiringProblem(wiring, shape);
  if (problem) throw new RangeError(problem);
  const { width, height } = shape;
  // Of the panel as it was made, before it was hung.
  const [across, down] = wiring.turned % 180 === 0 ? [width, height] : [height, width];
  const { modules = { width: across, height: down, start: "top-left", along: "rows", serpentine: false } } = wiring;
  const inModule = path(wiring, modules.width, modules.height);
  const dotOf = new Uint32Array(width * height);
  let lamp = 0;
  for (const [column, row] of path(modules, across / modules.width, down / modules.height)) {
    for (const [x, y] of inModule)
      dotOf[lamp++] = hung(column * modules.width + x, row * modules.height + y, wiring.turned, across, down);
  }
  return dotOf;
}

/** Every place of a grid, in the order of its wire. */
function path(
  { start, along, serpentine }: WiredGrid,
  width: number,
  height: number,
): readonly (readonly [x: number, y: number])[] {
  const right = start.endsWith("right");
  const bottom = start.startsWith("bottom");
  const [lines, length] = along === "rows" ? [height, width] : [width, height];
  const places: (readonly [number, number])[] = [];
  for (let line = 0; line < lines; line++) {
    for (let step = 0; step < length; step++) {
      const place = serpentine && line % 2 === 1 ? length - 1 - step : step;
      const [x, y] = along === "rows" ? [place, line] : [line, place];
      places.push([right ? width - 1 - x : x, bottom ? height - 1 - y : y]);
    }
  }
  return places;
}

/** Where a dot of the panel as it was made is once it hangs, turned clockwise. */
function hung(x: number, y: number, turned: Wiring["turned"], across: number, down: number): number {
  switch (turned) {
    case 0:
      return y * across + x;
    case 90:
      return x * down + (down - 1 - y);
    case 180:
      return (down - 1 - y) * across + (across - 1 - x);
    case 270:
      return (across - 1 - x) * down + y;
  }
}

/** Red, green and blue of a mono panel's lit dot, 0 to 255. */
export type Ink = readonly [red: number, green: number, blue: number];

/**
 * A byte for each colour of each lamp, in the order of the wire and of its colours, `skip` lamps of black before them.
 * White lamps stay dark: the other three mix what the preview shows. `dotOf`: `dotsByLamp`.
 */
export function lampBytes({ shape, pixels }: Frame, dotOf: Uint32Array, { order, skip }: Wiring, ink: Ink): Uint8Array {
  const bytes = new Uint8Array((skip + dotOf.length) * order.length);
  const channels = [...order].map((letter) => "RGBW".indexOf(letter));
  const { width, height, colour } = shape;
  const stride = Math.ceil(width / 8);
  const plane = stride * height;
  const bit = (at: number, x: number) => ((pixels[at + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  const rgb = [0, 0, 0, 0];
  let to = skip * order.length;
  for (const dot of dotOf) {
    if (colour === "rgb") for (let channel = 0; channel < 3; channel++) rgb[channel] = pixels[dot * 3 + channel] ?? 0;
    else {
      const x = dot % width;
      const row = Math.floor(dot / width) * stride;
      const red = bit(row, x);
      if (colour === "mono") for (let channel = 0; channel < 3; channel++) rgb[channel] = red * (ink[channel] ?? 0);
      else {
        rgb[0] = red * 255;
        rgb[1] = bit(plane + row, x) * 255;
      }
    }
    for (const channel of channels) bytes[to++] = rgb[channel] as number;
  }
  return bytes;
}
