/** What is said of days to come, against the slow scheduler that goes minute by minute. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BoardOutlook, findingSentence, lengthWords, outlookOf, timelineOf } from "../../src/playlist/index.ts";
import type { QuietHours } from "../../src/config/types.ts";
import type { Candidate } from "../../src/playlist/types.ts";
import { midnight, type Piece, piecesOf, zone } from "./oracle.ts";
import {
  always,
  type Case,
  contextOf,
  pressedCases,
  quietDay,
  richCases,
  startOf,
  townOf,
  withCandidates,
} from "./towns.ts";

const hour = 3_600_000;
const han = /\p{Script=Han}/u;
const durationOf = ({ durationMs }: Candidate) => durationMs;
const nameOf = (id: string) => id;

const spanOf = (one: Case, days = 1) => ({ from: startOf(one), until: startOf(one, days) });

function outlook(one: Case, days = 1): BoardOutlook {
  const steps = outlookOf(contextOf(one), spanOf(one, days), durationOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const findings = (one: Case, days = 1) => outlook(one, days).findings;
const ids = ({ eligible }: Piece) => eligible.map(({ notice }) => notice).sort();

/** From six in the morning to one at night, the days being those of the case. */
const oddly = (one: Case) => ({ from: startOf(one) + 6 * hour + 1, until: startOf(one, 1) + hour });

test("a timeline shows what the slow scheduler shows, cut to its span, without gaps, and joined across midnight", () => {
  fc.assert(
    fc.property(richCases, (one) => {
      const span = oddly(one);
      const made = timelineOf(contextOf(one), span);
      expect([made[0]?.start, made.at(-1)?.end]).toEqual([span.from, span.until]);
      for (const [index, { start, end }] of made.entries()) {
        expect(start).toBeLessThan(end);
        if (index > 0) expect(start).toBe(made[index - 1]?.end);
      }
      for (const piece of [...piecesOf(one.town, one.day), ...piecesOf(one.town, one.day + 1)]) {
        if (piece.from < span.from || piece.until > span.until) continue;
        const found = made.find(({ start, end }) => start <= piece.from && piece.until <= end);
        expect([...(found?.notices ?? ["?"])].sort()).toEqual(ids(piece));
      }
    }),
    { numRuns: 12 },
  );
  expect(timelineOf(contextOf(townOf([always("a")])), spanOf(townOf([]), 5))).toHaveLength(1);
});

