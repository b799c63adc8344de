/** 今日待办: what whoever asks has to do now, the most urgent first. */
import { z } from "zod";
import { type Route, route } from "./route.ts";
import type { TodayItem, TodayOffice } from "./today.ts";
import { todaySchema } from "./today-schemas.ts";
import { isoOf } from "./views.ts";

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
