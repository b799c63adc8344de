/** The years of the calendar while the boards run: imported, on record, told of weeks before one lacks; and what is overdue. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nobody } from "../../src/people/index.ts";
import { importedIn } from "../../src/daemon/calendar.ts";
import { calendarFaults } from "../../src/daemon/calendar-watch.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { at, record, scratch } from "../store/small-office.ts";
import { openPeriodsOffice, type PeriodsOffice, posted, site } from "./periods-office.ts";

const admin = { ...nobody, account: "adm", name: "管" };
const days = (year: number, more: readonly string[] = []) => [`${year}-01-01`, ...more];
const year = (number: number, more: readonly string[] = []) => ({
  year: number,
  source: "国办发明电",
  restDays: days(number, more),
  workingWeekends: [],
});
/** The calendar of 2098 and nothing after it: the program's years end before. */
const file = { kind: "state-council", overrides: [year(2098)] } as const;

let place: ReturnType<typeof scratch>;
let office: PeriodsOffice;
const open = async (now: string, differences: Parameters<typeof openPeriodsOffice>[2] = {}) => {
  office = await openPeriodsOffice(place.folder, now, { calendar: file, ...differences });
};
beforeEach(() => {
  place = scratch();
});
afterEach(async () => {
  await office.store.close();
  place.remove();
});
const faults = async (board = "B1") => {
  await office.watch.look();
  return office.watch.faults(board).map(({ fault }) => fault);
};
const slogan = (id: string, calendar: string, from: string, until: string) =>
  record(id, {
    ...{ from, until, rotation: { cron: "0 9 * * *", slotMinutes: 60, calendar, tz: "Asia/Shanghai" } },
    review: { state: "approved", signerId: "P03", signedAt: "2017-09-26T17:00" },
  });

describe("an imported year", () => {
  test("counts from now on, before the installation file's; what counted before is on record", async () => {
    await open("2098-11-01T08:00");
    const calendar = office.calendarOffice();
    expect((await calendar.years()).map((one) => [one.year, one.from])).toEqual([
      [2098, "file"],
      [2099, "unknown"],
    ]);
    await calendar.put(admin, year(2099));
    await calendar.put(admin, year(2098, ["2098-10-01"]));
    expect((await calendar.years()).map((one) => [one.year, one.from])).toEqual([
      [2098, "imported"],
      [2099, "imported"],
    ]);
    expect(office.calendar.kind(dayNumberOf("2098-10-01") ?? 0)).toBe("restday");
    const rows = await office.rows("calendar/changed");
    expect(rows.map(({ by, subject, data }) => [by, subject, data])).toEqual([
      [
        "adm",
        "2099",
        {
          name: "管",
          before: { from: "unknown", source: "", restDays: [], workingWeekends: [] },
          after: { from: "imported", source: "国办发明电", restDays: ["2099-01-01"], workingWeekends: [] },
        },
      ],
      [
        "adm",
        "2098",
        {
          name: "管",
          before: { from: "file", source: "国办发明电", restDays: ["2098-01-01"], workingWeekends: [] },
          after: {
            from: "imported",
            source: "国办发明电",
            restDays: ["2098-01-01", "2098-10-01"],
            workingWeekends: [],
          },
        },
      ],
    ]);
    await office.store.close();
    await open("2098-11-02T08:00");
    expect(office.calendar.covers(2099)).toBe(true);
    // As another process asks that has opened nothing.
    expect((await importedIn(place.folder)).map((one) => one.year)).toEqual([2098, 2099]);
    expect(await importedIn(`${place.folder}/none`)).toEqual([]);
  });

  test("moves a board's day at once, though that day was looked at before", async () => {
    await open("2098-11-01T08:00");
    await office.add(slogan("S", "workday", "2098-01-01T00:00", "2099-12-31T00:00"));
    const [board] = office.site.boards;
    const nine = at("2098-11-04T09:30");
    expect(await office.programmes.noticesAt(board as never, nine)).toEqual(["S"]);
    await office.calendarOffice().put(admin, year(2098, ["2098-11-04"]));
    expect(await office.programmes.noticesAt(board as never, nine)).toEqual([]);
  });

  test("of the program is told with its weekdays off and its weekends worked", async () => {
    await open("2017-11-01T08:00", { calendar: { kind: "state-council", overrides: [] } });
    expect(await office.calendarOffice().year(2017)).toMatchObject({
      from: "program",
      restDays: expect.arrayContaining(["2017-10-02", "2017-10-06"]),
      workingWeekends: expect.arrayContaining(["2017-09-30"]),
    });
  });

  test("by another process is seen when it is read again", async () => {
    await open("2098-11-01T08:00");
    await office.store.change("adm", async (tx) => {
      await tx.settings.set("calendar.years", JSON.stringify([year(2099)]));
      await tx.record({ action: "calendar/changed", subject: "2099", data: {} });
    });
    expect(office.calendar.covers(2099)).toBe(false);
    await office.reload();
    expect(office.calendar.covers(2099)).toBe(true);
  });
});

