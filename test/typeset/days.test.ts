/** What changes from day to day: 农历 beside a clock, working days in a countdown. Every page is one of its window's days. */
import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/message/index.ts";
import type { DisplayKind } from "../../src/notices/types.ts";
import { lunarDayOf, lunarWords } from "../../src/time/lunar.ts";
import { dayNumberAt } from "../../src/time/zone.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { instant, request, zone } from "./samples.ts";

const board: Shape = { width: 384, height: 192, colour: "rgb" };
const dayMs = 86_400_000;

function asked(displayKind: DisplayKind, body: string, from: string, until: string, shape = board): TypesetRequest {
  const made = request(shape, { displayKind, title: "日期", body });
  return { ...made, window: { from: instant(from), until: instant(until) } };
}

function pagesOf(wanted: TypesetRequest) {
  const result = typeset(wanted);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.message.pages.map(({ window, step, fields }, index) => ({
    window,
    step,
    fields: fields.length,
    text: result.facts[index]?.lines.join("/"),
  }));
}

describe("a clock with lunar dates", () => {
  const body = "{{date:M月D日}} {{time:HH:mm}} 农历{{lunarYear}}{{lunar}}";

  it("has a page for each day of its window, changing at the office's midnight", () => {
    const pages = pagesOf(asked("clock", body, "2017-02-10T08:00", "2017-03-01T18:00"));
    expect(pages).toHaveLength(20);
    for (const [index, { window, text, fields, step }] of pages.entries()) {
      const from = instant("2017-02-10T00:00") + index * dayMs;
      expect(window).toEqual({ from, until: from + dayMs });
      expect([step, fields]).toEqual([0, 1]);
      const lunar = lunarDayOf(dayNumberAt(zone, from));
      expect(text?.replaceAll("/", "")).toContain(lunar && `农历丁酉鸡年${lunarWords(lunar)}`);
    }
  });

  it("keeps its lines where they are through a leap month", () => {
    const pages = pagesOf(asked("clock", body, "2017-07-15T00:00", "2017-08-25T00:00"));
    expect(pages.some(({ text }) => text?.includes("闰六月初一"))).toBe(true);
    const breaks = new Set(
      pages.map(({ text }) =>
        text
          ?.split("/")
          .map((line) => line.slice(0, 2))
          .join(),
      ),
    );
    expect(breaks.size).toBe(1);
  });

  it("is off unless written: one page, no window", () => {
    expect(pagesOf(asked("clock", "{{date:M月D日}} {{time:HH:mm}}", "2017-02-10T08:00", "2018-02-10T08:00"))).toEqual([
      expect.objectContaining({ window: null, fields: 1 }),
    ]);
  });

  it("takes as many pages as a small panel needs, each with every day", () => {
    const pages = pagesOf(
      asked(
        "clock",
        "{{date:M月D日}} 星期{{weekday}} {{time:HH:mm}} 农历 {{lunar}}",
        "2017-02-10T00:00",
        "2017-02-12T00:00",
        {
          width: 96,
          height: 16,
          colour: "mono",
        },
      ),
    );
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.map(({ step }) => step)).toEqual(pages.map((_, index) => Math.floor(index / 2)));
  });

  it.each([
    ["more days than a message has pages", body, "2017-01-01T00:00", "2019-01-01T00:00", /最多排 400 天/],
    ["days beyond the lunar table", body, "2099-12-30T00:00", "2100-01-03T00:00", /2099/],
    ["a name that no clock knows", "{{moon}}", "2017-01-01T00:00", "2017-01-03T00:00", /不认识 \{\{moon\}\}/],
  ])("is refused for %s", (_, text, from, until, said) => {
    expect(typeset(asked("clock", text, from, until))).toMatchObject({
      ok: false,
      faults: [{ code: "notice/does-not-fit", detail: { zh: expect.stringMatching(said) } }],
    });
  });
});

describe("a countdown in working days", () => {
  const body = "距缴费截止还有{{daysTo:2017-10-11}}天、{{workdaysTo:2017-10-11}}个工作日";

  it("counts by the State Council's calendar, across the eight days of October 2017", () => {
    const pages = pagesOf(asked("countdown", body, "2017-09-29T08:00", "2017-10-12T00:00"));
    const shown = pages.map(({ text }) => text?.replaceAll("/", ""));
    // 30 September is worked, 1–8 October are off: left are 30 September, 9, 10 and 11 October.
    expect(shown[0]).toBe("距缴费截止还有12天、4个工作日");
    expect(shown[1]).toBe("距缴费截止还有11天、3个工作日");
    expect(shown[9]).toBe("距缴费截止还有3天、3个工作日");
    expect(shown[11]).toBe("距缴费截止还有1天、1个工作日");
    expect(shown[12]).toBe("今日缴费截止");
    expect(shown).toHaveLength(13);
  });

  it.each([
    ["距开工还有{{daysTo:2017-03-12}}天 联系电话8812345", "标题", "今日开工 联系电话8812345"],
    ["距开工还有{{daysTo:2017-03-12}}天\uff0c请做好准备", "标题", "今日开工\uff0c请做好准备"],
    ["全镇动员\uff01距离开工仅剩{{daysTo:2017-03-12}}天\uff01", "标题", "全镇动员\uff01今日开工\uff01"],
    ["还有{{daysTo:2017-03-12}}天就要放假了", "标题", "今日放假了"],
    ["联系电话8812345 还有{{daysTo:2017-03-12}}天开工", "标题", "联系电话8812345 今日开工"],
    ["还有{{daysTo:2017-03-12}}天", "开工倒计时", "今日开工"],
    ["开工倒计时\uff1a{{daysTo:2017-03-12}}天", "开工倒计时", "今日开工"],
    ["开工倒计时{{daysTo:2017-03-12}}天", "", "今日开工"],
    ["还有{{daysTo:2017-03-12}}天", "", "就在今日"],
    ["{{ daysTo: 2017-03-12 }} days", "开工", "今日开工"],
  ])("%s, called %s, says on the day: %s", (text, title, said) => {
    const wanted = asked("countdown", text, "2017-03-12T00:00", "2017-03-13T00:00");
    const [page] = pagesOf({ ...wanted, content: { ...wanted.content, title } });
    expect(page?.text?.replace(/[/ ]/g, "")).toBe(said.replaceAll(" ", ""));
  });

  it("follows the installation's own calendar", () => {
    const wanted = asked("countdown", body, "2017-09-29T08:00", "2017-10-12T00:00");
    const [first] = pagesOf({ ...wanted, calendar: { kind: "none", overrides: [] } });
    expect(first?.text?.replaceAll("/", "")).toBe("距缴费截止还有12天、12个工作日");
  });

  it("does not guess a year that the calendar does not have", () => {
    const far = body.replaceAll("2017-10-11", "2031-01-05");
    expect(typeset(asked("countdown", far, "2030-12-20T00:00", "2031-01-05T00:00"))).toMatchObject({
      ok: false,
      faults: [{ code: "calendar/unknown", year: 2030 }],
    });
  });

  it("counts to one day only", () => {
    const two = "距甲还有{{daysTo:2017-10-11}}天,距乙还有{{daysTo:2017-10-12}}天";
    expect(typeset(asked("countdown", two, "2017-10-01T00:00", "2017-10-10T00:00"))).toMatchObject({
      ok: false,
      faults: [{ detail: { zh: expect.stringMatching(/一个日子/) } }],
    });
  });
});
