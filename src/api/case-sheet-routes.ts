/** 保密审查表: a case's form on paper and as data, with the picture of every page. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { CaseSheets } from "./ledger.ts";
import { formJson } from "./ledger-json.ts";
import { formSchema } from "./ledger-schemas.ts";
import { largestScale, pngOf } from "./picture.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";
import { scale } from "./schemas.ts";
import { boardId, mayReadRegister, noPicture, send, text } from "./sheets.ts";

const nothing = z.strictObject({});

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
      path: "/api/v1/cases/{notice}/{number}/form",
      access: "reader",
      summary: "The same as data, pages by their addresses",
      params,
      query: nothing,
      output: { type: "application/json", schema: formSchema, description: "The form" },
      failures: [401, 403, 404],
      answer: async ({ notice, number }, response, _, caller) => {
        mayReadRegister(caller);
        const data = await sheets.formData(notice, number, caller);
        if (data === null) throw noCase(`${notice}/${number}`);
        response.json(formJson(data));
      },
    }),
    route({
      path: "/api/v1/cases/{notice}/{number}/pages/{board}/{page}",
      access: "reader",
      summary: "A page of it on a board as a picture (PNG), dot for dot",
      params: params.extend({ board: boardId, page: z.coerce.number().int().min(0) }),
      query: z.strictObject({ part: z.coerce.number().int().min(0).default(0), scale }),
      output: { type: "image/png", schema: z.string(), description: "Of a strip, the piece `part`" },
      failures: [401, 403, 404, 410],
      answer: async ({ notice, number, board, page, part, scale: times }, response, _, caller) => {
        mayReadRegister(caller);
        const found = await sheets.page({ notice, number, board, page, part }, caller);
        if (found === null) throw noCase(`${notice}/${number}/${board}/${page}`);
        if ("why" in found) throw noPicture(found.status, found.why, "path");
        const fits = Math.max(1, Math.min(times, largestScale(found.bitmap, limits.framePicturePx)));
        response.type("image/png").send(Buffer.from(await pngOf(found.bitmap, found.ledColour, fits)));
      },
    }),
  ];
}

function noCase(name: string): ProblemError {
  return new ProblemError(404, {
    where: "path",
    what: { zh: `没有审查表 ${name}`, en: `there is no form ${name}` },
    remedy: { zh: "请从审核列表打开。", en: "Open it from the list of cases." },
  });
}