describe("a year that will lack", () => {
  const workdays = {
    boards: site.boards.map((one) => ({ ...one, hours: { ...one.hours, days: "workday" as const } })),
  };

  test.each<[string, readonly object[]]>([
    ["2098-11-16T08:00", []],
    ["2098-11-17T08:00", [{ code: "calendar/ending", year: 2099, days: 45 }]],
    ["2098-12-31T23:59", [{ code: "calendar/ending", year: 2099, days: 1 }]],
    ["2099-01-01T00:00", [{ code: "calendar/unknown", year: 2099 }]],
  ])("board hours by the calendar: at %s", async (now, told) => {
    await open(now, workdays);
    expect(await faults()).toEqual(told);
  });

  test("is silent again once it is imported, and says so", async () => {
    await open("2098-12-01T08:00", workdays);
    expect(await faults()).toHaveLength(1);
    const { changes } = office.told;
    expect(office.watch.due(office.time.now)).toBe(false);
    await office.calendarOffice().put(admin, year(2099));
    expect(office.watch.due(office.time.now)).toBe(true);
    expect(await faults()).toEqual([]);
    expect(office.told.changes).toBe(changes + 1);
  });

  test("a rule asks about its own days: from 45 days before the first of them", async () => {
    await open("2098-12-01T08:00");
    await office.add(
      slogan("S", "restday", "2099-01-10T00:00", "2099-02-01T00:00"),
      slogan("E", "everyday", "2098-01-01T00:00", "2099-12-01T00:00"),
    );
    expect(await faults()).toEqual([{ code: "calendar/ending", year: 2099, days: 40 }]);
    office.time.now = at("2098-11-25T08:00");
    expect(await faults()).toEqual([]);
  });

  test("one that ends in the year does not ask", async () => {
    await open("2098-12-20T08:00");
    await office.add(slogan("S", "workday", "2098-01-01T00:00", "2099-01-01T00:00"));
    expect(await faults()).toEqual([]);
  });

  test("deadlines, and periods in working days, ask as well; a board without any does not", async () => {
    await open("2098-12-01T08:00");
    const every = { rotation: { cron: "0 0 * * *", slotMinutes: 1440, calendar: "everyday", tz: "Asia/Shanghai" } };
    await office.add(posted("P", "2098-11-01T00:00", "2098-12-31T18:00", { ...every, formedOn: "2098-11-28" }));
    expect(await faults()).toMatchObject([{ code: "calendar/ending", days: 31 }]);
    expect(await faults("B2")).toEqual([]);
  });

  test("where there is no calendar nothing lacks, and every day is a working day", async () => {
    await open("2099-06-01T08:00", { ...workdays, calendar: { kind: "none", overrides: [] } });
    await office.add(slogan("S", "workday", "2098-01-01T00:00", "2099-12-31T00:00"));
    expect(await faults()).toEqual([]);
    const [board] = office.site.boards;
    expect(await office.programmes.noticesAt(board as never, at("2099-06-06T09:30"))).toEqual(["S"]);
  });

  test("what is asked twice is told once, of each year; years that are past are told of no more", () => {
    const day = (date: string) => dayNumberOf(date) ?? Number.NaN;
    const calendar = workCalendar(file);
    const asked = [
      { first: day("2090-01-01"), last: day("2120-01-01") },
      { first: day("2098-12-20"), last: day("2099-01-20") },
    ];
    expect(calendarFaults(asked, day("2098-12-20"), calendar)).toEqual([
      { code: "calendar/ending", year: 2099, days: 12 },
    ]);
    expect(calendarFaults(asked, day("2099-12-20"), calendar)).toEqual([
      { code: "calendar/unknown", year: 2099 },
      { code: "calendar/ending", year: 2100, days: 12 },
    ]);
  });
});

describe("what is overdue (R01, R27)", () => {
  const packaged = { calendar: { kind: "state-council", overrides: [] } } as const;
  const promises = { disclosure: [{ from: "2017-01-01", workingDays: 15, source: "承诺" }] };
  const late = (from: string, signedAt: string, more = {}) =>
    posted("N04", from, "2017-12-31T18:00", {
      publicity: undefined,
      review: { state: "approved", signerId: "P03", signedAt },
      ...more,
    });

  test("formed on 26 September it is due on 23 October; from the day after it is told, until it is on a board", async () => {
    await open("2017-10-23T12:00", { ...packaged, ...promises });
    await office.add(late("2017-11-01T08:00", "2017-10-20T08:00"));
    expect(await faults()).toEqual([]);
    office.time.now = at("2017-10-24T00:00");
    expect(await faults()).toEqual([{ code: "notice/overdue", notice: "N04", dueOn: "2017-10-23", days: 1 }]);
    office.time.now = at("2017-11-01T00:00");
    expect(await faults()).toEqual([]);
  });

  test("by the law alone a week later", async () => {
    await open("2017-10-25T12:00", packaged);
    await office.add(late("2017-11-10T08:00", "2017-10-20T08:00"));
    expect(await faults()).toEqual([]);
    office.time.now = at("2017-10-31T00:00");
    expect(await faults()).toMatchObject([{ code: "notice/overdue", dueOn: "2017-10-30", days: 1 }]);
  });

  test("not signed it is shown on no day; withdrawn, or of no deadline, it is not late", async () => {
    await open("2017-10-25T12:00", { ...packaged, ...promises });
    await office.add(late("2017-10-01T08:00", "", { review: { state: "draft" } }));
    await office.add(late("2017-11-01T08:00", "2017-10-20T08:00", { id: "P", track: "党务", fiveOpen: null }));
    expect(await faults()).toMatchObject([{ notice: "N04" }]);
    await office.store.notices.withdraw("N04", office.time.now, "有误");
    await office.book.reload();
    expect(await faults()).toEqual([]);
  });
});
