/** What `calendar-routes.ts` answers, as the page reads it. */
import { z } from "zod";

export const yearSchema = z
  .object({
    year: z.int(),
    from: z.enum(["imported", "file", "program", "none", "unknown"]).meta({
      description:
        "An imported year counts before the installation file's, that before the program's. none: every day is a working day; unknown: nobody has said",
    }),
    source: z.string(),
    restDays: z.array(z.string()).meta({ description: "Days off; of the program's years, weekdays only" }),
    workingWeekends: z.array(z.string()),
  })
  .meta({ id: "CalendarYear" });

export type YearJson = z.infer<typeof yearSchema>;
