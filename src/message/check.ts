/** What a message must satisfy, the same for the typesetter that makes one and the panel that is sent one. */
import { limits } from "../limits.ts";
import { bitmapBytes, bitsPerDot, rowStride } from "./bitmap.ts";
import { flashProblem } from "./flashing.ts";
import { motions, transitions } from "./motions/list.ts";
import { pageMs } from "./page-time.ts";
import type { Bitmap, ColourKind, Field, FieldUnit, Page, PixelFormat, Shape, Transition } from "./types.ts";

export const formatsOf: Readonly<Record<ColourKind, readonly PixelFormat[]>> = {
  mono: ["mono1"],
  dual: ["dual2"],
  rgb: ["index1", "index2", "index4", "index8", "rgb24"],
};

/** In the order of their codes on the wire. */
export const fieldUnits: readonly FieldUnit[] = ["Y", "m", "d", "weekday", "H", "M", "S"];

export function shapeProblem(shape: Shape): string | null {
  for (const side of [shape.width, shape.height])
    if (!whole(side, 1, limits.panelSidePx)) return `a panel's side is 1 to ${limits.panelSidePx} dots, not ${side}`;
  return formatsOf[shape.colour] ? null : "unknown colour kind";
}

/** The first thing wrong, with its place, or null. */
export function messageProblem(shape: Shape, pages: readonly Page[]): string | null {
  const wrong = shapeProblem(shape);
  if (wrong) return wrong;
  if (pages.length < 1 || pages.length > limits.pagesPerMessage)
    return `a message has 1 to ${limits.pagesPerMessage} pages, not ${pages.length}`;
  let previous: Page | null = null;
  let totalMs = 0;
  for (const [index, page] of pages.entries()) {
    const problem = pageProblem(shape, page) ?? stepProblem(page, previous);
    if (problem) return `page ${index}: ${problem}`;
    if (page.step !== previous?.step) totalMs += pageMs(page);
    previous = page;
  }
  // Turns and places within them are unsigned 32-bit numbers.
  return totalMs > 0xffff_ffff ? "lasts too long" : flashProblem(pages);
}

function pageProblem(shape: Shape, page: Page): string | null {
  const { bitmap } = page;
  if (!formatsOf[shape.colour].includes(bitmap.format)) return `format ${bitmap.format} is not for ${shape.colour}`;
  const wrong = bitmapProblem(bitmap);
  if (wrong) return wrong;
  const motion = motions[page.motion];
  if (!motion) return "unknown motion";
  if (!whole(page.msPerPx, 0, 0xffff) || !whole(page.holdMs, 0, 0xffff_ffff)) return "time out of range";
  const problem =
    motion.problem(page, shape) ?? transitionProblem(page, page.entry) ?? transitionProblem(page, page.exit);
  if (problem) return problem;
  if (pageMs(page) > 0x7fff_ffff) return "lasts too long";
  if (page.fields.length > limits.fieldsPerPage) return "too many fields";
  if (page.fields.length > 0 && page.motion !== "hold") return "fields stand only on held pages";
  for (const field of page.fields) {
    const bad = fieldProblem(field, shape);
    if (bad) return bad;
  }
  return null;
}

function transitionProblem(page: Page, transition: Transition | null | undefined): string | null {
  if (!transition) return null;
  const { name, direction, msPerPx } = transition;
  const kind = transitions[name];
  if (!kind) return "unknown transition";
  if (page.motion !== "hold") return "only held pages have an entry or an exit";
  if (!kind.directions.includes(direction)) return `no ${name} goes ${direction}: ${kind.directions.join(", ")}`;
  return whole(msPerPx, 1, 0xffff) ? null : "an entry or exit needs a speed";
}

function bitmapProblem(bitmap: Bitmap): string | null {
  const { width, height, format, pixels, palette } = bitmap;
  if (!whole(width, 1, limits.pageSidePx) || !whole(height, 1, limits.pageSidePx)) return "bitmap size out of range";
  if (pixels.length !== bitmapBytes(width, height, format)) return "wrong number of pixel bytes";
  const indexed = format.startsWith("index");
  const entries = palette.length / 3;
  if (indexed ? !whole(entries, 1, 2 ** bitsPerDot[format]) : entries !== 0) return "wrong palette";
  const unused = (8 - ((width * bitsPerDot[format]) % 8)) % 8;
  if (unused > 0) {
    const stride = rowStride(width, format);
    const mask = (1 << unused) - 1;
    for (let at = stride - 1; at < pixels.length; at += stride)
      if ((pixels[at] ?? 0) & mask) return "padding bits must be 0";
  }
  return null;
}

function fieldProblem(field: Field, shape: Shape): string | null {
  const { cellWidth, cellHeight, cells, glyphCount, atlas } = field;
  if (!whole(cellWidth, 1, 255) || !whole(cellHeight, 1, 255)) return "field cell size out of range";
  if (!whole(glyphCount, 1, limits.glyphsPerField)) return "field glyph count out of range";
  if (atlas.length !== rowStride(cellWidth, "mono1") * cellHeight * glyphCount) return "wrong atlas size";
  if (!whole(cells.length, 1, limits.cellsPerField)) return "field cell count out of range";
  if (!field.ink.every((value) => whole(value, 0, 255))) return "ink out of range";
  for (const cell of cells) {
    if (!fieldUnits.includes(cell.unit)) return "unknown field unit";
    if (!whole(cell.divisor, 1, 0xffff) || !whole(cell.modulus, 1, 0xffff) || !whole(cell.base, 0, 0xffff))
      return "field rule out of range";
    if (cell.base + cell.modulus > glyphCount) return "field rule points past its glyphs";
    if (!whole(cell.x, 0, shape.width - cellWidth) || !whole(cell.y, 0, shape.height - cellHeight))
      return "field cell outside the panel";
  }
  return null;
}

function stepProblem(page: Page, previous: Page | null): string | null {
  if (page.window && !(whole(page.window.from, 0, 2 ** 48 - 1) && whole(page.window.until, 0, 2 ** 48 - 1)))
    return "window out of range";
  if (page.window && page.window.from >= page.window.until) return "empty window";
  if (previous === null) return page.step === 0 ? null : "steps count from 0";
  if (page.step === previous.step + 1) return null;
  if (page.step !== previous.step) return "steps must count up without gaps";
  if (!page.window || !previous.window) return "alternatives of one step need windows";
  if (page.window.from < previous.window.until) return "windows of one step must be in order and not overlap";
  if (pageMs(page) !== pageMs(previous)) return "alternatives of one step must last equally long";
  return alike(page, previous) ? null : "alternatives of one step must blink, enter and leave alike";
}

/** Do both change at the same moments of their step? Then flashing can be told without knowing which is on. */
function alike(page: Page, other: Page): boolean {
  const blinkMs = ({ motion, msPerPx }: Page) => (motion === "blink" ? msPerPx : 0);
  const same = (one: Transition | null | undefined, two: Transition | null | undefined) =>
    one?.name === two?.name && one?.direction === two?.direction && one?.msPerPx === two?.msPerPx;
  return blinkMs(page) === blinkMs(other) && same(page.entry, other.entry) && same(page.exit, other.exit);
}

function whole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
