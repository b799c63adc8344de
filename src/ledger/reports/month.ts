/** 月报 (R18): what the register says of a month, by unit, and how long the screens were known to show what they should. */
import { html, type Part, sheetFoot, sheetHead } from "./html.ts";
import { footLine, type SheetParts } from "./register-sheet.ts";

/** One line of the register. */
export interface MonthItem {
  readonly title: string;
  readonly unit: string;
  /** 形成日期 and the first day on a board, YYYY-MM-DD; null: none. */
  readonly formedOn: string | null;
  readonly shownOn: string | null;
  readonly dueOn: string | null;
  /** Working days from the one to the other; null where that cannot be said. */
  readonly lagDays: number | null;
  /** null: it has no deadline. */
  readonly late: boolean | null;
}

export interface UnitMonth {
  readonly unit: string;
  readonly items: number;
  /** Of them with a deadline, and late. */
  readonly dated: number;
  readonly late: number;
  /** Items that have a lag, and its sum in working days. */
  readonly lagged: number;
  readonly lagDays: number;
}

export interface BoardMonth {
  readonly board: string;
  readonly name: string;
  /** Within its hours and the log, ms. */
  readonly openMs: number;
  /** Of that, read back and right. */
  readonly confirmedMs: number;
  /** Whether anything is ever read back from it. */
  readonly readBack: boolean;
}

/** Units in the order of their names, and the sum over all. */
export function monthTotals(items: readonly MonthItem[]): {
  readonly units: readonly UnitMonth[];
  readonly all: UnitMonth;
} {
  const units = new Map<string, UnitMonth>();
  for (const item of items) units.set(item.unit, plus(units.get(item.unit) ?? nothing(item.unit), item));
  const sorted = [...units.values()].sort((one, other) => (one.unit < other.unit ? -1 : 1));
  return { units: sorted, all: items.reduce(plus, nothing("合计")) };
}

const nothing = (unit: string): UnitMonth => ({ unit, items: 0, dated: 0, late: 0, lagged: 0, lagDays: 0 });

function plus(sum: UnitMonth, { late, lagDays }: MonthItem): UnitMonth {
  return {
    unit: sum.unit,
    items: sum.items + 1,
    dated: sum.dated + (late === null ? 0 : 1),
    late: sum.late + (late === true ? 1 : 0),
    lagged: sum.lagged + (lagDays === null ? 0 : 1),
    lagDays: sum.lagDays + (lagDays ?? 0),
  };
}

/** One digit after the point, half up, worked out in whole numbers; "—" for none. */
export function averageWords(sum: number, count: number): string {
  if (count === 0) return "—";
  const tenths = Math.floor((sum * 20 + count) / (2 * count));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

/** Rounded down: only what was whole is called 100 %. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return "—";
  const tenths = Math.floor((part * 1000) / whole);
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

const hourMs = 3_600_000;

export interface MonthParts extends Pick<SheetParts, "office" | "zone" | "practice" | "period" | "foot" | "printedAt"> {
  readonly items: readonly MonthItem[];
  readonly boards: readonly BoardMonth[];
  /** What the figures leave out, in sentences. */
  readonly notes: readonly string[];
}

export function* monthSheet(parts: MonthParts): Generator<string> {
  const { office, period, practice, items, boards, notes } = parts;
  const { units, all } = monthTotals(items);
  yield sheetHead({ title: `${office} 信息公开月报 ${period}`, paper: "portrait", practice });
  yield html`<h1>信息公开工作月报</h1>
<div class="about"><span>单位：${office}</span><span>期间：${period}</span></div>
<h2>一、登记与时限</h2>
<table class="numbers">
<thead><tr>${["报送单位", "登记件数", "有时限件数", "逾期件数", "平均用时（工作日）"].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${units.map((unit) => unitRow(unit, ""))}${unitRow(all, "total")}</tbody></table>
<h2>二、逾期信息</h2>
`.source;
  const late = items.filter((item) => item.late === true);
  if (late.length === 0) yield html`<p>本期无逾期信息。</p>\n`.source;
  else
    yield html`<table class="numbers">
<thead><tr>${["标题", "报送单位", "形成日期", "应公开日期", "公开日期"].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${late.map(
      ({ title, unit, formedOn, dueOn, shownOn }) =>
        html`<tr><td class="name">${title}</td><td>${unit}</td><td>${formedOn}</td><td>${dueOn}</td><td class="late">${shownOn}</td></tr>\n`,
    )}</tbody></table>\n`.source;
  yield html`<h2>三、公开栏开屏情况</h2>
<table class="numbers">
<thead><tr>${["公开栏", "应开屏（小时）", "核对一致（小时）", "核对一致率"].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${boards.map(boardRow)}</tbody></table>
${notes.map((note) => html`<div class="note">${note}</div>\n`)}<div class="note">${footLine(parts)}</div>
<div class="signatures"><span>填表人：</span><span>负责人：</span><span>日期：<i>年</i><i>月</i><i>日</i></span></div>
`.source;
  yield sheetFoot;
}

function unitRow({ unit, items, dated, late, lagged, lagDays }: UnitMonth, kind: string): Part {
  return html`<tr class="${kind}"><td class="name">${unit}</td><td>${items}</td><td>${dated}</td><td>${late}</td><td>${averageWords(lagDays, lagged)}</td></tr>\n`;
}

function boardRow({ board, name, openMs, confirmedMs, readBack }: BoardMonth): Part {
  const confirmed = readBack ? averageWords(confirmedMs, hourMs) : "无回读";
  const share = readBack ? shareWords(confirmedMs, openMs) : "—";
  return html`<tr><td class="name">${board} ${name}</td><td>${averageWords(openMs, hourMs)}</td><td>${confirmed}</td><td>${share}</td></tr>\n`;
}
