/** Rosters: each day has exactly one page, with that day's names and no other day's, whatever the zone and the panel. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageMs, type Shape } from "../../src/message/index.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { rosterOf } from "../../src/typeset/templates/roster-days.ts";
import { dateOf, dayNumberOf } from "../../src/time/days.ts";
import { dateAt, dayNumberAt, instantOf } from "../../src/time/zone.ts";
import { Reader, type SetOk } from "./reader.ts";
import { instant, request, sampleContent, sampleRequest, sampleShapes } from "./samples.ts";

function set(asked: TypesetRequest): SetOk {
  const result = typeset(asked);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** The steps of a message: of each, its pages' indexes. */
function stepsOf({ message }: SetOk): number[][] {
  const steps: number[][] = [];
  for (const [index, { step }] of message.pages.entries()) {
    steps[step] ??= [];
    steps[step].push(index);
  }
  return steps;
}

const small: readonly Shape[] = [
  ...sampleShapes.filter(({ width }) => width < 1000),
  { width: 64, height: 32, colour: "rgb" },
  { width: 80, height: 16, colour: "mono" },
];
const day = (date: string) => dayNumberOf(date) as number;

describe.each(small)("N16 on $width x $height $colour", (shape) => {
  const asked = sampleRequest("N16", shape);
  const made = set(asked);
  const { pages } = made.message;

  it("has one page for each of its nine days in each step that has days, all equally long", () => {
    const dated = stepsOf(made).filter(([first = 0]) => pages[first]?.window != null);
    expect(dated.length).toBeGreaterThan(0);
    for (const step of dated) {
      const days = step.map((index) => pages[index]?.window);
      expect(days.map((window) => window && dateAt(asked.zone, window.from))).toEqual([
        "2017-09-30",
        ...Array.from({ length: 8 }, (_, index) => `2017-10-0${index + 1}`),
      ]);
      for (const [index, window] of days.entries()) expect(window?.until).toBe(days[index + 1]?.from ?? window?.until);
      expect(new Set(step.map((index) => pageMs(pages[index] as (typeof pages)[number]))).size).toBe(1);
    }
    for (const step of stepsOf(made)) expect([1, 9]).toContain(step.length);
  });

  it("shows on every day its own two people, in pixels", () => {
    const reader = new Reader(
      `${sampleContent("N16").title}${sampleContent("N16").body}青石港办事处今日明无值班安排周星期一二三四五六年`,
    );
    const texts = reader.pages(made);
    const records = sampleContent("N16")
      .body.split("\n")
      .slice(1, 9)
      .map((line) => line.split("|"));
    for (const [index, [date = "", leader = "", staff = ""]] of records.entries()) {
      const at = instantOf(asked.zone, day("2017-10-01") + index, 9 * 60);
      const seen = pages
        .map(({ window }, page) => ({ window, text: (texts[page] ?? "").replaceAll("/", "") }))
        .filter(({ window }) => window === null || (window.from <= at && at < window.until))
        .map(({ text }) => text)
        .join("");
      expect(seen).toContain(`今日${date}`);
      expect(seen).toContain(leader);
      expect(seen).toContain(staff.replace(/\s/g, ""));
      expect(seen).toContain("值班电话");
    }
  });
});

