/** A rule as one sentence, by the page's own words. */
import type { Schedule } from "../../notices/types.ts";
import { clock, type RuleWords } from "../cron-words.ts";

type Say = (key: string, named?: Record<string, unknown>) => string;

export function sayRule(
  { days, weekdays, dates, times, slotMinutes }: RuleWords,
  hours: Schedule["hours"],
  t: Say,
  weekday: (day: number) => string,
): string {
  const comma = t("list.comma");
  const which = [
    ...(days === "everyday" && (weekdays !== null || dates !== null) ? [] : [t(`schedule.days_.${days}`)]),
    ...(dates === null ? [] : [t("schedule.said.dates", { dates: dates.join(comma) })]),
    ...(weekdays === null ? [] : [weekdays.map(weekday).join(comma)]),
  ].join(comma);
  const span = hours ? `${clock(hours.fromMinute)}–${clock(hours.untilMinute)}` : "";
  if (times.kind === "whole")
    return hours ? t("schedule.said.hours", { days: which, hours: span }) : t("schedule.said.whole", { days: which });
  const only = hours ? t("schedule.said.only", { hours: span }) : "";
  if (times.kind === "at")
    return (
      t("schedule.said.at", { days: which, times: times.times.map(clock).join(comma), minutes: slotMinutes }) + only
    );
  const { step, from, until } = times;
  const each =
    step < 60
      ? t("schedule.step.minutes", { count: step })
      : step === 60
        ? t("schedule.step.hour")
        : t("schedule.step.hours", { count: step / 60 });
  const named = { days: which, from: clock(from), until: clock(until), step: each, minutes: slotMinutes };
  return t("schedule.said.every", named) + only;
}
