/** Random boards with random notices, for property tests; and the two ways to ask what is on. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import type { BoardHours, QuietHours } from "../../src/config/types.ts";
import { lookup, type Shape } from "../../src/message/index.ts";
import type { BoardContext } from "../../src/playlist/index.ts";
import { playlistFor, programmeFor } from "../../src/playlist/index.ts";
import type { Candidate, PlannedProgramme, Rule } from "../../src/playlist/types.ts";
import { type WorkCalendar, workCalendar } from "../../src/time/calendar.ts";
import { dateOf, dayNumberOf, partsOf } from "../../src/time/days.ts";
import { midnight, type Town, zone } from "./oracle.ts";
import { dayOn, reached } from "./wall.ts";

export const shape: Shape = { width: 16, height: 8, colour: "mono" };
const dayMs = 86_400_000;
// Shanghai has not moved its clocks since long before.
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

const simpleRules: fc.Arbitrary<Rule> = fc.record({
  cron: fc.oneof({ weight: 6, arbitrary: crons }, { weight: 1, arbitrary: fc.constant(null) }),
  slotMinutes: fc.oneof(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 46, max: 1440 })),
  calendar: calendars,
});

const dayHours = fc.record({
  fromMinute: fc.integer({ min: 0, max: 1439 }),
  untilMinute: fc.integer({ min: 0, max: 1440 }),
});
const weekdays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 });

/** Whatever a schedule may have; exceptions near `day`. */
function richRules(day: number): fc.Arbitrary<Rule> {
  const exception = fc
    .record({
      name: fc.constantFrom("春节", "国庆节", "停电检修"),
      first: fc.integer({ min: -2, max: 3 }),
      length: fc.integer({ min: 0, max: 2 }),
      plays: fc.boolean(),
    })
    .map(({ name, first, length, plays }) => ({
      name,
      from: dateOf(day + first),
      until: dateOf(day + first + length),
      plays,
    }));
  return fc.record(
    {
      cron: fc.oneof({ weight: 6, arbitrary: crons }, { weight: 3, arbitrary: fc.constant(null) }),
      slotMinutes: fc.oneof(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 46, max: 1440 })),
      calendar: calendars,
      hours: fc.oneof(dayHours, fc.constantFrom(...nightHours)),
      weekdays,
      exceptions: fc.array(exception, { maxLength: 3 }),
    },
    { requiredKeys: ["cron", "slotMinutes", "calendar"] },
  );
}
/** Around the minutes at which zones move their clocks. */
const nightHours = [
  { fromMinute: 60, untilMinute: 180 },
  { fromMinute: 120, untilMinute: 150 },
  { fromMinute: 1320, untilMinute: 130 },
  { fromMinute: 150, untilMinute: 150 },
];

export const hours: fc.Arbitrary<BoardHours> = fc.record({
  fromMinute: fc.integer({ min: 0, max: 1439 }),
  untilMinute: fc.integer({ min: 0, max: 1440 }),
  days: calendars,
});

/** Once in four. */
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

/** Around midnight of `day`: often at the minute, often not. */
function instants(start: number): fc.Arbitrary<number> {
  const minutes = fc.integer({ min: -1440, max: 2880 }).map((minute) => start + minute * 60_000);
  return fc.oneof(
    minutes,
    fc.integer({ min: -dayMs, max: 2 * dayMs }).map((ms) => start + ms),
  );
}

/** One notice: usually one revision, sometimes a second one signed when the first was on. */
function notices(
  id: string,
  start: number,
  rule: fc.Arbitrary<Rule>,
  pinned: fc.Arbitrary<boolean>,
): fc.Arbitrary<Candidate[]> {
  return fc
    .record({
      period: fc.tuple(instants(start - dayMs), instants(start + dayMs)),
      signedAt: sometimes(instants(start)),
      withdrawnAt: sometimes(instants(start)),
      again: sometimes(instants(start)),
      rule,
      pinned,
      priority: fc.constantFrom(0, 3, 5, 5, 5, 9, 10),
      weight: fc.integer({ min: 1, max: 3 }),
      durations: fc.tuple(fc.integer({ min: 4001, max: 300_000 }), fc.integer({ min: 4001, max: 300_000 })),
      blocked: sometimes(fc.constant("draft" as const)),
    })
    .map(({ period, signedAt, again, durations, blocked, pinned: first, ...rest }) => {
      const common = {
        notice: id,
        title: id,
        supersededAt: null,
        ...rest,
        ...(first && { pinned: true as const }),
      };
      const window = { from: Math.min(...period), until: Math.max(...period) + 1 };
      const one = { ...common, window, signedAt, blocked: null, message: hashOf(id), durationMs: durations[0] };
      if (blocked) return [{ ...one, blocked, message: null }];
      if (again === null) return [one];
      const two = { ...one, signedAt: again, message: hashOf(`${id} again`), durationMs: durations[1] };
      return [{ ...one, supersededAt: again }, two];
    });
}

const names = ["a", "b", "c", "d", "e", "f", "g"];

