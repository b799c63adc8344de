/** Hours of boards and the calendar, as the installation file writes them. */
import { expect, test } from "vitest";
import { formatHours, parseHours, parseQuiet } from "../../src/config/hours.ts";
import { readSite } from "../../src/config/index.ts";
import type { BoardHours } from "../../src/config/types.ts";
import { board, file, mistakes } from "./small-file.ts";

test("quiet hours and what a board shows are optional; quiet hours may cross midnight", () => {
  const more = '    quiet: ["22:00-07:00", "12:30-14:00 workday nothing"]\n    allows: [政府信息, 党务]\n';
  const read = readSite(file(board("B1", undefined, more), board("B2")), "f");
  expect(read.ok && read.site.boards.map(({ quiet, allows }) => ({ quiet, allows }))).toEqual([
    {
      quiet: [
        { fromMinute: 1320, untilMinute: 420, days: "everyday", shows: "default" },
        { fromMinute: 750, untilMinute: 840, days: "workday", shows: "nothing" },
      ],
      allows: ["政府信息", "党务"],
    },
    { quiet: undefined, allows: undefined },
  ]);
  expect(parseQuiet("23:30-00:00 休息日 黑屏")).toMatchObject({ untilMinute: 0, days: "restday", shows: "nothing" });
  expect(parseQuiet("12:30-14:00 待机")?.shows).toBe("default");
  for (const text of ["7-9", "08:00-08:00", "24:00-07:00", "08:00-24:30", "08:00-09:00 黑屏 工作日"])
    expect(parseQuiet(text), text).toBeNull();
  expect(mistakes(file(board("B1", undefined, "    quiet: [08:00-08:00]\n")))).toEqual([
    "9:13 quiet hours 08:00-08:00 have no length, or are after 24:00",
  ]);
});

test("no calendar and no review are one word each; a calendar may say the same in a group", () => {
  const read = (text: string) => readSite(`${text}\n${file(board("B1"))}`, "f");
  const none = { kind: "none", overrides: [] };
  expect(read("calendar: none\nreview: none")).toMatchObject({ ok: true, site: { calendar: none, review: "none" } });
  expect(read("calendar: { kind: none }")).toMatchObject({ ok: true, site: { calendar: none } });
});

test("opening hours may cross midnight", () => {
  const read = readSite(file(board("B1", undefined, "    hours: 22:00-06:00 休息日\n")), "f");
  expect(read.ok && read.site.boards[0]?.hours).toEqual({ fromMinute: 1320, untilMinute: 360, days: "restday" });
  for (const text of ["24:00-07:00", "08:00-24:30", "08:00-08:00", "00:00-00:00"])
    expect(parseHours(text), text).toBeNull();
  for (const text of ["22:00-06:00", "20:00-00:00", "00:00-24:00", "08:00-18:00 工作日"])
    expect(formatHours(parseHours(text) as BoardHours)).toBe(text);
});
