/** 播放安排 from a real database: days of the calendar, hours, notices with their limits, and the next starts of rules. */
import { afterEach, expect, test } from "vitest";
import { scheduleOffice } from "../../src/daemon/schedule.ts";
import { nextStarts } from "../../src/playlist/index.ts";
import { changingCalendar, workCalendar } from "../../src/time/calendar.ts";
import { record } from "../store/small-office.ts";
import { at, type OutlookOfficeHere, openOutlook } from "./outlook-office.ts";

let here: OutlookOfficeHere;
afterEach(() => here.close());

/** As `here`, by the State Council's calendar. */
function withHolidays() {
  const config = { kind: "state-council" as const, overrides: [] };
  const parts = { ...here.desk, site: { ...here.desk.site, calendar: config }, calendar: changingCalendar(config) };
  return scheduleOffice(parts, () => Promise.reject(new Error("no board is asked about")));
}

const month = { from: "2017-11-06T07:00", until: "2017-12-06T07:00" };
const hourly = { cron: "0 8-17 * * *", slotMinutes: 5, calendar: "workday" as const };
const schedule = { boards: ["B1"], ...hourly, from: at("2017-09-29T16:30"), until: at("2017-10-20T00:00") };

test("a week of two boards: what each shows, the rule and the signed limits of each notice, drafts not", async () => {
  here = await openOutlook(
    [record("a", month), record("b", { ...month, boards: ["B1", "B2"] })],
    [record("draft", month)],
  );
  const view = await here.api.schedule(["B2", "B1"], at("2017-11-06T00:00"), at("2017-11-13T00:00"));
  expect(view.boards.map(({ board, notices }) => [board, notices])).toEqual([
    ["B2", ["b"]],
    ["B1", ["a", "b"]],
  ]);
  expect(view.days.map(({ kind }) => kind)).toEqual(Array(7).fill("workday"));
  const [one] = view.notices.filter(({ notice }) => notice === "b");
  expect(one).toMatchObject({ envelope: { boards: ["B1", "B2"] }, schedule: { from: at(month.from) } });
  expect(one?.said.zh).toContain("08:00");
  const [board] = view.boards;
  expect(board?.open[0]?.from).toBeLessThanOrEqual(at("2017-11-06T09:00"));
  expect(board?.intervals.at(-1)?.end).toBe(at("2017-11-13T00:00"));
});

test("what was withdrawn is over then", async () => {
  here = await openOutlook([record("a", month)]);
  await here.desk.store.notices.withdraw("a", at("2017-11-08T09:00"));
  await here.desk.book.reload();
  const { notices } = await here.api.schedule(["B1"], at("2017-11-06T00:00"), at("2017-11-13T00:00"));
  expect(notices.map(({ schedule }) => schedule.until)).toEqual([at("2017-11-08T09:00")]);
  const later = await here.api.schedule(["B1"], at("2017-11-09T00:00"), at("2017-11-13T00:00"));
  expect(later.notices).toEqual([]);
});

test("holidays and the days worked for them are named; a year without a calendar is not guessed at", async () => {
  here = await openOutlook([]);
  const api = withHolidays();
  const { days } = await api.schedule([], at("2017-09-30T00:00"), at("2017-10-03T00:00"));
  expect(days).toEqual([
    { date: "2017-09-30", kind: "workday", special: "make-up", name: { zh: "国庆节", en: "National Day" } },
    { date: "2017-10-01", kind: "restday", special: null, name: { zh: "国庆节", en: "National Day" } },
    { date: "2017-10-02", kind: "restday", special: "off", name: { zh: "国庆节", en: "National Day" } },
  ]);
  const later = await api.schedule([], at("2044-01-04T00:00"), at("2044-01-05T00:00"));
  expect(later.days).toEqual([{ date: "2044-01-04", kind: null, special: null, name: null }]);
});

test("the next ten starts are the playlist's own, and the days left out are said", async () => {
  here = await openOutlook([]);
  const { zone } = here.desk.site;
  const api = withHolidays();
  const told = await api.nextStarts(schedule, at("2017-09-01T00:00"), 12);
  const own = nextStarts(
    schedule,
    schedule.from - 1,
    12,
    zone,
    workCalendar({ kind: "state-council", overrides: [] }),
    schedule.until,
  );
  expect(told.starts).toEqual(own);
  expect(told.starts.slice(0, 2)).toEqual([at("2017-09-29T17:00"), at("2017-09-30T08:00")]);
  expect(told.skipped.map(({ date, name }) => `${date.slice(5)} ${name?.zh}`)).toEqual([
    ...["10-01 国庆节", "10-02 国庆节", "10-03 国庆节", "10-04 中秋"],
    ...["10-05 国庆节", "10-06 国庆节", "10-07 国庆节", "10-08 国庆节"],
  ]);
  const exceptions = [{ name: "盘点", from: "2017-10-09", until: "2017-10-09", plays: false }];
  const without = await api.nextStarts({ ...schedule, exceptions }, at("2017-10-08T00:00"), 1);
  expect(without.skipped.at(-1)).toMatchObject({ date: "2017-10-09", exception: "盘点" });
  expect((await api.nextStarts(schedule, schedule.until, 10)).starts).toEqual([]);
  await expect(api.nextStarts({ ...schedule, cron: "61 8 * * *" }, 0, 1)).rejects.toMatchObject({
    fault: { code: "review/field", field: "schedule.cron" },
  });
  const far = { ...schedule, from: at("2044-01-04T00:00"), until: at("2044-02-01T00:00") };
  expect(await api.nextStarts(far, far.from, 1)).toMatchObject({ starts: [], unknownYear: 2044 });
});