/** In Shanghai, with rules of cron, calendar and priority alone. */
export const cases: fc.Arbitrary<Case> = fc.integer({ min: 0, max: 300 }).chain((after) => {
  const day = first + after;
  const named = names.map((id) => notices(id, midnight(day), simpleRules, fc.constant(false)));
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

/** Days on which clocks are moved, those around them, and quiet ones. */
const places: readonly (readonly [zone: string, ...dates: string[]])[] = [
  ["Asia/Shanghai", "2017-11-06", "2017-12-31", "1988-04-17", "1988-09-11"],
  ["America/New_York", "2017-03-12", "2017-11-05", "2018-06-30"],
  ["Australia/Lord_Howe", "2017-10-01", "2018-04-01"],
  ["Europe/Berlin", "2017-03-26", "2017-10-29"],
  ["Pacific/Apia", "2011-09-24", "2011-12-29", "2011-12-31", "2012-04-01"],
  ["America/Sao_Paulo", "2017-10-15", "2018-02-17"],
  ["Asia/Kathmandu", "1986-01-01", "2018-02-28"],
];

/** Any zone, any rule, quiet hours and pinned notices. */
export const richCases: fc.Arbitrary<Case & { readonly zone: string }> = fc
  .constantFrom(...places)
  .chain(([place, ...dates]) =>
    fc.tuple(fc.constant(place), fc.constantFrom(...dates), fc.constantFrom(0, 0, 0, 1, -1)),
  )
  .chain(([place, date, near]) => {
    // Of Samoa's 30 December 2011 there is nothing to ask.
    const day = (dayNumberOf(date) as number) + (place === "Pacific/Apia" ? 0 : near);
    const start = reached(place, day);
    const rules = fc.oneof(richRules(day), simpleRules);
    const pinned = fc.constantFrom(false, false, true);
    const quiet = fc.record({ shows: fc.constantFrom("default" as const, "nothing" as const), of: hours });
    return fc
      .record({
        notices: fc.integer({ min: 1, max: names.length }).chain((count) => {
          return fc.tuple(...names.slice(0, count).map((id) => notices(id, start, rules, pinned)));
        }),
        hours: fc.oneof(fc.constant({ fromMinute: 0, untilMinute: 1440, days: "everyday" as const }), hours),
        quiet: fc.array(quiet, { maxLength: 2 }),
        rest: fc.subarray([-2, -1, 0, 1, 2]),
      })
      .map((made) => ({
        day,
        zone: place,
        town: {
          candidates: made.notices.flat(),
          hours: made.hours,
          quiet: made.quiet.map(({ shows, of }): QuietHours => ({ ...of, shows })),
          zone: place,
          restDays: new Set(made.rest.map((near) => day + near)),
        },
      }));
  });

/**
 * With a slot an hour that something better covers for twelve hours: by priority or, as often, by a pin; one notice
 * that lives in those hours alone; and one that has to stand back for all of them. All day, without quiet hours.
 */
export const pressedCases: fc.Arbitrary<Case> = fc
  .tuple(richCases, fc.boolean(), fc.integer({ min: 61, max: 600 }))
  .map(([{ day, town }, byPin, after]) => {
    const start = startOf({ day, town }) + after * 60_000;
    const rule = { cron: "0 * * * *", slotMinutes: 10, calendar: "everyday" } as const;
    const window = { from: start, until: start + dayMs / 2 };
    const pressing: readonly Candidate[] = [
      always("hourly", { rule, priority: 1 }),
      always("buried", { rule, priority: 1, window: { from: start + 1, until: start + dayMs / 4 } }),
      always("urgent", { window, ...(byPin ? { priority: 1, pinned: true } : { priority: 0 }) }),
      always("steady", { priority: 3 }),
    ];
    // A warning of the town's own may cover everything: it keeps to the other cases.
    const others = town.candidates.filter(({ priority }) => priority > 0);
    const open = { fromMinute: 0, untilMinute: 1440, days: "everyday" } as const;
    return { day, town: { ...town, hours: open, quiet: [], candidates: [...others, ...pressing] } };
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
  const { hours: open, quiet, candidates, zone: place = zone } = one.town;
  return { hours: open, quiet, candidates, calendar: calendarOf(one), zone: place };
}

/** Throws if the board is overfull. */
export function programmeOf(one: Case, from = startOf(one), until = startOf(one, 1)): PlannedProgramme {
  const context = contextOf(one);
  const at = (instant: number) => dayOn(context.zone, instant);
  const days = playlistFor({ ...context, firstDay: at(from), lastDay: at(until - 1) });
  const made = programmeFor({ ...context, board: "B", days, shape, from, until });
  if (!made.ok) throw new Error(made.fault.code);
  return made.planned;
}

/** The first instant of the case's day, or of one after it. */
export function startOf({ day, town }: Case, after = 0): number {
  const { zone: place = zone } = town;
  return place === zone && day >= first ? midnight(day + after) : reached(place, day + after);
}

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
