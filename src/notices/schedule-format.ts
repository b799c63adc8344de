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

/** 24 hours to some, none to others. */
export const sameHours =
  "起止相同\uff0c全天请不写时段 / begin and end are the same; for the whole day leave the hours out";

/** "08:00-18:00", as people write them; what ends before it begins runs over midnight. */
const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, {
    error: "\u5e94\u4e3a HH:MM-HH:MM \u7684\u65f6\u6bb5 / must be hours HH:MM-HH:MM",
  })
  .refine((text) => text.slice(0, 5) !== text.slice(6), { error: sameHours })
  .transform((text) => {
    const [from = 0, fromMinute = 0, until = 0, untilMinute = 0] = text.split(/[:-]/).map(Number);
    return { fromMinute: from * 60 + fromMinute, untilMinute: until * 60 + untilMinute };
  });

/** When a notice plays, as import files write it. What may be left out comes last, in the order of `scheduleSchema`. */
export const rotationSchema = z.strictObject({
  cron: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .describe(
      "When slots begin: minute hour day month weekday, all five; null: one slot a day, its hours or the whole of it. 起播：分 时 日 月 周；null 为整天或 hours 的时段。",
    ),
  slotMinutes: z.int().min(1).max(1440),
  calendar: z
    .enum(["everyday", "workday", "restday"])
    .describe("By the State Council calendar, not the days of the week. 按国务院放假调休。"),
  tz: z.string().max(64).describe("Must be the office's own zone. 须为本处时区。"),
  hours: hours.exactOptional().describe("Slots are cut to these; may cross midnight. 只在这个时段内播，可跨午夜。"),
  weekdays: scheduleSchema.shape.weekdays.describe("0 Sunday to 6 Saturday. 0 为周日。"),
  exceptions: scheduleSchema.shape.exceptions.describe(
    "Days that play, or do not, whatever weekdays and calendar say; the last that holds a day counts. 例外日期；后写的优先。",
  ),
  pinned: scheduleSchema.shape.pinned.describe("Goes before others of its priority. 同级中置顶的写 true。"),
});
