/** Playlist, timeline and outlook of boards that are dark or in maintenance: now, then, and in the days to come. */
import { afterEach, expect, test } from "vitest";
import type { OfficeParts } from "../../src/daemon/office.ts";
import { playlistView } from "../../src/daemon/playlist-view.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { record } from "../store/small-office.ts";
import { at, type OutlookOfficeHere, openOutlook } from "./outlook-office.ts";

let here: OutlookOfficeHere;
afterEach(() => here.close());

const who = { by: "x", name: "张三" };
const all = { cron: "* * * * *", slotMinutes: 1, calendar: "everyday", tz: "Asia/Shanghai" };
const month = { from: "2017-11-06T07:00", until: "2017-12-06T07:00", rotation: all };
const from = at("2017-11-06T09:00");

async function darken(civil: string): Promise<void> {
  here.set(civil);
  await here.desk.store.change("x", (tx) =>
    tx.boards.darken({ board: "B1", since: at(civil), reason: "漏水", ...who }),
  );
}

async function resume(civil: string): Promise<void> {
  here.set(civil);
  await here.desk.store.change("x", (tx) => tx.boards.resume("B1", who, "修好", at(civil)));
}

async function maintain(civil: string, until: string): Promise<void> {
  here.set(civil);
  const state = { board: "B1", pattern: "label", since: at(civil), until: at(until), reason: "换模组", ...who };
  await here.desk.store.change("x", (tx) => tx.boards.maintain(state));
}

/** "09:00-10:00 dark a". */
async function timeline(first = from, last = at("2017-11-06T12:00")) {
  for await (const { board, intervals, suspensions } of here.api.timeline(first, last))
    if (board === "B1")
      return {
        suspensions,
        lines: intervals.map(({ start, end, suspended, notices }) => {
          const clock = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(11, 16);
          return `${clock(start)}-${clock(end)} ${suspended ?? "on"} ${notices.join("+")}`;
        }),
      };
  throw new Error("no B1");
}

function playlist(first: number, last = first + 3_600_000) {
  const { site, calendar, book } = here.desk;
  const [board] = site.boards;
  if (!board) throw new Error("no board");
  const programmes = new Programmes(site, calendar, book, null as never);
  return playlistView({ ...here.desk, programmes } as unknown as OfficeParts, board, first, last);
}

test("a dark board stays dark in its timeline until a person resumes it, and says what would be on", async () => {
  here = await openOutlook([record("a", month)]);
  await darken("2017-11-06T09:30");
  const dark = await timeline();
  expect(dark.lines).toEqual(["09:00-09:30 on a", "09:30-12:00 dark a"]);
  expect(dark.suspensions).toEqual([
    {
      ...{ kind: "dark", from: at("2017-11-06T09:30"), until: null, by: "张三", reason: "漏水" },
      sentence: {
        zh: "紧急关屏\uff1a2017-11-06 09:30:00 起黑屏\uff08张三\uff1a漏水\uff09\uff0c到有人恢复为止",
        en: "switched dark since 2017-11-06 09:30:00 (张三: 漏水), until a person resumes it",
      },
    },
  ]);
  // Days to come are no lighter.
  expect((await timeline(at("2017-11-20T09:00"), at("2017-11-20T10:00"))).lines).toEqual(["09:00-10:00 dark a"]);
  const { boards } = await here.api.outlook(3, false);
  expect(boards.map(({ board, suspensions }) => [board, suspensions.map(({ kind }) => kind)])).toEqual([
    ["B1", ["dark"]],
    ["B2", []],
  ]);
  await resume("2017-11-06T10:00");
  const lit = await timeline();
  expect(lit.lines).toEqual(["09:00-09:30 on a", "09:30-10:00 dark a", "10:00-12:00 on a"]);
  expect(lit.suspensions).toMatchObject([{ until: at("2017-11-06T10:00") }]);
  expect((await here.api.outlook(3, false)).boards[0]?.suspensions).toEqual([]);
});

