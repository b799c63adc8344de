/**
 * A message's canonical bytes (SPEC.md §5), little-endian; their SHA-256 is the message's name.
 *
 *     message  "BCM1", u16 width, u16 height, u8 colour (1 mono, 2 dual, 3 rgb), u8 0, u16 page count, pages
 *     page     u16 step, u8 motion code, u8 format (1 mono1, 2 dual2, 3 index1, 4 index2, 5 index4, 6 index8, 7 rgb24),
 *              u16 bitmap width, u16 bitmap height, u16 msPerPx, u32 holdMs, u8 flags (bit 0 window, bit 1 transitions),
 *              u8 field count, u16 palette entries, [u48 from, u48 until], [entry, exit], palette (3 bytes an entry),
 *              pixels, fields
 *     entry, exit  u8 kind (0 none, 1 wipe, 2 push, 3 reveal), u8 direction (0 left, 1 right, 2 up, 3 down,
 *              4 horizontal, 5 vertical), u16 msPerPx
 *     field    u8 cell width, u8 cell height, u8 red, u8 green, u8 blue, u8 cell count, u16 glyph count,
 *              atlas (glyph after glyph, rows padded to bytes), cells
 *     cell     u16 x, u16 y, u8 unit (0 Y, 1 m, 2 d, 3 weekday, 4 H, 5 M, 6 S), u8 flags (bit 0 blankZero),
 *              u16 divisor, u16 modulus, u16 base
 *
 * One message has exactly one encoding: nothing is optional that is not said by a count, and nothing may follow.
 */
import { limits } from "../limits.ts";
import { bitmapBytes, rowStride } from "./bitmap.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { fieldUnits, messageProblem } from "./check.ts";
import { type Sha256, sha256Hex } from "./digest.ts";
import { motionByCode, motions, transitionByCode, transitions } from "./motions/list.ts";
import { directions } from "./motions/transition.ts";
import { pageMs } from "./page-time.ts";
import type { ColourKind, Field, FieldCell, Message, Page, PixelFormat, Shape, Transition } from "./types.ts";

/** A page's flags. */
const hasWindow = 1;
const hasTransitions = 2;

const magic = 0x314d4342; // "BCM1"
export const colourKinds: readonly ColourKind[] = ["mono", "dual", "rgb"];
const formats: readonly PixelFormat[] = ["mono1", "dual2", "index1", "index2", "index4", "index8", "rgb24"];

/** Makes a message of pages; throws a RangeError that names the page if they are not one (`check.ts`). */
export function makeMessage(shape: Shape, pages: readonly Page[], sha256: Sha256 = sha256Hex): Message {
  const problem = messageProblem(shape, pages);
  if (problem) throw new RangeError(`not a message: ${problem}`);
  const bytes = encodeMessage(shape, pages);
  if (bytes.length > limits.messageBytes)
    throw new RangeError(`not a message: ${bytes.length} bytes, at most ${limits.messageBytes}`);
  return { shape, pages, durationMs: durationOf(pages), bytes, hash: sha256(bytes) };
}

export type Decoded = { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly what: string };

/** Never throws; `what` says the first thing wrong and where. Pages are views into `bytes`: do not change them afterwards. */
export function decodeMessage(bytes: Uint8Array, sha256: Sha256 = sha256Hex): Decoded {
  if (bytes.length > limits.messageBytes) return { ok: false, what: `more than ${limits.messageBytes} bytes` };
  const reader = new ByteReader(bytes);
  if (reader.u32() !== magic) return { ok: false, what: "does not begin with BCM1" };
  const width = reader.u16();
  const height = reader.u16();
  const colour = colourKinds[reader.u8() - 1];
  if (!colour || reader.u8() !== 0) return { ok: false, what: "unknown colour kind" };
  const count = reader.u16();
  if (count > limits.pagesPerMessage) return { ok: false, what: `${count} pages` };
  const pages: Page[] = [];
  for (let index = 0; index < count; index++) {
    const page = decodePage(reader);
    if (typeof page === "string") return { ok: false, what: `page ${index}: ${page}` };
    pages.push(page);
  }
  if (reader.left > 0) return { ok: false, what: `${reader.left} bytes too many` };
  const shape = { width, height, colour };
  const problem = messageProblem(shape, pages);
  if (problem) return { ok: false, what: problem };
  return { ok: true, message: { shape, pages, durationMs: durationOf(pages), bytes, hash: sha256(bytes) } };
}

function durationOf(pages: readonly Page[]): number {
  let total = 0;
  for (const [index, page] of pages.entries()) if (pages[index - 1]?.step !== page.step) total += pageMs(page);
  return total;
}

function encodeMessage(shape: Shape, pages: readonly Page[]): Uint8Array {
  const size = pages.reduce((sum, page) => sum + page.bitmap.pixels.length + page.bitmap.palette.length + 64, 64);
  const writer = new ByteWriter(size);
  writer.u32(magic);
  writer.u16(shape.width);
  writer.u16(shape.height);
  writer.u8(colourKinds.indexOf(shape.colour) + 1);
  writer.u8(0);
  writer.u16(pages.length);
  for (const page of pages) encodePage(writer, page);
  return writer.finish();
}

