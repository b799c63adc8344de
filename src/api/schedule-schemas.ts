/** The schedule as JSON: also for the page. Times of schedules and envelopes are milliseconds since 1970, as in seals; others are ISO 8601. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { cardPieces, intervalSchema, suspensionSchema } from "./schemas.ts";

const iso = z.iso.datetime();
const sentence = z.object({ zh: z.string(), en: z.string() });
const window = z.object({ from: iso, until: iso });

const daySchema = z.object({
  date: z.iso.date(),
  kind: z.enum(["workday", "restday"]).nullable().meta({ description: "null: nobody has said how that year is" }),
  special: z.enum(["off", "make-up"]).nullable().meta({ description: "A weekday off; a weekend worked" }),
  name: sentence.nullable(),
});

const scheduleSchema = z.object({
  boards: z.array(z.string()),
  from: z.int(),
  until: z.int(),
  cron: z.string().nullable(),
  slotMinutes: z.int(),
  calendar: z.enum(["everyday", "workday", "restday"]),
  priority: z.int(),
  weight: z.int(),
  hours: z.object({ fromMinute: z.int(), untilMinute: z.int() }).optional(),
  weekdays: z.array(z.int()).optional(),
  exceptions: z
    .array(z.object({ name: z.string(), from: z.iso.date(), until: z.iso.date(), plays: z.boolean() }))
    .optional(),
  pinned: z.literal(true).optional(),
});

export const scheduleViewSchema = z
  .object({
    from: iso,
    until: iso,
    days: z.array(daySchema),
    boards: z.array(
      z.object({
        board: z.string(),
        name: z.string(),
        open: z.array(window),
        quiet: z.array(window),
        suspensions: z.array(suspensionSchema),
        intervals: z.array(intervalSchema),
        card: cardPieces,
        notices: z.array(z.string()).meta({ description: "Signed ones whose own time touches the span" }),
      }),
    ),
    notices: z.array(
      z.object({
        ...{ notice: z.string(), title: z.string(), track: z.string(), category: z.string(), said: sentence },
        schedule: scheduleSchema,
        envelope: z.object({
          ...{ boards: z.array(z.string()), from: z.int(), until: z.int(), bestPriority: z.int() },
        }),
      }),
    ),
  })
  .meta({ id: "Schedule", description: `At most ${limits.timelineDays} days of ${limits.scheduleBoards} boards` });

export const startsSchema = z
  .object({
    starts: z.array(iso),
    skipped: z.array(daySchema.extend({ exception: z.string().nullable() })),
    unknownYear: z.int().nullable(),
    said: sentence,
  })
  .meta({ id: "NextStarts" });

export type ScheduleViewJson = z.infer<typeof scheduleViewSchema>;
export type ScheduledNoticeJson = ScheduleViewJson["notices"][number];
export type BoardScheduleJson = ScheduleViewJson["boards"][number];
export type DayJson = ScheduleViewJson["days"][number];
export type StartsJson = z.infer<typeof startsSchema>;
