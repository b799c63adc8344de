/**
 * A programme's canonical bytes (SPEC.md §6), little-endian; their SHA-256 is the programme's id.
 *
 *     programme  "BCP1", u16 width, u16 height, u8 colour, u8 0, u16 message count, u48 base, u32 endMs, u16 span count,
 *                message hashes (32 bytes each), spans
 *     span       u32 startMs, u32 endMs, u32 leadMs, i16 utcOffsetMin, u16 turn count, turns
 *     turn       u16 message, u32 endMs
 */
import { limits } from "../limits.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { shapeProblem } from "./check.ts";
import { bytesToHash, hashToBytes, sha256Hex } from "./digest.ts";
import { colourKinds } from "./encode.ts";
import type { Instant, Lookup, Programme, Span, Turn } from "./types.ts";

const magic = 0x31504342; // "BCP1"

/** The first thing wrong with it, or null. */
export function programmeProblem(programme: Programme): string | null {
  const wrong = shapeProblem(programme.shape);
  if (wrong) return wrong;
  if (programme.messages.length > limits.messagesPerProgramme) return `${programme.messages.length} messages`;
  if (programme.spans.length > limits.spansPerProgramme) return `${programme.spans.length} spans`;
  if (!u32(programme.endMs)) return "end out of range";
  if (!Number.isInteger(programme.base) || programme.base < 0 || programme.base >= 2 ** 48) return "base out of range";
  let previousEnd = 0;
  for (const [index, span] of programme.spans.entries()) {
    const problem = spanProblem(span, programme, previousEnd);
    if (problem) return `span ${index}: ${problem}`;
    previousEnd = span.endMs;
  }
  return null;
}

function spanProblem(span: Span, programme: Programme, previousEnd: number): string | null {
  if (!u32(span.startMs) || !u32(span.endMs) || !u32(span.leadMs)) return "time out of range";
  if (span.startMs < previousEnd || span.endMs <= span.startMs) return "spans must be in order and not overlap";
  if (span.endMs > programme.endMs) return "ends after the programme";
  if (!Number.isInteger(span.utcOffsetMin) || Math.abs(span.utcOffsetMin) > 1440) return "UTC offset out of range";
  if (span.turns.length < 1 || span.turns.length > limits.turnsPerSpan) return `${span.turns.length} turns`;
  let end = 0;
  for (const turn of span.turns) {
    if (!u32(turn.endMs) || turn.endMs <= end) return "turns must last";
    if (!Number.isInteger(turn.message) || turn.message < 0 || turn.message >= programme.messages.length)
      return "a turn names no message";
    end = turn.endMs;
  }
  return span.leadMs < end ? null : "lead past the loop";
}

/** Throws a RangeError if it is not a programme. */
export function encodeProgramme(programme: Programme): Uint8Array {
  const problem = programmeProblem(programme);
  if (problem) throw new RangeError(`not a programme: ${problem}`);
  const writer = new ByteWriter(64 + programme.messages.length * 32 + programme.spans.length * 64);
  writer.u32(magic);
  writer.u16(programme.shape.width);
  writer.u16(programme.shape.height);
  writer.u8(colourKinds.indexOf(programme.shape.colour) + 1);
  writer.u8(0);
  writer.u16(programme.messages.length);
  writer.u48(programme.base);
  writer.u32(programme.endMs);
  writer.u16(programme.spans.length);
  for (const hash of programme.messages) writer.raw(hashToBytes(hash));
  for (const span of programme.spans) {
    writer.u32(span.startMs);
    writer.u32(span.endMs);
    writer.u32(span.leadMs);
    writer.i16(span.utcOffsetMin);
    writer.u16(span.turns.length);
    for (const turn of span.turns) {
      writer.u16(turn.message);
      writer.u32(turn.endMs);
    }
  }
  return writer.finish();
}

export type DecodedProgramme =
  | { readonly ok: true; readonly programme: Programme }
  | { readonly ok: false; readonly what: string };

