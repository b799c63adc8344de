/** Pictures into drafts: a file's bytes, decoded and made anew; what it was called and said of itself counts for nothing. */
import { z } from "zod";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Draft } from "../notices/review/index.ts";
import type { Caller } from "../people/types.ts";
import { rawBody } from "./body.ts";
import { draftJson, draftSchema, noticeId } from "./review-schemas.ts";
import { type Route, route } from "./route.ts";

/** By a quarter, counter-clockwise or clockwise; without the empty margin. */
const reshapings = ["left", "right", "trim"] as const;
type Reshaping = (typeof reshapings)[number];

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
  /** A draft's picture turned, or trimmed, in its place. FaultErrors: those of drafts, `notice/picture-missing`. */
  reshapePicture(caller: Caller, notice: string, version: number, index: number, how: Reshaping): Promise<Draft>;
  /** A PNG of a few dots. FaultErrors as above. */
  smallPicture(caller: Caller, notice: string, sha256: string): Promise<Uint8Array>;
}

const version = z.coerce
  .number()
  .int()
  .min(1)
  .meta({ title: "第几稿 / version", examples: [3] });
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
        version,
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
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/pictures/{index}",
      access: ["contributor", "maker"],
      summary: "Turns a draft's picture by a quarter, or cuts its empty margin off",
      params: z.strictObject({
        id: noticeId,
        index: z.coerce
          .number()
          .int()
          .min(0)
          .max(limits.picturesPerNotice - 1)
          .meta({ title: "第几幅 / which", description: "From 0", examples: [0] }),
      }),
      query: z.strictObject({}),
      body: z.strictObject({
        version,
        how: z.enum(reshapings).meta({ title: "怎样 / how", examples: ["right"] }),
      }),
      output: { type: "application/json", schema: draftSchema, description: "The draft as it is now" },
      failures: [401, 403, 404, 409, 413, 422],
      answer: async ({ id, index, version: of, how }, response, _, caller) => {
        response.json(draftJson(await uploads.reshapePicture(caller, id, of, index, how)));
      },
    }),
    route({
      path: "/api/v1/review/drafts/{id}/pictures/{sha256}/small.png",
      access: ["contributor", "maker", "auditor"],
      scope: null,
      summary: "A picture of a draft, small: to be told from the others",
      params: z.strictObject({ id: noticeId, sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      query: z.strictObject({}),
      output: { type: "image/png", schema: z.string(), description: "At most 240 dots a side" },
      failures: [401, 403, 404, 422],
      answer: async ({ id, sha256 }, response, _, caller) => {
        response.type("image/png").send(Buffer.from(await uploads.smallPicture(caller, id, sha256)));
      },
    }),
  ];
}
