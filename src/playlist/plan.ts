/** A rule made ready to be asked about many days: parsed, in numbers, kept as long as the rule. */
import type { WorkCalendar } from "../time/calendar.ts";
import { dayNumberOf, partsOf } from "../time/days.ts";
import { type CronFields, minutesOf, parseCron } from "./cron.ts";
import type { Rule } from "./types.ts";

export interface RulePlan {
  /** Null: every day. */
  readonly fields: CronFields | null;
  /** When slots begin, minutes after midnight, in order; null: one slot a day. Empty: a cron that cannot be read. */
  readonly minutes: readonly number[] | null;
  readonly lengthMs: number;
  /** Of a day, minutes after its midnight; `until` runs past 1440 where they cross it. Null: all. */
  readonly hours: { readonly from: number; readonly until: number } | null;
  /** Slots that begin before this minute belong to the day before; 0 unless the hours cross midnight. */
  readonly early: number;
  readonly calendar: Rule["calendar"];
  readonly weekdays: readonly number[] | null;
  /** The last one first. */
  readonly exceptions: readonly ExceptionPlan[];
}

interface ExceptionPlan {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly plays: boolean;
}

const plans = new WeakMap<Rule, RulePlan>();

export function planOf(rule: Rule): RulePlan {
  let plan = plans.get(rule);
  if (!plan) {
    plan = made(rule);
    plans.set(rule, plan);
  }
  return plan;
}

function made({ cron, slotMinutes, calendar, hours, weekdays, exceptions = [] }: Rule): RulePlan {
  const parsed = cron === null ? null : parseCron(cron);
  const fields = parsed?.ok ? parsed.fields : null;
  const across = hours !== undefined && hours.untilMinute <= hours.fromMinute;
  return {
    fields,
    minutes: cron === null ? null : fields === null ? [] : minutesOf(fields),
    lengthMs: slotMinutes * 60_000,
    hours: hours ? { from: hours.fromMinute, until: hours.untilMinute + (across ? 1440 : 0) } : null,
    early: across ? hours.untilMinute : 0,
    calendar,
    weekdays: weekdays ?? null,
    exceptions: exceptions.toReversed().map(({ name, from, until, plays }) => ({
      name,
      // What is no date holds no day.
      first: dayNumberOf(from) ?? Number.POSITIVE_INFINITY,
      last: dayNumberOf(until) ?? Number.NEGATIVE_INFINITY,
      plays,
    })),
  };
}

/** Why a rule does not play on a day. */
export type DayRefusal =
  | { readonly why: "exception"; readonly name: string }
  | { readonly why: "weekday"; readonly weekdays: readonly number[] }
  | { readonly why: "calendar"; readonly needs: "workday" | "restday" };

/** Null: it plays on this day. Throws `UnknownYear`, but only where the answer depends on it. */
export function refusalOf(plan: RulePlan, day: number, calendar: WorkCalendar): DayRefusal | null {
  for (const { name, first, last, plays } of plan.exceptions)
    if (first <= day && day <= last) return plays ? null : { why: "exception", name };
  const { weekdays, calendar: needs } = plan;
  if (weekdays !== null && !weekdays.includes(partsOf(day).weekday)) return { why: "weekday", weekdays };
  return needs === "everyday" || calendar.kind(day) === needs ? null : { why: "calendar", needs };
}
