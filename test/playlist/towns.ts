/** Random boards with random notices, for property tests; and the two ways to ask what is on. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import type { BoardHours } from "../../src/config/types.ts";
import { lookup, type Shape } from "../../src/message/index.ts";
import type { BoardContext } from "../../src/playlist/index.ts";
import { playlistFor, programmeFor } from "../../src/playlist/index.ts";
import type { Candidate, PlannedProgramme } from "../../src/playlist/types.ts";
import { type WorkCalendar, workCalendar } from "../../src/time/calendar.ts";
import { dateOf, dayNumberOf, partsOf } from "../../src/time/days.ts";
import { midnight, type Town, zone } from "./oracle.ts";

export const shape: Shape = { width: 16, height: 8, colour: "mono" };
const first = dayNumberOf("2017-02-01") as number;
const hashOf = (text: string) => createHash("sha256").update(`message of ${text}`).digest("hex");

export interface Case {
  readonly day: number;
  readonly town: Town;
}

const numbers = (from: number, to: number, most: number) =>
  fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: most }).map((list) => list.join(","));
const field = (from: number, to: number, most: number) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant("*") }, { weight: 1, arbitrary: numbers(from, to, most) });

const crons = fc
  .tuple(numbers(0, 59, 6), field(0, 23, 8), field(1, 31, 12), fc.constant("*"), field(0, 6, 5))
  .map((fields) => fields.join(" "));
const calendars = fc.constantFrom("everyday" as const, "workday" as const, "restday" as const);

const rules = fc.record({
  cron: fc.oneof({ weight: 6, arbitrary: crons }, { weight: 1, arbitrary: fc.constant(null) }),
  slotMinutes: fc.oneof(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 46, max: 1440 })),
  calendar: calendars,
});

export const hours: fc.Arbitrary<BoardHours> = fc.record({
  fromMinute: fc.integer({ min: 0, max: 1439 }),
  untilMinute: fc.integer({ min: 0, max: 1440 }),
  days: calendars,
});

/** Once in four. */
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

/** Around midnight of `day`: often at the minute, often not. */
function instants(day: number): fc.Arbitrary<number> {
  const minutes = fc.integer({ min: -1440, max: 2880 }).map((minute) => midnight(day) + minute * 60_000);
  return fc.oneof(
    minutes,
    fc.integer({ min: -86_400_000, max: 172_800_000 }).map((ms) => midnight(day) + ms),
  );
}

/** One notice: usually one revision, sometimes a second one signed when the first was on. */
function notices(id: string, day: number): fc.Arbitrary<Candidate[]> {
  return fc
    .record({
      period: fc.tuple(instants(day - 1), instants(day + 1)),
      signedAt: sometimes(instants(day)),
      withdrawnAt: sometimes(instants(day)),
      again: sometimes(instants(day)),
      rule: rules,
      priority: fc.constantFrom(0, 3, 5, 5, 5, 9, 10),
      weight: fc.integer({ min: 1, max: 3 }),
      durations: fc.tuple(fc.integer({ min: 4001, max: 300_000 }), fc.integer({ min: 4001, max: 300_000 })),
      blocked: sometimes(fc.constant("draft" as const)),
    })
    .map(({ period, signedAt, again, durations, blocked, ...rest }) => {
      const common = { notice: id, title: id, supersededAt: null, ...rest };
      const window = { from: Math.min(...period), until: Math.max(...period) + 1 };
      const one = { ...common, window, signedAt, blocked: null, message: hashOf(id), durationMs: durations[0] };
      if (blocked) return [{ ...one, blocked, message: null }];
      if (again === null) return [one];
      const two = { ...one, signedAt: again, message: hashOf(`${id} again`), durationMs: durations[1] };
      return [{ ...one, supersededAt: again }, two];
    });
}

export const cases: fc.Arbitrary<Case> = fc.integer({ min: 0, max: 300 }).chain((after) => {
  const day = first + after;
  const named = ["a", "b", "c", "d", "e", "f", "g"].map((id) => notices(id, day));
  return fc
    .record({
      notices: fc.tuple(...named),
      count: fc.integer({ min: 1, max: 7 }),
      hours: fc.oneof(fc.constant({ fromMinute: 0, untilMinute: 1440, days: "everyday" as const }), hours),
      rest: fc.subarray([-2, -1, 0, 1, 2]),
    })
    .map((made) => ({
      day,
      town: {
        candidates: made.notices.slice(0, made.count).flat(),
        hours: made.hours,
        restDays: new Set(made.rest.map((near) => day + near)),
      },
    }));
});

/** The town's own days of rest around `day`; weekends count as any other day there. */
export function calendarOf({ day, town }: Case): WorkCalendar {
  const near = [-3, -2, -1, 0, 1, 2, 3].map((away) => day + away);
  const years = [...new Set(near.map((one) => partsOf(one).year))];
  return workCalendar({
    kind: "state-council",
    overrides: years.map((year) => ({
      year,
      source: "test",
      restDays: near.filter((one) => town.restDays.has(one)).map(dateOf),
      workingWeekends: near.filter((one) => !town.restDays.has(one)).map(dateOf),
    })),
  });
}

export function contextOf(one: Case): BoardContext {
  return { hours: one.town.hours, quiet: undefined, candidates: one.town.candidates, calendar: calendarOf(one), zone };
}

/** Throws if the board is overfull. */
export function programmeOf(one: Case, from = midnight(one.day), until = midnight(one.day + 1)): PlannedProgramme {
  const days = playlistFor({ ...contextOf(one), firstDay: dayAt(from), lastDay: dayAt(until - 1) });
  const made = programmeFor({ board: "B", days, candidates: one.town.candidates, shape, zone, from, until });
  if (!made.ok) throw new Error(made.fault.code);
  return made.planned;
}

const dayAt = (at: number) => Math.floor((at + 8 * 3600_000) / 86_400_000);

/** "notice hash elapsed", or "nothing". */
export function shownAt({ programme, owners }: PlannedProgramme, at: number): string {
  const found = lookup(programme, at);
  return found.message === null ? "nothing" : `${owners[found.span]?.[found.turn]} ${found.message} ${found.elapsedMs}`;
}

export function withCandidates(one: Case, candidates: readonly Candidate[]): Case {
  return { day: one.day, town: { ...one.town, candidates } };
}

/** Always on, unless it is changed. */
export function always(notice: string, change: Partial<Candidate> = {}): Candidate {
  return {
    notice,
    title: notice,
    window: { from: 0, until: midnight(30_000) },
    signedAt: null,
    withdrawnAt: null,
    supersededAt: null,
    rule: { cron: null, slotMinutes: 0, calendar: "everyday" },
    priority: 5,
    weight: 1,
    message: Buffer.from(notice.padEnd(32, "-").slice(0, 32)).toString("hex"),
    durationMs: 10_000,
    blocked: null,
    ...change,
  };
}

export const quietDay = 17_476;
export function townOf(candidates: readonly Candidate[]): Case {
  return {
    day: quietDay,
    town: { candidates, hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" }, restDays: new Set() },
  };
}
