/** What a notice would do to a board, against the slow scheduler that goes minute by minute. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Effect, effectOn, effectSentence } from "../../src/playlist/index.ts";
import type { Candidate } from "../../src/playlist/types.ts";
import { midnight, type Piece, piecesOf, zone } from "./oracle.ts";
import { always, type Case, contextOf, pressedCases, quietDay, richCases, startOf, townOf } from "./towns.ts";

const hour = 3_600_000;
const han = /\p{Script=Han}/u;
const durationOf = ({ durationMs }: Candidate) => durationMs;
const nameOf = (id: string) => id;
const spanOf = (one: Case, days = 1) => ({ from: startOf(one), until: startOf(one, days) });

describe("what if", () => {
  /** In any zone, with quiet hours and pins; `told` is given each effect. */
  const slowly = (kind: fc.Arbitrary<Case>, numRuns: number, told: (effect: Effect) => void) =>
    fc.assert(
      fc.property(kind, fc.boolean(), (one, isPinned) => {
        const rule = { cron: "0,20,40 * * * *", slotMinutes: 13, calendar: "everyday" } as const;
        const pinned = isPinned && { pinned: true as const };
        const [first] = one.town.candidates;
        for (const draft of [
          always("draft", { priority: 1, rule, ...pinned }),
          always("draft", { priority: 9, rule }),
          first,
        ])
          if (draft && draft.blocked === null && draft.supersededAt === null) told(checked(one, draft));
      }),
      { numRuns },
    );
  function checked(one: Case, draft: Candidate): Effect {
    const others = one.town.candidates.filter(({ notice }) => notice !== draft.notice);
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
    const said = effectSentence(effect, "门", nameOf, zone);
    expect(said.zh).toMatch(han);
    expect(said.en.replace("门", "")).not.toMatch(han);
    return effect;
  }

  test("time on the board, whom it interrupts and for whom it waits are the slow scheduler's, with it and without", () => {
    slowly(richCases, 8, () => {});
    const counted = { interrupts: 0, waitsFor: 0 };
    slowly(pressedCases, 4, ({ interrupts, waitsFor }) => {
      counted.interrupts += interrupts.length;
      counted.waitsFor += waitsFor.length;
    });
    // Each pressed case has one of either: "steady" gives way to the first draft, the second to "urgent".
    expect(counted.interrupts).toBeGreaterThanOrEqual(4);
    expect(counted.waitsFor).toBeGreaterThanOrEqual(4);
  });

  test("leaves each notice 12 s every 4 min at East Gate", () => {
    const twenty = Array.from({ length: 20 }, (_, index) => always(`n${index}`, { durationMs: 12_000 }));
    const [draft, ...others] = twenty as [Candidate, ...Candidate[]];
    const effect = effectOn(contextOf(townOf(others)), draft, spanOf(townOf([])), durationOf);
    expect(effect.usual).toMatchObject({ cycleMs: 240_000, shortestMs: 12_000, longestMs: 12_000, ownMs: 12_000 });
    expect(effect.before).toMatchObject({ cycleMs: 228_000, turns: 19 });
    expect(effectSentence(effect, "大门屏", nameOf, zone).zh).toMatch(/^大门屏：每条 12 秒，每 4 分钟轮一次/);
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
    expect(effectSentence(weak, "门", nameOf, zone).zh).toBe("门：一次也播不出来，总让位给 strong");
    const closed = contextOf({
      day: quietDay,
      town: { ...town.town, hours: { fromMinute: 480, untilMinute: 1080, days: "everyday" } },
    });
    const night = always("n", { rule: { cron: "0 3 * * *", slotMinutes: 60, calendar: "everyday" } });
    expect(effectOn(closed, night, spanOf(town), durationOf)).toMatchObject({ eligibleMs: 0, waitsFor: [] });
    const category = effectOn(contextOf(town), always("n", { blocked: "category" }), spanOf(town), durationOf);
    expect(category).toMatchObject({ blocked: "category", eligibleMs: 0, onMs: 0, usual: null });
    const { zh, en } = effectSentence(category, "门", nameOf, zone);
    expect(zh).toBe("门\uff1a一次也播不出来\uff0c这块屏不播这一类信息");
    expect(en).toBe("门: never on: this board does not show its track or category");
  });
});
