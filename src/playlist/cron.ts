/** Five-field cron as civil days × hours × minutes. node-cron parses; we walk, so that any clock and zone can be asked about. */
import { parse } from "node-cron";
import type { DayParts } from "../time/days.ts";

export interface CronFields {
  /** Sorted, distinct. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  /** The same, sorted. */
  readonly monthDays: readonly number[];
  readonly months: ReadonlySet<number>;
  /** 0 = Sunday. */
  readonly weekdays: ReadonlySet<number>;
}

export type ParsedCron =
  | { readonly ok: true; readonly fields: CronFields }
  | { readonly ok: false; readonly zh: string; readonly en: string };

const cache = new Map<string, ParsedCron>();
const cachedMax = 10_000;

/** Minute, hour, day of month, month, day of week. Seconds, macros (@daily) and L W # are refused by name. */
export function parseCron(expression: string): ParsedCron {
  const kept = cache.get(expression);
  if (kept) return kept;
  const made = parseFields(expression);
  if (cache.size >= cachedMax) cache.clear();
  cache.set(expression, made);
  return made;
}

function parseFields(expression: string): ParsedCron {
  const words = expression.trim().split(/\s+/);
  const refuse = (zh: string, en: string): ParsedCron => ({
    ok: false,
    zh: `播放时间“${expression}”：${zh}`,
    en: `cron "${expression}": ${en}`,
  });
  if (expression.trim().startsWith("@"))
    return refuse("不支持 @ 缩写，请写五段", "macros are not supported; write five fields");
  if (words.length !== 5)
    return refuse(
      `应为五段（分 时 日 月 周），写了 ${words.length} 段`,
      `five fields are needed, ${words.length} given`,
    );
  const special = /[LW#?]/i.exec(`${words[2]} ${words[4]}`.replace(/WED(NESDAY)?/gi, ""));
  if (special) return refuse(`不支持“${special[0]}”`, `"${special[0]}" is not supported`);
  try {
    const fields = parse(words.join(" "));
    const numbers = (values: readonly (number | string)[]) => [...new Set(values.map(Number))].sort((a, b) => a - b);
    return {
      ok: true,
      fields: {
        minutes: numbers(fields.minute),
        hours: numbers(fields.hour),
        days: new Set(numbers(fields.dayOfMonth)),
        monthDays: numbers(fields.dayOfMonth),
        months: new Set(numbers(fields.month)),
        weekdays: new Set(numbers(fields.dayOfWeek)),
      },
    };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return refuse(`看不懂(${what})`, what);
  }
}

/** Day of month AND day of week AND month must match, as in node-cron (Vixie cron ORs the first two). */
export function matchesDay(fields: CronFields, day: DayParts): boolean {
  return fields.days.has(day.day) && fields.months.has(day.month) && fields.weekdays.has(day.weekday);
}

const starts = new WeakMap<CronFields, readonly number[]>();

/** Starts within one matching day, minutes after midnight, in order. Made once. */
export function minutesOf(fields: CronFields): readonly number[] {
  let minutes = starts.get(fields);
  if (!minutes) {
    minutes = fields.hours.flatMap((hour) => fields.minutes.map((minute) => hour * 60 + minute));
    starts.set(fields, minutes);
  }
  return minutes;
}
