/** When and where a notice plays, as it is stored and as operators send it. */
import { z } from "zod";
import { limits } from "../limits.ts";

/** Milliseconds since 1970, until the end of year 9999. */
export const instant = z
  .int()
  .min(0)
  .max(Date.UTC(9999, 11, 31));

/** What a draft leaves out of its schedule: it plays all the time. */
export const everyDay = { cron: null, slotMinutes: 0, calendar: "everyday", priority: 5, weight: 1 } as const;

export const scheduleSchema = z.strictObject({
  /** None of what is only registered. */
  boards: z.array(z.string().min(1).max(64)).max(1000),
  from: instant,
  until: instant,
  cron: z.string().max(200).nullable(),
  slotMinutes: z.int().min(0).max(1440),
  calendar: z.enum(["everyday", "workday", "restday"]),
  priority: z.int().min(0).max(10),
  weight: z.int().min(1).max(16),
  hours: z
    .strictObject({ fromMinute: z.int().min(0).max(1439), untilMinute: z.int().min(0).max(1440) })
    .exactOptional(),
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7).exactOptional(),
  exceptions: z
    .array(
      z
        .strictObject({ name: z.string().min(1).max(40), from: z.iso.date(), until: z.iso.date(), plays: z.boolean() })
        // Written backwards it would hold no day, and nobody would be told.
        .refine(({ from, until }) => from <= until, {
          path: ["until"],
          error: "末日不能早于首日 / the last day must not be before the first",
        }),
    )
    .max(limits.scheduleExceptions)
    .exactOptional(),
  pinned: z.literal(true).exactOptional(),
});
