/** 农历 by chinese-days' table; what it does not cover is refused, since it answers such days with nonsense. */
import chineseDays from "chinese-days";
import { dateOf, partsOf } from "./days.ts";

export interface LunarDay {
  /** 1–12. */
  readonly month: number;
  /** 1–30. */
  readonly day: number;
  /** 闰月: the second month of that number in its year. */
  readonly leap: boolean;
  /** 干支 of the lunar year: 丁酉. */
  readonly year: string;
  /** 生肖 of the lunar year: 鸡. */
  readonly zodiac: string;
}

/** Lunar years begin in January or February, so the first and the last civil year are covered in part only. */
const firstYear = 1901;
const lastYear = 2099;

/** The lunar date of a civil day number; null before 1901 and after 2099. */
export function lunarDayOf(dayNumber: number): LunarDay | null {
  const { year } = partsOf(dayNumber);
  if (year < firstYear || year > lastYear) return null;
  const found = chineseDays.getLunarDate(dateOf(dayNumber));
  return {
    month: found.lunarMon,
    day: found.lunarDay,
    leap: found.isLeap,
    year: found.yearCyl,
    zodiac: found.zodiac,
  };
}

const months = "正二三四五六七八九十冬腊";
const digits = "一二三四五六七八九十";

/** "闰六月初三", "腊月廿三", "十月三十". */
export function lunarWords({ month, day, leap }: LunarDay): string {
  return `${leap ? "闰" : ""}${months[month - 1]}月${dayWords(day)}`;
}

function dayWords(day: number): string {
  if (day <= 10) return `初${digits[day - 1]}`;
  if (day === 20) return "二十";
  if (day === 30) return "三十";
  return `${day < 20 ? "十" : "廿"}${digits[(day % 10) - 1]}`;
}
