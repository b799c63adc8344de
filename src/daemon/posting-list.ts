/** What should hang at the posting places, as notices and people's words say: worked out, never kept. */
import type { KeyObject } from "node:crypto";
import type { Place, Site } from "../config/types.ts";
import type { Instant } from "../message/types.ts";
import { cardPlace } from "../notices/card.ts";
import { offAt } from "../notices/ended.ts";
import { paperPlace } from "../notices/paper.ts";
import {
  type Move,
  paperHours,
  type Posting,
  type PostingEnd,
  postingsOf,
  type SheetWords,
  type SignedSheet,
  waitsSince,
} from "../notices/posting.ts";
import { workingMinutes } from "../notices/review/working-hours.ts";
import { verdict } from "../notices/seal.ts";
import type { BoardId, NoticeId, NoticeRecord } from "../notices/types.ts";
import { UnknownYear, type WorkCalendar } from "../time/calendar.ts";

export type PostingSite = Pick<Site, "boards" | "cabinets" | "practice">;

/** Boards, and cabinets. */
export const placesOf = ({ boards, cabinets = [] }: Pick<Site, "boards" | "cabinets">): readonly Place[] => [
  ...boards,
  ...cabinets,
];

export const hasPaper = (record: Pick<NoticeRecord, "seal">): boolean =>
  record.seal?.body.pixels.some(({ board }) => board.startsWith(paperPlace(""))) ?? false;

/** Of one notice, on every board with a posting place. `revisions`: oldest first. */
export function postingsOfNotice(
  site: PostingSite,
  publicKey: KeyObject,
  revisions: readonly NoticeRecord[],
  words: readonly SheetWords[],
  moves: readonly Move[] = [],
): readonly Posting[] {
  const signed = revisions.filter(hasPaper);
  if (signed.length === 0) return [];
  return placesOf(site).flatMap((board) =>
    board.paper === undefined
      ? []
      : postingsOf(sheetsOn(site, publicKey, paperOf(board), signed, { words, moves }), words, moves),
  );
}

/** The same of boards whose cards are reached by nobody but a person with a stick: what their panels are signed for. */
export function postingsOnCard(
  site: PostingSite,
  publicKey: KeyObject,
  revisions: readonly NoticeRecord[],
  words: readonly SheetWords[],
  moves: readonly Move[] = [],
): readonly Posting[] {
  return site.boards.flatMap(({ id, link }) => {
    if (link.kind !== "carried") return [];
    const card = { board: id, pixels: id, name: cardPlace(id) };
    return postingsOf(sheetsOn(site, publicKey, card, revisions, { words, moves }), words, moves);
  });
}

/** Where a sheet is: on which board, under which name its seal has the pixels, and words are kept. */
interface Surface {
  readonly board: BoardId;
  readonly pixels: string;
  readonly name: string;
}

const paperOf = ({ id }: Place): Surface => ({ board: id, pixels: paperPlace(id), name: id });

/** Whether when it was moved, off its board or back, says since when somebody is waited for. */
export const asksForMoves = ({ over, posted, taken, ends }: Posting): boolean =>
  over !== null || (posted !== null && taken === null && ends === "withdrawn");

function sheetsOn(
  site: PostingSite,
  publicKey: KeyObject,
  { board, pixels, name }: Surface,
  revisions: readonly NoticeRecord[],
  known: { readonly words: readonly SheetWords[]; readonly moves: readonly Move[] },
): readonly SignedSheet[] {
  const posted = known.words.flatMap((one) => (one.board === name && one.posted ? [one.posted.at] : []));
  return revisions.flatMap((record): SignedSheet[] => {
    const { seal, schedule, content } = record;
    const message = seal?.body.pixels.find((one) => one.board === pixels)?.message;
    if (seal === null || message === undefined) return [];
    const { envelope, at, kind } = seal.body;
    const practised = kind === "practice" && !site.practice;
    const stands = !practised && verdict(record, publicKey).ok && schedule.boards.includes(board);
    const number = record.revisionNumber;
    const off = known.moves.flatMap(({ number: of, at: movedAt, before, after }) =>
      of === number && before.boards.includes(board) && !after.boards.includes(board) ? [movedAt] : [],
    );
    const from = Math.max(schedule.from, envelope.from, at);
    const ends: readonly (readonly [Instant, PostingEnd])[] = [
      [Math.min(schedule.until, envelope.until), "period"],
      [offAt(record, board) ?? Number.POSITIVE_INFINITY, "withdrawn"],
      [record.supersededAt ?? Number.POSITIVE_INFINITY, "superseded"],
      // Moved off this board, or altered nobody knows when: nothing to be posted, and what hangs goes from then on.
      [
        stands ? Number.POSITIVE_INFINITY : Math.max(from, ...(posted.length > 0 && off.length > 0 ? off : posted)),
        "withdrawn",
      ],
    ];
    const [until, why] = ends.reduce((first, one) => (one[0] < first[0] ? one : first));
    const key = { notice: record.id, number, board: name };
    return [{ ...key, title: content.title, message, from, until, ends: why }];
  });
}

const dayMs = 86_400_000;

/** Waited for during a whole office day or longer; by the clock where the calendar does not know the year. */
export function isLate(
  posting: Posting,
  now: Instant,
  parts: { readonly zone: string; readonly calendar: WorkCalendar },
): boolean {
  const since = waitsSince(posting, now);
  if (since === null) return false;
  // Beyond that every calendar has had its office day; nobody counts years of hours.
  if (now - since > 30 * dayMs) return true;
  try {
    return workingMinutes(since, now, parts) >= paperHours * 60;
  } catch (error) {
    if (error instanceof UnknownYear) return now - since >= dayMs;
    throw error;
  }
}

/** The one of a notice on a board that a word can be about: what waits for it, else the newest. */
export function postingFor(
  all: readonly Posting[],
  { notice, board }: { readonly notice: NoticeId; readonly board: string },
  waits: (posting: Posting) => boolean,
): Posting | undefined {
  const its = all.filter((one) => one.notice === notice && one.board === board);
  return its.find(waits) ?? its.at(-1);
}
