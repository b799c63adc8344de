/**
 * 值班表: a page for each day that it is shown, today's duty large, tomorrow's or the whole table below where there is room;
 * so what is signed is every day's picture, and the panel's own clock turns the page at midnight. A roster without dates
 * is a table.
 */
import { limits } from "../../limits.ts";
import { pageMs, type Window } from "../../message/index.ts";
import { dateOf, partsOf as partsOfDay } from "../../time/days.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import { type Grid, gridsFor, usualGrid } from "../grid.ts";
import { type Block, flow, type Row } from "../layout.ts";
import { type SetPage, standing } from "../page.ts";
import { bitmapBytesMost, movingLine } from "../scroll.ts";
import { labelled, type Line, sideBySide } from "./labelled.ts";
import { marksFor } from "./marks.ts";
import { paragraphBlocks, signBlocks, titleBlocks } from "./notice.ts";
import { type Days, type DutyRow, type Roster, rosterOf } from "./roster-days.ts";
import { signLines } from "./sign.ts";
import { bodyBlocks, partsOf, table } from "./table.ts";
import { cells, type Job, pagesProblem, type Template, tooSmall } from "./template.ts";

const standMs = 10_000;

export const roster: Template = (job) => {
  const { zone, window, shape } = job;
  const days = { first: dayNumberAt(zone, window.from), last: dayNumberAt(zone, window.until - 1) };
  const found = rosterOf(job.content.body, days);
  const count = days.last - days.first + 1;
  if (!found || count > limits.pagesPerMessage) return table(job);
  const usual = usualGrid(shape);
  if (usual.rows < 1) return tooSmall(job);
  if (charactersOf(found, days) > limits.dayTextChars || pagesProblem(shape, count) !== null) return table(job);
  const set =
    usual.rows === 1
      ? moving(job, found, days, usual)
      : (onOnePage(job, found, days) ?? inSteps(job, found, days, usual));
  // As many days on as large a screen are more than a message holds: the general table, for all of them.
  if (set === null) return table(job);
  const bytes = set.reduce((sum, { page: { bitmap } }) => sum + bitmap.pixels.length, 0);
  if (set.length > limits.pagesPerMessage || bytes > limits.messageBytes) return table(job);
  remark(job, found, days);
  return { pages: set };
};

/** Of all days together: what stands on each, and each day's duties. */
function charactersOf(found: Roster, days: Days): number {
  const always = [...found.before, ...found.after].reduce((sum, { length }) => sum + length, 0);
  let all = 0;
  for (const day of eachDay(days))
    for (const { cells } of dutiesOn(found, day)) for (const { length } of cells) all += length;
  return all + always * (days.last - days.first + 1);
}

/** What is not seen on any day, and the days on which nobody is named. */
function remark(job: Job, { rows }: Roster, days: Days): void {
  const all = eachDay(days);
  const unseen = rows.filter(({ isOn }) => !all.some(isOn)).map(({ cells: [date = ""] }) => date);
  const empty = all.filter((day) => !rows.some(({ isOn }) => isOn(day)));
  if (unseen.length > 0)
    job.warnings.push({
      zh: `值班表里 ${listed(unseen)} 不在播放的日子里\uff0c不会出现`,
      en: `the roster's ${listed(unseen)} fall outside the days on which it is shown, and will not be seen`,
    });
  if (empty.length > 0)
    job.warnings.push({
      zh: `播放的日子里 ${listed(empty.map(dayText))} 没有值班安排`,
      en: `it is shown on ${listed(empty.map(dateOf))}, when nobody is on duty`,
    });
}

const listedMost = 5;

function listed(texts: readonly string[]): string {
  return texts.slice(0, listedMost).join("、") + (texts.length > listedMost ? ` … (${texts.length})` : "");
}

function eachDay({ first, last }: Days): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function dayText(day: number): string {
  const { month, day: dayOfMonth } = partsOfDay(day);
  return `${month}月${dayOfMonth}日`;
}

function windowOf({ zone }: Job, day: number): Window {
  return { from: instantOf(zone, day, 0), until: instantOf(zone, day + 1, 0) };
}

function dutiesOn({ rows }: Roster, day: number): readonly DutyRow[] {
  return rows.filter(({ isOn }) => isOn(day));
}

type BlocksOf = (day: number, grid: Grid) => readonly Block[];

/** Each day on one page, in the largest letters in which all of them are; the richer page first. Null: not even the plain one. */
function onOnePage(job: Job, found: Roster, days: Days): SetPage[] | null {
  const parts = partsOf(job.content.body);
  const text = (grid: Grid) => [
    ...paragraphBlocks(job, [...found.before, ...found.after].join("\n"), grid),
    ...signBlocks(job, grid),
  ];
  const ways: readonly BlocksOf[] = [
    (day, grid) => [
      ...titleBlocks(job, grid, "title"),
      ...todayBlocks(job, found, day, grid),
      ...bodyBlocks(job, parts, grid),
      ...signBlocks(job, grid),
    ],
    (day, grid) => [
      ...titleBlocks(job, grid, "title"),
      ...todayBlocks(job, found, day, grid),
      ...tomorrowBlocks(job, found, day, grid),
      ...text(grid),
    ],
    (day, grid) => [...titleBlocks(job, grid, "title"), ...todayBlocks(job, found, day, grid), ...text(grid)],
  ];
  const { grids } = gridsFor(job.shape);
  const isLarge = ({ title, body }: Grid) => title.sizePx > body.sizePx;
  // Today's duty in large letters is worth more than tomorrow's.
  for (const some of [grids.filter(isLarge), grids.filter((grid) => !isLarge(grid))])
    for (const blocksOf of ways)
      for (const grid of some) {
        const pages = pagesOf(days, (day) => blocksOf(day, grid), grid);
        if (pages) return standingDays(job, [pages], days, grid, 0);
      }
  return null;
}

