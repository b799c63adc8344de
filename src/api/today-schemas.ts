/** What a person has to do, as JSON: also for the page, which has no other words of its own for it. */
import { z } from "zod";
import { todayGroups, todayKinds } from "./today.ts";

const sentence = z.object({ zh: z.string(), en: z.string() });
const iso = z.iso.datetime({ precision: 3 });

export const todaySchema = z
  .object({
    at: iso.meta({ description: "Board clock" }),
    groups: z.array(
      z.object({
        group: z.enum(todayGroups),
        items: z.array(
          z.object({
            kind: z.enum(todayKinds).meta({ description: "What is to be done with it" }),
            title: z.string().meta({ description: 'What it is about; "": a draft without a title' }),
            notice: z.string().nullable(),
            case: z.string().nullable(),
            draft: z.boolean().meta({ description: "Whether that notice is a draft now" }),
            boards: z.array(z.string()),
            code: z.string().optional().meta({ description: "Of the fault that it tells of; absent: of none" }),
            number: z.string().nullable().meta({ description: "Of a received warning, a report, a takedown" }),
            since: iso.nullable(),
            until: iso.nullable().meta({ description: "By when" }),
            late: z.boolean(),
            people: z.array(z.string()).meta({ description: "Names of those who may do it too" }),
            says: sentence.nullable(),
            remedy: sentence.nullable(),
          }),
        ),
        more: z.int().meta({ description: "How many there are beyond these" }),
      }),
    ),
  })
  .meta({ id: "Today" });
export type TodayJson = z.infer<typeof todaySchema>;
