/**
 * 公示: title, text, names in even columns or a table, then set off from it the period and where to object, then the
 * sign-off. What the text says itself is not said again. The period is the one in which it is shown.
 */
import { dateOf, dayNumberOf, partsOf } from "../../time/days.ts";
import { dayNumberAt } from "../../time/zone.ts";
import { postingLength } from "../../time/working-days.ts";
import { outlineFromPx } from "../fonts/index.ts";
import { type Grid, usualGrid } from "../grid.ts";
import { type Block, left, type Row, ruleRow } from "../layout.ts";
import { breakLines } from "../line-break.ts";
import { widthOf } from "../text.ts";
import { marksFor } from "./marks.ts";
import { isNameList, nameBlocks } from "./names.ts";
import { paragraphBlocks, setInOneLine, signBlocks, titleBlocks } from "./notice.ts";
import { setBlocks } from "./pages.ts";
import { setTable } from "./table.ts";
import { cells, type Job, type Template, tooSmall } from "./template.ts";

/** A line with less is no line: such a text moves. Ideographs. */
const lineLeast = 3;

export const publicity: Template = (job) => {
  const { rows, width, body } = usualGrid(job.shape);
  if (rows < 1) return tooSmall(job);
  checkPeriod(job);
  const said = setOffLines(job);
  const { content } = job;
  const isTable = content.body.includes("|");
  if (rows === 1 || width < lineLeast * body.sizePx) {
    const all = [content.body.replaceAll("|", " "), ...said.map((line) => marksFor(line.join(""), body.sizePx))].join(
      "\n",
    );
    return setInOneLine({ ...job, content: { ...content, body: all } });
  }
  if (isTable) return setTable(job, (grid) => setOffBlocks(job, said, grid));
  return setBlocks(job, (grid) => [
    ...titleBlocks(job, grid, "title"),
    ...textBlocks(job, grid),
    ...setOffBlocks(job, said, grid),
    ...signBlocks(job, grid),
  ]);
};

/** Lines of nothing but names stand in columns, text before and after them as usual. */
function textBlocks(job: Job, grid: Grid): Block[] {
  const parts: string[][] = [];
  let inNames = false;
  for (const line of job.content.body.split("\n").filter((one) => one.trim() !== "")) {
    const names = looksLikeNames(line);
    const last = parts[parts.length - 1];
    if (last && names === inNames) last.push(line);
    else parts.push([line]);
    inNames = names;
  }
  return parts.flatMap((lines) =>
    isNameList(lines) ? nameBlocks(job, lines, grid) : paragraphBlocks(job, lines.join("\n"), grid),
  );
}

/** By itself, or were there three more of the kind. */
function looksLikeNames(line: string): boolean {
  return isNameList([line, line, line, line]);
}

/** What a page says beside the text, a line each. */
export function saidAside(job: Job): string[] {
  checkPeriod(job);
  return setOffLines(job).map((parts) => parts.join(""));
}

type Said = readonly [label: string, value: string];

/** What the text does not say: until when, who hears objections, by which telephone. */
function setOffLines(job: Job): Said[] {
  const { body, publicity } = job.content;
  const lines: Said[] = [];
  if (publicity && !saysPeriod(body, job)) lines.push(["公示时间\uff1a", periodText(job)]);
  const { contact, phone } = publicity ?? {};
  if (contact !== undefined && !saysContact(body, contact)) lines.push(["意见反映\uff1a", contact]);
  if (phone !== undefined && !saysPhone(body, phone)) lines.push(["监督电话\uff1a", phone]);
  return lines;
}

const objections = /意见|反映|受理|异议|举报|投诉|监督/;

/** Named in a clause about objections: elsewhere (经街道研究) the same words say something else. */
function saysContact(body: string, contact: string): boolean {
  return body
    .split(/[,\uff0c.\u3002;\uff1b\n]/)
    .some((clause) => clause.includes(contact) && objections.test(clause.replace(contact, "")));
}

/** Shorter ones are hotlines, and as likely to be amounts. */
const phoneDigits = 7;
const called = /(?:电话|热线|拨打|致电|举报|投诉|监督|联系)(?:[\s\d:\uff1a\u3001/()\uff08\uff09-]|为|是|或|和|及|转)*$/;
const digitRun = /\d+(?:[-\u2010-\u2015\uff0d\u3000 ]\d+)*/g;

/** All of its numbers, each as a whole number of the text: 12345 is not in 123450, nor in 12345元. */
function saysPhone(body: string, phone: string): boolean {
  const wanted = numbersOf(phone);
  if (wanted.length === 0) return body.includes(phone);
  const said = numbersOf(body);
  return wanted.every(({ digits }) =>
    said.some((one) => one.digits === digits && (digits.length >= phoneDigits || isCalled(body.slice(0, one.at)))),
  );
}