/** One page's rows for each day; null where a day needs more. */
function pagesOf(days: Days, blocksOf: (day: number) => readonly Block[], grid: Grid): Row[][] | null {
  const pages: Row[][] = [];
  for (const day of eachDay(days)) {
    const [rows, ...more] = flow(blocksOf(day), grid);
    if (!rows || more.length > 0) return null;
    pages.push(rows);
  }
  return pages;
}

/**
 * Title, the day's duty, and the rest one after another: what is the same every day is set once. Null: more pages than a
 * message has; one day with very many duties gives all others as many steps.
 */
function inSteps(job: Job, found: Roster, days: Days, grid: Grid): SetPage[] | null {
  const front = flow(
    [...titleBlocks(job, grid, "title"), ...paragraphBlocks(job, found.before.join("\n"), grid)],
    grid,
  );
  const back = flow([...paragraphBlocks(job, found.after.join("\n"), grid), ...signBlocks(job, grid)], grid);
  const duties = eachDay(days).map((day) => {
    const today = flow(todayBlocks(job, found, day, grid), grid);
    const both = flow([...todayBlocks(job, found, day, grid), ...tomorrowBlocks(job, found, day, grid)], grid);
    return both.length === today.length ? both : today;
  });
  const most = Math.max(...duties.map(({ length }) => length));
  if (front.length + most * duties.length + back.length > limits.pagesPerMessage) return null;
  // A day that is told in fewer pages than another begins again.
  const steps = Array.from({ length: most }, (_, step) => duties.map((pages) => pages[step % pages.length] ?? []));
  const always = (pages: readonly Row[][], from: number) =>
    pages.map((rows, index) => standing(rows, grid, { step: from + index, centre: true }));
  return [
    ...always(front, 0),
    ...standingDays(job, steps, days, grid, front.length),
    ...always(back, front.length + most),
  ];
}

/** `steps`: of each, the rows of every day. All days of a step stand equally long. */
function standingDays(
  job: Job,
  steps: readonly (readonly Row[][])[],
  { first }: Days,
  grid: Grid,
  from: number,
): SetPage[] {
  const { shape } = job;
  const count = steps.reduce((sum, days) => sum + days.length, 0);
  // Many days on a large screen are kept to dots that are on or off.
  const soft = count * bitmapBytesMost(shape, shape.width, shape.height) <= limits.messageBytes;
  const leastMs = steps.length === 1 ? standMs : 0;
  return steps.flatMap((days, index) =>
    equallyLong(
      days.map((rows, day) =>
        standing(rows, grid, { step: from + index, centre: true, leastMs, window: windowOf(job, first + day), soft }),
      ),
    ),
  );
}

/** Alternatives of a step last as long as the longest: what is sooner through rests before it goes on. */
function equallyLong(pages: readonly SetPage[]): SetPage[] {
  const longest = Math.max(...pages.map(({ page }) => pageMs(page)));
  return pages.map((one) => ({ ...one, page: { ...one.page, holdMs: one.page.holdMs + longest - pageMs(one.page) } }));
}

/** Panels of one line: everything of a day in one that moves. */
function moving(job: Job, found: Roster, days: Days, { body: face }: Grid): SetPage[] {
  const all = eachDay(days).map((day) => {
    const today = todayLines(found, day).map((line) => marksFor(line.join(""), face.sizePx));
    const parts = [job.content.title.trim(), ...found.before, ...today, ...found.after, ...signLines(job)];
    const line = parts.join("  ");
    return movingLine(job.shape, cells(job, line, face), face, "body");
  });
  const steps = Math.max(...all.map(({ length }) => length));
  return Array.from({ length: steps }, (_, step) =>
    equallyLong(
      all.map((pages, index) => {
        const one = pages[step % pages.length] as SetPage;
        return { ...one, page: { ...one.page, step, window: windowOf(job, days.first + index) } };
      }),
    ),
  ).flat();
}

const weekdays = "日一二三四五六";

/** "今日10月1日 周日", then a line for each heading. */
function todayLines(found: Roster, day: number): Line[] {
  const date = `${dayText(day)} 周${weekdays[partsOfDay(day).weekday]}`;
  const duties = dutiesOn(found, day);
  if (duties.length === 0) return [["今日", `${date} 无值班安排`]];
  const said = duties.flatMap(({ cells: [, ...values] }) =>
    values.map((value, index): Line => [labelOf(found.headings[index + 1]), value]),
  );
  return [["今日", date], ...said.filter(([, value]) => value !== "")];
}

function labelOf(heading: string | undefined): string {
  return heading === undefined || heading === "" ? "" : `${heading}\uff1a`;
}

function todayBlocks(job: Job, found: Roster, day: number, grid: Grid): Block[] {
  const lines = todayLines(found, day);
  const packed = grid.rows <= fewRows ? sideBySide(job, lines, grid) : null;
  const rows = packed ?? lines.map((line) => labelled(job, line, grid, grid.title));
  return rows.map((own, index): Block => ({ rows: own, company: index }));
}

/** Panels of so few lines have more than one of a day's lines side by side. */
const fewRows = 3;
function tomorrowBlocks(job: Job, found: Roster, day: number, grid: Grid): Block[] {
  const label = `明日${dayText(day + 1)}\uff1a`;
  return dutiesOn(found, day + 1).map(({ cells: [, ...values] }) => ({
    rows: labelled(job, [label, values.join(" ")], grid, grid.body, "sign"),
    company: 1,
  }));
}