test("pressed twice it is one darkness, from the first press on", async () => {
  here = await openOutlook([record("a", month)]);
  await darken("2017-11-06T09:10");
  await darken("2017-11-06T09:20");
  await resume("2017-11-06T09:30");
  expect((await timeline()).lines).toEqual(["09:00-09:10 on a", "09:10-09:30 dark a", "09:30-12:00 on a"]);
});

test("maintenance has its end, a person's, or a warning's; dark is above it", async () => {
  const warning = record("w", { ...month, priority: 0, from: "2017-11-06T11:00", until: "2017-11-06T11:30" });
  here = await openOutlook([record("a", month), warning]);
  await maintain("2017-11-06T09:00", "2017-11-06T09:40");
  expect((await timeline()).lines).toEqual([
    ...["09:00-09:40 maintenance a", "09:40-11:00 on a", "11:00-11:30 on w", "11:30-12:00 on a"],
  ]);
  here.set("2017-11-06T09:10");
  await here.desk.store.change("x", (tx) => tx.boards.endMaintenance("B1", who, "person", at("2017-11-06T09:10")));
  expect((await timeline()).lines.slice(0, 2)).toEqual(["09:00-09:10 maintenance a", "09:10-11:00 on a"]);
  await maintain("2017-11-06T10:50", "2017-11-06T11:20");
  expect((await timeline()).lines.slice(1, 4)).toEqual([
    ...["09:10-10:50 on a", "10:50-11:00 maintenance a", "11:00-11:30 on w"],
  ]);
  await darken("2017-11-06T10:55");
  expect((await timeline()).lines.slice(2)).toEqual([
    ...["10:50-10:55 maintenance a", "10:55-11:00 dark a", "11:00-11:30 dark w", "11:30-12:00 dark a"],
  ]);
});

test("a playlist says so, then and now; what is over, or not signed, has its own reason", async () => {
  const over = record("over", { ...month, until: "2017-11-06T08:30" });
  here = await openOutlook([record("a", month), over], [record("draft", month)]);
  await darken("2017-11-06T09:30");
  const now = await playlist(at("2017-11-06T09:30"));
  expect(now.intervals.map(({ suspended, notices }) => [suspended, ...notices])).toEqual([["dark", "a"]]);
  const codes = ({ reasons }: typeof now) =>
    Object.fromEntries(reasons.map(({ notice, suspended, reason }) => [notice, suspended ?? reason.code]));
  expect(codes(now)).toMatchObject({ a: "dark", over: "after", draft: "blocked" });
  expect(now.reasons.find(({ notice }) => notice === "a")?.sentence.zh).toMatch(
    /^紧急关屏\uff1a2017-11-06 09:30:00 起黑屏.*到有人恢复为止\uff1b按安排\uff1a正在播出/,
  );
  await resume("2017-11-06T10:00");
  const then = await playlist(at("2017-11-06T09:00"), at("2017-11-06T11:00"));
  expect(then.intervals.map(({ suspended }) => suspended)).toEqual([null, "dark", null]);
  expect(codes(then)).toMatchObject({ a: "shown" });
  expect(codes(await playlist(at("2017-11-06T09:59")))).toMatchObject({ a: "dark" });
  expect(codes(await playlist(at("2017-11-06T10:00")))).toMatchObject({ a: "shown" });
});

test("what only the running daemon knows counts: a full disk keeps no board dark in memory out of its timeline", async () => {
  here = await openOutlook([record("a", month)]);
  const { outlookOffice } = await import("../../src/daemon/outlook.ts");
  const dark = { since: at("2017-11-06T07:20"), by: "张三", reason: "漏水" };
  const api = outlookOffice({
    ...{ ...here.desk, run: () => null },
    above: () => ({ dark, maintenance: null, reports: [] }),
  });
  expect((await api.outlook(1, false)).boards[0]?.suspensions).toMatchObject([{ kind: "dark", from: dark.since }]);
});
