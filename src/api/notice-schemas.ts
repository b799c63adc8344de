/** One notice with what was signed of it. */
import { z } from "zod";
import type { Content, Schedule } from "../notices/types.ts";
import { hash, noticeSchema } from "./schemas.ts";

const sentence = z.object({ zh: z.string(), en: z.string() });

export const noticeSheetSchema = noticeSchema
  .extend({
    number: z.int().meta({ description: "Of the revision" }),
    withheld: sentence.nullable().meta({ description: "Why its text and pixels are not told; null: they are" }),
    content: z
      .custom<Content>()
      .nullable()
      .meta({ type: "object", description: "As in an import file; null: withheld" }),
    schedule: z
      .custom<Schedule>()
      .meta({ type: "object", description: "As in an import file; times in ms since 1970" }),
    rule: sentence.meta({ description: "When it plays, in words" }),
    pixels: z
      .array(z.object({ board: z.string(), message: hash }))
      .meta({ description: "What its seal lets each board light; none: not signed, or withheld" }),
    signed: z
      .object({
        by: sentence.meta({ description: "As they are called now" }),
        at: z.iso.datetime({ precision: 3 }),
        kind: z.enum(["signed", "practice", "imported", "template", "emergency"]),
        form: z.string().nullable().meta({ description: "Number of the secrecy review form" }),
        leader: z.string().nullable().meta({ description: "Who signed by pen; null: nobody did" }),
      })
      .nullable(),
    case: z.string().nullable().meta({ description: "Of this revision; null: none, or not for whoever asks" }),
  })
  .meta({ id: "NoticeSheet" });
export type NoticeSheetJson = z.infer<typeof noticeSheetSchema>;
