/** As much of a programme as the panel can hold: a shorter horizon, renewed more often, instead of a refusal. */
import type { Instant, MessageHash, Span } from "../../message/index.ts";
import type { PanelLimits, Wanted } from "../contract.ts";

/** SPEC §6: bytes of a programme before its hashes, and of one hash, span and turn. */
const bytesOf = { head: 24, hash: 32, span: 16, turn: 6 } as const;

/**
 * `wanted` itself if the panel has room for it; else its part from `now` on that fits. Messages may take half of the
 * panel's room, so that what plays and what comes next are there together; the span that is on is always in.
 */
export function fitting(wanted: Wanted, limits: PanelLimits, now: Instant): Wanted {
  const { programme, owners } = wanted;
  const { base } = programme;
  if (fits(wanted, programme.messages, programme.spans, limits)) return wanted;
  const first = programme.spans.findIndex((span) => base + span.endMs > now);
  if (first < 0) return wanted;
  let taken: Span[] = [];
  let used = new Set<MessageHash>();
  for (const span of programme.spans.slice(first)) {
    const more = new Set(used);
    for (const turn of span.turns) more.add(programme.messages[turn.message] ?? "");
    const spans = [...taken, span];
    if (taken.length > 0 && !fits(wanted, [...more], spans, limits)) break;
    taken = spans;
    used = more;
  }
  const messages = [...used];
  const index = new Map(messages.map((hash, at) => [hash, at]));
  const renumbered = (message: number) => index.get(programme.messages[message] ?? "") ?? 0;
  const whole = first + taken.length === programme.spans.length;
  return {
    ...wanted,
    programme: {
      ...programme,
      endMs: whole ? programme.endMs : (taken.at(-1)?.endMs ?? programme.endMs),
      messages,
      spans: taken.map((span) => ({
        ...span,
        turns: span.turns.map((turn) => ({ ...turn, message: renumbered(turn.message) })),
      })),
    },
    owners: owners.slice(first, first + taken.length),
    messages: new Map([...wanted.messages].filter(([hash]) => used.has(hash))),
  };
}

function fits(
  { messages: known }: Wanted,
  messages: readonly MessageHash[],
  spans: readonly Span[],
  limits: PanelLimits,
): boolean {
  let ramBytes = 0;
  for (const hash of messages.length > 1 ? new Set(messages) : messages) ramBytes += known.get(hash)?.bytes.length ?? 0;
  let programmeBytes = bytesOf.head + messages.length * bytesOf.hash;
  for (const span of spans) programmeBytes += bytesOf.span + span.turns.length * bytesOf.turn;
  return (
    ramBytes <= limits.ramBytes / 2 && messages.length <= limits.messages / 2 && programmeBytes <= limits.programmeBytes
  );
}
