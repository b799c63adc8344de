/** Every notice has a reason for being shown or hidden, and what the reason says is true. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockSentence, inForce, intervalsAhead, reasonFor, reasonSentence } from "../../src/playlist/index.ts";
import type { BlockReason, Candidate, Reason } from "../../src/playlist/types.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { codeAt, isQuiet, piecesOf, zone } from "./oracle.ts";
import { runs, tellSeed } from "./runs.ts";
import { always, type Case, contextOf, richCases, startOf } from "./towns.ts";
import { dayOn } from "./wall.ts";

tellSeed("reasons");

const han = /\p{Script=Han}/u;

const dayMs = 86_400_000;

describe("at random instants and at every boundary, for every candidate", () => {
  const offsets = fc.array(fc.integer({ min: 0, max: dayMs - 1 }), { minLength: 2, maxLength: 2 });

  /** Random ones within the case's day, and around where something changes in it. */
  function instantsOf(one: Case, drawn: readonly number[]): number[] {
    const [start, end] = [startOf(one), startOf(one, 1)];
    const edges = piecesOf(one.town, one.day)
      .filter(({ eligible }, index, all) => index > 0 && changes(all[index - 1]?.eligible ?? [], eligible))
      .map(({ from }) => from);
    const some = edges.filter((_, index) => index % Math.ceil(edges.length / 4) === 0);
    return [...drawn.map((ms) => start + ms), start, end - 1, ...some.flatMap((at) => [at - 1, at, at + 1])].filter(
      (at) => at >= start && at < end,
    );
  }
  const changes = (one: readonly unknown[], other: readonly unknown[]) =>
    one.length !== other.length || one.some((each) => !other.includes(each));

  test("the reason is what the slow scheduler says, and has a sentence in both languages", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(richCases, offsets, (one, drawn) => {
        const context = contextOf(one);
        for (const at of instantsOf(one, drawn)) {
          const ahead = intervalsAhead(context, at);
          for (const candidate of one.town.candidates) {
            const reason = reasonFor(context, candidate, at, ahead);
            expect(reason.code, `${candidate.notice} at ${new Date(at).toISOString()}`).toBe(
              codeAt(one.town, candidate, at),
            );
            expect(reasonFor(context, candidate, at)).toEqual(reason);
            const { zh, en } = reasonSentence(reason, one.zone);
            expect(zh).toMatch(han);
            expect(en.replace(/"[^"]+"/, "")).toMatch(/^[a-z][^\p{Script=Han}]+$/u);
            seen.set(reason.code, (seen.get(reason.code) ?? 0) + 1);
          }
          const shown = one.town.candidates.filter((each) => codeAt(one.town, each, at) === "shown");
          expect(inForce(one.town.candidates, at).filter((each) => shown.includes(each)).length).toBe(shown.length);
        }
      }),
      runs(70),
    );
    expect(codes.filter((code) => !seen.has(code))).toEqual([]);
  });

  test("`until` and `next` come true, to the millisecond, and not sooner", () => {
    const told = { until: 0, next: 0 };
    fc.assert(
      fc.property(richCases, offsets, (one, drawn) => {
        const context = contextOf(one);
        for (const at of instantsOf(one, drawn).slice(0, 6))
          for (const candidate of one.town.candidates)
            comesTrue(one, candidate, at, reasonFor(context, candidate, at), told);
      }),
      runs(60),
    );
    expect(Math.min(told.until, told.next)).toBeGreaterThan(20);
  });
});

const codes = [
  ...["shown", "blocked", "before", "after", "withdrawn", "superseded", "not-signed-yet", "closed", "quiet"],
  ...["between-slots", "outside-hours", "wrong-weekday", "wrong-day", "exception", "outranked"],
];

/** As far as the oracle is asked. */
const horizonDays = 3;

