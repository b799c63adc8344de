/** 纸质张贴: what hangs where, the sheets to be printed, and what people say of them. */
import type { Request } from "express";
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import type { Postings, PostingView } from "./postings.ts";
import { type PostingJson, postingSchema } from "./posting-schemas.ts";
import { caseId } from "./review-schemas.ts";
import { type Route, route } from "./route.ts";
import { boardId, noPicture } from "./sheets.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const noticeId = z
  .string()
  .min(1)
  .max(limits.queryChars)
  .meta({ title: "信息编号 / notice id", examples: ["N06"] });
const kinds = z.enum(["posted", "taken"]).meta({ title: "张贴或撤下 / which word" });
const iso = (at: Instant | null) => (at === null ? null : isoOf(at));
const wordJson = (said: PostingView["posted"]) =>
  said && { at: isoOf(said.at), name: said.name, words: said.words, photo: said.photo !== null };

export const postingJson = (view: PostingView): PostingJson => ({
  ...view,
  from: isoOf(view.from),
  until: isoOf(view.until),
  posted: wordJson(view.posted),
  taken: wordJson(view.taken),
  since: iso(view.since),
});

const output = { type: "application/json", schema: postingSchema, description: "As it stands now" };
const sheetAt = z.strictObject({
  notice: noticeId,
  number: z.coerce
    .number()
    .int()
    .min(1)
    .meta({ title: "第几版 / revision", examples: [1] }),
  board: boardId,
});
const inline = (name: string) => `inline; filename="${name.replace(/[^A-Za-z0-9._-]/g, "_")}"`;

export function postingRoutes(postings: Postings): readonly Route[] {
  const said = (kind: "posted" | "taken", summary: string): Route =>
    route({
      method: "put",
      path: `/api/v1/postings/{notice}/{board}/${kind}`,
      access: ["operator", "maker", "signer"],
      summary,
      params: z.strictObject({ notice: noticeId, board: boardId }),
      query: z.strictObject({
        words: z.string().max(limits.reviewWordsChars).default("").meta({ title: "说明 / words" }),
      }),
      raw: true,
      bodyBytes: limits.pictureUploadBytes,
      output,
      failures: [401, 403, 404, 409, 413, 422, 429, 503],
      answer: async ({ notice, board, words }, response, request, caller) => {
        const view = await postings.say(caller, notice, board, kind, { words, photo: photoIn(request) });
        response.json(postingJson(view));
      },
    });
  return [
    route({
      path: "/api/v1/postings",
      access: "reader",
      summary:
        "What is to be posted, to be taken down, hangs and hung at posting places: what waits for somebody first",
      params: nothing,
      query: z.strictObject({ board: boardId.optional() }),
      output: { type: "application/json", schema: z.array(postingSchema), description: "Times are the board clock's" },
      failures: [401, 403],
      answer: async ({ board }, response) => {
        const all = await postings.list();
        response.json(all.filter((one) => board === undefined || one.board === board).map(postingJson));
      },
    }),
    said("posted", "Somebody posted it there; the body is a photo, or nothing"),
    said("taken", "Somebody took it down; the body is a photo, or nothing"),
    route({
      path: "/api/v1/postings/{notice}/{number}/{board}/sheet.pdf",
      access: "reader",
      dear: true,
      summary: "What was signed for this place, to be printed at its own size",
      params: sheetAt,
      query: nothing,
      output: { type: "application/pdf", schema: z.string(), description: "One bit a dot, 200 dots an inch" },
      failures: [401, 403, 404],
      answer: async (at, response, _request, caller) => {
        const found = await postings.sheet(caller, at);
        if ("why" in found) throw noPicture(found.status, found.why, "path");
        response.set("Content-Disposition", inline(`${at.notice}-${at.number}-${at.board}.pdf`));
        response.type("application/pdf").send(Buffer.from(found));
      },
    }),
    route({
      path: "/api/v1/postings/{notice}/{number}/{board}/{kind}/photo.jpg",
      access: "reader",
      summary: "The photo that somebody took there",
      params: sheetAt.extend({ kind: kinds }),
      query: nothing,
      output: { type: "image/jpeg", schema: z.string(), description: "As it is kept, at most 1600 dots a side" },
      failures: [401, 403, 404],
      answer: async ({ kind, ...at }, response, _request, caller) => {
        const found = await postings.photo(caller, at, kind);
        if (found === null) throw noPicture(404, { zh: "没有这张照片", en: "there is no such photo" }, "path");
        if ("why" in found) throw noPicture(found.status, found.why, "path");
        response.type("image/jpeg").send(Buffer.from(found));
      },
    }),
    route({
      path: "/api/v1/review/cases/{id}/sheet.pdf",
      access: ["maker", "reviewer", "signer", "operator", "auditor", "administrator"],
      dear: true,
      summary: "What would be printed for a posting place if it is signed, marked 样张",
      params: z.strictObject({ id: caseId }),
      query: z.strictObject({ board: boardId }),
      output: { type: "application/pdf", schema: z.string(), description: "As for what is signed" },
      failures: [401, 403, 404],
      answer: async ({ id, board }, response, _request, caller) => {
        response.set("Content-Disposition", inline(`${id}-${board}.pdf`));
        response.type("application/pdf").send(Buffer.from(await postings.sample(caller, id, board)));
      },
    }),
  ];
}

/** null: no photo was taken. */
export function photoIn({ body }: Request): Uint8Array | null {
  return Buffer.isBuffer(body) && body.length > 0 ? body : null;
}
