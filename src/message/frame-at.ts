/** The one function that panel, preview and tests agree on. Pure: same programme, messages and instant, same bits. */
import { copyBits, emptyFrame, rowStride } from "./bitmap.ts";
import { civil } from "./civil.ts";
import { transitions } from "./motions/list.ts";
import { phaseAt, travelPx } from "./page-time.ts";
import { placeAt, spanIndexAt, turnIndexAt } from "./programme.ts";
import { type Scene, sceneAt, stepAt, stepsOf } from "./timeline.ts";
import type { Field, Frame, Instant, Message, MessageSource, Page, Programme, Shape, Span, Turn } from "./types.ts";

/**
 * What is lit at `at`. Black outside the spans, and where `messages` does not have the message.
 * `into` may be given to reuse its memory (a frame of the same shape); it is returned.
 */
export function frameAt(programme: Programme, messages: MessageSource, at: Instant, into?: Frame): Frame {
  const frame = into ?? emptyFrame(programme.shape);
  const time = at - programme.base;
  const index = spanIndexAt(programme.spans, time);
  if (index >= 0) {
    const span = programme.spans[index] as Span;
    const place = placeAt(span, time);
    const first = turnIndexAt(span.turns, place);
    const hash = programme.messages[(span.turns[first] as Turn).message];
    const message = hash === undefined ? undefined : messages(hash);
    const start = first === 0 ? 0 : (span.turns[first - 1] as Turn).endMs;
    if (message) return messageFrame(message, place - start, at, span.utcOffsetMin, frame);
  }
  frame.pixels.fill(0);
  return frame;
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
  const step = stepAt(stepsOf(message.pages), elapsedMs);
  const scene = step && sceneAt(step, at);
  if (scene) drawScene(scene, elapsedMs - step.startMs, at, utcOffsetMin, frame);
  else frame.pixels.fill(0);
  return frame;
}

function drawScene({ page, motion, plain }: Scene, elapsedMs: number, at: Instant, offset: number, into: Frame): void {
  const phase = plain ? motion.phase(page, elapsedMs) : phaseAt(page, elapsedMs);
  const transition = plain || phase === 0 ? null : phase < 0 ? page.entry : page.exit;
  // A page with an entry or exit holds, and has no other phases than theirs.
  motion.draw(page, transition ? 0 : phase, into);
  if (page.fields.length > 0) drawFields(page, into.shape, at, offset, into.pixels);
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
  const step = stepAt(stepsOf(message.pages), elapsedMs);
  const scene = step && sceneAt(step, at);
  return scene ? { page: scene.page, elapsedMs: elapsedMs - step.startMs } : null;
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
