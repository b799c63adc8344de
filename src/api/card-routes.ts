/** 装卡: what a person carries to signs that nothing leads to, as a folder and on paper, and what they say that they put in. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { type CardJson, cardSchema } from "./card-schemas.ts";
import type { Cards, CardView } from "./cards.ts";
import { photoIn } from "./posting-routes.ts";
import { type Route, route } from "./route.ts";
import { boardId, noPicture, text } from "./sheets.ts";
import { isoOf } from "./views.ts";

const iso = (at: number | null) => (at === null ? null : isoOf(at));
const spanJson = <Of extends { readonly until: number }>(one: Of) => ({ ...one, until: isoOf(one.until) });

export const cardJson = (view: CardView): CardJson => ({
  ...view,
  items: view.items.map((one) => ({ ...spanJson(one), from: isoOf(one.from) })),
  off: view.off.map(spanJson),
  left: [...view.left],
  made: view.made.map((one) => ({ ...one, at: isoOf(one.at) })),
  loaded: view.loaded && { ...view.loaded, at: isoOf(view.loaded.at), photo: view.loaded.photo !== null },
  since: iso(view.since),
  until: iso(view.until),
});

const nothing = z.strictObject({});
const one = z.strictObject({ board: boardId });
const carriers = ["maker", "signer", "operator"] as const;

export function cardRoutes(cards: Cards): readonly Route[] {
  return [
    route({
      path: "/api/v1/cards",
      access: "reader",
      summary: "Signs that a person carries a stick to: what is to be on their cards, and what people say is",
      params: nothing,
      query: nothing,
      output: { type: "application/json", schema: z.array(cardSchema), description: "Who waits the longest first" },
      failures: [401, 403],
      answer: (_, response) => void response.json(cards.list().map(cardJson)),
    }),
    route({
      path: "/api/v1/cards/{board}/carry.zip",
      access: carriers,
      dear: true,
      summary: "The folder for the stick: a PNG of each page, the play list, the slip, a manifest",
      params: one,
      query: nothing,
      output: { type: "application/zip", schema: z.string(), description: `At most ${limits.carriedBytes} bytes` },
      failures: [401, 403, 404, 409],
      answer: async ({ board }, response) => {
        const archive = await cards.archive(board);
        response.set("Content-Disposition", `attachment; filename="${board}.zip"`);
        response.type("application/zip").send(Buffer.from(archive));
      },
    }),
    route({
      path: "/api/v1/cards/{board}/slip.html",
      access: carriers,
      dear: true,
      summary: "装卡单: what goes with the stick, to be printed",
      params: one,
      query: nothing,
      output: text("text/html", "A4"),
      failures: [401, 403, 404, 409],
      answer: async ({ board }, response) => void response.type("html").send(await cards.slip(board)),
    }),
    route({
      path: "/api/v1/cards/{board}/pages/{file}",
      access: carriers,
      summary: "One picture of the folder",
      params: one.extend({ file: z.string().max(limits.queryChars) }),
      query: nothing,
      output: { type: "image/png", schema: z.string(), description: "A dot a pixel" },
      failures: [401, 403, 404, 409],
      answer: async ({ board, file }, response) => {
        const found = await cards.picture(board, file);
        if (found === null) throw noPicture(404, { zh: "没有这个画面", en: "there is no such picture" }, "path");
        response.type("image/png").send(Buffer.from(found));
      },
    }),
    route({
      method: "put",
      path: "/api/v1/cards/{board}/loaded",
      access: carriers,
      summary: "Somebody put a load in and saw it play; the body is a photo, or nothing",
      params: one,
      query: z.strictObject({
        load: z
          .string()
          .max(limits.queryChars)
          .meta({ title: "装卡码 / the load's code", examples: ["3F2A-91BC"] }),
        words: z.string().max(limits.reviewWordsChars).default("").meta({ title: "说明 / words" }),
        over: z
          .literal("1")
          .optional()
          .meta({ title: "明知有已到期的 / knowing", description: "It has what is over, and was put in all the same" }),
      }),
      raw: true,
      bodyBytes: limits.pictureUploadBytes,
      output: { type: "application/json", schema: cardSchema, description: "As it stands now" },
      failures: [401, 403, 404, 409, 413, 422, 429, 503],
      answer: async ({ board, load, words, over }, response, request, caller) => {
        const view = await cards.say(caller, board, { load, words, knowing: over === "1", photo: photoIn(request) });
        response.json(cardJson(view));
      },
    }),
    route({
      path: "/api/v1/cards/{board}/photo.jpg",
      access: carriers,
      summary: "The photo of who put in the last load",
      params: one,
      query: nothing,
      output: { type: "image/jpeg", schema: z.string(), description: "As it is kept, at most 1600 dots a side" },
      failures: [401, 403, 404],
      answer: async ({ board }, response) => {
        const found = await cards.photo(board);
        if (found === null) throw noPicture(404, { zh: "没有这张照片", en: "there is no such photo" }, "path");
        response.type("image/jpeg").send(Buffer.from(found));
      },
    }),
  ];
}
