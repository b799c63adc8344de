/** What `report-routes.ts` answers, as the page reads it. */
import { z } from "zod";
import { limits } from "../limits.ts";

const ms = z.int().min(0);

const iso = z.iso.datetime();

export const reportSchema = z
  .object({
    v: z.literal(1),
    date: z.string(),
    office: z.string(),
    practice: z.boolean(),
    zone: z.string(),
    madeAt: iso,
    down: z
      .array(z.object({ from: iso, until: iso }))
      .optional()
      .meta({ description: "When no daemon ran: of that time nothing is on record. Absent: an older report" }),
    boards: z.array(
      z.object({
        board: z.string(),
        name: z.string(),
        openMs: ms.meta({ description: "Within its hours and the play log" }),
        confirmedMs: ms.meta({ description: "Of that, read back and right" }),
        readBack: z.boolean(),
        shown: z.array(z.object({ notice: z.string(), title: z.string(), ms })),
        missed: z.array(z.object({ from: iso, why: z.string() })),
        faults: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
      }),
    ),
    takedowns: z.array(z.object({ id: z.string(), what: z.string(), at: iso, boards: z.array(z.string()) })),
    waiting: z.array(z.object({ notice: z.string(), title: z.string(), state: z.string(), since: iso })),
    more: z.int().meta({ description: `Left out: each list has at most ${limits.reportItems}` }),
    notes: z.array(z.object({ zh: z.string(), en: z.string() })),
  })
  .meta({ id: "DayReport" });

export type DayReportJson = z.infer<typeof reportSchema>;