/** Never throws. */
export function decodeProgramme(bytes: Uint8Array): DecodedProgramme {
  if (bytes.length > limits.programmeBytes) return { ok: false, what: `more than ${limits.programmeBytes} bytes` };
  const reader = new ByteReader(bytes);
  if (reader.u32() !== magic) return { ok: false, what: "does not begin with BCP1" };
  const width = reader.u16();
  const height = reader.u16();
  const colour = colourKinds[reader.u8() - 1];
  if (!colour || reader.u8() !== 0) return { ok: false, what: "unknown colour kind" };
  const messageCount = reader.u16();
  const base = reader.u48();
  const endMs = reader.u32();
  const spanCount = reader.u16();
  const messages: string[] = [];
  for (let index = 0; index < messageCount && !reader.overrun; index++) messages.push(bytesToHash(reader.raw(32)));
  const spans: Span[] = [];
  for (let index = 0; index < spanCount && !reader.overrun; index++) {
    const startMs = reader.u32();
    const spanEndMs = reader.u32();
    const leadMs = reader.u32();
    const utcOffsetMin = reader.i16();
    const turnCount = reader.u16();
    const turns: Turn[] = [];
    for (let turn = 0; turn < turnCount && !reader.overrun; turn++)
      turns.push({ message: reader.u16(), endMs: reader.u32() });
    spans.push({ startMs, endMs: spanEndMs, leadMs, turns, utcOffsetMin });
  }
  if (reader.overrun) return { ok: false, what: "cut off" };
  if (reader.left > 0) return { ok: false, what: `${reader.left} bytes too many` };
  const programme = { shape: { width, height, colour }, base, endMs, messages, spans };
  const problem = programmeProblem(programme);
  return problem ? { ok: false, what: problem } : { ok: true, programme };
}

/** SHA-256 of the canonical bytes, 64 hex digits: what panels answer when asked what they play. */
export function programmeId(programme: Programme): string {
  return sha256Hex(encodeProgramme(programme));
}

/** The span that holds `time`, ms after the programme's base: its index, or −1 − the index of the first one after it. */
export function spanIndexAt(spans: readonly Span[], time: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle] as Span).startMs <= time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time < (spans[low - 1] as Span).endMs ? low - 1 : -1 - low;
}

/** Where the span's ring of turns stands at `time`, ms from the ring's start. */
export function placeAt({ turns, leadMs, startMs }: Span, time: number): number {
  const loopMs = (turns[turns.length - 1] as Turn).endMs;
  const place = leadMs + time - startMs;
  // A division is exact enough for these numbers (below 2^34), and faster than the engines' remainder of such.
  return place - Math.floor(place / loopMs) * loopMs;
}

/** The turn that a place in the ring falls in. */
export function turnIndexAt(turns: readonly Turn[], place: number): number {
  let first = 0;
  let last = turns.length - 1;
  while (first < last) {
    const middle = (first + last) >>> 1;
    if ((turns[middle] as Turn).endMs <= place) first = middle + 1;
    else last = middle;
  }
  return first;
}

/** Where `at` falls: O(log spans + log turns). Before the base, after the end and between spans: nothing, black. */
export function lookup(programme: Programme, at: Instant): Lookup {
  const { spans, base } = programme;
  const time = at - base;
  const index = spanIndexAt(spans, time);
  const span = spans[index];
  if (span === undefined) {
    const next = spans[-1 - index];
    const until = next ? base + next.startMs : time < programme.endMs ? base + programme.endMs : Infinity;
    return { message: null, span: -1, turn: -1, elapsedMs: 0, until };
  }
  const { turns } = span;
  const place = placeAt(span, time);
  const first = turnIndexAt(turns, place);
  const turn = turns[first] as Turn;
  const start = first === 0 ? 0 : (turns[first - 1] as Turn).endMs;
  return {
    message: programme.messages[turn.message] ?? null,
    span: index,
    turn: first,
    elapsedMs: place - start,
    until: Math.min(base + span.endMs, at + turn.endMs - place),
  };
}

function u32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
}
