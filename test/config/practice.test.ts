import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { assetUrl, formatHours, practiceSite } from "../../src/config/index.ts";
import { parseDuration } from "../../src/config/duration.ts";
import { parseHours } from "../../src/config/hours.ts";

const samples: unknown = JSON.parse(await readFile(assetUrl("sample-notices.json"), "utf8"));
const places = { port: 8080, folder: "/data" };

test("the nine practice boards, each with its own kind of link", () => {
  const site = practiceSite(samples, places);
  expect(site).toMatchObject({ practice: true, office: "青石港办事处", zone: "Asia/Shanghai", holdMs: 7_200_000 });
  expect(site.calendar.overrides.map((year) => [year.year, year.restDays.length, year.workingWeekends.length])).toEqual(
    [
      [2017, 28, 5],
      [2018, 29, 7],
    ],
  );
  expect(site.boards.map(({ id, shape, link }) => [id, shape.width, shape.height, shape.colour, link.kind])).toEqual([
    ["B1", 384, 32, "mono", "tcp-out"],
    ["B2", 256, 32, "dual", "serial"],
    ["B3", 384, 192, "rgb", "tcp-out"],
    ["B4", 1920, 1080, "rgb", "browser"],
    ["B5", 128, 64, "dual", "serial"],
    ["B6", 160, 80, "dual", "tcp-in"],
    ["B7", 192, 32, "mono", "tcp-out"],
    ["B8", 1080, 1920, "rgb", "browser"],
    ["B9", 128, 32, "mono", "carried"],
  ]);
  expect(site.boards[1]?.link).toEqual({ kind: "serial", path: "", baud: 115200, address: 2 });
  expect(site.boards[8]?.link).toEqual({ kind: "carried", folder: "/data/usb/B9", card: "U盘卡(不联网,人工拷贝)" });
  expect(site.boards[0]).toMatchObject({
    ledColour: "#ff2a12",
    hours: { fromMinute: 450, untilMinute: 1260, days: "everyday" },
    defaultLines: ["办事处大门门头屏", "监督电话 0715-0000000"],
    custodian: "屏幕管理员丁(虚构)",
  });
  expect(site.boards[2]?.hours.days).toBe("workday");
});

test("hours and durations are written as people write them", () => {
  for (const text of ["07:30-21:00", "08:00-18:00 工作日", "00:00-24:00", "09:00-12:00 休息日"]) {
    const hours = parseHours(text);
    expect(hours && formatHours(hours)).toBe(text);
  }
  expect(parseHours("08:00-18:00 workday")).toEqual(parseHours("08:00–18:00 工作日"));
  expect(
    ["24:01-24:30", "24:00-08:00", "08:00-08:00", "8-9", "08:00-24:30", "08:00-18:00 周末"].map(parseHours),
  ).toEqual(Array(6).fill(null));
  expect(["2h", "90m", "30s", "1d", "0h", "2 h", "1.5h", "h", "-1h"].map(parseDuration)).toEqual([
    7_200_000,
    5_400_000,
    30_000,
    86_400_000,
    null,
    null,
    null,
    null,
    null,
  ]);
});
