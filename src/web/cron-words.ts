/**
 * A rule of playing as people say it, and back: "every working day, 8:00 to 17:00 each hour, for 5 minutes". What cannot
 * be said so stays what it is, an expression: null.
 */
import type { Schedule } from "../notices/types.ts";

export type Times =
  /** The whole of each day, or `hours` of it. */
  | { readonly kind: "whole" }
  /** Minutes after midnight, in order. */
  | { readonly kind: "at"; readonly times: readonly number[] }
  /** The first and the last start, minutes after midnight, and the step between, minutes. */
  | { readonly kind: "every"; readonly step: number; readonly from: number; readonly until: number };

export interface RuleWords {
  readonly days: Schedule["calendar"];
  /** 0 Sunday to 6 Saturday, in order; null: all. */
  readonly weekdays: readonly number[] | null;
  /** Days of the month, in order; null: all. */
  readonly dates: readonly number[] | null;
  readonly times: Times;
  readonly slotMinutes: number;
}

export type RuleFields = Pick<Schedule, "cron" | "slotMinutes" | "calendar" | "weekdays" | "hours" | "exceptions">;

/** Steps that can be said: parts of an hour, whole hours. */
export const steps: readonly number[] = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720];
/** So many times of a day are said one by one. */
export const timesMost = 12;
const dayMinutes = 1440;

const range = (first: number, last: number, step = 1) =>
  Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step);

/** The words of a rule; null where there are none for it. */
export function wordsOf({ cron, slotMinutes, calendar, weekdays, hours, exceptions }: RuleFields): RuleWords | null {
  const given = weekdays && weekdays.length < 7 ? sorted(weekdays) : null;
  const common = { days: calendar, slotMinutes };
  if (cron === null) return { ...common, weekdays: given, dates: null, times: { kind: "whole" } };
  const fields = cron.trim().split(/\s+/);
  const [minute = "", hour = "", date = "", month, weekday = ""] = fields;
  if (fields.length !== 5 || month !== "*") return null;
  const [minutes, hourList] = [valuesOf(minute, 0, 59), valuesOf(hour, 0, 23)];
  const dates = valuesOf(date, 1, 31);
  const ofWeek = valuesOf(weekday, 0, 7);
  if (!minutes || !hourList || !dates || !ofWeek) return null;
  const week = sorted(ofWeek.map((day) => day % 7));
  const times = timesOf(minutes, hourList);
  if (times === null) return null;
  let days = given;
  if (week.length < 7) {
    // Of hours across midnight, and of days that play as exceptions, a cron's own days are other days than the rule's.
    const across = hours !== undefined && hours.untilMinute <= hours.fromMinute;
    if (across || exceptions?.some(({ plays }) => plays)) return null;
    days = given === null ? week : week.filter((day) => given.includes(day));
    if (days.length === 0) return null;
  }
  return { ...common, weekdays: days, dates: dates.length === 31 ? null : dates, times };
}

/** The rule that the words say; what they do not speak of (hours, exceptions) stays as it was. */
export function ruleOf(
  words: RuleWords,
): Pick<Schedule, "cron" | "slotMinutes" | "calendar"> & { readonly weekdays: readonly number[] | undefined } {
  const { days, weekdays, slotMinutes } = words;
  const week = weekdays !== null && weekdays.length > 0 && weekdays.length < 7 ? sorted(weekdays) : undefined;
  return { cron: cronOf(words), slotMinutes, calendar: days, weekdays: week };
}

/** null: no cron, the whole day. Throws nothing: what `mistakeOf` refuses makes the nearest expression. */
export function cronOf({ times, dates }: Pick<RuleWords, "times" | "dates">): string | null {
  if (times.kind === "whole") return null;
  const date = dates === null ? "*" : listOf(sorted(dates));
  const days = `${date} * *`;
  if (times.kind === "at") {
    const minutes = sorted(times.times.map((time) => time % 60));
    const hours = sorted(times.times.map((time) => Math.floor(time / 60)));
    return `${listOf(minutes)} ${hours.length === 24 ? "*" : listOf(hours)} ${days}`;
  }
  const { step, from, until } = times;
  const [first, last] = [Math.floor(from / 60), Math.floor(until / 60)];
  if (step < 60) {
    const offset = from % step;
    return `${offset === 0 ? `*/${step}` : `${offset}-59/${step}`} ${hoursOf(first, last, 1)} ${days}`;
  }
  return `${from % 60} ${hoursOf(first, last, step / 60)} ${days}`;
}

/** What words cannot be made one rule of. */
export type Mistake = "no-time" | "times-apart" | "no-weekday" | "no-date" | "slot";