function encodePage(writer: ByteWriter, page: Page): void {
  const { bitmap, window } = page;
  writer.u16(page.step);
  writer.u8(motions[page.motion].code);
  writer.u8(formats.indexOf(bitmap.format) + 1);
  writer.u16(bitmap.width);
  writer.u16(bitmap.height);
  writer.u16(page.msPerPx);
  writer.u32(page.holdMs);
  const moves = Boolean(page.entry ?? page.exit);
  writer.u8((window ? hasWindow : 0) | (moves ? hasTransitions : 0));
  writer.u8(page.fields.length);
  writer.u16(bitmap.palette.length / 3);
  if (window) {
    writer.u48(window.from);
    writer.u48(window.until);
  }
  if (moves) {
    encodeTransition(writer, page.entry);
    encodeTransition(writer, page.exit);
  }
  writer.raw(bitmap.palette);
  writer.raw(bitmap.pixels);
  for (const field of page.fields) encodeField(writer, field);
}

function encodeTransition(writer: ByteWriter, transition: Transition | null | undefined): void {
  writer.u8(transition ? transitions[transition.name].code : 0);
  writer.u8(transition ? directions.indexOf(transition.direction) : 0);
  writer.u16(transition ? transition.msPerPx : 0);
}

function encodeField(writer: ByteWriter, field: Field): void {
  writer.u8(field.cellWidth);
  writer.u8(field.cellHeight);
  for (const value of field.ink) writer.u8(value);
  writer.u8(field.cells.length);
  writer.u16(field.glyphCount);
  writer.raw(field.atlas);
  for (const cell of field.cells) {
    writer.u16(cell.x);
    writer.u16(cell.y);
    writer.u8(fieldUnits.indexOf(cell.unit));
    writer.u8(cell.blankZero ? 1 : 0);
    writer.u16(cell.divisor);
    writer.u16(cell.modulus);
    writer.u16(cell.base);
  }
}

function decodePage(reader: ByteReader): Page | string {
  const step = reader.u16();
  const motion = motionByCode(reader.u8());
  const format = formats[reader.u8() - 1];
  const width = reader.u16();
  const height = reader.u16();
  const msPerPx = reader.u16();
  const holdMs = reader.u32();
  const flags = reader.u8();
  const fieldCount = reader.u8();
  const entries = reader.u16();
  if (reader.overrun) return "cut off";
  if (!motion) return "unknown motion";
  if (!format) return "unknown format";
  if (flags > (hasWindow | hasTransitions)) return "unknown flag";
  if (fieldCount > limits.fieldsPerPage) return "too many fields";
  const window = flags & hasWindow ? { from: reader.u48(), until: reader.u48() } : null;
  const moves = (flags & hasTransitions) !== 0;
  const entry = moves ? decodeTransition(reader) : null;
  const exit = moves ? decodeTransition(reader) : null;
  if (typeof entry === "string") return entry;
  if (typeof exit === "string") return exit;
  if (moves && !entry && !exit) return "neither entry nor exit";
  const palette = reader.raw(entries * 3);
  const pixels = reader.raw(bitmapBytes(width, height, format));
  const fields: Field[] = [];
  for (let index = 0; index < fieldCount && !reader.overrun; index++) {
    const field = decodeField(reader);
    if (typeof field === "string") return field;
    fields.push(field);
  }
  if (reader.overrun) return "cut off";
  return {
    bitmap: { width, height, format, pixels, palette },
    motion: motion.name,
    msPerPx,
    holdMs,
    step,
    window,
    fields,
    entry,
    exit,
  };
}

function decodeTransition(reader: ByteReader): Transition | string | null {
  const code = reader.u8();
  const direction = reader.u8();
  const msPerPx = reader.u16();
  if (code === 0) return direction === 0 && msPerPx === 0 ? null : "no transition goes nowhere at no speed";
  const kind = transitionByCode(code);
  const towards = directions[direction];
  return kind && towards ? { name: kind.name, direction: towards, msPerPx } : "unknown transition";
}

function decodeField(reader: ByteReader): Field | string {
  const cellWidth = reader.u8();
  const cellHeight = reader.u8();
  const ink = [reader.u8(), reader.u8(), reader.u8()] as const;
  const cellCount = reader.u8();
  const glyphCount = reader.u16();
  if (cellCount > limits.cellsPerField || glyphCount > limits.glyphsPerField) return "field too large";
  const atlas = reader.raw(rowStride(cellWidth, "mono1") * cellHeight * glyphCount);
  const cells: FieldCell[] = [];
  for (let index = 0; index < cellCount && !reader.overrun; index++) {
    const x = reader.u16();
    const y = reader.u16();
    const unit = fieldUnits[reader.u8()];
    const flags = reader.u8();
    const divisor = reader.u16();
    const modulus = reader.u16();
    const base = reader.u16();
    if (!unit) return "unknown field unit";
    if (flags > 1) return "unknown field flag";
    cells.push({ x, y, unit, divisor, modulus, base, blankZero: flags === 1 });
  }
  return { cellWidth, cellHeight, ink, atlas, glyphCount, cells };
}
