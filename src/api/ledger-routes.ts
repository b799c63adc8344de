/** 台账: what was on when, the chains' rows, exports and sheets. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Caller } from "../people/types.ts";
import { ledgerCheckRoutes } from "./ledger-check.ts";
import type { ExportOf, LedgerOffice, WasView } from "./ledger.ts";
import { linkHealthJson, monthJson, searchJson, wasJson } from "./ledger-json.ts";
import { monthSchema, rowSchema, searchSchema, wasSchema } from "./ledger-schemas.ts";
import { linkHealthSchema } from "./health-schemas.ts";
import type { Office } from "./office.ts";
import { frameBitmap, largestScale, pngOf } from "./picture.ts";
import { ProblemError } from "./problem.ts";
import { boardConfig, type Route, route } from "./route.ts";
import { boardId, mayReadRegister, mediaTypes, noPicture, send, text } from "./sheets.ts";
import { instantSchema, scale } from "./schemas.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});

export function ledgerRoutes(office: Office, ledger: LedgerOffice): readonly Route[] {
  const span = z.strictObject({
    from: instantSchema(office.zone, "The beginning, by the board clock; the first row when left out"),
    until: instantSchema(office.zone, "The end; the last row when left out"),
  });
  const at = instantSchema(office.zone, "When, by the board clock; now when left out");
  const was = async (id: string, instant: number, caller: Caller): Promise<WasView> => {
    boardConfig(office, id);
    const view = await ledger.was(id, instant, caller);
    if (view === null) throw new Error(`${id} is in the list, and is not`);
    return view;
  };

  const exported = (path: string, summary: string, asked: ExportOf): Route =>
    route({
      path: `/api/v1/ledger/${path}`,
      access: "reader",
      dear: true,
      summary,
      params: nothing,
      query: span,
      output: text(mediaTypes[asked.format], "Streamed; the export itself is put on record"),
      failures: [401, 422],
      answer: async ({ from = null, until = null }, response, request, caller) => {
        if (asked.chain === "register") mayReadRegister(caller);
        if (from !== null && until !== null && until <= from) throw emptySpan();
        if (request.method === "HEAD") return void response.type(mediaTypes[asked.format]).end();
        const pieces = await ledger.export(asked, { from, until }, caller);
        if (pieces === null) throw tooLong();
        await send(response, asked.format, path, pieces);
      },
    });

  return [
    route({
      path: "/api/v1/boards/{id}/was",
      access: "reader",
      summary: "What a board had been told to show at an instant, by the play log, and whether that was confirmed",
      params: z.strictObject({ id: boardId }),
      query: z.strictObject({ at }),
      output: { type: "application/json", schema: wasSchema, description: "As the record has it" },
      failures: [401, 404],
      answer: async ({ id, at: instant = office.now() }, response, _, caller) => {
        response.json(wasJson(await was(id, instant, caller)));
      },
    }),
    route({
      path: "/api/v1/boards/{id}/was.png",
      access: "reader",
      dear: true,
      summary: "The same as the picture, dot for dot",
      params: z.strictObject({ id: boardId }),
      query: z.strictObject({ at, scale }),
      output: { type: "image/png", schema: z.string(), description: `At most ${limits.framePicturePx} pixels` },
      failures: [401, 403, 404, 410],
      answer: async ({ id, at: instant = office.now(), scale: times }, response, _, caller) => {
        const { ledColour } = boardConfig(office, id);
        const { picture, said } = await was(id, instant, caller);
        if (picture === null) throw noPicture(404, said);
        if ("why" in picture) throw noPicture(picture.status, picture.why);
        const bitmap = frameBitmap(picture.frame);
        const fits = Math.max(1, Math.min(times, largestScale(bitmap, limits.framePicturePx)));
        response.type("image/png").send(Buffer.from(await pngOf(bitmap, ledColour, fits)));
      },
    }),
    route({
      path: "/api/v1/boards/{id}/health",
      access: "reader",
      summary: "How a board was reached over a time, by the play log: a strip, its breaks and how long they were",
      params: z.strictObject({ id: boardId }),
      query: z.strictObject({
        from: instantSchema(office.zone, "The beginning; a day before the end when left out"),
        until: instantSchema(office.zone, `The end; now when left out; at most ${limits.healthDays} days`),
      }),
      output: { type: "application/json", schema: linkHealthSchema, description: "What is to come is unknown" },
      failures: [401, 404, 422],
      answer: async ({ id, until = office.now(), from = until - dayMs }, response) => {
        boardConfig(office, id);
        if (until <= from) throw emptySpan();
        if (until - from > limits.healthDays * dayMs) throw longHealth();
        const health = await ledger.health(id, { from, until });
        if (health === null) throw longHealth();
        response.json(linkHealthJson(id, { from, until }, health));
      },
    }),
    ...(["register", "play"] as const).map((chain) =>
      route({
        path: `/api/v1/ledger/${chain}`,
        access: "reader",
        summary: chain === "register" ? "The register's rows, in order" : "The play log's rows, in order",
        params: nothing,
        query: z.strictObject({
          after: z.coerce.number().int().min(0).default(0).meta({ description: "The last row that is there already" }),
          most: z.coerce.number().int().min(1).max(limits.ledgerRowsAtOnce).default(100),
          before: z.coerce.number().int().min(0).optional().meta({
            description: "Instead of `after`: the last rows before this one; 0: the last of all",
          }),
          subject: z
            .string()
            .max(limits.ledgerSubjectChars)
            .optional()
            .meta({
              description: "Only of this notice, account or board, from `after` on",
              examples: ["N05"],
            }),
        }),
        output: { type: "application/json", schema: z.array(rowSchema), description: "Rows after `after`" },
        failures: [401],
        answer: async ({ after, most, before, subject }, response, _, caller) => {
          if (chain === "register") mayReadRegister(caller);
          const ask = () => {
            if (subject !== undefined) return ledger.rowsOf(chain, subject, after);
            return before === undefined
              ? ledger.rows(chain, after, most)
              : ledger.lastRows(chain, before || null, most);
          };
          const rows = await ask();
          response.json(rows.map((row) => ({ ...row, boardAt: isoOf(row.boardAt), wallAt: isoOf(row.wallAt) })));
        },
      }),
    ),
    route({
      path: "/api/v1/ledger/search",
      access: "reader",
      dear: "typed",
      summary: "Rows of the register by words, person, board and days, the newest first",
      params: nothing,
      query: z.strictObject({
        ...span.shape,
        words: z
          .string()
          .max(limits.ledgerWordChars)
          .default("")
          .meta({
            description: "In what was done, to what, by whom, or in what the row says; a number is a row's, too",
            examples: ["N05"],
          }),
        person: z.string().max(limits.ledgerWordChars).default("").meta({ description: "A part of a name or login" }),
        board: boardId.optional(),
        before: z.coerce.number().int().min(1).optional().meta({ description: "Go on before this row" }),
        most: z.coerce.number().int().min(1).max(limits.ledgerRowsFound).default(50),
      }),
      output: { type: "application/json", schema: searchSchema, description: "Rows, and where to go on" },
      failures: [401, 403],
      answer: async ({ words, person, board, from, until, before, most }, response, _, caller) => {
        mayReadRegister(caller);
        if (from !== undefined && until !== undefined && until <= from) throw emptySpan();
        const said = { words: words.trim(), person: person.trim(), board: board ?? null };
        const span = { from: from ?? null, until: until ?? null };
        response.json(searchJson(await ledger.search({ ...said, ...span }, before ?? null, most)));
      },
    }),
    ...ledgerCheckRoutes(ledger.check),
    exported("register.csv", "Every row of the register as CSV", { chain: "register", form: "rows", format: "csv" }),
    exported("register.jsonl", "The same, a JSON object a line", { chain: "register", form: "rows", format: "jsonl" }),
    exported("play.csv", "Every row of the play log as CSV", { chain: "play", form: "rows", format: "csv" }),
    exported("play.jsonl", "The same, a JSON object a line", { chain: "play", form: "rows", format: "jsonl" }),
    exported("sheet.csv", "登记台账: a line for each item", { chain: "register", form: "lines", format: "csv" }),
    exported("sheet.html", "The same to be printed", { chain: "register", form: "lines", format: "html" }),
    ...(["html", "csv"] as const).map((format) =>
      route({
        path: `/api/v1/ledger/month.${format}`,
        access: "reader",
        dear: true,
        summary:
          format === "html"
            ? "月报: items by unit, late items, average lag, screens' uptime; to be printed"
            : "The same, for a spreadsheet",
        params: nothing,
        query: monthOf,
        output: text(`text/${format}`, "By the board clock"),
        failures: [401, 422],
        answer: async ({ month }, response, request, caller) => {
          mayReadRegister(caller);
          if (request.method === "HEAD") return void response.type(format).end();
          const pieces = await ledger.month(month, caller, format);
          if (pieces === null) throw tooLong();
          await send(response, format, `month-${month}.${format}`, pieces);
        },
      }),
    ),
    route({
      path: "/api/v1/ledger/month",
      access: "reader",
      dear: true,
      summary: "The same figures as data",
      params: nothing,
      query: monthOf,
      output: { type: "application/json", schema: monthSchema, description: "By the board clock" },
      failures: [401, 403, 422],
      answer: async ({ month }, response, request, caller) => {
        mayReadRegister(caller);
        if (request.method === "HEAD") return void response.type("json").end();
        const data = await ledger.monthData(month, caller);
        if (data === null) throw tooLong();
        response.json(monthJson(data));
      },
    }),
    route({
      path: "/api/v1/ledger/sheet.css",
      access: "anyone",
      summary: "How the sheets are printed",
      params: nothing,
      query: nothing,
      output: text("text/css", "The sheets' stylesheet"),
      failures: [],
      answer: (_, response) => void response.type("css").send(ledger.style),
    }),
  ];
}

const dayMs = 86_400_000;

function longHealth(): ProblemError {
  return new ProblemError(422, {
    where: "query from",
    what: {
      zh: `起止时间超过 ${limits.healthDays} 天，或记录超过 ${limits.healthRows} 条`,
      en: `more than ${limits.healthDays} days, or more than ${limits.healthRows} rows of the play log`,
    },
    remedy: { zh: "请缩短起止时间。", en: "Ask for a shorter time." },
  });
}

const monthOf = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .meta({ title: "月份 / month", examples: ["2017-12"] }),
});

function tooLong(): ProblemError {
  return new ProblemError(422, {
    where: "query from",
    what: { zh: `超过 ${limits.sheetLines} 条，一份台账放不下`, en: `more than ${limits.sheetLines} lines` },
    remedy: { zh: "请缩短起止时间，例如按年导出。", en: "Ask for a shorter time, a year for example." },
  });
}

function emptySpan(): ProblemError {
  return new ProblemError(400, {
    where: "query until",
    what: { zh: "until 要晚于 from", en: "until must be after from" },
    remedy: { zh: "例如 from=2017-01-01&until=2018-01-01", en: "For example from=2017-01-01&until=2018-01-01" },
  });
}
