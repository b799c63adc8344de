/** 日报 and 月报 as tables for a spreadsheet: the figures of the sheets, in the sheets' own words. */
import { missedWords } from "../missed-words.ts";
import { formatCivil } from "../../time/zone.ts";
import { byteOrderMark, csvLine } from "./csv.ts";
import type { DayReport } from "./day.ts";
import { averageWords, type BoardMonth, type MonthParts, monthTotals, shareWords } from "./month.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Each block has its head, and an empty line before it: what people read in one file, and a program can part. */
function* block(heads: readonly string[], lines: Iterable<readonly (string | number | null)[]>): Generator<string> {
  yield csvLine(heads);
  for (const line of lines) yield csvLine(line);
  yield "\r\n";
}

const hoursOf = ({ board, name, openMs, confirmedMs, readBack }: BoardMonth) => [
  board,
  name,
  averageWords(openMs, hourMs),
  readBack ? averageWords(confirmedMs, hourMs) : "无回读",
  readBack ? shareWords(confirmedMs, openMs) : "",
];
const hoursHead = ["公开栏", "名称", "应开屏（小时）", "核对一致（小时）", "核对一致率"];

export function* dayTable({ date, office, zone, boards, takedowns, waiting, down = [] }: DayReport): Generator<string> {
  const time = (iso: string) => formatCivil(zone, Date.parse(iso)).slice(0, 16).replace("T", " ");
  yield byteOrderMark;
  yield* block(["公开栏日报", date, office], []);
  if (down.length > 0)
    yield* block(
      ["系统没有运行，从", "到"],
      down.map(({ from, until }) => [time(from), time(until)]),
    );
  yield* block(
    [...hoursHead, "未核对（次）", "待处理（项）"],
    boards.map((one) => [...hoursOf(one), one.missed.length, one.faults.length]),
  );
  yield* block(
    ["公开栏", "信息", "标题", "播放（分钟）"],
    boards.flatMap(({ board, shown }) =>
      shown.map(({ notice, title, ms }) => [board, notice, title, averageWords(ms, minuteMs)]),
    ),
  );
  yield* block(
    ["公开栏", "异常"],
    boards.flatMap(({ board, faults, missed }) => [
      ...faults.map(({ zh }) => [board, zh]),
      ...missed.map(({ from, why }) => [board, `${time(from)} 起没有核对到画面（${missedWords(why).zh}）`]),
    ]),
  );
  yield* block(
    ["撤下未确认", "内容", "时间", "公开栏"],
    takedowns.map(({ id, what, at, boards: on }) => [id, what, time(at), on.join("、")]),
  );
  yield* block(
    ["待办信息", "标题", "状态", "自"],
    waiting.map(({ notice, title, state, since }) => [notice, title, state, time(since)]),
  );
}

export function* monthTable({ office, period, items, boards }: MonthParts): Generator<string> {
  const { units, all } = monthTotals(items);
  yield byteOrderMark;
  yield* block(["信息公开工作月报", period, office], []);
  yield* block(
    ["报送单位", "登记件数", "有时限件数", "逾期件数", "平均用时（工作日）"],
    [...units, all].map((one) => [one.unit, one.items, one.dated, one.late, averageWords(one.lagDays, one.lagged)]),
  );
  yield* block(
    ["标题", "报送单位", "形成日期", "应公开日期", "公开日期", "用时（工作日）", "逾期"],
    items.map(({ title, unit, formedOn, dueOn, shownOn, lagDays, late }) => [
      ...[title, unit, formedOn, dueOn, shownOn, lagDays],
      late === true ? "是" : "",
    ]),
  );
  yield* block(hoursHead, boards.map(hoursOf));
}
