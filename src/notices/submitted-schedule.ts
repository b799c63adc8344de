/** What is asked of a schedule that somebody hands in now, beyond the form in which schedules are kept. */
import { sameHours, scheduleSchema } from "./schedule-format.ts";

/**
 * As `scheduleSchema`, and no rule that says nothing: what was kept in earlier days stays readable, and whoever changes it
 * is told.
 */
export const submittedSchedule = scheduleSchema
  .refine(({ hours }) => hours === undefined || hours.fromMinute !== hours.untilMinute, {
    path: ["hours"],
    error: sameHours,
  })
  .refine(({ cron, slotMinutes }) => cron === null || slotMinutes > 0, {
    path: ["slotMinutes"],
    error: "按 cron 起播的\uff0c每次至少 1 分钟 / what begins by cron lasts at least 1 minute",
  });
