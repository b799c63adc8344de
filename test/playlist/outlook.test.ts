/** What is said of days to come, against the slow scheduler that goes minute by minute. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BoardOutlook,
  effectOn,
  effectSentence,
  findingSentence,
  lengthWords,
  outlookOf,
  timelineOf,
} from "../../src/playlist/index.ts";
import type { Candidate } from "../../src/playlist/types.ts";
import { midnight, type Piece, piecesOf, zone } from "./oracle.ts";
import { always, type Case, cases, contextOf, quietDay, townOf, withCandidates } from "./towns.ts";

const hour = 3_600_000;
const han = /\p{Script=Han}/u;
const durationOf = ({ durationMs }: Candidate) => durationMs;
const nameOf = (id: string) => id;

const spanOf = ({ day }: Case, days = 1) => ({ from: midnight(day), until: midnight(day + days) });

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
const oddly = (one: Case) => ({ from: midnight(one.day) + 6 * hour + 1, until: midnight(one.day + 1) + hour });

test("a timeline shows what the slow scheduler shows, cut to its span, without gaps, and joined across midnight", () => {
  fc.assert(
    fc.property(cases, (one) => {
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

describe("what if", () => {
  test("time on the board, whom it interrupts and for whom it waits are the slow scheduler's, with it and without", () => {
    let interrupted = 0;
    let waited = 0;
    fc.assert(
      fc.property(cases, fc.constantFrom(1, 5, 9), (one, priority) => {
        const often = { cron: "0,20,40 * * * *", slotMinutes: 13, calendar: "everyday" } as const;
        const draft =
          priority === 5 ? (one.town.candidates[0] as Candidate) : always("draft", { priority, rule: often });
        const others = one.town.candidates.filter(({ notice }) => notice !== draft.notice);
        fc.pre(draft.blocked === null && draft.supersededAt === null);
        const effect = effectOn(contextOf(one), draft, spanOf(one), durationOf);
        const withIt = piecesOf({ ...one.town, candidates: [...others, draft] }, one.day);
        const without = piecesOf({ ...one.town, candidates: others }, one.day);
        const alone = piecesOf({ ...one.town, candidates: [draft] }, one.day);
        const at = (pieces: readonly Piece[], instant: number) =>
          pieces.find(({ from, until }) => from <= instant && instant < until)?.eligible ?? [];
        const on = withIt.filter(({ eligible }) => eligible.includes(draft));
        const sum = (pieces: readonly Piece[]) => pieces.reduce((ms, { from, until }) => ms + until - from, 0);
        expect(effect.onMs).toBe(sum(on));
        expect(effect.eligibleMs).toBe(sum(alone.filter(({ eligible }) => eligible.length > 0)));
        expect([effect.first, effect.last]).toEqual([on[0]?.from ?? null, on.at(-1)?.until ?? null]);
        const lost = new Map<string, number>();
        for (const { from, until, eligible } of on)
          for (const { notice, priority } of at(without, from))
            if (priority !== 10 && !eligible.some((other) => other.notice === notice))
              lost.set(notice, (lost.get(notice) ?? 0) + until - from);
        expect(new Map(effect.interrupts.map(({ notice, ms }) => [notice, ms]))).toEqual(lost);
        const waits = new Map<string, number>();
        for (const { from, until, eligible } of withIt)
          if (!eligible.includes(draft) && at(alone, from).length > 0)
            for (const { notice } of eligible) waits.set(notice, (waits.get(notice) ?? 0) + until - from);
        expect(new Map(effect.waitsFor.map(({ notice, ms }) => [notice, ms]))).toEqual(waits);
        interrupted += lost.size;
        waited += waits.size;
        const said = effectSentence(effect, "门", nameOf, zone);
        expect(said.zh).toMatch(han);
        expect(said.en.replace("门", "")).not.toMatch(han);
      }),
      { numRuns: 20 },
    );
    expect([interrupted > 0, waited > 0]).toEqual([true, true]);
  });

  test("leaves each notice 12 s every 4 min at East Gate", () => {
    const twenty = Array.from({ length: 20 }, (_, index) => always(`n${index}`, { durationMs: 12_000 }));
    const [draft, ...others] = twenty as [Candidate, ...Candidate[]];
    const effect = effectOn(contextOf(townOf(others)), draft, spanOf(townOf([])), durationOf);
    expect(effect.usual).toMatchObject({ cycleMs: 240_000, shortestMs: 12_000, longestMs: 12_000, ownMs: 12_000 });
    expect(effect.before).toMatchObject({ cycleMs: 228_000, turns: 19 });
    expect(effectSentence(effect, "大门屏", nameOf, zone).zh).toMatch(/^大门屏:每条 12 秒,每 4 分钟轮一次;/);
    expect(effectSentence(effect, "East Gate", nameOf, zone).en).toMatch(
      /^East Gate: leaves each notice 12 s every 4 min; first 2017-11-06 00:00, last until 2017-11-07 00:00, on 1 day, /,
    );
  });

  test("an interruption that meets midnight, or another's coming, is one; a default picture's loss is nobody's", () => {
    const base = midnight(quietDay);
    const town = townOf([
      always("slow"),
      always("other", { window: { from: base + 23 * hour, until: base + 40 * hour } }),
      always("default:B", { priority: 10 }),
    ]);
    const urgent = always("urgent", { priority: 1, window: { from: base + 20 * hour, until: base + 30 * hour } });
    const { interrupts, waitsFor } = effectOn(contextOf(town), urgent, spanOf(town, 2), durationOf);
    expect(interrupts.map(({ notice, ms, times }) => [notice, ms / hour, times])).toEqual([
      ["slow", 10, 1],
      ["other", 7, 1],
    ]);
    expect(waitsFor).toEqual([]);
  });

  test("an edit takes the place of what it edits", () => {
    const town = townOf([always("a", { durationMs: 60_000 }), always("b")]);
    const effect = effectOn(contextOf(town), always("a", { durationMs: 20_000 }), spanOf(town), durationOf);
    expect(effect.usual).toMatchObject({ cycleMs: 30_000, turns: 2 });
  });

  test("never on: by whom it is starved, or that its slots lie outside the board's hours", () => {
    const town = townOf([always("strong", { priority: 2 })]);
    const weak = effectOn(contextOf(town), always("weak"), spanOf(town), durationOf);
    expect(weak).toMatchObject({ onMs: 0, first: null, usual: null, eligibleMs: 24 * hour });
    expect(effectSentence(weak, "门", nameOf, zone).zh).toBe("门:一次也播不出来,总让位给 strong");
    const closed = contextOf({
      day: quietDay,
      town: { ...town.town, hours: { fromMinute: 480, untilMinute: 1080, days: "everyday" } },
    });
    const night = always("n", { rule: { cron: "0 3 * * *", slotMinutes: 60, calendar: "everyday" } });
    expect(effectOn(closed, night, spanOf(town), durationOf)).toMatchObject({ eligibleMs: 0, waitsFor: [] });
  });
});

describe("outlook", () => {
  test("starved and covered are those that the slow scheduler shows in none, or not in all, of their slots", () => {
    const counted = new Map<string, number>();
    fc.assert(
      fc.property(cases, (one) => {
        const pieces = piecesOf(one.town, one.day);
        const found = findings(one);
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
          for (const kind of wanted) counted.set(kind, (counted.get(kind) ?? 0) + 1);
        }
        for (const each of found) {
          const { zh, en } = findingSentence(each, "门", nameOf, zone);
          expect(zh).toMatch(han);
          expect(en.replace("门", "")).not.toMatch(han);
        }
      }),
      { numRuns: 30 },
    );
    expect(counted.size).toBeGreaterThan(0);
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
      zh: "门:hourly 的 24 个时段有 2 个整段播不出来,让位给 block,第一个在 2017-11-06 03:00",
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