/** The word for it stands so near: a body may have thousands of numbers. UTF-16 units. */
const calledMost = 60;

function isCalled(before: string): boolean {
  return called.test(before.slice(-calledMost));
}

function numbersOf(text: string): { readonly digits: string; readonly at: number }[] {
  const plain = text.replace(/[\uff10-\uff19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return Array.from(plain.matchAll(digitRun), ({ 0: run, index }) => ({ digits: run.replace(/\D/g, ""), at: index }));
}

interface Period {
  readonly first: number;
  readonly last: number;
}

function periodOf({ zone, window }: Job): Period {
  return { first: dayNumberAt(zone, window.from), last: dayNumberAt(zone, window.until - 1) };
}

const periodWord =
  /(?:公示|公告|征求意见)(?:时间|期限|日期|期)\s*(?:[:\uff1a]|为|是|自|从)|(?:期限|时间)\s*[:\uff1a]\s*(?:自|从)?\d{4}年/;

function saysPeriod(body: string, job: Job): boolean {
  const said = periodIn(body);
  const { first, last } = periodOf(job);
  return periodWord.test(body) || (said !== null && said.first === first && said.last === last);
}

/** "2017年9月25日至9月29日": the first such period of a text. */
function periodIn(body: string): Period | null {
  const match =
    /(\d{4})年(\d{1,2})月(\d{1,2})日[^\d\n\u3002]{0,6}?(?:至|到|\u2014+|-|~)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日/.exec(
      body,
    );
  if (!match) return null;
  const [, year = "", month = "", day = "", toYear = year, toMonth = month, toDay = ""] = match;
  const dayOf = (...parts: string[]) => dayNumberOf(parts.map((part) => part.padStart(2, "0")).join("-"));
  const [first, last] = [dayOf(year, month, day), dayOf(toYear, toMonth, toDay)];
  return first === null || last === null ? null : { first, last };
}

/** The signer is told where the text promises other days than those on which it will be seen. */
function checkPeriod(job: Job): void {
  const said = periodIn(job.content.body);
  const shown = periodOf(job);
  if (!said || !job.content.publicity || !periodWord.test(job.content.body)) return;
  if (said.first === shown.first && said.last === shown.last) return;
  const [text, lit] = [daysText(said), daysText(shown)];
  job.warnings.push({
    zh: `正文写的公示时间是${text}\uff0c播放时间是${lit}\uff1b请改为一致`,
    en: `the text says ${isoText(said)}, it is shown ${isoText(shown)}; make the two agree`,
  });
}

function isoText({ first, last }: Period): string {
  return `${dateOf(first)} to ${dateOf(last)}`;
}

/** "2017年9月25日至9月29日"; the year again only where it is another. */
function daysText({ first, last }: Period): string {
  const [from, to] = [partsOf(first), partsOf(last)];
  const end = `${to.month}月${to.day}日`;
  const start = `${from.year}年${from.month}月${from.day}日`;
  if (first === last) return start;
  return `${start}至${from.year === to.year ? "" : `${to.year}年`}${end}`;
}

/** With its length, where that is known for certain to be what was promised. */
function periodText(job: Job): string {
  const period = periodOf(job);
  const { required = 0, unit = "day" } = job.content.publicity ?? {};
  const { calendar } = job;
  const isKnown = unit === "day" || [period.first, period.last].every((day) => calendar.covers(partsOf(day).year));
  const days = isKnown ? postingLength(period.first, period.last, unit, calendar) : required;
  const word = unit === "day" ? "天" : "个工作日";
  const length = days < required ? "" : `\uff08${days === required ? "" : "不少于"}${required}${word}\uff09`;
  return `${daysText(period)}${length}`;
}

/** Narrower lines have no room to hang under the value. Ideographs. */
const hangFrom = 12;
const ruleSize = 0.04;

/** Flush left, in another colour where there is one, under a rule where lines stand apart enough for it; together where a page holds them. */
function setOffBlocks(job: Job, said: readonly Said[], grid: Grid): Block[] {
  const { body, width, leading } = grid;
  const em = body.sizePx;
  const rule = ruleRow(0, width, Math.max(1, Math.round(em * ruleSize)), "header");
  const ruled = em >= outlineFromPx && leading * 3 >= em;
  return said.map((parts, index): Block => {
    const [label, value] = parts.map((part) => marksFor(part, em)) as [string, string];
    const hang = width < hangFrom * em ? 0 : widthOf(cells(job, label, body));
    const lines = breakLines(cells(job, label + value, body), width - hang, width, em);
    const rows = lines.map((line, row): Row => left(line, "header", body, row === 0 ? 0 : hang));
    const above = { ...rule, above: leading, below: Math.round(leading * 0.7) };
    return { rows: ruled && index === 0 ? [above, ...rows] : rows, company: index };
  });
}
