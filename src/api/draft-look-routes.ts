/** A draft's text, as somebody is writing it, with the pictures that the draft has: how it would stand on its boards. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { fitJson, viewsOf, wholeOf } from "./fit-routes.ts";
import { draftSchema, looksSchema } from "./fit-schemas.ts";
import type { Draft } from "../notices/review/index.ts";
import type { Office } from "./office.ts";
import { ProblemError } from "./problem.ts";
import type { Review } from "./review.ts";
import { noticeId } from "./review-schemas.ts";
import { boardConfigs, type Route, route } from "./route.ts";

const picture = z.looseObject({ sha256: z.string().max(64) });
const { board, slotSeconds } = draftSchema.shape;

export function draftLookRoutes(office: Office, review: Pick<Review, "draft">): readonly Route[] {
  return [
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/looks",
      access: ["contributor", "maker"],
      dear: "typed",
      summary: "A text, with pictures of this draft, as it would stand on some boards; nothing is kept",
      params: z.strictObject({ id: noticeId }),
      query: z.strictObject({}),
      body: z.strictObject({
        content: z
          .looseObject({ pictures: z.array(picture).max(limits.picturesPerNotice).optional() })
          .meta({ title: "内容 / content", description: "As in the draft; its pictures are some of the draft's" }),
        boards: z
          .array(board.unwrap())
          .min(1)
          .max(limits.looksAtOnce)
          .meta({ title: "公开栏编号 / boards", description: "Their panels" }),
        slotSeconds,
      }),
      output: {
        type: "application/json",
        schema: looksSchema,
        description: "How it fits, and the messages themselves",
      },
      failures: [401, 403, 404, 413, 415, 422, 429, 503],
      answer: async ({ id, content, boards, slotSeconds: seconds }, response, _request, caller) => {
        if (content.pictures?.length) mustBeOf(id, await review.draft(caller, id), content.pictures);
        const on = boardConfigs(office, boards);
        const hasMs = seconds === undefined ? null : seconds * 1000;
        const views = await viewsOf(office, { content, on, hasMs, packed: true });
        const looks = await Promise.all(
          views.map(async (view) => ({ ...(await fitJson(view, null, null)), bytes: wholeOf(view) })),
        );
        response.json({ looks });
      },
    }),
  ];
}

/** The hash of another notice's picture opens nothing. */
function mustBeOf(id: string, { document }: Draft, pictures: readonly z.infer<typeof picture>[]): void {
  const there = new Set(document.content.pictures?.map(({ sha256 }) => sha256));
  const strange = pictures.find(({ sha256 }) => !there.has(sha256));
  if (strange) throw notThere(id, strange.sha256);
}

function notThere(id: string, sha256: string): ProblemError {
  const short = sha256.slice(0, 12);
  return new ProblemError(404, {
    where: "body content.pictures",
    what: { zh: `草稿 ${id} 里没有图片 ${short}`, en: `draft ${id} has no picture ${short}` },
    remedy: { zh: "重新打开草稿，再加一次图片。", en: "Open the draft anew and add the picture again." },
  });
}
