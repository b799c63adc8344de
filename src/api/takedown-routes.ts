/** 撤下的结果: what was taken down, board by board, until all have said that it has gone. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import type { Caller } from "../people/types.ts";
import { ProblemError } from "./problem.ts";
import { seesUnsigned } from "./redact.ts";
import type { Review } from "./review.ts";
import { words } from "./review-schemas.ts";
import { type Route, route } from "./route.ts";
import { boardId } from "./sheets.ts";
import type { Takedowns, TakedownView } from "./takedown.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const sentence = z.object({ zh: z.string(), en: z.string() });
const instant = z.string().meta({ description: "ISO 8601, by the board clock" });
const orderId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .meta({ title: "编号 / number", examples: ["12"] });

export const takedownSchema = z
  .object({
    id: orderId,
    kind: z.enum(["notice", "cancelled", "dark"]),
    notice: z.string().nullable(),
    title: z.string().nullable(),
    by: z.string(),
    reason: z.string(),
    at: instant,
    closedAt: instant.nullable().meta({ description: "null: some board has still to say that it has gone" }),
    said: sentence,
    boards: z.array(
      z.object({
        board: z.string(),
        name: z.string(),
        place: z.string(),
        custodian: z.string(),
        state: z.enum([
          "waiting",
          "unreachable",
          "unread",
          "page",
          "file",
          "paper",
          "confirmed",
          "by-hand",
          "ran-out",
          "resumed",
        ]),
        darkBy: instant.nullable().meta({ description: "Gone by itself by then; null: not by itself" }),
        doneAt: instant.nullable(),
        said: sentence,
      }),
    ),
  })
  .meta({ id: "Takedown" });
export type TakedownJson = z.infer<typeof takedownSchema>;

const output = { type: "application/json", schema: takedownSchema, description: "The order as it is now" };

export function takedownRoutes(review: Review, takedowns: Takedowns): readonly Route[] {
  return [
    route({
      path: "/api/v1/takedowns",
      access: "reader",
      summary: "What was taken down, the newest first; open=true: what some board has still to confirm, oldest first",
      params: nothing,
      query: z.strictObject({ open: z.enum(["true", "false"]).optional(), before: orderId.optional() }),
      output: {
        type: "application/json",
        schema: z.array(takedownSchema),
        description: `Not open: at most ${limits.takedownsAtOnce}, before one of them`,
      },
      failures: [401, 403],
      async answer({ open, before }, response, _request, caller) {
        const views = open === "true" ? await takedowns.open() : await takedowns.list(before);
        response.json(views.map((view) => takedownJson(view, caller)));
      },
    }),
    route({
      path: "/api/v1/takedowns/{id}",
      access: "reader",
      summary: "One of them",
      params: z.strictObject({ id: orderId }),
      query: nothing,
      output,
      failures: [401, 403, 404],
      answer: async ({ id }, response, _request, caller) => void response.json(await viewOf(takedowns, id, caller)),
    }),
    route({
      method: "post",
      path: "/api/v1/takedowns/{id}/boards/{board}/gone",
      access: ["operator", "maker", "signer"],
      summary: "Somebody stood there and saw that it has gone: paper, a carried sign, a panel without power",
      params: z.strictObject({ id: orderId, board: boardId }),
      query: nothing,
      body: z.strictObject({ words }),
      output,
      failures: [401, 403, 404, 409, 422],
      async answer({ id, board, words: said }, response, _request, caller) {
        await review.goneByHand(caller, id, board, said);
        response.json(await viewOf(takedowns, id, caller));
      },
    }),
  ];
}

async function viewOf(takedowns: Takedowns, id: string, caller: Caller): Promise<TakedownJson> {
  const view = await takedowns.view(id);
  if (view !== null) return takedownJson(view, caller);
  throw new ProblemError(404, {
    where: "path id",
    what: { zh: `没有编号为 ${id} 的撤下记录`, en: `there is no order ${id}` },
    remedy: { zh: "GET /api/v1/takedowns 列出全部。", en: "GET /api/v1/takedowns lists them." },
  });
}

/** What was withdrawn before anybody signed it is not for the other units' contributors: neither its title, nor what was wrong. */
export function takedownJson({ boards, displayable, ...view }: TakedownView, caller: Caller): TakedownJson {
  const iso = (at: Instant | null) => (at === null ? null : isoOf(at));
  return {
    ...view,
    ...(!displayable && !seesUnsigned(caller) && { title: null, reason: "…" }),
    at: isoOf(view.at),
    closedAt: iso(view.closedAt),
    boards: boards.map((one) => ({ ...one, darkBy: iso(one.darkBy), doneAt: iso(one.doneAt) })),
  };
}
