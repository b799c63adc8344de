/** For cards that hold one message at a time: the turn that is on, as a programme of its own that ends with it. */
import { changesAt, type Instant, lookup, type Span } from "../../message/index.ts";
import type { Wanted } from "../contract.ts";

/** The longest that a programme can say, ms. */
const longestMs = 0xffff_ffff;

/**
 * What plays at `now`, from its turn's beginning to its end, or to where its dots change with the civil time alone (a
 * countdown's next day, a clock's next minute): cards have neither. Where nothing plays: a programme without spans, to
 * where something does. The same for every instant of one turn.
 */
export function oneTurn(wanted: Wanted, now: Instant): Wanted {
  const { programme, owners, messages } = wanted;
  const found = lookup(programme, now);
  const span = programme.spans[found.span];
  const message = found.message === null ? undefined : messages.get(found.message);
  if (!span || !message) return { ...wanted, ...nothing(wanted, now, found.until) };
  const base = now - found.elapsedMs;
  const until = Math.min(found.until, changesAt(message, now, span.utcOffsetMin));
  const endMs = until - base;
  const only: Span = { startMs: 0, endMs, leadMs: 0, turns: [{ message: 0, endMs }], utcOffsetMin: span.utcOffsetMin };
  return {
    ...wanted,
    programme: { ...programme, base, endMs, messages: [message.hash], spans: [only] },
    owners: [[owners[found.span]?.[found.turn] ?? ""]],
    messages: new Map([[message.hash, message]]),
  };
}

function nothing(
  { programme }: Wanted,
  now: Instant,
  until: Instant,
): Pick<Wanted, "programme" | "owners" | "messages"> {
  const { spans, base } = programme;
  const ended = spans.filter((span) => base + span.endMs <= now).at(-1);
  // The same for all of the pause: before its beginning as far back as can be said, and after its end in lengths of that.
  const since = now < base ? Math.max(0, base - longestMs) : base + (ended?.endMs ?? 0);
  const from = since + Math.floor((now - since) / longestMs) * longestMs;
  const endMs = Math.min(until - from, longestMs);
  return {
    programme: { ...programme, base: from, endMs, messages: [], spans: [] },
    owners: [],
    messages: new Map(),
  };
}
