/** 导入: a file of notices, as drafts of whoever sends it. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { rawBody, shallow } from "./body.ts";
import type { Review } from "./review.ts";
import { type Route, route } from "./route.ts";

const nothing = z.strictObject({});
const sentence = z.object({ zh: z.string(), en: z.string() });

export const importSummarySchema = z
  .object({
    added: z.int(),
    revised: z.int(),
    unchanged: z.int(),
    sealed: z.int().meta({ description: "None: drafts are submitted and signed by others" }),
    refused: z.array(
      z.object({
        place: z.string().meta({ description: "In the file: notices[3].rotation.cron" }),
        id: z.string().nullable(),
        why: sentence,
      }),
    ),
    notes: z.array(z.object({ id: z.string(), why: sentence })),
  })
  .meta({ id: "ImportSummary" });

export function importRoutes(review: Pick<Review, "importText">): readonly Route[] {
  return [
    route({
      method: "post",
      path: "/api/v1/import",
      scope: "draft",
      access: ["maker"],
      summary:
        "A file of notices (JSON, notices.schema.json), pictures inside as data: drafts that others review and sign; what it says of approval counts for nothing",
      params: nothing,
      query: nothing,
      raw: true,
      dear: true,
      bodyBytes: limits.importFileBytes,
      output: { type: "application/json", schema: importSummarySchema, description: "What went in, and what did not" },
      failures: [401, 403, 413, 422, 429, 503],
      answer: async (_, response, request, caller) => {
        const text = new TextDecoder().decode(shallow(rawBody(request)));
        const { refused, notes, ...counts } = await review.importText(caller, text, null);
        response.json({ ...counts, refused: [...refused], notes: [...notes] });
      },
    }),
  ];
}
