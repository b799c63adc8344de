/** What `publicity-routes.ts` answers, as the page reads it. */
import { z } from "zod";

const iso = z.iso.datetime({ precision: 3 });

export const viewSchema = z
  .object({
    notice: z.string(),
    title: z.string(),
    number: z.int().meta({ description: "The revision's" }),
    kind: z.enum(["公示", "征求意见"]),
    required: z.int(),
    unit: z.enum(["workday", "day"]),
    from: iso,
    until: iso.meta({ description: "The end, itself not included" }),
    actual: z.int().nullable().meta({ description: "Days in its unit, first and last included" }),
    stopped: z.boolean().meta({ description: "中止: taken off before its end" }),
    state: z.enum(["planned", "running", "short", "ending", "awaiting-result", "closed"]).meta({
      description: "short: it will not have hung long enough; ending: over, and put on record in a few minutes",
    }),
    interruptions: z
      .object({ watchedFrom: z.string().nullable(), days: z.array(z.string()).nullable() })
      .nullable()
      .meta({
        description: "Days on which no board is known to have shown it; null days: nothing was read back to tell by",
      }),
    result: z
      .object({ note: z.string(), notice: z.string().nullable(), by: z.string(), name: z.string(), at: iso })
      .nullable(),
  })
  .meta({ id: "Publicity" });

export type PeriodJson = z.infer<typeof viewSchema>;
