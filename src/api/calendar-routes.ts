/** Years of the working-day calendar: seen by everybody who reads, imported by an administrator. */
import { z } from "zod";
import { yearSchema } from "./calendar-schemas.ts";
import { type CalendarYear, mistakesInYear } from "../config/index.ts";
import { calendarYearSchema } from "../config/schema.ts";
import type { Caller } from "../people/types.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";

export interface YearView extends CalendarYear {
  /** Whose word it is. `none`: every day is a working day here; `unknown`: nobody has said. */
  readonly from: "imported" | "file" | "program" | "none" | "unknown";
}

export interface CalendarOffice {
  /** Of the file, imported, this year and the next. */
  years(): Promise<readonly YearView[]>;
  year(year: number): Promise<YearView>;
  /** From now on; on record, with what counted before. */
  put(caller: Caller, year: CalendarYear): Promise<YearView>;
}

const nothing = z.strictObject({});
const asked = z.strictObject({
  year: z.coerce
    .number()
    .int()
    .min(1970)
    .max(2200)
    .meta({ title: "年份 / year", examples: [2027] }),
});

export function calendarRoutes(calendar: CalendarOffice): readonly Route[] {
  return [
    route({
      path: "/api/v1/calendar",
      access: "reader",
      summary: "The years of the working-day calendar: imported, of the installation file, this one and the next",
      params: nothing,
      query: nothing,
      output: { type: "application/json", schema: z.array(yearSchema), description: "In order" },
      failures: [401],
      answer: async (_, response) => void response.json(await calendar.years()),
    }),
    route({
      path: "/api/v1/calendar/{year}",
      access: "reader",
      summary: "One year, and whose word it is",
      params: asked,
      query: nothing,
      output: { type: "application/json", schema: yearSchema, description: "Also where nobody has said" },
      failures: [401],
      answer: async ({ year }, response) => void response.json(await calendar.year(year)),
    }),
    route({
      path: "/api/v1/calendar/{year}",
      method: "put",
      access: ["administrator"],
      summary: "Import a year of the State Council's notice; boards are planned anew at once",
      params: asked,
      query: nothing,
      body: calendarYearSchema.omit({ year: true }),
      output: { type: "application/json", schema: yearSchema, description: "As it counts now" },
      failures: [401, 403, 422],
      answer: async ({ year, ...rest }, response, _, caller) => {
        const wanted: CalendarYear = { ...rest, year };
        if ((await calendar.year(year)).from === "none") throw new ProblemError(422, noCalendar);
        const [first, ...more] = mistakesInYear(wanted).map(({ path, what, remedy }) => {
          return { where: ["body", ...path].join("."), what, remedy };
        });
        if (first) throw new ProblemError(422, first, ...more);
        response.json(await calendar.put(caller, wanted));
      },
    }),
  ];
}

const noCalendar = {
  where: "path year",
  what: { zh: "本处不用工作日日历，天天都是工作日", en: "this office has no working-day calendar: every day is one" },
  remedy: {
    zh: "要用，先把安装文件的 calendar.kind 改成 state-council。",
    en: "To use one, set calendar.kind of the installation file to state-council first.",
  },
};
