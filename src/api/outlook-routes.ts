/** Why a notice is on or not, what a draft would do, and what the coming days hold. Nothing here changes anything. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Office } from "./office.ts";
import type { OutlookOffice } from "./outlook.ts";
import {
  outlookJson,
  outlookSchema,
  timelineSchema,
  whatIfBody,
  whatIfJson,
  whatIfSchema,
  whyJson,
  whySchema,
} from "./outlook-schemas.ts";
import { ProblemError } from "./problem.ts";
import { seesUnsigned } from "./redact.ts";
import { boardConfig, type Route, route } from "./route.ts";
import { instantSchema } from "./schemas.ts";
import { boardId } from "./sheets.ts";
import { scheduleRoutes } from "./schedule-routes.ts";
import { cardJsonOf, isoOf, suspensionJson } from "./views.ts";

const dayMs = 86_400_000;
const aheadDays = 30;
const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });

export function outlookRoutes(office: Office, outlook: OutlookOffice): readonly Route[] {
  return [
    ...scheduleRoutes(office, outlook),
    route({
      path: "/api/v1/boards/{id}/notices/{notice}/why",
      access: "reader",
      summary:
        "Why a notice is, was or was not on a board at an instant: the past from the play log, the future by the rules",
      params: z.strictObject({
        id: boardId,
        notice: z
          .string()
          .max(limits.queryChars)
          .meta({ title: "信息编号 / notice id", examples: ["N13"] }),
      }),
      query: z.strictObject({ at: instantSchema(office.zone, "When, by the board clock; now when left out") }),
      output: json(whySchema, "One sentence, and what it rests on"),
      failures: [401, 404],
      answer: async ({ id, notice, at = office.now() }, response, _, caller) => {
        boardConfig(office, id);
        const view = await outlook.why(id, notice, at, caller);
        if (view === null) throw noNotice(notice);
        response.json(whyJson(view));
      },
    }),
    route({
      method: "post",
      path: "/api/v1/what-if",
      access: ["maker", "reviewer", "signer", "operator"],
      dear: true,
      summary:
        "What a case, a notice or a schedule would do to each of its boards in the 30 days after it begins: rounds, interruptions, its own time",
      params: nothing,
      query: nothing,
      body: whatIfBody,
      output: json(whatIfSchema, "Board by board"),
      failures: [401, 403, 404, 413, 415, 422, 503],
      answer: async (asked, response) => {
        if (asked.case !== undefined && asked.notice !== undefined) throw oneOf();
        response.json(whatIfJson(await outlook.whatIf(asked)));
      },
    }),
    route({
      path: "/api/v1/outlook",
      access: "reader",
      dear: true,
      summary:
        "What the coming days hold that somebody should know of now: starved and covered notices, empty days, overfull rounds, ends without a successor",
      params: nothing,
      query: z.strictObject({
        days: z.coerce
          .number()
          .int()
          .min(1)
          .max(limits.outlookDays)
          .default(aheadDays)
          .meta({ title: "天数 / days", examples: [aheadDays] }),
      }),
      output: json(outlookSchema, "Board by board"),
      failures: [401],
      answer: async ({ days }, response, _, caller) => {
        response.json(outlookJson(await outlook.outlook(days, seesUnsigned(caller))));
      },
    }),
    route({
      path: "/api/v1/timeline",
      access: "reader",
      dear: true,
      summary: "What all boards show when: their intervals, each with its notices",
      params: nothing,
      query: z.strictObject({
        from: instantSchema(office.zone, "The beginning; now when left out"),
        until: instantSchema(office.zone, `The end; ${aheadDays} days later when left out`),
      }),
      output: json(timelineSchema, "Board by board, in the order of the installation file"),
      failures: [401],
      answer: async ({ from = office.now(), until = from + aheadDays * dayMs }, response, request) => {
        if (until <= from || until - from > limits.timelineDays * dayMs) throw badSpan();
        response.type("application/json");
        if (request.method === "HEAD") return void response.end();
        // A board at a time: all of them together are megabytes, and writing them takes longer than others should wait.
        let mark = "[";
        for await (const { board, intervals, suspensions, card } of outlook.timeline(from, until)) {
          const told = intervals.map(({ start, end, priority, notices, suspended }) => ({
            ...{ start: isoOf(start), end: isoOf(end), priority, notices, suspended },
          }));
          const said = { suspensions: suspensions.map(suspensionJson), ...cardJsonOf({ ...(card && { card }) }) };
          response.write(mark + JSON.stringify({ board, intervals: told, ...said }));
          mark = ",";
        }
        response.end(mark === "[" ? "[]" : "]");
      },
    }),
  ];
}

/** The same whether there is none or it is not for this caller to know of. */
function noNotice(id: string): ProblemError {
  return new ProblemError(404, {
    where: "path notice",
    what: { zh: `没有信息“${id}”`, en: `there is no notice "${id}"` },
    remedy: { zh: "GET /api/v1/notices 列出全部。", en: "GET /api/v1/notices lists them." },
  });
}

function oneOf(): ProblemError {
  return new ProblemError(400, {
    where: "body notice",
    what: { zh: "case 和 notice 只写一个", en: "give either case or notice" },
    remedy: { zh: "去掉其中一个。", en: "Leave one of them out." },
  });
}

function badSpan(): ProblemError {
  const days = limits.timelineDays;
  return new ProblemError(400, {
    where: "query until",
    what: { zh: `时段要从早到晚，最长 ${days} 天`, en: `the span must run forwards, at most ${days} days` },
    remedy: { zh: "把 until 写在 from 之后，缩短时段。", en: "Put until after from, and ask for less." },
  });
}
