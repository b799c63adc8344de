/** The days to come as the API asks for them: the pure stage, fed from the book, in pieces that hold up nobody. */
import type { BoardTimeline, OutlookOffice, OutlookView } from "../api/outlook.ts";
import type { BoardConfig } from "../config/types.ts";
import type { Run } from "../ledger/play.ts";
import type { Instant, Window } from "../message/types.ts";
import {
  type BoardContext,
  type BoardOutlook,
  daysOf,
  findingSentence,
  joined,
  outlookOf,
  type PlaylistInterval,
  spanOf,
  timelineDays,
} from "../playlist/index.ts";
import type { BoardAbove } from "../preview/types.ts";
import { Pieces } from "../time/pieces.ts";
import type { Desk } from "./desk.ts";
import { type CardSource, suspensionBy } from "./card-shows.ts";
import { Durations } from "./durations.ts";
import { scheduleOffice } from "./schedule.ts";
import { cutBy, endedByWarning, said, suspensionsOf } from "./suspended.ts";
import { type WhatIfParts, whatIf } from "./what-if.ts";
import { whyView } from "./why.ts";

const dayMs = 86_400_000;

export interface OutlookParts extends Omit<WhatIfParts, "durations"> {
  run(board: string): Run | null;
  /** As the running daemon has it. */
  above?(board: string): BoardAbove;
  readonly durations?: Durations;
  /** Of signs that a person carries a stick to. Absent: there are none. */
  readonly card?: CardSource;
}

export function outlookOffice(parts: OutlookParts): OutlookOffice {
  const { site, clock, store, durations = new Durations(store.messages) } = parts;
  return {
    ...scheduleOffice(parts, (board, span) => timelineHere(parts, board, span)),
    why: (board, notice, at, caller) => whyView(parts, board, notice, at, caller),
    whatIf: (asked) => whatIf({ ...parts, durations }, asked),
    async outlook(days, unsigned) {
      const from = clock.now();
      const span = { from, until: from + days * dayMs };
      const boards: OutlookView["boards"][number][] = [];
      for (const board of site.boards) {
        const { findings } = await outlookHere({ ...parts, durations }, board, span);
        const above = await suspensionsOf(parts, board.id, span, from);
        boards.push({
          board: board.id,
          name: board.name,
          suspensions: said(above, site.zone),
          findings: findings
            .filter(({ kind }) => unsigned || kind !== "unfilled")
            .map((finding) => ({ finding, sentence: sentenceOf(parts, board, finding) })),
        });
      }
      return { ...span, boards };
    },
    async *timeline(from, until) {
      for (const board of site.boards) yield await timelineHere(parts, board, { from, until });
    },
  };
}

type Finding = BoardOutlook["findings"][number];

export function sentenceOf({ book, site }: Pick<Desk, "book" | "site">, board: BoardConfig, finding: Finding) {
  const nameOf = (id: string) => {
    const title = book.record(id)?.content.title;
    return title === undefined ? id : `${id} ${title}`;
  };
  return findingSentence(finding, board.name, nameOf, site.zone);
}

/** What a board's coming days hold. */
export async function outlookHere(
  parts: Pick<Desk, "site" | "book" | "calendar"> & { readonly durations: Pick<Durations, "timed"> },
  board: BoardConfig,
  span: Window,
): Promise<BoardOutlook> {
  const context = await contextOf(parts, board, span);
  const candidates = await parts.durations.timed(context.candidates);
  const steps = outlookOf({ ...context, candidates }, span, ({ durationMs }) => durationMs);
  const pieces = new Pieces();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pieces.rest();
  }
}

async function timelineHere(
  parts: OutlookParts,
  board: BoardConfig,
  span: { readonly from: Instant; readonly until: Instant },
): Promise<BoardTimeline> {
  const pieces = new Pieces();
  const intervals: PlaylistInterval[] = [];
  for (const day of timelineDays(await contextOf(parts, board, span), span)) {
    intervals.push(...day);
    await pieces.rest();
  }
  const found = await suspensionsOf(parts, board.id, span, parts.clock.now());
  const card = parts.card?.now(board.id) ? await parts.card.pieces(board.id, span) : null;
  const above = [...endedByWarning(found, intervals), ...(card?.map(suspensionBy) ?? [])];
  return {
    ...{ board: board.id, suspensions: said(above, parts.site.zone), intervals: cutBy(joined(intervals), above) },
    ...(card && { card: card.map(({ from, until, loaded, notices }) => ({ from, until, loaded, notices })) }),
  };
}

/** Of all notices only those that live on one of the days. */
async function contextOf(
  { site, book, calendar }: Pick<Desk, "site" | "book" | "calendar">,
  board: BoardConfig,
  span: Window,
): Promise<BoardContext> {
  const days = spanOf(site.zone, daysOf(site.zone, span));
  const candidates = (await book.during(days)).alive(board.id, days);
  return { hours: board.hours, quiet: board.quiet, candidates, calendar, zone: site.zone };
}
