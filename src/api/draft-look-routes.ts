/** A draft's text, as somebody is writing it, with the pictures that the draft has: how it would stand on a board. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { fitJson, refused, wholeOf } from "./fit-routes.ts";
import { draftSchema, fitSchema } from "./fit-schemas.ts";
import type { Office } from "./office.ts";
import { ProblemError } from "./problem.ts";
import type { Review } from "./review.ts";
import { noticeId } from "./review-schemas.ts";
import { boardConfig, type Route, route } from "./route.ts";

const picture = z.looseObject({ sha256: z.string().max(64) });
const { board, slotSeconds } = draftSchema.shape;

export function draftLookRoutes(office: Office, review: Pick<Review, "draft">): readonly Route[] {
  return [
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/look",
      access: ["contributor", "maker"],
      dear: "typed",
      summary: "A text with pictures of this draft, as it would stand on a board; nothing is kept",
      params: z.strictObject({ id: noticeId }),
      query: z.strictObject({}),
      body: z.strictObject({
        content: z
          .looseObject({ pictures: z.array(picture).max(limits.picturesPerNotice).optional() })
          .meta({ title: "内容 / content", description: "As in the draft; its pictures are some of the draft's" }),
        board: board.unwrap(),
        slotSeconds,
      }),
      output: { type: "application/json", schema: fitSchema, description: "How it fits, and the message itself" },
      failures: [401, 403, 404, 413, 415, 422, 429, 503],
      answer: async ({ id, content, board: boardId, slotSeconds: seconds }, response, _request, caller) => {
        const { document } = await review.draft(caller, id);
        // The hash of another notice's picture opens nothing.
        const there = new Set(document.content.pictures?.map(({ sha256 }) => sha256));
        const strange = content.pictures?.find(({ sha256 }) => !there.has(sha256));
        if (strange) throw notThere(id, strange.sha256);
        const config = boardConfig(office, boardId);
        const hasMs = seconds === undefined ? null : seconds * 1000;
        const view = await office.fitOfDraft({ content, on: config, hasMs });
        if ("refused" in view) throw refused(view.refused);
        response.json({ ...(await fitJson(view, config.ledColour, null)), bytes: await wholeOf(view) });
      },
    }),
  ];
}

function notThere(id: string, sha256: string): ProblemError {
  const short = sha256.slice(0, 12);
  return new ProblemError(404, {
    where: "body content.pictures",
    what: { zh: `草稿 ${id} 里没有图片 ${short}`, en: `draft ${id} has no picture ${short}` },
    remedy: { zh: "重新打开草稿，再加一次图片。", en: "Open the draft anew and add the picture again." },
  });
}
