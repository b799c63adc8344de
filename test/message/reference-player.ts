/**
 * What is lit, worked out slowly from firmware-protocol/SPEC.md alone: its own reading of the bytes (`reference-bytes.ts`),
 * a walk from turn to turn, dot after dot, a calendar that counts days. It shares nothing with `src/message`, which is
 * compared with it.
 */
import type { RefCell, RefField, RefMessage, RefPage, RefProgramme, RefTransition } from "./reference-bytes.ts";

/** Red, green, blue; a lit mono dot is [255, 0, 0], a dual one has no blue. */
type Dot = readonly [number, number, number];
const black: Dot = [0, 0, 0];

/** The message that is on at `at` (index, null for none) and the frame's bytes (SPEC 7.5). */
export function referenceAt(programme: RefProgramme, messages: readonly RefMessage[], at: number) {
  const on = walk(programme, at);
  const message = on === null ? undefined : messages[on.message];
  const dots =
    on === null || message === undefined ? null : messageDots(message, on.elapsedMs, at, on.span.utcOffsetMin);
  return { message: on?.message ?? null, frame: pack(programme, dots) };
}

/** SPEC 6.2, but from turn to turn, as a person with a stopwatch would. */
function walk(programme: RefProgramme, at: number) {
  const now = at - programme.base;
  if (now < 0 || now >= programme.endMs) return null;
  for (const span of programme.spans) {
    if (now < span.startMs || now >= span.endMs) continue;
    const { turns } = span;
    let index = 0;
    while ((turns[index]?.endMs ?? 0) <= span.leadMs) index++;
    let elapsedMs = span.leadMs - (turns[index - 1]?.endMs ?? 0);
    for (let left = now - span.startMs; ; ) {
      const rest = (turns[index]?.endMs ?? 0) - (turns[index - 1]?.endMs ?? 0) - elapsedMs;
      if (left < rest) return { message: turns[index]?.message ?? 0, elapsedMs: elapsedMs + left, span };
      left -= rest;
      elapsedMs = 0;
      index = index + 1 === turns.length ? 0 : index + 1;
    }
  }
  return null;
}

/** SPEC 5.6. */
function messageDots(message: RefMessage, elapsedMs: number, at: number, offset: number): Dot[][] | null {
  let left = elapsedMs;
  for (let step = 0; ; step++) {
    const pages = message.pages.filter((page) => page.step === step);
    const [first] = pages;
    if (!first) return null;
    const duration = durationOf(message, first);
    if (left >= duration) {
      left -= duration;
      continue;
    }
    const page = pages.find(({ window }) => window === null || (window[0] <= at && at < window[1]));
    return page ? pageDots(message, page, left, at, offset) : null;
  }
}

/** SPEC 5.3: the side that a strip travels along, 0 for what does not travel. */
function wayOf({ motion, width, height }: RefPage): number {
  return motion === 1 || motion === 3 ? width : motion === 2 || motion === 4 ? height : 0;
}

function durationOf(message: RefMessage, page: RefPage): number {
  const [entryMs, exitMs] = [page.entry, page.exit].map((one) => travelOf(message, one) * one.msPerPx) as [
    number,
    number,
  ];
  return entryMs + page.holdMs + wayOf(page) * page.msPerPx + exitMs;
}

/** SPEC 5.4: L. */
function travelOf({ width, height }: RefMessage, { kind, direction }: RefTransition): number {
  if (kind === 0) return 0;
  if (kind === 3) return direction === 4 ? Math.ceil(width / 2) : Math.ceil(height / 2);
  return direction === 0 || direction === 1 ? width : height;
}

function pageDots(message: RefMessage, page: RefPage, elapsedMs: number, at: number, offset: number): Dot[][] {
  const standing = elapsedMs - travelOf(message, page.entry) * page.entry.msPerPx;
  const dots = standingDots(message, page, Math.max(0, standing), at, offset);
  if (standing < 0) {
    // One dot more for each msPerPx that has passed, never by division.
    let u = 0;
    for (let time = page.entry.msPerPx; time <= elapsedMs; time += page.entry.msPerPx) u++;
    return onItsWay(message, page.entry, dots, u, "entry");
  }
  if (page.exit.kind === 0 || standing < page.holdMs) return dots;
  let u = travelOf(message, page.exit) - 1;
  for (let time = page.exit.msPerPx; time <= standing - page.holdMs; time += page.exit.msPerPx) u--;
  return onItsWay(message, page.exit, dots, u, "exit");
}

/** SPEC 5.4, the table, read line by line. */
function onItsWay(
  message: RefMessage,
  transition: RefTransition,
  page: Dot[][],
  u: number,
  which: "entry" | "exit",
): Dot[][] {
  const { width, height } = message;
  const s = travelOf(message, transition) - u;
  const pageDot = (x: number, y: number): Dot => page[y]?.[x] ?? black;
  const entry = which === "entry";
  const line = `${["", "wipe", "push", "reveal"][transition.kind]} ${["left", "right", "up", "down", "horizontal", "vertical"][transition.direction]}`;
  const shows: Record<string, (x: number, y: number) => Dot> = {
    "wipe left": (x, y) => ((entry ? x >= s : x < u) ? pageDot(x, y) : black),
    "wipe right": (x, y) => ((entry ? x < u : x >= s) ? pageDot(x, y) : black),
    "wipe up": (x, y) => ((entry ? y >= s : y < u) ? pageDot(x, y) : black),
    "wipe down": (x, y) => ((entry ? y < u : y >= s) ? pageDot(x, y) : black),
    "push left": (x, y) => (entry ? pageDot(x - s, y) : pageDot(x + s, y)),
    "push right": (x, y) => (entry ? pageDot(x + s, y) : pageDot(x - s, y)),
    "push up": (x, y) => (entry ? pageDot(x, y - s) : pageDot(x, y + s)),
    "push down": (x, y) => (entry ? pageDot(x, y + s) : pageDot(x, y - s)),
    "reveal horizontal": (x, y) => (s <= x && x < width - s ? pageDot(x, y) : black),
    "reveal vertical": (x, y) => (s <= y && y < height - s ? pageDot(x, y) : black),
  };
  const show = shows[line];
  if (!show) throw new Error(`no transition: ${line}`);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => show(x, y)));
}

