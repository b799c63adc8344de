/** What a rule says of itself: words for every usual pattern, no cron. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reasonSentence, ruleSentence } from "../../src/playlist/index.ts";
import type { Reason, Rule } from "../../src/playlist/types.ts";
import { richCases } from "./towns.ts";

const rule = (cron: string | null, more: Partial<Rule> & { readonly pinned?: true } = {}) => ({
  cron,
  slotMinutes: 10,
  calendar: "everyday" as const,
  ...more,
});
const festival = { name: "春节", from: "2018-02-15", until: "2018-02-21", plays: false };

describe("a rule in words", () => {
  test.each<[ReturnType<typeof rule>, string, string]>([
    [
      rule("0 8 1-7,10-12 * *"),
      "每月 1–7、10–12 日 08:00，播 10 分钟 · 优先级 5",
      "on days 1–7, 10–12 of the month, at 08:00, for 10 min · priority 5",
    ],
    [
      rule("0,30 8-17 * * *", { calendar: "workday" }),
      "工作日 8–17 时每 30 分钟，播 10 分钟 · 优先级 5",
      "working days, hours 8–17, every 30 min, for 10 min · priority 5",
    ],
    [rule("*/5 * * * *"), "每天全天 · 优先级 5", "every day, all day · priority 5"],
    [
      rule("*/30 * * * *"),
      "每天 每 30 分钟，播 10 分钟 · 优先级 5",
      "every day, every 30 min, for 10 min · priority 5",
    ],
    [
      rule("15 * * 1-3,12 *", { calendar: "restday" }),
      "1–3、12 月的休息日 每小时第 15 分，播 10 分钟 · 优先级 5",
      "rest days, in Jan–Mar, Dec, every hour at minute 15, for 10 min · priority 5",
    ],
    [rule("0 9 * * 1,3"), "每周一、周三 09:00，播 10 分钟 · 优先级 5", "Mon, Wed, at 09:00, for 10 min · priority 5"],
    [
      rule("0 8 * * *", { slotMinutes: 600 }),
      "每天 08:00\uff0c播 10 小时 · 优先级 5",
      "every day, at 08:00, for 10 h · priority 5",
    ],
    [
      rule("0 8 * * *", { slotMinutes: 150 }),
      "每天 08:00\uff0c播 2 小时 30 分 · 优先级 5",
      "every day, at 08:00, for 2 h 30 min · priority 5",
    ],
    [
      rule("0 9 13 * 5", { pinned: true }),
      "每月 13 日且逢周五 09:00，播 10 分钟 · 置顶 · 优先级 5",
      "on day 13 of the month, Fri, at 09:00, for 10 min · pinned · priority 5",
    ],
    [
      rule(null, { hours: { fromMinute: 1320, untilMinute: 120 }, weekdays: [0, 6] }),
      "每周六、周日 22:00–次日 02:00 · 优先级 5",
      "Sat, Sun, 22:00–02:00 of the next day · priority 5",
    ],
    [
      rule("0 7-19 * * *", {
        hours: { fromMinute: 480, untilMinute: 720 },
        weekdays: [1, 2, 3, 4, 5],
        exceptions: [festival],
      }),
      "每周一至周五 7–19 时第 0 分，播 10 分钟，只在 08:00–12:00，春节（2018-02-15 至 2018-02-21）不播 · 优先级 5",
      'Mon–Fri, hours 7–19, at minute 0, for 10 min, only 08:00–12:00, not on "春节" (2018-02-15 to 2018-02-21) · priority 5',
    ],
    [
      rule(null, { exceptions: Array.from({ length: 5 }, () => ({ ...festival, until: festival.from, plays: true })) }),
      "每天全天，春节（2018-02-15）照播，春节（2018-02-15）照播，春节（2018-02-15）照播，另有 2 项例外 · 优先级 5",
      'every day, all day, also on "春节" (2018-02-15), also on "春节" (2018-02-15), also on "春节" (2018-02-15), and 2 more exceptions · priority 5',
    ],
  ])("%j", (one, zh, en) => {
    expect(ruleSentence(one, 5)).toEqual({ zh, en });
  });

  test("the default picture is what it is, and what cannot be read is shown as it was written", () => {
    expect(ruleSentence(rule(null), 10).zh).toBe("待机画面：节目之间显示");
    expect(ruleSentence(rule("0 8 L * *"), 5).zh).toContain("0 8 L * *");
  });

  test("no rule of any kind shows its cron", () => {
    fc.assert(
      fc.property(richCases, ({ town }) => {
        for (const { rule: one, priority } of town.candidates) {
          const { zh, en } = ruleSentence(one, priority);
          if (one.cron !== null) expect([zh.includes(one.cron), en.includes(one.cron)]).toEqual([false, false]);
          expect(`${zh}${en}`).not.toMatch(/undefined|NaN|\*/);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a reason in words", () => {
  const until = Date.UTC(2017, 10, 6, 23);
  test.each<[Reason, string]>([
    [{ code: "quiet", shows: "default", until }, "静屏时段，只放待机画面，到 2017-11-07 07:00"],
    [{ code: "quiet", shows: "nothing", until, atLeast: true }, "静屏时段\uff0c黑屏\uff0c2017-11-07 07:00 之前不会变"],
    [
      { code: "outranked", by: "N05", priority: 5, pinned: true, until },
      "让位给置顶的 N05（同为优先级 5），到 2017-11-07 07:00",
    ],
    [{ code: "exception", name: "春节", next: until }, "春节：不播，下次 2017-11-07 07:00"],
    [
      { code: "outside-hours", fromMinute: 480, untilMinute: 720, next: until },
      "只在 08:00–12:00 播出，下次 2017-11-07 07:00",
    ],
    [{ code: "wrong-weekday", weekdays: [1, 2, 3], next: null }, "只在周一至周三播出，近期不再播出"],
    [{ code: "between-slots", next: null, unknownYear: 2098 }, "不在播放时段，没有 2098 年的放假安排，不知道下次"],
    [{ code: "blocked", why: "category" }, "这块屏不播这一类信息"],
  ])("%j", (reason, zh) => {
    expect(reasonSentence(reason, "Asia/Shanghai").zh).toBe(zh);
  });
});
