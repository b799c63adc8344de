/** 今日待办: what whoever asks has to do now, the most urgent first. */
import { z } from "zod";
import { type Route, route } from "./route.ts";
import { type TodayItem, type TodayOffice, todayGroups, todayKinds } from "./today.ts";
import { isoOf } from "./views.ts";

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

const time = (at: number | null) => (at === null ? null : isoOf(at));
const json = ({ since, until, ...rest }: TodayItem) => ({ ...rest, since: time(since), until: time(until) });

export function todayRoutes(office: TodayOffice): readonly Route[] {
  return [
    route({
      path: "/api/v1/today",
      access: ["contributor", "maker", "reviewer", "signer", "operator", "auditor", "administrator"],
      summary: "What whoever asks has to do now, the most urgent first, and who else may do it",
      params: z.strictObject({}),
      query: z.strictObject({}),
      output: {
        type: "application/json",
        schema: todaySchema,
        description: "Groups with nothing in them are left out",
      },
      failures: [401, 403],
      answer: async (_, response, __, caller) => {
        const { at, groups } = await office.today(caller);
        response.json({
          at: isoOf(at),
          groups: groups.map(({ group, items, more }) => ({ group, items: items.map(json), more })),
        });
      },
    }),
  ];
}
