/**
 * What the office sees of its coming thirty days: what nine boards show, out of ten thousand notices of which three
 * hundred are alive. The product promises 200 ms of it (issue: playlist); the small and the large archive show that the
 * cost is that of the living.
 */
import { Lives } from "../src/playlist/lives.ts";
import { type BoardContext, timelineOf } from "../src/playlist/index.ts";
import type { Candidate, PlaylistInterval } from "../src/playlist/types.ts";
import { workCalendar } from "../src/time/calendar.ts";
import { playlistFor } from "../src/playlist/playlist.ts";
import { dayNumberAt } from "../src/time/zone.ts";
import type { Bench, Sizes } from "./harness.ts";
import { use } from "./peers/agree.ts";
import { officeNow, practice } from "./peers/office.ts";

const dayMs = 86_400_000;
const days = 30;
const span = { from: officeNow, until: officeNow + days * dayMs };

/** As the samples have them: short slots through the day, long ones on working days, all the time, by the weekday. */
const rules = [
  { cron: "*/20 8-18 * * *", slotMinutes: 10, calendar: "everyday" },
  { cron: "0 8-20 * * *", slotMinutes: 45, calendar: "workday" },
  { cron: null, slotMinutes: 0, calendar: "everyday" },
  { cron: "30 9,14 * * 1-5", slotMinutes: 90, calendar: "everyday" },
] as const;

/** Of `few` notices three in ten; of ten times as many, the same. */
const aliveOf = (few: number): number => Math.ceil(few * 0.3);

/** The first `alive` reach into the thirty days, each in its own way; the others are history. */
function candidateOf(index: number, alive: number): Candidate {
  const from = index < alive ? officeNow + ((index % 40) - 12) * dayMs : officeNow - (60 + (index % 3000)) * dayMs;
  return {
    notice: `N${index}`,
    title: `公示第${index}号`,
    window: { from, until: from + (14 + (index % 15)) * dayMs },
    signedAt: from - dayMs,
    withdrawnAt: null,
    supersededAt: null,
    rule: rules[index % rules.length] as (typeof rules)[0],
    priority: 3 + (index % 5),
    weight: 1,
    message: "0".repeat(64),
    durationMs: 8000 + (index % 9) * 1000,
    blocked: null,
  };
}

interface Town {
  readonly boards: readonly { readonly board: Omit<BoardContext, "candidates">; readonly lives: Lives }[];
}

/** Each notice is on two or three of the nine boards. */
function townOf(notices: number, alive: number): Town {
  const site = practice();
  const calendar = workCalendar(site.calendar);
  const all = Array.from({ length: notices }, (_, index) => candidateOf(index, alive));
  const boards = site.boards.map(({ hours, quiet }, place) => ({
    board: { hours, quiet, calendar, zone: site.zone },
    lives: new Lives(all.filter((_, index) => (index + place) % 4 === 0)),
  }));
  return { boards };
}

function timelines({ boards }: Town): readonly (readonly PlaylistInterval[])[] {
  return boards.map(({ board, lives }) => timelineOf({ ...board, candidates: lives.during(span) }, span));
}

/** Each second day's intervals, asked of the playlist by itself, are those of the timeline. */
function agreeing(town: Town): void {
  for (const [place, { board, lives }] of town.boards.entries()) {
    const all = timelines(town)[place] ?? [];
    for (let day = dayNumberAt(board.zone, span.from) + 1; day < dayNumberAt(board.zone, span.until); day += 2) {
      const [one] = playlistFor({ ...board, candidates: lives.during(span), firstDay: day, lastDay: day });
      for (const { start, end, notices } of one?.intervals ?? []) {
        const found = all.find((interval) => interval.start <= start && end <= interval.end);
        if (found?.notices.join() !== notices.join()) throw new Error(`board ${place}, day ${day}: ${notices.join()}`);
      }
    }
  }
}

export function benches({ few: small }: Sizes): readonly Bench[] {
  const alive = aliveOf(small);
  const towns = [small, small * 10].map((notices) => ({ notices, town: townOf(notices, alive) }));
  for (const { town } of towns) agreeing(town);
  const [few, many] = towns.map(({ notices }) => `${notices} notices, ${alive} alive`) as [string, string];
  return [
    {
      name: `timeline, nine boards, ${days} days`,
      unit: "ms",
      contenders: towns.map(({ notices, town }) => ({
        name: `${notices} notices, ${alive} alive`,
        perRun: 1,
        run: () => use(timelines(town).reduce((sum, intervals) => sum + intervals.length, 0)),
      })),
      gates: [
        { name: "promised: 200 ms", timeOf: many, atMost: 200 },
        { name: `growth, ${small} to ${small * 10} notices`, ratioOf: [many, few], atMost: 1.5 },
      ],
    },
  ];
}