/** `told` counts what was looked at within the oracle's reach. */
function comesTrue(
  one: Case,
  candidate: Candidate,
  at: number,
  reason: Reason,
  told: { until: number; next: number },
): void {
  const { town } = one;
  const horizon = startOf(one, horizonDays);
  const code = (when: number) => codeAt(town, candidate, when);
  const eligible = (when: number) => code(when) === "shown" || code(when) === "outranked";
  const between = (from: number, until: number) =>
    [0, 0.2, 0.4, 0.6, 0.8].map((part) => Math.floor(from + part * (until - from)));
  if (reason.code === "quiet") {
    expect(isQuiet(town, candidate.priority, at)).toBe(true);
    for (const when of [...between(at, reason.until), reason.until - 1])
      if (when < horizon) expect(isQuiet(town, candidate.priority, when)).toBe(true);
    if (!reason.atLeast && reason.until < horizon) expect(isQuiet(town, candidate.priority, reason.until)).toBe(false);
  } else if ("until" in reason && reason.code !== "after") {
    expect(reason.until).toBeGreaterThan(at);
    for (const when of [...between(at, reason.until), reason.until - 1])
      if (when < horizon) expect(code(when)).toBe(reason.code);
    if (reason.atLeast) expect(reason.until).toBe(startOf({ ...one, day: dayOn(zoneOf(one), at) }, horizonDays));
    else if (reason.until < horizon) {
      expect(code(reason.until)).not.toBe(reason.code);
      told.until++;
    }
  } else if ("next" in reason) {
    const { next } = reason;
    if (next !== null && next < horizon) {
      expect([eligible(next - 1), eligible(next)]).toEqual([false, true]);
      told.next++;
    }
    for (const when of between(at, Math.min(horizon, next ?? horizon))) expect(eligible(when)).toBe(false);
  } else if (reason.code === "closed" && reason.opens !== null && reason.opens < horizon) {
    const any: Candidate = { ...always("any"), window: { from: 0, until: horizon } };
    const open = { ...town, candidates: [any], quiet: [] };
    const isOpen = (when: number) => codeAt(open, any, when) === "shown";
    expect([isOpen(at), isOpen(reason.opens - 1), isOpen(reason.opens)]).toEqual([false, false, true]);
  }
}
const zoneOf = ({ town }: Case) => town.zone ?? zone;

test("every reason to block has a sentence of its own in both languages", () => {
  const all: Record<BlockReason, true> = {
    draft: true,
    "seal-broken": true,
    "revision-altered": true,
    "not-public": true,
    screening: true,
    "unknown-notice": true,
    "other-board": true,
    "no-pixels": true,
    category: true,
  };
  const sentences = Object.keys(all).map((why) => blockSentence(why as BlockReason));
  expect(new Set(sentences.map(({ zh }) => zh)).size).toBe(sentences.length);
  for (const { zh, en } of sentences) expect([han.test(zh), han.test(en), en.length > 5]).toEqual([true, false, true]);
});

describe("a year that the calendar does not know", () => {
  const calendar = workCalendar({ kind: "state-council", overrides: [] });
  const at = Date.UTC(2098, 2, 5, 1);
  const candidate = (notice: string, change: Partial<Candidate>): Candidate => ({
    notice,
    title: notice,
    window: { from: 0, until: at * 2 },
    signedAt: null,
    withdrawnAt: null,
    supersededAt: null,
    rule: { cron: "* * * * *", slotMinutes: 1, calendar: "everyday" },
    priority: 5,
    weight: 1,
    message: "00".repeat(32),
    durationMs: 1000,
    blocked: null,
    ...change,
  });
  const candidates = [
    candidate("asks", { rule: { cron: "* * * * *", slotMinutes: 1, calendar: "workday" }, priority: 1 }),
    candidate("does not", {}),
  ];

  test.each(["everyday", "workday"] as const)(
    "hides what asks for it and says so; the rest goes on (hours: %s)",
    (days) => {
      const board = {
        hours: { fromMinute: 0, untilMinute: 1440, days },
        quiet: undefined,
        candidates,
        calendar,
        zone,
      };
      expect(intervalsAhead(board, at)[0]?.notices).toEqual(["does not"]);
      expect(candidates.map((one) => reasonFor(board, one, at))).toMatchObject([
        { code: "calendar-unknown", year: 2098 },
        { code: "shown" },
      ]);
      expect(reasonSentence({ code: "calendar-unknown", year: 2098 }, zone)).toEqual({
        zh: expect.stringContaining("2098"),
        en: expect.stringContaining("2098"),
      });
    },
  );

  test("an end in a repeated hour is said with its offset", () => {
    const until = Date.parse("2027-11-07T06:00Z");
    expect(reasonSentence({ code: "shown", with: 1, until }, "America/New_York")).toMatchObject({
      en: "on air until 2027-11-07 01:00-05:00",
    });
  });

  test("without a calendar at all every day is a working day", () => {
    const context = {
      hours: { fromMinute: 0, untilMinute: 1440, days: "workday" as const },
      quiet: undefined,
      candidates,
      calendar: workCalendar({ kind: "none", overrides: [] }),
      zone,
    };
    expect(intervalsAhead(context, at)[0]?.notices).toEqual(["asks"]);
  });
});
