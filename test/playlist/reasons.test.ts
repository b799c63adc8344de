/** Every notice has a reason for being shown or hidden, and what the reason says is true. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blockSentence,
  inForce,
  intervalsAhead,
  knownWindows,
  playlistFor,
  reasonFor,
  reasonSentence,
} from "../../src/playlist/index.ts";
import type { BlockReason, Candidate, Reason } from "../../src/playlist/types.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { dayNumberAt } from "../../src/time/zone.ts";
import { midnight, piecesOf, zone } from "./oracle.ts";
import { type Case, cases, contextOf } from "./towns.ts";

const han = /\p{Script=Han}/u;

/** What the oracle shows at an instant. */
function top(one: Case, at: number): readonly Candidate[] {
  const day = Math.floor((at + 8 * 3600_000) / 86_400_000);
  return piecesOf(one.town, day).find(({ from, until }) => from <= at && at < until)?.eligible ?? [];
}

describe("at random instants, for every candidate", () => {
  const instants = fc.array(fc.integer({ min: 0, max: 86_399_999 }), { minLength: 3, maxLength: 3 });

  test("the reason agrees with the board, and has a sentence in both languages", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(cases, instants, (one, drawn) => {
        const context = contextOf(one);
        for (const ms of drawn) {
          const at = midnight(one.day) + ms;
          const shown = top(one, at);
          const ahead = intervalsAhead(context, at);
          for (const candidate of one.town.candidates) {
            const reason = reasonFor(context, candidate, at, ahead);
            expect(reason.code === "shown", `${candidate.notice} ${reason.code}`).toBe(shown.includes(candidate));
            expect(reasonFor(context, candidate, at)).toEqual(reason);
            const { zh, en } = reasonSentence(reason, zone);
            expect(zh).toMatch(han);
            expect(en).toMatch(/^[a-z][^\p{Script=Han}]+$/u);
            seen.set(reason.code, (seen.get(reason.code) ?? 0) + 1);
          }
          expect(inForce(one.town.candidates, at).filter((candidate) => shown.includes(candidate)).length).toBe(
            shown.length,
          );
        }
      }),
      { numRuns: 60 },
    );
    const codes = [
      "shown",
      "blocked",
      "before",
      "after",
      "withdrawn",
      "superseded",
      "not-signed-yet",
      "closed",
      "between-slots",
      "wrong-day",
      "outranked",
    ];
    expect(codes.filter((code) => !seen.has(code))).toEqual([]);
  });

  test("`until` and `next` come true, to the millisecond", () => {
    fc.assert(
      fc.property(cases, instants, (one, drawn) => {
        const context = contextOf(one);
        const horizon = midnight(one.day + 3);
        for (const ms of drawn) {
          const at = midnight(one.day) + ms;
          for (const candidate of one.town.candidates)
            comesTrue(one, candidate, at, reasonFor(context, candidate, at), horizon);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function comesTrue(one: Case, candidate: Candidate, at: number, reason: Reason, horizon: number): void {
  const context = contextOf(one);
  const days = playlistFor({ ...context, firstDay: one.day, lastDay: one.day + 2 }).flatMap(
    ({ intervals }) => intervals,
  );
  const eligible = (when: number) =>
    knownWindows(candidate, dayNumberAt(zone, when), context).some(({ from, until }) => from <= when && when < until);
  const showing = (when: number) =>
    eligible(when) &&
    (days.find(({ start, end }) => start <= when && when < end)?.notices.includes(candidate.notice) ?? false);
  if (reason.code === "shown" || reason.code === "outranked") {
    const holds = (when: number) => (reason.code === "shown" ? showing(when) : eligible(when) && !showing(when));
    expect(reason.until).toBeGreaterThan(at);
    for (const when of [at, at + Math.floor((reason.until - at) / 2), reason.until - 1]) expect(holds(when)).toBe(true);
    if (reason.until < horizon) expect(holds(reason.until)).toBe(false);
  } else if (reason.code === "between-slots" || reason.code === "wrong-day") {
    expect(eligible(at)).toBe(false);
    const { next } = reason;
    const end = Math.min(horizon, next ?? horizon);
    if (next !== null && next < horizon) expect([eligible(next - 1), eligible(next)]).toEqual([false, true]);
    for (let when = at; when < end; when += 600_000) expect(eligible(when)).toBe(false);
  } else if (reason.code === "closed" && reason.opens !== null && reason.opens < horizon) {
    const always: Candidate = {
      ...candidate,
      window: { from: 0, until: horizon },
      signedAt: null,
      withdrawnAt: null,
      supersededAt: null,
      rule: { cron: null, slotMinutes: 0, calendar: "everyday" },
    };
    const isOpen = (when: number) =>
      knownWindows(always, dayNumberAt(zone, when), context).some(({ from, until }) => from <= when && when < until);
    expect([isOpen(at), isOpen(reason.opens - 1), isOpen(reason.opens)]).toEqual([false, false, true]);
  }
}

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
      const context = { hours: { fromMinute: 0, untilMinute: 1440, days }, quiet: undefined, candidates, calendar, zone };
      expect(intervalsAhead(context, at)[0]?.notices).toEqual(["does not"]);
      expect(candidates.map((one) => reasonFor(context, one, at))).toMatchObject([
        { code: "calendar-unknown", year: 2098 },
        { code: "shown" },
      ]);
      expect(reasonSentence({ code: "calendar-unknown", year: 2098 }, zone)).toEqual({
        zh: expect.stringContaining("2098"),
        en: expect.stringContaining("2098"),
      });
    },
  );

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
