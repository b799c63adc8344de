/** 播放安排: what the page of it asks. Nothing here changes anything; `PUT /api/v1/notices/{id}/schedule` does. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Office } from "./office.ts";
import { ProblemError } from "./problem.ts";
import { boardConfig, type Route, route } from "./route.ts";
import type { ScheduleOffice } from "./schedule.ts";
import { scheduleJson, startsJson } from "./schedule-json.ts";
import { scheduleViewSchema, startsSchema } from "./schedule-schemas.ts";
import { instantSchema } from "./schemas.ts";

const dayMs = 86_400_000;
const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });

export function scheduleRoutes(office: Office, schedule: ScheduleOffice): readonly Route[] {
  return [
    route({
      path: "/api/v1/schedule",
      access: "reader",
      dear: "typed",
      summary:
        "What some boards show when, with the rules and signed limits of their notices, opening hours and days of the calendar",
      params: nothing,
      query: z.strictObject({
        from: instantSchema(office.zone, "The beginning; now when left out"),
        until: instantSchema(office.zone, "The end; a day later when left out"),
        boards: z
          .string()
          .max(limits.queryChars * limits.scheduleBoards)
          .optional()
          .meta({
            title: "公开栏编号，逗号隔开 / boards, by commas",
            description: `The first ${limits.scheduleBoards} when left out`,
            examples: ["B1,B2"],
          }),
      }),
      output: json(scheduleViewSchema, "Board by board"),
      failures: [401, 404],
      answer: async ({ from = office.now(), until = from + dayMs, boards }, response) => {
        if (until <= from || until - from > limits.timelineDays * dayMs) throw badSpan();
        const all = office.boards().map(({ config }) => config.id);
        const asked = [...new Set(boards?.split(",") ?? all.slice(0, limits.scheduleBoards))];
        if (asked.length > limits.scheduleBoards) throw tooMany();
        for (const id of asked) boardConfig(office, id);
        response.json(scheduleJson(await schedule.schedule(asked, from, until)));
      },
    }),
    route({
      method: "post",
      path: "/api/v1/next-starts",
      access: "reader",
      dear: "typed",
      summary: "When a schedule's slots begin next, by the playlist's own reckoning, and which days it leaves out",
      params: nothing,
      query: nothing,
      body: z.strictObject({
        schedule: z.looseObject({}),
        after: z.int().min(0).optional().meta({ title: "从何时起，毫秒 / after, ms since 1970" }),
        count: z.int().min(1).max(limits.startsTold).default(10).meta({ title: "几次 / how many" }),
      }),
      output: json(startsSchema, "The starts, fewer if there are no more"),
      failures: [401, 413, 415, 422],
      answer: async ({ schedule: asked, after = office.now(), count }, response) =>
        void response.json(startsJson(await schedule.nextStarts(asked, after, count))),
    }),
  ];
}

function badSpan(): ProblemError {
  const days = limits.timelineDays;
  return new ProblemError(400, {
    where: "query until",
    what: { zh: `时段要从早到晚，最长 ${days} 天`, en: `the span must run forwards, at most ${days} days` },
    remedy: { zh: "把 until 写在 from 之后，缩短时段。", en: "Put until after from, and ask for less." },
  });
}

function tooMany(): ProblemError {
  const most = limits.scheduleBoards;
  return new ProblemError(400, {
    where: "query boards",
    what: { zh: `一次最多 ${most} 块公开栏`, en: `at most ${most} boards at once` },
    remedy: { zh: "分几次问。", en: "Ask in parts." },
  });
}