/** SPEC 5.3. */
function standingDots(message: RefMessage, page: RefPage, elapsedMs: number, at: number, offset: number): Dot[][] {
  // One dot further for each msPerPx that has passed, never by division.
  let moved = 0;
  if (wayOf(page) > 0) for (let time = page.holdMs + page.msPerPx; time <= elapsedMs; time += page.msPerPx) moved++;
  let lit = true;
  if (page.motion === 5) for (let time = page.msPerPx; time <= elapsedMs; time += page.msPerPx) lit = !lit;
  const [dx, dy] = [
    [0, 0],
    [moved, 0],
    [0, moved],
    [page.width - moved, 0],
    [0, page.height - moved],
    [0, 0],
  ][page.motion] as [number, number];
  const dots = Array.from({ length: message.height }, (_, y) =>
    Array.from({ length: message.width }, (_, x) =>
      lit ? dotOf(page, (x + dx) % page.width, (y + dy) % page.height) : black,
    ),
  );
  const values = civilValues(at, offset);
  for (const field of page.fields) for (const cell of field.cells) drawCell(message, field, cell, values, dots);
  return dots;
}

function bitOf(bytes: Uint8Array, stride: number, start: number, x: number, y: number): number {
  const byte = bytes[start + y * stride + Math.floor(x / 8)] ?? 0;
  return Math.floor(byte / 2 ** (7 - (x % 8))) % 2;
}

function dotOf(page: RefPage, x: number, y: number): Dot {
  const { format, width, height, pixels, palette } = page;
  const stride = Math.ceil(width / 8);
  if (format === 1) return bitOf(pixels, stride, 0, x, y) ? [255, 0, 0] : black;
  if (format === 2)
    return [bitOf(pixels, stride, 0, x, y) * 255, bitOf(pixels, stride, stride * height, x, y) * 255, 0];
  if (format === 7) {
    const at = (y * width + x) * 3;
    return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
  }
  const bits = [1, 2, 4, 8][format - 3] ?? 8;
  const wide = Math.ceil((width * bits) / 8);
  let index = 0;
  for (let bit = 0; bit < bits; bit++) index = index * 2 + bitOf(pixels, wide, 0, x * bits + bit, y);
  return [palette[index * 3] ?? 0, palette[index * 3 + 1] ?? 0, palette[index * 3 + 2] ?? 0];
}

/** SPEC 5.5. */
function drawCell(
  { colour }: RefMessage,
  field: RefField,
  cell: RefCell,
  values: readonly number[],
  dots: Dot[][],
): void {
  const quotient = Math.floor((values[cell.unit] ?? 0) / cell.divisor);
  if (cell.blankZero && quotient === 0) return;
  const glyph = (quotient % cell.modulus) + cell.base;
  const stride = Math.ceil(field.width / 8);
  const [red = 0, green = 0, blue = 0] = field.ink;
  for (let y = 0; y < field.height; y++)
    for (let x = 0; x < field.width; x++) {
      if (!bitOf(field.atlas, stride, glyph * stride * field.height, x, y)) continue;
      const row = dots[cell.y + y] as Dot[];
      const below = row[cell.x + x] as Dot;
      if (colour === 3) row[cell.x + x] = [red, green, blue];
      else row[cell.x + x] = [red > 0 ? 255 : below[0], colour === 2 && green > 0 ? 255 : below[1], 0];
    }
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const monthDays = (year: number) => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** SPEC 8, by counting: year, month, day, weekday, hour, minute, second. From about 1969 on. */
export function civilValues(at: number, offsetMin: number): readonly number[] {
  let seconds = Math.floor(at / 1000) + offsetMin * 60;
  let days = 0;
  for (; seconds < 0; seconds += 86400) days--;
  days += Math.floor(seconds / 86400);
  seconds %= 86400;
  const weekday = (((4 + days) % 7) + 7) % 7;
  let year = 1970;
  for (; days < 0; days += isLeap(year) ? 366 : 365) year--;
  for (; days >= (isLeap(year) ? 366 : 365); year++) days -= isLeap(year) ? 366 : 365;
  let month = 0;
  for (; days >= (monthDays(year)[month] ?? 31); month++) days -= monthDays(year)[month] ?? 31;
  const minutes = Math.floor(seconds / 60);
  return [year, month + 1, days + 1, weekday, Math.floor(minutes / 60), minutes % 60, seconds % 60];
}

/** SPEC 7.5. */
function pack({ width, height, colour }: RefProgramme, dots: Dot[][] | null): Uint8Array {
  const lit = (x: number, y: number, channel: number) => dots?.[y]?.[x]?.[channel] ?? 0;
  if (colour === 3) {
    const out: number[] = [];
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out.push(lit(x, y, 0), lit(x, y, 1), lit(x, y, 2));
    return Uint8Array.from(out);
  }
  const stride = Math.ceil(width / 8);
  const out = new Uint8Array(stride * height * colour);
  for (let plane = 0; plane < colour; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if (lit(x, y, plane) > 0) {
          const at = (plane * height + y) * stride + Math.floor(x / 8);
          out[at] = (out[at] ?? 0) + 2 ** (7 - (x % 8));
        }
  return out;
}
