/** The one function that panel, preview and tests agree on. Pure: same programme, messages and instant, same bits. */
import { copyBits, emptyFrame, rowStride } from "./bitmap.ts";
import { civil } from "./civil.ts";
import { motions, transitions } from "./motions/list.ts";
import { pageMs, phaseAt, travelPx } from "./page-time.ts";
import { lookup } from "./programme.ts";
import type { Field, Frame, Instant, Message, MessageSource, Page, Programme, Shape } from "./types.ts";

/**
 * What is lit at `at`. Black outside the spans, and where `messages` does not have the message.
 * `into` may be given to reuse its memory (a frame of the same shape); it is returned.
 */
export function frameAt(programme: Programme, messages: MessageSource, at: Instant, into?: Frame): Frame {
  const frame = into ?? emptyFrame(programme.shape);
  const found = lookup(programme, at);
  const message = found.message === null ? undefined : messages(found.message);
  if (!message) {
    frame.pixels.fill(0);
    return frame;
  }
  const offset = programme.spans[found.span]?.utcOffsetMin ?? 0;
  return messageFrame(message, found.elapsedMs, at, offset, frame);
}

/** One message `elapsedMs` after its turn began, at the instant `at` (for windows and fields). */
export function messageFrame(
  message: Message,
  elapsedMs: number,
  at: Instant,
  utcOffsetMin: number,
  into?: Frame,
): Frame {
  const frame = into ?? emptyFrame(message.shape);
  const place = pageAt(message, elapsedMs, at);
  if (place) drawPage(place.page, phaseAt(place.page, place.elapsedMs), at, utcOffsetMin, frame);
  else frame.pixels.fill(0);
  return frame;
}

function drawPage(page: Page, phase: number, at: Instant, utcOffsetMin: number, into: Frame): void {
  const transition = phase < 0 ? page.entry : phase > 0 ? page.exit : null;
  // A page with an entry or exit holds, and has no other phases than theirs.
  motions[page.motion].draw(page, transition ? 0 : phase, into);
  if (page.fields.length > 0) drawFields(page, into.shape, at, utcOffsetMin, into.pixels);
  if (!transition) return;
  const shown = travelPx(transition, page.bitmap) - Math.abs(phase);
  transitions[transition.name].draw(transition.direction, shown, phase > 0, into);
}

/** The page of the step that `elapsedMs` falls in whose window holds `at`, or null: that step is black now. */
export function pageAt(
  message: Message,
  elapsedMs: number,
  at: Instant,
): { readonly page: Page; readonly elapsedMs: number } | null {
  let start = 0;
  for (let index = 0; index < message.pages.length; ) {
    const first = message.pages[index] as Page;
    const duration = pageMs(first);
    let after = index + 1;
    while (message.pages[after]?.step === first.step) after++;
    if (elapsedMs < start + duration) {
      for (let candidate = index; candidate < after; candidate++) {
        const page = message.pages[candidate] as Page;
        if (!page.window || (page.window.from <= at && at < page.window.until))
          return { page, elapsedMs: elapsedMs - start };
      }
      return null;
    }
    start += duration;
    index = after;
  }
  return null;
}

function drawFields(page: Page, shape: Shape, at: Instant, utcOffsetMin: number, into: Uint8Array): void {
  const now = civil(at, utcOffsetMin);
  for (const field of page.fields) {
    for (const cell of field.cells) {
      const value = Math.floor(now[cell.unit] / cell.divisor);
      if (cell.blankZero && value === 0) continue;
      drawGlyph(field, cell.base + (value % cell.modulus), cell.x, cell.y, shape, into);
    }
  }
}

function drawGlyph(field: Field, glyph: number, x: number, y: number, shape: Shape, into: Uint8Array): void {
  const maskStride = rowStride(field.cellWidth, "mono1");
  const start = glyph * maskStride * field.cellHeight;
  if (shape.colour === "rgb") {
    for (let row = 0; row < field.cellHeight; row++) {
      for (let column = 0; column < field.cellWidth; column++) {
        const byte = field.atlas[start + row * maskStride + (column >> 3)] ?? 0;
        if (byte & (0x80 >> (column & 7))) into.set(field.ink, ((y + row) * shape.width + x + column) * 3);
      }
    }
    return;
  }
  const stride = rowStride(shape.width, "mono1");
  const planes = shape.colour === "dual" ? 2 : 1;
  for (let plane = 0; plane < planes; plane++) {
    if (!field.ink[plane]) continue;
    const plot = plane * stride * shape.height;
    for (let row = 0; row < field.cellHeight; row++)
      copyBits(field.atlas, (start + row * maskStride) * 8, into, (plot + (y + row) * stride) * 8 + x, field.cellWidth);
  }
}
