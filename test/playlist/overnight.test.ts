/** A board that is open from evening to morning, from its line in the installation file to what its panel lights. */
import { expect, test } from "vitest";
import { readSite } from "../../src/config/index.ts";
import { lookup } from "../../src/message/index.ts";
import {
  type BoardContext,
  outlookOf,
  playlistFor,
  programmeFor,
  reasonFor,
  reasonSentence,
} from "../../src/playlist/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { parseCivil, sayCivil } from "../../src/time/zone.ts";
import { always, shape } from "./towns.ts";

const zone = "Asia/Shanghai";
const read = readSite(
  `office: o
boards:
  - id: B1
    name: n
    place: p
    device: led
    panel: { width: 16, height: 8, colour: mono }
    link: { kind: browser }
    hours: 22:00-06:00 工作日
`,
  "f",
);
if (!read.ok) throw new Error("the file is right");
const [config] = read.site.boards;
if (config === undefined) throw new Error("it has a board");
const calendar = workCalendar({ kind: "state-council", overrides: [] });
const notice = always("n", { rule: { cron: "30 23 * * *", slotMinutes: 60, calendar: "everyday" } });
const standby = always("d", { priority: 10 });
const board: BoardContext = { hours: config.hours, quiet: undefined, candidates: [notice, standby], calendar, zone };
const at = (civil: string) => parseCivil(zone, civil) ?? Number.NaN;
/** A Friday, whose evening ends on Saturday morning; the next one is Monday's. */
const days = { firstDay: dayNumberOf("2017-11-03") as number, lastDay: dayNumberOf("2017-11-06") as number };

test("the evening of a working day goes on until the morning, whatever day that is", () => {
  const intervals = playlistFor({ ...board, ...days }).flatMap((day) => day.intervals);
  const said = intervals.map(({ start, notices }) => `${sayCivil(zone, start, "minutes").slice(5)} ${notices.join()}`);
  expect(said).toEqual([
    ...["11-03 00:00 n", "11-03 00:30 d", "11-03 06:00 ", "11-03 22:00 d", "11-03 23:30 n"],
    ...["11-04 00:00 n", "11-04 00:30 d", "11-04 06:00 ", "11-05 00:00 "],
    ...["11-06 00:00 ", "11-06 22:00 d", "11-06 23:30 n"],
  ]);
});

test("the panel is lit from the first second of the evening to the last of the morning", () => {
  const [from, until] = [at("2017-11-03"), at("2017-11-07")];
  const { candidates } = board;
  const made = programmeFor({
    board: "B1",
    days: playlistFor({ ...board, ...days }),
    candidates,
    shape,
    zone,
    from,
    until,
  });
  if (!made.ok) throw new Error(made.fault.code);
  const { programme } = made.planned;
  const lit = (civil: string, ms = 0) => lookup(programme, at(civil) + ms).message !== null;
  for (const [begin, end] of [
    ["2017-11-03T22:00", "2017-11-04T06:00"],
    ["2017-11-06T22:00", "2017-11-07T00:00"],
  ] as const)
    expect([lit(begin, -1), lit(begin), lit("2017-11-04T00:00"), lit(end, -1)]).toEqual([false, true, true, true]);
  expect([lit("2017-11-04T06:00"), lit("2017-11-04T22:00"), lit("2017-11-06T05:00")]).toEqual([false, false, false]);
});

test("a closed board says when it opens, an open one until when its notice is on", () => {
  const why = (civil: string) => reasonFor(board, notice, at(civil));
  // Its slot of Saturday evening, when the board stays closed until Monday's.
  expect(why("2017-11-04T23:45")).toEqual({ code: "closed", opens: at("2017-11-06T22:00") });
  expect(reasonSentence(why("2017-11-04T23:45"), zone).en).toBe("closed hours, the board opens 2017-11-06 22:00");
  expect(why("2017-11-04T00:10")).toMatchObject({ code: "shown", until: at("2017-11-04T00:30") });
  expect(why("2017-11-04T05:00")).toMatchObject({ code: "between-slots", next: at("2017-11-06T23:30") });
});

test("in what lies ahead, days without an open minute are nobody's to fill", () => {
  const findings = (from: string, until: string) => {
    const span = { from: at(from), until: at(until) };
    const steps = outlookOf({ ...board, candidates: [standby] }, span, ({ durationMs }) => durationMs);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value.findings;
    }
  };
  // The Sunday is closed from midnight to midnight: no relief, and no empty day of its own.
  expect(findings("2017-11-03", "2017-11-07")).toEqual([expect.objectContaining({ kind: "empty", days: 4 })]);
  expect(findings("2017-11-05", "2017-11-06")).toEqual([]);
});
