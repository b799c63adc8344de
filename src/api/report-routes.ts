/** 日报: what the daemon wrote of each day that is over. */
import { z } from "zod";
import { reportSchema } from "./report-schemas.ts";
import { limits } from "../limits.ts";
import type { DayReport } from "../ledger/reports/day.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";
import { mayReadRegister, send, text } from "./sheets.ts";

export interface Reports {
  /** null: there is none of that day. */
  read(date: string): Promise<DayReport | null>;
  sheet(report: DayReport): Iterable<string>;
  /** CSV. */
  table(report: DayReport): Iterable<string>;
  /** Those there are, the newest first. */
  days(): Promise<readonly string[]>;
}

const params = z.strictObject({
  date: z.iso.date().meta({ title: "日期 / day", examples: ["2017-11-06"] }),
});
const nothing = z.strictObject({});

export function reportRoutes(reports: Reports): readonly Route[] {
  const found = async (date: string) => {
    const report = await reports.read(date);
    if (report === null) throw noReport(date);
    return report;
  };
  return [
    route({
      path: "/api/v1/day-reports",
      access: "reader",
      summary: "Of which days there is a report, the newest first",
      params: nothing,
      query: nothing,
      output: {
        type: "application/json",
        schema: z.array(z.iso.date()).max(limits.reportDays),
        description: "Days, by the board clock",
      },
      failures: [401, 403],
      answer: async (_, response, __, caller) => {
        mayReadRegister(caller);
        response.json(await reports.days());
      },
    }),
    route({
      path: "/api/v1/reports/{date}/sheet.csv",
      access: "reader",
      summary: "The same, for a spreadsheet",
      params,
      query: nothing,
      output: text("text/csv", "Some tables, an empty line between them"),
      failures: [401, 403, 404],
      answer: async ({ date }, response, _, caller) => {
        mayReadRegister(caller);
        await send(response, "csv", `day-${date}.csv`, pieces(reports.table(await found(date))));
      },
    }),
    route({
      path: "/api/v1/reports/{date}",
      access: "reader",
      summary: "The daily report: each board's day, and what was open on the morning after",
      params,
      query: nothing,
      output: { type: "application/json", schema: reportSchema, description: "As it was written then" },
      failures: [401, 403, 404],
      answer: async ({ date }, response, _, caller) => {
        mayReadRegister(caller);
        response.json(await found(date));
      },
    }),
    route({
      path: "/api/v1/reports/{date}/sheet.html",
      access: "reader",
      summary: "The same, to be printed",
      params,
      query: nothing,
      output: text("text/html", "The sheet"),
      failures: [401, 403, 404],
      answer: async ({ date }, response, _, caller) => {
        mayReadRegister(caller);
        await send(response, "html", "day.html", pieces(reports.sheet(await found(date))));
      },
    }),
  ];
}

async function* pieces(sheet: Iterable<string>): AsyncGenerator<string> {
  yield* sheet;
}

function noReport(date: string): ProblemError {
  return new ProblemError(404, {
    where: "path date",
    what: { zh: `没有 ${date} 的日报`, en: `there is no report of ${date}` },
    remedy: {
      zh: `日报在次日零时二十分生成\uff0c保留 ${limits.reportDays} 天\uff1b那时系统没有开就没有。`,
      en: `Reports are made at 00:20 of the day after and kept ${limits.reportDays} days; there is none where nothing ran.`,
    },
  });
}
