/** 落款: who signs and when, as an office writes it. */
import { dayNumberOf, partsOf } from "../../time/days.ts";
import type { Job } from "./template.ts";

/** The organisation and the date, those that the notice has. */
export function signLines({ content }: Job): string[] {
  const { org, date } = content.signature;
  return [org.trim(), date === null ? "" : officeDate(date)].filter((line) => line !== "");
}

/** "2017-02-08" → "2017年2月8日". */
export function officeDate(date: string): string {
  const { year, month, day } = partsOf(dayNumberOf(date) ?? 0);
  return `${year}年${month}月${day}日`;
}
