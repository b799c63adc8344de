/** Which days a roster's rows are for: "2017-12-05", "12月5日(周二)", "10月1日至3日", "周一". */
import { dayNumberOf, partsOf } from "../../time/days.ts";

export interface DutyRow {
  /** As written; the first is the date. */
  readonly cells: readonly string[];
  readonly isOn: (day: number) => boolean;
}

export interface Roster {
  /** Lines before and after the rows. */
  readonly before: readonly string[];
  readonly headings: readonly string[];
  readonly rows: readonly DutyRow[];
  readonly after: readonly string[];
}

/** Days since 1970, both included. */
export interface Days {
  readonly first: number;
  readonly last: number;
}

const rowsLeast = 2;

/** Null: no table with a heading, or a row of it without a date: such a roster is a table like any other. */
export function rosterOf(body: string, shown: Days): Roster | null {
  const lines = body.split("\n").map((line) => line.trim());
  const isRow = (line: string) => line.includes("|");
  const from = lines.findIndex(isRow);
  const to = lines.findLastIndex(isRow);
  const inside = lines.slice(from, to + 1).filter((line) => line !== "");
  if (from < 0 || inside.length <= rowsLeast || !inside.every(isRow)) return null;
  const [headings = [], ...records] = inside.map((line) => line.split("|").map((cell) => cell.trim()));
  const rows = records.flatMap((cells): DutyRow[] => {
    const isOn = dayTest(cells[0] ?? "", shown);
    return isOn ? [{ cells, isOn }] : [];
  });
  if (rows.length < records.length) return null;
  const text = (part: readonly string[]) => part.filter((line) => line !== "");
  return { before: text(lines.slice(0, from)), headings, rows, after: text(lines.slice(to + 1)) };
}

const weekdays = "日一二三四五六";
const weekday = /^(?:周|星期|礼拜)([日天一二三四五六])$/;
/** Behind a date, and of no account: the date says it. As all of these of text in which spaces are single. */
const weekdayAfter = /[\s(\uff08]{0,3}(?:周|星期|礼拜)[日天一二三四五六][)\uff09]?/g;
const date = /(?:(\d{4})\s?[-/.\u5e74]\s?)?(?:(\d{1,2})\s?[-/.\u6708]\s?)?(\d{1,2})\s?(?:日|号)?/;
const dates = new RegExp(`^${date.source}(?:\\s?(?:至|到|-|~|\\u2014+|\\u2013|\\uff5e)\\s?${date.source})?$`);

function dayTest(text: string, shown: Days): ((day: number) => boolean) | null {
  const said = text.replace(/\s+/g, " ").trim();
  const named = weekday.exec(said)?.[1];
  if (named !== undefined) {
    const wanted = weekdays.indexOf(named === "天" ? "日" : named);
    return (day) => partsOf(day).weekday === wanted;
  }
  const [, year, month, dayOfMonth = "", toYear, toMonth, toDay] =
    dates.exec(said.replace(weekdayAfter, "").trim()) ?? [];
  if (dayOfMonth === "" || month === undefined) return null;
  const first = near(shown, year, month, dayOfMonth);
  if (first === null) return null;
  if (toDay === undefined) return (day) => day === first;
  const begin = partsOf(first);
  const lastMonth = toMonth ?? month;
  // 12月30日至1月2日 ends in the next year.
  const lastYear = toYear ?? String(begin.year + (Number(lastMonth) < begin.month ? 1 : 0));
  const last = dayOf(lastYear, lastMonth, toDay);
  return last === null || last < first ? null : (day) => day >= first && day <= last;
}

/** Where no year is written, the one that brings the date nearest to the days on which it is shown. */
function near({ first, last }: Days, year: string | undefined, month: string, day: string): number | null {
  if (year !== undefined) return dayOf(year, month, day);
  const away = (one: number) => Math.max(0, first - one, one - last);
  const years = new Set([first, last].flatMap((one) => [-1, 0, 1].map((by) => partsOf(one).year + by)));
  const found = [...years].map((one) => dayOf(String(one), month, day)).filter((one) => one !== null);
  return found.sort((a, b) => away(a) - away(b) || a - b)[0] ?? null;
}

function dayOf(year: string, month: string, day: string): number | null {
  return dayNumberOf([year, month, day].map((part) => part.padStart(2, "0")).join("-"));
}
