/**
 * Test pictures (测试图) for who stands before a panel with a screwdriver. They are drawn from the panel's shape and its
 * board's number alone, so that whoever must decide whether a picture is one of them can draw it again and compare.
 */
import { limits } from "../limits.ts";
import { emptyBitmap } from "./bitmap.ts";
import { makeMessage } from "./encode.ts";
import { letterDot, letterHeight, textWidth } from "./pattern-letters.ts";
import type { Bitmap, ColourKind, Message, MotionName, Page, Shape } from "./types.ts";

/** Red 1, green 2, blue 4, as bits; a mono panel lights for any of them. */
type Ink = number;
type Draw = (x: number, y: number, shape: Shape, label: string) => Ink;

const white: Ink = 7;
/** A usual module of small-pitch and P10 panels; the picture shows whether they are in their places. */
const module = { width: 32, height: 16 };

const stills = {
  all: () => white,
  red: () => 1,
  green: () => 2,
  blue: () => 4,
  checker: (x, y) => ((x + y) % 2 === 0 ? white : 0),
  ramp,
  border,
  label: labelled,
  modules,
} satisfies Record<string, Draw>;

/** A lit row that goes down the panel, a lit column that goes to the right: a dead row, or a swapped one, is seen at once. */
const walks = {
  row: { motion: "scroll-down", draw: (_x, y) => (y === 0 ? white : 0) },
  column: { motion: "scroll-right", draw: (x) => (x === 0 ? white : 0) },
} satisfies Record<string, { motion: MotionName; draw: Draw }>;

export type PatternName = keyof typeof stills | keyof typeof walks;

const every: readonly PatternName[] = [
  "all",
  "red",
  "green",
  "blue",
  "row",
  "column",
  "checker",
  "ramp",
  "border",
  "label",
  "modules",
];
const without: Readonly<Record<ColourKind, readonly PatternName[]>> = {
  // "red" is what most panels of one colour are.
  mono: ["green", "blue"],
  dual: ["blue"],
  rgb: [],
};

/** Those that a panel of this kind can show. */
export function patternsOf(colour: ColourKind): readonly PatternName[] {
  return every.filter((name) => !without[colour].includes(name));
}

const prefix = "pattern:";

/** Who is behind a turn that shows a pattern: no notice, so no seal. */
export const patternOwner = (name: string): string => prefix + name;

/** The pattern's name, or null: that is a notice's. */
export const patternOf = (owner: string): string | null =>
  owner.startsWith(prefix) ? owner.slice(prefix.length) : null;

const kept = new Map<string, Message>();

/** null: there is no such pattern on a panel of this kind. `label`: the board's number. */
export function patternMessage(name: string, shape: Shape, label: string): Message | null {
  const known = patternsOf(shape.colour).find((one) => one === name);
  if (known === undefined) return null;
  const key = `${known} ${shape.width}x${shape.height}:${shape.colour} ${label}`;
  const message = kept.get(key) ?? makeMessage(shape, [pageOf(known, shape, label)]);
  kept.delete(key);
  kept.set(key, message);
  const oldest = kept.keys().next().value;
  if (kept.size > limits.patternsKept && oldest !== undefined) kept.delete(oldest);
  return message;
}

const holdMs = 1000;
/** A walk takes about this long, whatever the panel's size, but no step is too quick to be seen. */
const walkMs = 8000;
const stepMsMin = 40;

function pageOf(name: PatternName, shape: Shape, label: string): Page {
  const walk = name === "row" || name === "column" ? walks[name] : null;
  const draw: Draw = name === "row" || name === "column" ? walks[name].draw : stills[name];
  const bitmap = name === "ramp" && shape.colour === "rgb" ? shades(shape) : drawn(draw, shape, label);
  const common = { bitmap, step: 0, window: null, fields: [] };
  if (walk === null) return { ...common, motion: "hold", msPerPx: 0, holdMs };
  const side = name === "row" ? shape.height : shape.width;
  const msPerPx = Math.max(stepMsMin, Math.min(1000, Math.round(walkMs / side)));
  return { ...common, motion: walk.motion, msPerPx, holdMs: 0 };
}