describe("a roster", () => {
  const shape: Shape = { width: 160, height: 80, colour: "mono" };
  const body = "日期|值班|电话\n2017-03-06|张三|1\n2017-03-07|李四|2";

  it("states a day without duty, and tells the signer of it and of rows that are never seen", () => {
    const asked = request(shape, { displayKind: "duty", body: `${body}\n2017-04-07|王五|3` });
    const window = { from: instant("2017-03-05T12:00"), until: instant("2017-03-08T00:00") };
    const made = set({ ...asked, window });
    expect(made.facts.map(({ lines }) => lines.join("")).find((text) => text.includes("无值班安排"))).toContain(
      "3月5日",
    );
    expect(made.warnings).toEqual([
      {
        zh: expect.stringMatching(/^值班表里 2017-04-07 不在播放的日子里/),
        en: expect.stringContaining("2017-04-07 fall outside"),
      },
      { zh: "播放的日子里 3月5日 没有值班安排", en: expect.stringContaining("2017-03-05") },
    ]);
  });

  it("without dates is a table, and so is one of more days than a message has pages", () => {
    const undated = set(request(shape, { displayKind: "duty", body: "组|姓名\n一组|张三\n二组|李四" }));
    expect(undated.message.pages.every(({ window }) => window === null)).toBe(true);
    const asked = request(shape, { displayKind: "duty", body });
    const years = set({ ...asked, window: { from: asked.window.from, until: instant("2019-03-01T00:00") } });
    expect(years.message.pages.every(({ window }) => window === null)).toBe(true);
  });

  it.each(["America/New_York", "Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Shanghai"])(
    "turns at the civil midnight of %s, days of 23 and 25 hours among them",
    (zone) => {
      const weekly = "日期|值班\n周一|甲\n周二|乙\n周三|丙\n周四|丁\n周五|戊\n周六|己\n周日|庚";
      const names = new Map([..."日一二三四五六"].map((name, index) => [index, "庚甲乙丙丁戊己"[index] ?? name]));
      fc.assert(
        fc.property(
          fc.integer({ min: Date.UTC(2016, 0), max: Date.UTC(2020, 0) }),
          fc.integer({ min: 1, max: 60 * 60 * 24 * 20 }),
          (from, seconds) => {
            const asked = { ...request(shape, { displayKind: "duty", title: "", body: weekly }), zone };
            const window = { from, until: from + seconds * 1000 };
            const { message, facts } = set({ ...asked, window });
            const first = message.pages.filter(
              ({ step, window }) => step === message.pages.find(({ window }) => window)?.step && window,
            );
            expect(first[0]?.window?.from).toBeLessThanOrEqual(from);
            expect(first[first.length - 1]?.window?.until).toBeGreaterThanOrEqual(window.until);
            for (const page of first) {
              const { from: begins, until: ends } = page.window as { from: number; until: number };
              const number = dayNumberAt(zone, begins);
              expect([dayNumberAt(zone, ends - 1), dayNumberAt(zone, ends)]).toEqual([number, number + 1]);
              const text = facts[message.pages.indexOf(page)]?.lines.join("") ?? "";
              expect(text).toContain(names.get(new Date(`${dateOf(number)}T00:00Z`).getUTCDay()) as string);
            }
          },
        ),
        { numRuns: 15 },
      );
    },
  );
});

describe("a row's date", () => {
  const shown = { first: day("2017-12-25"), last: day("2018-01-05") };
  const daysOf = (text: string) => {
    const roster = rosterOf(`日期|人\n${text}|甲\n2017-12-25|乙`, shown);
    if (!roster) return null;
    return Array.from({ length: 30 }, (_, index) => shown.first - 5 + index)
      .filter((one) => roster.rows[0]?.isOn(one))
      .map(dateOf);
  };

  it.each([
    ["2017-12-26", ["2017-12-26"]],
    ["2017年12月26日", ["2017-12-26"]],
    ["2017/12/26", ["2017-12-26"]],
    ["12月26日", ["2017-12-26"]],
    ["12月26日(周二)", ["2017-12-26"]],
    ["1月2日", ["2018-01-02"]],
    ["12月30日至1月1日", ["2017-12-30", "2017-12-31", "2018-01-01"]],
    ["12月26日-27日", ["2017-12-26", "2017-12-27"]],
    ["星期天", ["2017-12-24", "2017-12-31", "2018-01-07", "2018-01-14"]],
    ["第一组", null],
    ["13月1日", null],
    ["26日", null],
  ])("%s", (text, days) => expect(daysOf(text)).toEqual(days));
});
