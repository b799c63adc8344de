/** 台账: what was on when, the chains' rows, exports and sheets. */
import { once } from "node:events";
import type { Response } from "express";
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Caller, Role } from "../people/types.ts";
import type { CaseSheets, ExportOf, LedgerOffice, Pieces, WasView } from "./ledger.ts";
import { rowSchema, wasJson, wasSchema } from "./ledger-schemas.ts";
import type { Office } from "./office.ts";
import { frameBitmap, largestScale, pngOf } from "./picture.ts";
import { ProblemError } from "./problem.ts";
import { boardConfig, type Route, route } from "./route.ts";
import { instantSchema, scale } from "./schemas.ts";
import { isoOf } from "./views.ts";

/** Of accounts, those that read the register and print its sheets; whoever reads without one reads this too. */
export const registerReaders: readonly Role[] = ["auditor", "administrator", "signer", "reviewer", "maker"];

const nothing = z.strictObject({});
const boardId = z
  .string()
  .max(limits.queryChars)
  .meta({ title: "公开栏编号 / board id", examples: ["B1"] });
const text = (type: string, description: string) => ({ type, schema: z.string(), description });

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
    ...(["register", "play"] as const).map((chain) =>
      route({
        path: `/api/v1/ledger/${chain}`,
        access: "reader",
        summary: chain === "register" ? "The register's rows, in order" : "The play log's rows, in order",
        params: nothing,
        query: z.strictObject({
          after: z.coerce.number().int().min(0).default(0).meta({ description: "The last row that is there already" }),
          most: z.coerce.number().int().min(1).max(limits.ledgerRowsAtOnce).default(100),
        }),
        output: { type: "application/json", schema: z.array(rowSchema), description: "Rows after `after`" },
        failures: [401],
        answer: async ({ after, most }, response, _, caller) => {
          if (chain === "register") mayReadRegister(caller);
          const rows = await ledger.rows(chain, after, most);
          response.json(rows.map((row) => ({ ...row, boardAt: isoOf(row.boardAt), wallAt: isoOf(row.wallAt) })));
        },
      }),
    ),
    exported("register.csv", "Every row of the register as CSV", { chain: "register", form: "rows", format: "csv" }),
    exported("register.jsonl", "The same, a JSON object a line", { chain: "register", form: "rows", format: "jsonl" }),
    exported("play.csv", "Every row of the play log as CSV", { chain: "play", form: "rows", format: "csv" }),
    exported("play.jsonl", "The same, a JSON object a line", { chain: "play", form: "rows", format: "jsonl" }),
    exported("sheet.csv", "登记台账: a line for each item", { chain: "register", form: "lines", format: "csv" }),
    exported("sheet.html", "The same to be printed", { chain: "register", form: "lines", format: "html" }),
    route({
      path: "/api/v1/ledger/month.html",
      access: "reader",
      dear: true,
      summary: "月报: items by unit, late items, average lag, screens' uptime; to be printed",
      params: nothing,
      query: z.strictObject({
        month: z
          .string()
          .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
          .meta({ title: "月份 / month", examples: ["2017-12"] }),
      }),
      output: text("text/html", "By the board clock"),
      failures: [401, 422],
      answer: async ({ month }, response, request, caller) => {
        mayReadRegister(caller);
        if (request.method === "HEAD") return void response.type("html").end();
        const pieces = await ledger.month(month, caller);
        if (pieces === null) throw tooLong();
        await send(response, "html", "month.html", pieces);
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

export function caseSheetRoutes(sheets: CaseSheets): readonly Route[] {
  const params = z.strictObject({ notice: z.string().max(80), number: z.coerce.number().int().min(1) });
  return [
    route({
      path: "/api/v1/cases/{notice}/{number}/form.html",
      access: "reader",
      summary: "保密审查表 with the picture of every page on every board; to be printed",
      params,
      query: nothing,
      output: text("text/html", "The form"),
      failures: [401, 404],
      answer: async ({ notice, number }, response, _, caller) => {
        mayReadRegister(caller);
        const pieces = await sheets.form(notice, number, caller);
        if (pieces === null) throw noCase(`${notice}/${number}`);
        await send(response, "html", "form.html", pieces);
      },
    }),
    route({
      path: "/api/v1/cases/{notice}/{number}/pages/{board}/{page}",
      access: "reader",
      summary: "A page of it on a board as a picture (PNG), dot for dot",
      params: params.extend({ board: boardId, page: z.coerce.number().int().min(0) }),
      query: z.strictObject({ part: z.coerce.number().int().min(0).default(0), scale }),
      output: { type: "image/png", schema: z.string(), description: "Of a strip, the piece `part`" },
      failures: [401, 404],
      answer: async ({ notice, number, board, page, part, scale: times }, response, _, caller) => {
        mayReadRegister(caller);
        const found = await sheets.page({ notice, number, board, page, part }, caller);
        if (found === null) throw noCase(`${notice}/${number}/${board}/${page}`);
        const fits = Math.max(1, Math.min(times, largestScale(found.bitmap, limits.framePicturePx)));
        response.type("image/png").send(Buffer.from(await pngOf(found.bitmap, found.ledColour, fits)));
      },
    }),
  ];
}

/** Throws a 403. Who reads without an account (the console, a practice visitor, a place of one person) reads all. */
function mayReadRegister(caller: Caller): void {
  if (caller.account === null || registerReaders.some((role) => caller.roles.has(role))) return;
  throw new ProblemError(403, {
    where: "role",
    what: { zh: "登记台账由经办、审核、签发、监督和系统管理人员查看", en: `only for: ${registerReaders.join(", ")}` },
    remedy: {
      zh: "请由有此职责的人来查,或请系统管理员调整。",
      en: "Ask somebody with that role, or an administrator.",
    },
  });
}

const mediaTypes = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
  html: "text/html; charset=utf-8",
} as const;

/** Some thousand rows wait at most, whatever the size of the whole and however slowly it is taken. */
async function send(response: Response, format: keyof typeof mediaTypes, path: string, pieces: Pieces): Promise<void> {
  response.set("Content-Type", mediaTypes[format]);
  if (format !== "html") response.set("Content-Disposition", `attachment; filename="${path}"`);
  let portion = "";
  const write = async () => {
    const full = !response.write(portion);
    portion = "";
    if (!full || response.destroyed) return;
    const either = new AbortController();
    const heard = ["drain", "close"].map((event) => once(response, event, { signal: either.signal }));
    await Promise.race(heard);
    either.abort();
    await Promise.allSettled(heard);
  };
  try {
    for await (const piece of pieces) {
      // Whoever asked has gone: nothing more is read.
      if (response.destroyed) return;
      portion += piece;
      if (portion.length >= limits.exportPortionChars) await write();
    }
    response.end(portion);
  } catch (error) {
    if (!response.headersSent) throw error;
    // Half an export must not look like a whole one.
    response.destroy(error instanceof Error ? error : undefined);
  }
}

function noPicture(status: 403 | 404 | 410, what: { zh: string; en: string }): ProblemError {
  const remedy =
    status === 403
      ? { zh: "请由监督员或签发人查看。", en: "Ask an auditor or a signer." }
      : { zh: "去掉 .png 可看记录。", en: "Without .png the record itself is answered." };
  return new ProblemError(status, { where: "query at", what, remedy });
}

function noCase(name: string): ProblemError {
  return new ProblemError(404, {
    where: "path",
    what: { zh: `没有审查表 ${name}`, en: `there is no form ${name}` },
    remedy: { zh: "请从审核列表打开。", en: "Open it from the list of cases." },
  });
}

function tooLong(): ProblemError {
  return new ProblemError(422, {
    where: "query from",
    what: { zh: `超过 ${limits.sheetLines} 条,一份台账放不下`, en: `more than ${limits.sheetLines} lines` },
    remedy: { zh: "请缩短起止时间,例如按年导出。", en: "Ask for a shorter time, a year for example." },
  });
}

function emptySpan(): ProblemError {
  return new ProblemError(400, {
    where: "query until",
    what: { zh: "until 要晚于 from", en: "until must be after from" },
    remedy: { zh: "例如 from=2017-01-01&until=2018-01-01", en: "For example from=2017-01-01&until=2018-01-01" },
  });
}