describe("outlook", () => {
  /** How often something was found to be starved or covered. */
  function slowly(kind: fc.Arbitrary<Case>, numRuns: number): Map<string, number> {
    const counted = new Map<string, number>();
    fc.assert(
      fc.property(kind, (one) => {
        for (const found of checked(one)) counted.set(found, (counted.get(found) ?? 0) + 1);
      }),
      { numRuns },
    );
    return counted;
  }
  function checked(one: Case): string[] {
    const pieces = piecesOf(one.town, one.day);
    const found = findings(one);
    const counted: string[] = [];
    for (const candidate of one.town.candidates) {
      if (candidate.priority === 10 || candidate.blocked !== null) continue;
      // Its slots: what it would be on for, were it alone.
      const slots: { from: number; until: number; on: boolean }[] = [];
      for (const { from, until, eligible } of piecesOf({ ...one.town, candidates: [candidate] }, one.day)) {
        if (eligible.length === 0) continue;
        const on = pieces.some(
          (piece) => piece.from < until && from < piece.until && piece.eligible.includes(candidate),
        );
        const last = slots.at(-1);
        if (last?.until === from) Object.assign(last, { until, on: last.on || on });
        else slots.push({ from, until, on });
      }
      const missed = slots.filter(({ on }) => !on).length;
      const twice = one.town.candidates.some((other) => other !== candidate && other.notice === candidate.notice);
      if (slots.length === 0 || twice) continue;
      const kinds = found.flatMap((each) =>
        "notice" in each && each.notice === candidate.notice && each.kind !== "ending" ? each.kind : [],
      );
      const wanted = missed === 0 ? [] : [missed === slots.length ? "starved" : "covered"];
      expect(kinds).toEqual(wanted);
      counted.push(...wanted);
    }
    for (const each of found) {
      const { zh, en } = findingSentence(each, "门", nameOf, zone);
      expect(zh).toMatch(han);
      expect(en.replace("门", "")).not.toMatch(han);
    }
    return counted;
  }

  test("starved and covered are those that the slow scheduler shows in none, or not in all, of their slots", () => {
    slowly(richCases, 16);
    const counted = slowly(pressedCases, 8);
    // Each pressed case has one of either: "hourly" is covered, "buried" starved.
    expect(counted.get("covered")).toBeGreaterThanOrEqual(8);
    expect(counted.get("starved")).toBeGreaterThanOrEqual(8);
  });

  test("one that is alive before and after the span, and has slots in it, is told when none of them is seen", () => {
    const rule = { cron: "0 3 * * *", slotMinutes: 10, calendar: "everyday" } as const;
    const base = midnight(quietDay);
    const life = { from: base - 100 * hour, until: base + 9000 * hour };
    const town = (one: Candidate, quiet: readonly QuietHours[] = []) => {
      const made = townOf([one]);
      const open = { fromMinute: 450, untilMinute: 1200, days: "everyday" } as const;
      return { ...made, town: { ...made.town, hours: open, quiet } };
    };
    const night = always("night", { rule, window: life });
    const starved = (one: Case) => findings(one, 30).filter(({ kind }) => kind === "starved");
    const [told, ...more] = starved(town(night));
    expect([told, more]).toEqual([{ kind: "starved", notice: "night", by: null, why: "closed" }, []]);
    expect(findingSentence(told as never, "门", nameOf, zone)).toMatchObject({
      en: "门: night is never on in these days: all of its slots lie outside the board's hours",
    });
    const noon = always("noon", { rule: { ...rule, cron: "0 12 * * *" }, window: life });
    const still = { shows: "default", fromMinute: 700, untilMinute: 800, days: "everyday" } as const;
    expect(starved(town(noon, [still]))).toEqual([{ kind: "starved", notice: "noon", by: null, why: "quiet" }]);
    expect(starved(town(noon))).toEqual([]);
    // A warning ignores the hours; what has no slot here may have one later.
    expect(starved(town({ ...night, priority: 0 }))).toEqual([]);
    const yearly = { ...night, rule: { ...rule, cron: "0 12 1 5 *" } };
    expect(starved(town(yearly))).toEqual([]);
    const within = { from: base, until: base + 48 * hour };
    expect(starved(town({ ...yearly, window: within }))).toMatchObject([{ why: "none" }]);
  });

  test("says by whom, and when first", () => {
    const base = midnight(quietDay);
    const hourly = { cron: "0 * * * *", slotMinutes: 10, calendar: "everyday" } as const;
    const town = townOf([
      always("hourly", { rule: hourly }),
      always("block", { priority: 3, window: { from: base + 2.9 * hour, until: base + 5.1 * hour } }),
    ]);
    const [covered] = findings(town);
    expect(covered).toMatchObject({ kind: "covered", notice: "hourly", by: "block", slots: 2, of: 24 });
    expect(covered).toMatchObject({ first: { from: base + 3 * hour, until: base + 3 * hour + 600_000 } });
    expect(findingSentence(covered as never, "门", nameOf, zone)).toEqual({
      zh: "门：hourly 的 24 个时段有 2 个整段播不出来，让位给 block，第一个在 2017-11-06 03:00",
      en: "门: 2 of 24 slots of hourly are covered whole by block, the first at 2017-11-06 03:00",
    });
  });

  test("days with nothing but the default picture are one run; closed days between them are no relief", () => {
    const base = midnight(quietDay);
    const day = 24 * hour;
    const picture = always("default:B", { priority: 10 });
    const town = townOf([picture, always("a", { window: { from: base + 3 * day, until: base + 4 * day } })]);
    const empty = (one: Case) => findings(one, 7).flatMap((each) => (each.kind === "empty" ? [each] : []));
    expect(empty(town)).toEqual([
      { kind: "empty", day: quietDay, days: 3 },
      { kind: "empty", day: quietDay + 4, days: 3 },
    ]);
    const workdays = { fromMinute: 480, untilMinute: 1080, days: "workday" as const };
    const closed = { ...town, town: { ...town.town, hours: workdays, restDays: new Set([quietDay + 1]) } };
    expect(empty(closed)[0]).toEqual({ kind: "empty", day: quietDay, days: 3 });
    expect(empty(withCandidates(town, [picture, always("a")]))).toEqual([]);
    const quiet = (untilMinute: number) =>
      [{ shows: "default", fromMinute: 0, untilMinute, days: "everyday" }] as const;
    const still = (untilMinute: number) => ({ ...town, town: { ...town.town, quiet: quiet(untilMinute) } });
    // Nobody can fill a day that is quiet throughout; one with an hour of room is empty all the same.
    expect(empty(still(1440))).toEqual([]);
    expect(empty(still(1380))).toEqual(empty(town));
  });

  test("a slot that is kept for what may not be shown; a round longer than its slot, or than its day", () => {
    const half = { cron: "0,30 * * * *", slotMinutes: 5, calendar: "everyday" } as const;
    const draft = always("draft", { rule: half, blocked: "draft", message: null });
    expect(findings(townOf([always("a"), draft]))).toMatchObject([
      { kind: "unfilled", notice: "draft", why: "draft", first: { from: midnight(quietDay) } },
    ]);
    const many = (count: number, ms: number) =>
      Array.from({ length: count }, (_, index) => always(`n${index}`, { rule: half, durationMs: ms }));
    const over = (town: Case) => findings(town, 3).filter(({ kind }) => kind === "overfull");
    expect(over(townOf(many(5, 60_000)))).toEqual([]);
    expect(over(townOf(many(6, 60_000)))).toMatchObject([
      { level: "slot", cycleMs: 360_000, hasMs: 300_000, notices: 6, days: 3 },
    ]);
    // 48 slots of five minutes are four hours.
    expect(over(townOf(many(5, hour)))).toMatchObject([{ level: "day", cycleMs: 5 * hour, hasMs: 4 * hour }]);
  });

  test("what is left of a day at the ends of the span is not taken for its slots; what is over is no news", () => {
    const half = { cron: "0,30 * * * *", slotMinutes: 5, calendar: "everyday" } as const;
    const over = (from: number, until: number, ...all: Candidate[]) => {
      const steps = outlookOf(contextOf(townOf(all)), { from, until }, durationOf);
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value.findings.filter(({ kind }) => kind === "overfull");
      }
    };
    const base = midnight(quietDay);
    const [late, next] = [base + 23.5 * hour + 299_000, base + 24 * hour + 1100];
    expect(over(late, next, always("a", { rule: half }), always("b", { rule: half }))).toEqual([]);
    // Six minutes in slots of five, only until nine.
    const early = (notice: string) =>
      always(notice, { rule: half, durationMs: 180_000, window: { from: 0, until: base + 9 * hour } });
    expect(over(base + 8.75 * hour, next, early("a"), early("b"))).toEqual([]);
    const begun = { from: base + 8.5 * hour + 60_000, until: base + 8.5 * hour + 300_000 };
    expect(over(begun.from, next, early("a"), early("b"))).toMatchObject([
      { level: "slot", hasMs: 300_000, first: begun, days: 1 },
    ]);
  });

  test("an end without a successor, and not one that another takes up, or that somebody has decided", () => {
    const ends = { from: 0, until: midnight(quietDay + 2) };
    const picture = always("default:B", { priority: 10 });
    const endings = (...all: Candidate[]) =>
      findings(townOf([picture, ...all]), 10).filter((one) => one.kind === "ending");
    expect(endings(always("a", { window: ends }))).toEqual([{ kind: "ending", notice: "a", until: ends.until }]);
    expect(endings(always("a", { window: ends }), always("b"))).toEqual([]);
    const later = always("b", { window: { from: midnight(quietDay + 8.9), until: midnight(quietDay + 20) } });
    expect(endings(always("a", { window: ends }), later)).toEqual([]);
    expect(endings(always("a", { window: ends, withdrawnAt: ends.until - 1 }))).toEqual([]);
  });
});

test("lengths are said as people say them", () => {
  const said = [500, 4500, 12_000, 90_000, 240_000, 3_600_000, 7_500_000, 36_000_000].map((ms) => lengthWords(ms));
  expect(said.map(({ zh }) => zh)).toEqual([
    "0.5 秒",
    "4.5 秒",
    "12 秒",
    "1 分 30 秒",
    "4 分钟",
    "1 小时",
    "2 小时 5 分",
    "10 小时",
  ]);
  expect(said.map(({ en }) => en)).toEqual([
    "0.5 s",
    "4.5 s",
    "12 s",
    "1 min 30 s",
    "4 min",
    "1 h",
    "2 h 5 min",
    "10 h",
  ]);
});
