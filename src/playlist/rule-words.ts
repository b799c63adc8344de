/** A rule in words: "工作日 8–17 时每 30 分钟,播 5 分钟 · 优先级 5". No cron is shown to people who did not write one. */
import type { Sentence } from "../fault.ts";
import type { CronFields } from "./cron.ts";
import { planOf } from "./plan.ts";
import type { Rule } from "./types.ts";
import { clockWords, hoursWords, monthsEn, runsIn, weekWords } from "./words.ts";

/** So many times of a day are said one by one. */
const timesSaid = 6;
/** So many exceptions are named. */
const exceptionsSaid = 3;

export function ruleSentence(rule: Rule & { readonly pinned?: true }, priority: number): Sentence {
  if (rule.cron === null && !rule.hours && priority === 10)
    return { zh: "待机画面：节目之间显示", en: "default picture, shown between slots" };
  const { fields, minutes } = planOf(rule);
  if (rule.cron !== null && fields === null) return { zh: `看不懂的播放时间（${rule.cron}）`, en: `cron ${rule.cron}` };
  const days = dayWords(rule, fields);
  const times = timeWords(rule, fields, minutes ?? []);
  const exceptions = exceptionWords(rule.exceptions ?? []);
  const end = { zh: `优先级 ${priority}`, en: `priority ${priority}` };
  const pinned = rule.pinned ? { zh: "置顶 · ", en: "pinned · " } : { zh: "", en: "" };
  return {
    zh: `${days.zh}${times.zh}${exceptions.zh} · ${pinned.zh}${end.zh}`,
    en: `${days.en}, ${times.en}${exceptions.en} · ${pinned.en}${end.en}`,
  };
}

/** Calendar, weekdays, days of the month and months: all that a day must be. */
function dayWords({ calendar, weekdays }: Rule, fields: CronFields | null): Sentence {
  const zh: string[] = [];
  const en: string[] = [];
  const dates = dateWords(fields);
  if (dates) {
    zh.push(dates.zh);
    en.push(dates.en);
  }
  const weeks = [weekdays, fields && fields.weekdays.size < 7 ? [...fields.weekdays] : undefined]
    .filter((days) => days !== undefined && days !== null && days.length < 7)
    .map((days) => weekWords(days ?? []));
  for (const week of weeks.filter(({ zh: said }, index) => said !== weeks[index - 1]?.zh)) {
    zh.push(zh.length > 0 ? `且逢${week.zh}` : `每${week.zh}`);
    en.push(week.en);
  }
  const kinds = {
    everyday: { zh: "每天", en: "every day" },
    workday: { zh: "工作日", en: "working days" },
    restday: { zh: "休息日", en: "rest days" },
  };
  const kind = kinds[calendar];
  const byDate = fields !== null && fields.days.size < 31;
  const unsaid = calendar === "everyday" && (weeks.length > 0 || byDate);
  const of = calendar !== "everyday" && zh.length > 0 ? "的" : "";
  return {
    zh: `${zh.join("")}${unsaid ? "" : of + kind.zh}`,
    en: [...(unsaid ? [] : [kind.en]), ...en].join(", "),
  };
}

function dateWords(fields: CronFields | null): Sentence | null {
  if (fields === null) return null;
  const months = [...fields.months].sort((a, b) => a - b);
  const some = months.length < 12;
  const inMonths = runsIn(months, ", ", (month) => monthsEn[month - 1] ?? "");
  const monthsZh = some ? `${runsIn(months, "、")} 月` : "每月";
  if (fields.days.size === 31) return some ? { zh: monthsZh, en: `in ${inMonths}` } : null;
  const days = fields.monthDays;
  return {
    zh: `${monthsZh} ${runsIn(days, "、")} 日`,
    en: `on day${days.length > 1 ? "s" : ""} ${runsIn(days, ", ")} of ${some ? inMonths : "the month"}`,
  };
}

function timeWords(rule: Rule, fields: CronFields | null, minutes: readonly number[]): Sentence {
  const hours = rule.hours ? hoursWords(rule.hours) : null;
  const allDay = { zh: hours ? ` ${hours.zh}` : "全天", en: hours?.en ?? "all day" };
  if (fields === null || unbroken(minutes, rule.slotMinutes)) return allDay;
  const starts = startWords(fields, minutes);
  const only = hours ? { zh: `，只在 ${hours.zh}`, en: `, only ${hours.en}` } : { zh: "", en: "" };
  const long = lengthWords(rule.slotMinutes);
  return {
    zh: ` ${starts.zh}，播 ${long.zh}${only.zh}`,
    en: `${starts.en}, for ${long.en}${only.en}`,
  };
}

/** From two hours on nobody counts in minutes. */
function lengthWords(minutes: number): Sentence {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 2) return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  return { zh: `${hours} 小时${rest > 0 ? ` ${rest} 分` : ""}`, en: `${hours} h${rest > 0 ? ` ${rest} min` : ""}` };
}

/** Each slot lasts until the next one begins, across midnight too. */
function unbroken(minutes: readonly number[], slotMinutes: number): boolean {
  const next = (index: number) => minutes[index + 1] ?? 1440 + (minutes[0] ?? 1440);
  return minutes.length > 0 && minutes.every((minute, index) => next(index) - minute <= slotMinutes);
}

function startWords(fields: CronFields, minutes: readonly number[]): Sentence {
  if (minutes.length <= timesSaid) {
    const times = minutes.map(clockWords);
    return { zh: times.join("、"), en: `at ${times.join(", ")}` };
  }
  const everyHour = fields.hours.length === 24;
  const zh = everyHour ? "" : `${runsIn(fields.hours, "、")} 时`;
  const en = everyHour ? "" : `hours ${runsIn(fields.hours, ", ")}, `;
  const step = evenly(fields.minutes);
  if (step === 1) return { zh: `${zh}每分钟`, en: `${en}every minute` };
  if (step !== null) return { zh: `${zh}每 ${step} 分钟`, en: `${en}every ${step} min` };
  return {
    zh: `${everyHour ? "每小时" : zh}第 ${runsIn(fields.minutes, "、")} 分`,
    en: `${everyHour ? "every hour " : en}at minute ${runsIn(fields.minutes, ", ")}`,
  };
}

/** The step, if the minutes are every so many from 0. */
function evenly(minutes: readonly number[]): number | null {
  const step = minutes[1];
  if (minutes[0] !== 0 || step === undefined || 60 % step !== 0 || minutes.length !== 60 / step) return null;
  return minutes.every((minute, index) => minute === index * step) ? step : null;
}

function exceptionWords(exceptions: NonNullable<Rule["exceptions"]>): Sentence {
  const said = exceptions.slice(0, exceptionsSaid);
  const more = exceptions.length - said.length;
  const span = (from: string, until: string, to: string) => (from === until ? from : `${from}${to}${until}`);
  const zh = said.map(
    ({ name, from, until, plays }) => `，${name}（${span(from, until, " 至 ")}）${plays ? "照播" : "不播"}`,
  );
  const en = said.map(
    ({ name, from, until, plays }) => `, ${plays ? "also" : "not"} on "${name}" (${span(from, until, " to ")})`,
  );
  return {
    zh: zh.join("") + (more > 0 ? `，另有 ${more} 项例外` : ""),
    en: en.join("") + (more > 0 ? `, and ${more} more exceptions` : ""),
  };
}
