/** What is eligible on a board when, why each notice is shown or hidden, and what stands above all of it. */
import type { PlaylistView } from "../api/office.ts";
import type { BoardConfig } from "../config/types.ts";
import type { Instant } from "../message/types.ts";
import { inForce, lifeOf } from "../playlist/playlist.ts";
import { reasonFor, reasonSentence } from "../playlist/reasons.ts";
import type { Reason } from "../playlist/types.ts";
import { Pieces } from "../time/pieces.ts";
import { cardReason, suspensionBy } from "./card-shows.ts";
import type { OfficeParts } from "./office.ts";
import { cutBy, despite, endedByWarning, said, suspensionAt, suspensionsOf } from "./suspended.ts";

/** How far a reason looks for the end of what it speaks of, and how long over a notice may be to have one here. */
const reasonMs = 2 * 86_400_000;

/** Over for good, or never to be: no switch has anything to do with it. */
const apart: ReadonlySet<Reason["code"]> = new Set(["blocked", "after", "withdrawn", "superseded"]);

export async function playlistView(
  { site, clock, calendar, book, programmes, store, above, card }: OfficeParts,
  board: BoardConfig,
  from: Instant,
  until: Instant,
): Promise<PlaylistView> {
  const carried = card?.now(board.id) ? await card.pieces(board.id, { from, until }) : [];
  const [loaded] = carried;
  const reach = { from: from - reasonMs, until: Math.max(until, from + reasonMs) };
  const notices = await book.during(reach, loaded?.notices);
  const days = programmes.playlist(board, from, until, notices);
  const intervals = days
    .flatMap((day) => day.intervals)
    .filter((interval) => interval.end > from && interval.start < until)
    .map((interval) => ({
      ...interval,
      start: Math.max(from, interval.start),
      end: Math.min(until, interval.end),
    }));
  const found = store
    ? await suspensionsOf({ store, ...(above && { above }) }, board.id, { from, until }, clock.now())
    : [];
  const suspensions = [...endedByWarning(found, intervals), ...carried.map(suspensionBy)];
  const over = suspensionAt(suspensions, from);
  const context = {
    hours: board.hours,
    quiet: board.quiet,
    candidates: notices.candidates(board.id),
    calendar,
    zone: site.zone,
  };
  // By the programme's own days: they also stand where the calendar does not know the year.
  const ahead = programmes
    .playlist(board, from, from + reasonMs, notices)
    .flatMap((day) => day.intervals)
    .filter((one) => from < one.end);
  const pieces = new Pieces();
  const reasons: PlaylistView["reasons"][number][] = [];
  for (const candidate of inForce(context.candidates, from)) {
    // The same whoever holds them: what a daemon still has in its memory says nothing of an instant.
    const { notice, title } = candidate;
    if (lifeOf(candidate).until <= from - reasonMs && !loaded?.notices.includes(notice)) continue;
    const reason = reasonFor(context, candidate, from, ahead);
    const rules = reasonSentence(reason, site.zone);
    if (loaded && over?.kind === "card") {
      reasons.push({ notice, title, reason, ...cardReason(loaded, notice, reason, rules, site.zone) });
      continue;
    }
    const off = apart.has(reason.code) ? null : over;
    reasons.push({
      ...{ notice, title, reason, suspended: off?.kind ?? null },
      sentence: off ? despite(rules, off, site.zone) : rules,
    });
    await pieces.rest();
  }
  return {
    ...{ board: board.id, from, until, reasons },
    intervals: cutBy(intervals, suspensions),
    suspensions: said(suspensions, site.zone),
  };
}