export function mistakeOf({ times, weekdays, dates, slotMinutes }: RuleWords): Mistake | null {
  if (weekdays !== null && weekdays.length === 0) return "no-weekday";
  if (dates !== null && (dates.length === 0 || times.kind === "whole")) return "no-date";
  if (times.kind === "whole") return null;
  if (!(Number.isInteger(slotMinutes) && slotMinutes >= 1 && slotMinutes <= dayMinutes)) return "slot";
  if (times.kind === "every") return times.from <= times.until ? null : "no-time";
  if (times.times.length === 0) return "no-time";
  const minutes = new Set(times.times.map((time) => time % 60));
  const hours = new Set(times.times.map((time) => Math.floor(time / 60)));
  // One expression is all of its minutes in all of its hours.
  return minutes.size * hours.size === new Set(times.times).size ? null : "times-apart";
}

/** Last starts that a first one and a step may have. */
export function lastStarts(from: number, step: number): readonly number[] {
  if (step >= 60) return range(from, dayMinutes - 1, step);
  const hour = Math.floor(from / 60);
  const inHour = (from % step) + 60 - step;
  return range(hour, 23).map((one) => one * 60 + inHour);
}

/** The nearest words to these that one expression says: from the first start of an hour, to a last one that there is. */
export function every(step: number, from: number, until: number): Times {
  const first = step < 60 ? Math.floor(from / 60) * 60 + (from % step) : from;
  const lasts = lastStarts(first, step);
  const last = lasts.reduce(
    (best, one) => (Math.abs(one - until) < Math.abs(best - until) ? one : best),
    lasts[0] ?? first,
  );
  return { kind: "every", step, from: first, until: last };
}

/** "8:00, 9:30;17:00" in whatever comma; null: not all of it is times. */
export function timesIn(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;\uff0c\u3001\uff1b]+/).filter((part) => part !== "");
  const found = parts.map((part) => {
    const match = /^(\d{1,2})[:\uff1a](\d{2})$/.exec(part);
    const [hour, minute] = [Number(match?.[1] ?? 24), Number(match?.[2] ?? 60)];
    return hour < 24 && minute < 60 ? hour * 60 + minute : null;
  });
  const times = found.filter((one): one is number => one !== null);
  return times.length === found.length ? sorted(times) : null;
}

/** "1, 15-17" of the month; null: not all of it is days. */
export function datesIn(text: string): readonly number[] | null {
  const list = text
    .split(/[\s,;\uff0c\u3001\uff1b]+/)
    .filter((part) => part !== "")
    .join(",");
  return list === "" ? [] : valuesOf(list, 1, 31);
}

/** 480 → "8:00" */
export function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

function timesOf(minutes: readonly number[], hours: readonly number[]): Times | null {
  const [minute = 0, hour = 0] = [minutes[0], hours[0]];
  const [lastMinute = 0, lastHour = 0] = [minutes[minutes.length - 1], hours[hours.length - 1]];
  if (minutes.length > 1) {
    const step = 60 / minutes.length;
    if (steps.includes(step) && minute < step && isEven(minutes, step) && isEven(hours, 1))
      return { kind: "every", step, from: hour * 60 + minute, until: lastHour * 60 + lastMinute };
  } else if (hours.length > 2) {
    const step = (hours[1] as number) - hour;
    if (steps.includes(step * 60) && isEven(hours, step))
      return { kind: "every", step: step * 60, from: hour * 60 + minute, until: lastHour * 60 + minute };
  }
  if (minutes.length * hours.length > timesMost) return null;
  return { kind: "at", times: hours.flatMap((one) => minutes.map((other) => one * 60 + other)) };
}

const isEven = (values: readonly number[], step: number) =>
  values.every((value, index) => value === (values[0] as number) + index * step);

/** A cron field of numbers, as they are listed, with ranges and steps; null: it is written otherwise, or wrong. */
function valuesOf(field: string, least: number, most: number): number[] | null {
  const values: number[] = [];
  for (const part of field.split(",")) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (!match) return null;
    const step = Number(match[3] ?? 1);
    const first = Number(match[1] ?? least);
    const last = Number(match[2] ?? (match[1] === undefined ? most : first));
    // "5/10" is read differently by different readers of cron.
    if (step < 1 || first < least || last > most || first > last) return null;
    if (match[3] !== undefined && match[1] !== undefined && match[2] === undefined) return null;
    values.push(...range(first, last, step));
  }
  return sorted(values);
}

const sorted = (values: readonly number[]) => [...new Set(values)].sort((one, other) => one - other);

function hoursOf(first: number, last: number, step: number): string {
  if (step === 1) return first === 0 && last === 23 ? "*" : first === last ? String(first) : `${first}-${last}`;
  return first === last ? String(first) : `${first}-${last}/${step}`;
}

/** 1,2,3,8 → "1-3,8" */
function listOf(values: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < values.length; ) {
    let end = at;
    while (values[end + 1] === (values[end] as number) + 1) end++;
    if (end - at > 1) parts.push(`${values[at]}-${values[end]}`);
    else parts.push(...values.slice(at, end + 1).map(String));
    at = end + 1;
  }
  return parts.join(",");
}
