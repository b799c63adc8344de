/** Words of days and times, for the sentences about rules and reasons. */
import type { Sentence } from "../fault.ts";

const weekdaysZh = ["日", "一", "二", "三", "四", "五", "六"];
const weekdaysEn = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
export const monthsEn = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 8,9,10,14 → [[8, 10], [14, 14]]; sorted, distinct. */
export function runsOf(values: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs[runs.length - 1];
    if (last && value === last[1] + 1) last[1] = value;
    else runs.push([value, value]);
  }
  return runs;
}

/** 8,9,10,14 → "8–10、14". */
export function runsIn(
  values: readonly number[],
  between: string,
  word: (value: number) => string = String,
  to = "–",
): string {
  const said = ([first, last]: [number, number]) =>
    last === first ? word(first) : `${word(first)}${last === first + 1 ? between : to}${word(last)}`;
  return runsOf(values).map(said).join(between);
}

/** 1,2,3,4,5 → "周一至周五", "Mon–Fri"; weeks begin on Monday here. */
export function weekWords(weekdays: readonly number[]): Sentence {
  const days = [...new Set(weekdays.map((day) => (day === 0 ? 7 : day)))].sort((a, b) => a - b);
  return {
    zh: runsIn(days, "、", (day) => `周${weekdaysZh[day % 7]}`, "至"),
    en: runsIn(days, ", ", (day) => weekdaysEn[day % 7] ?? ""),
  };
}

/** 480 → "08:00"; 1440 → "24:00". */
export function clockWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** "08:00–12:00"; "22:00–次日 02:00" where they cross midnight. */
export function hoursWords({ fromMinute, untilMinute }: { fromMinute: number; untilMinute: number }): Sentence {
  const [from, until] = [clockWords(fromMinute), clockWords(untilMinute)];
  return untilMinute <= fromMinute
    ? { zh: `${from}–次日 ${until}`, en: `${from}–${until} of the next day` }
    : { zh: `${from}–${until}`, en: `${from}–${until}` };
}
