/** Pictures into drafts: a file's bytes, decoded and made anew; what it was called and said of itself counts for nothing. */
import { z } from "zod";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Draft } from "../notices/review/index.ts";
import type { Caller } from "../people/types.ts";
import { rawBody } from "./body.ts";
import { draftJson, draftSchema, noticeId } from "./review-schemas.ts";
import { type Route, route } from "./route.ts";

/** What the API asks of pictures. The daemon implements it. */
export interface Uploads {
  /**
   * Adds the pages of a picture or a document to a draft's pictures, and makes it a picture notice. FaultErrors: those of
   * drafts (`review/…`), and `notice/picture-…` for what cannot be taken. `warnings`: what of it is not screened, or cut.
   */
  addPicture(
    caller: Caller,
    notice: string,
    version: number,
    picture: { readonly bytes: Uint8Array; readonly caption: string },
  ): Promise<{ readonly draft: Draft; readonly warnings: readonly Sentence[] }>;
}

const warning = z.object({ zh: z.string(), en: z.string() });

export function uploadRoutes(uploads: Uploads): readonly Route[] {
  return [
    route({
      method: "put",
      path: "/api/v1/review/drafts/{id}/pictures",
      access: ["contributor", "maker"],
      summary:
        "Adds a picture (PNG, JPEG, WebP, GIF, TIFF or PDF, of which each page is one) to a draft; SVG, films and archives are refused",
      params: z.strictObject({ id: noticeId }),
      query: z.strictObject({
        version: z.coerce
          .number()
          .int()
          .min(1)
          .meta({ title: "第几稿 / version", examples: [3] }),
        caption: z.string().max(limits.pictureCaptionChars).default("").meta({ title: "图片说明 / caption" }),
      }),
      raw: true,
      bodyBytes: limits.pictureUploadBytes,
      output: {
        type: "application/json",
        schema: z.object({ draft: draftSchema, warnings: z.array(warning) }),
        description: "The draft as it is now",
      },
      failures: [401, 403, 404, 409, 413, 422, 429, 503],
      answer: async ({ id, version, caption }, response, request, caller) => {
        const { draft, warnings } = await uploads.addPicture(caller, id, version, { bytes: rawBody(request), caption });
        response.json({ draft: draftJson(draft), warnings: [...warnings] });
      },
    }),
  ];
}
