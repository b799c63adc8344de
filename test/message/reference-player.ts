/**
 * What is lit, worked out slowly from firmware-protocol/SPEC.md alone: its own reading of the bytes, a walk from turn to
 * turn, dot after dot, a calendar that counts days. It shares nothing with `src/message`, which is compared with it.
 */

interface RefCell {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly blankZero: boolean;
  readonly divisor: number;
  readonly modulus: number;
  readonly base: number;
}
interface RefField {
  readonly width: number;
  readonly height: number;
  readonly ink: readonly number[];
  readonly atlas: Uint8Array;
  readonly cells: readonly RefCell[];
}
interface RefPage {
  readonly step: number;
  readonly motion: number;
  readonly format: number;
  readonly width: number;
  readonly height: number;
  readonly msPerPx: number;
  readonly holdMs: number;
  readonly window: readonly [number, number] | null;
  readonly palette: Uint8Array;
  readonly pixels: Uint8Array;
  readonly fields: readonly RefField[];
}
export interface RefMessage {
  readonly width: number;
  readonly height: number;
  readonly colour: number;
  readonly pages: readonly RefPage[];
}
export interface RefProgramme {
  readonly width: number;
  readonly height: number;
  readonly colour: number;
  readonly hashes: readonly string[];
  readonly base: number;
  readonly endMs: number;
  readonly spans: readonly {
    readonly startMs: number;
    readonly endMs: number;
    readonly leadMs: number;
    readonly utcOffsetMin: number;
    readonly turns: readonly { readonly message: number; readonly endMs: number }[];
  }[];
}
/** Red, green, blue; a lit mono dot is [255, 0, 0], a dual one has no blue. */
type Dot = readonly [number, number, number];
const black: Dot = [0, 0, 0];

function scanner(bytes: Uint8Array) {
  let at = 0;
  const number = (count: number) => {
    let value = 0;
    for (let index = count - 1; index >= 0; index--) value = value * 256 + (bytes[at + index] ?? Number.NaN);
    at += count;
    return value;
  };
  const raw = (count: number) => {
    at += count;
    return bytes.slice(at - count, at);
  };
  return { number, raw };
}

/** SPEC 5. The bytes are known to be valid. */
export function readMessage(bytes: Uint8Array): RefMessage {
  const { number, raw } = scanner(bytes);
  raw(4);
  const [width, height, colour] = [number(2), number(2), number(1)];
  number(1);
  const pages: RefPage[] = [];
  for (let count = number(2); count > 0; count--) {
    const [step, motion, format] = [number(2), number(1), number(1)];
    const [pageWidth, pageHeight, msPerPx, holdMs] = [number(2), number(2), number(2), number(4)];
    const [hasWindow, fieldCount, entries] = [number(1), number(1), number(2)];
    const window = hasWindow === 1 ? ([number(6), number(6)] as const) : null;
    const palette = raw(entries * 3);
    const bits = [0, 1, 1, 1, 2, 4, 8, 24][format] ?? 0;
    const pixels = raw(Math.ceil((pageWidth * bits) / 8) * pageHeight * (format === 2 ? 2 : 1));
    const fields = Array.from({ length: fieldCount }, () => readField(number, raw));
    pages.push({
      step,
      motion,
      format,
      width: pageWidth,
      height: pageHeight,
      msPerPx,
      holdMs,
      window,
      palette,
      pixels,
      fields,
    });
  }
  return { width, height, colour, pages };
}

function readField(number: (count: number) => number, raw: (count: number) => Uint8Array): RefField {
  const [width, height] = [number(1), number(1)];
  const ink = [number(1), number(1), number(1)];
  const [cellCount, glyphs] = [number(1), number(2)];
  const atlas = raw(Math.ceil(width / 8) * height * glyphs);
  const cells = Array.from({ length: cellCount }, () => ({
    x: number(2),
    y: number(2),
    unit: number(1),
    blankZero: number(1) === 1,
    divisor: number(2),
    modulus: number(2),
    base: number(2),
  }));
  return { width, height, ink, atlas, cells };
}

/** SPEC 6. The bytes are known to be valid. */
export function readProgramme(bytes: Uint8Array): RefProgramme {
  const { number, raw } = scanner(bytes);
  raw(4);
  const [width, height, colour] = [number(2), number(2), number(1)];
  number(1);
  const messageCount = number(2);
  const [base, endMs, spanCount] = [number(6), number(4), number(2)];
  const hashes = Array.from({ length: messageCount }, () =>
    [...raw(32)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  );
  const spans = Array.from({ length: spanCount }, () => {
    const [startMs, spanEndMs, leadMs, offset] = [number(4), number(4), number(4), number(2)];
    const turns = Array.from({ length: number(2) }, () => ({ message: number(2), endMs: number(4) }));
    return { startMs, endMs: spanEndMs, leadMs, utcOffsetMin: offset >= 0x8000 ? offset - 0x10000 : offset, turns };
  });
  return { width, height, colour, hashes, base, endMs, spans };
}

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

/** SPEC 5.5. */
function messageDots(message: RefMessage, elapsedMs: number, at: number, offset: number): Dot[][] | null {
  let left = elapsedMs;
  for (let step = 0; ; step++) {
    const pages = message.pages.filter((page) => page.step === step);
    const [first] = pages;
    if (!first) return null;
    const way = first.motion === 1 ? first.width : first.motion === 2 ? first.height : 0;
    const duration = first.holdMs + way * first.msPerPx;
    if (left >= duration) {
      left -= duration;
      continue;
    }
    const page = pages.find(({ window }) => window === null || (window[0] <= at && at < window[1]));
    return page ? pageDots(message, page, left, at, offset) : null;
  }
}

function pageDots(message: RefMessage, page: RefPage, elapsedMs: number, at: number, offset: number): Dot[][] {
  // One dot further for each msPerPx that has passed, never by division.
  let moved = 0;
  if (page.motion !== 0) for (let time = page.holdMs + page.msPerPx; time <= elapsedMs; time += page.msPerPx) moved++;
  const [dx, dy] = page.motion === 1 ? [moved, 0] : [0, moved];
  const dots = Array.from({ length: message.height }, (_, y) =>
    Array.from({ length: message.width }, (_, x) => dotOf(page, (x + dx) % page.width, (y + dy) % page.height)),
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

/** SPEC 5.4. */
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