function drawn(draw: Draw, shape: Shape, label: string): Bitmap {
  const { width, height, colour } = shape;
  if (colour === "rgb") {
    const palette = new Uint8Array(8 * 3);
    for (let ink = 0; ink < 8; ink++)
      for (let channel = 0; channel < 3; channel++) palette[ink * 3 + channel] = (ink >> channel) & 1 ? 255 : 0;
    const bitmap = emptyBitmap(width, height, "index4", palette);
    const stride = Math.ceil(width / 2);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = y * stride + (x >> 1);
        bitmap.pixels[at] = (bitmap.pixels[at] ?? 0) | (draw(x, y, shape, label) << (x % 2 === 0 ? 4 : 0));
      }
    return bitmap;
  }
  const bitmap = emptyBitmap(width, height, colour === "mono" ? "mono1" : "dual2");
  const stride = Math.ceil(width / 8);
  const light = (plane: number, x: number, y: number) => {
    const at = (plane * height + y) * stride + (x >> 3);
    bitmap.pixels[at] = (bitmap.pixels[at] ?? 0) | (0x80 >> (x & 7));
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const ink = draw(x, y, shape, label);
      if (colour === "mono" ? ink !== 0 : ink & 1) light(0, x, y);
      if (colour === "dual" && ink & 2) light(1, x, y);
    }
  return bitmap;
}

/** Bayer's 4×4 order, sixteenths. */
const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** From black at the left to full at the right, as dots that are farther or closer; on dual a band of each colour. */
function ramp(x: number, y: number, { width, height, colour }: Shape): Ink {
  const level = (x * 16) / Math.max(1, width - 1);
  if (level <= (bayer[(y % 4) * 4 + (x % 4)] ?? 0)) return 0;
  return colour === "mono" ? white : ([1, 2, white][Math.min(2, Math.floor((y * 3) / height))] ?? white);
}

/** On rgb real shades, 64 of each: red, green, blue and white in four bands. */
function shades({ width, height }: Shape): Bitmap {
  const palette = new Uint8Array(256 * 3);
  for (const [band, mask] of [1, 2, 4, white].entries())
    for (let level = 0; level < 64; level++)
      for (let channel = 0; channel < 3; channel++)
        palette[(band * 64 + level) * 3 + channel] = (mask >> channel) & 1 ? Math.round((level * 255) / 63) : 0;
  const bitmap = emptyBitmap(width, height, "index8", palette);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      bitmap.pixels[y * width + x] =
        Math.min(3, Math.floor((y * 4) / height)) * 64 + Math.round((x * 63) / Math.max(1, width - 1));
  return bitmap;
}

/** The outermost dots and both diagonals: whether the picture has the panel's size, and is not stretched or cut. */
function border(x: number, y: number, { width, height }: Shape): Ink {
  const [right, bottom] = [width - 1, height - 1];
  if (x === 0 || y === 0 || x === right || y === bottom) return white;
  // A dot a column on flat panels, a dot a row on high ones: no diagonal has holes.
  const along = width >= height;
  const [here, other, length, across] = along ? [x, y, right, bottom] : [y, x, bottom, right];
  const down = Math.round((here * across) / length);
  return other === down || other === across - down ? white : 0;
}

/** The board's number as large as it fits, an arrow that points up beside it. */
function labelled(x: number, y: number, shape: Shape, label: string): Ink {
  const text = `\u2191${label}`;
  const size = Math.max(
    1,
    Math.min(Math.floor(shape.width / textWidth(text)), Math.floor(shape.height / letterHeight)),
  );
  const left = Math.floor((shape.width - textWidth(text) * size) / 2);
  const top = Math.floor((shape.height - letterHeight * size) / 2);
  const lit = letterDot(text, Math.floor((x - left) / size), Math.floor((y - top) / size));
  return lit ? white : 0;
}

/** Each module framed, with its number: in reading order from 1. */
function modules(x: number, y: number, { width, height }: Shape): Ink {
  const [column, row] = [Math.floor(x / module.width), Math.floor(y / module.height)];
  const [left, top] = [column * module.width, row * module.height];
  const [right, bottom] = [Math.min(width, left + module.width) - 1, Math.min(height, top + module.height) - 1];
  if (x === left || y === top || x === right || y === bottom) return white;
  const number = String(row * Math.ceil(width / module.width) + column + 1);
  const fits = right - left - 3 >= textWidth(number) && bottom - top - 3 >= letterHeight;
  return fits && letterDot(number, x - left - 2, y - top - 2) ? white : 0;
}
