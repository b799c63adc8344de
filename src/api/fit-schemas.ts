/** A text as it would stand on a panel, and how it fits: what is asked, and what comes back. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { hash } from "./schemas.ts";

const sentence = z.object({ zh: z.string(), en: z.string() }).meta({ id: "Sentence" });
const ms = (meaning: string) => z.number().meta({ description: `${meaning}, ms` });

/** What kinds of notice a draft can be: all but those that are made of pictures. */
export const draftKinds = [
  "slogan",
  "notice",
  "table",
  "list",
  "welcome",
  "duty",
  "clock",
  "countdown",
  "emergency",
  "default",
  "publicity",
  "cover",
  "qrcode",
] as const;

const side = z.int().min(1).max(limits.panelSidePx);

export const draftSchema = z
  .strictObject({
    content: z
      .strictObject({
        title: z.string().max(limits.titleChars).optional(),
        body: z
          .string()
          .max(limits.bodyChars)
          .optional()
          .meta({
            description: "Lines are paragraphs; a line with | is a row of a table",
            examples: ["因管道检修，明天停水。"],
          }),
        displayKind: z.enum(draftKinds).optional().meta({ description: "notice when left out" }),
        signature: z
          .strictObject({ org: z.string().max(100).optional(), date: z.string().max(10).nullable().optional() })
          .optional(),
        publicity: z.looseObject({}).optional(),
        alert: z.looseObject({}).optional(),
        motion: z
          .looseObject({})
          .optional()
          .meta({
            description: "entry, exit or moving, as in an import file",
            examples: [{ entry: { name: "wipe" } }],
          }),
      })
      .meta({
        title: "内容 / content",
        description: "As in an import file; what is left out is as for a plain notice",
      }),
    board: z
      .string()
      .max(limits.queryChars)
      .optional()
      .meta({ title: "公开栏编号 / board id", description: "Its panel; or give `panel`", examples: ["B1"] }),
    panel: z
      .strictObject({
        width: side,
        height: side,
        colour: z.enum(["mono", "dual", "rgb"]),
        pitchMm: z.number().positive().max(100).optional().meta({ description: "From dot to dot" }),
        glyphs: z
          .enum(["GB2312", "GBK", "GB18030"])
          .optional()
          .meta({ description: "The card draws with a font of its own: what that lacks is a remark" }),
      })
      .optional()
      .meta({ title: "显示屏 / panel", examples: [{ width: 128, height: 64, colour: "dual" }] }),
    slotSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .optional()
      .meta({ title: "每次播放秒数 / slot", description: "What a slot of its schedule gives it", examples: [60] }),
    fromPage: z
      .int()
      .min(1)
      .max(limits.pagesPerMessage)
      .optional()
      .meta({ title: "从第几页起 / first page", description: "Pictures begin with this page", examples: [1] }),
    whole: z
      .boolean()
      .optional()
      .meta({ title: "整份版面 / the message itself", description: "Instead of pictures: what a player takes" }),
  })
  .meta({ id: "Draft" });

const passage = z
  .object({ name: z.string(), direction: z.string(), msPerPx: z.int() })
  .nullable()
  .meta({ description: "How the page comes or goes; null: at once" });
const face = z.object({ name: z.string(), sizePx: z.number(), strokePx: z.number() });
const remark = z.object({ code: z.string(), what: sentence, todo: sentence.nullable() });

export const fitReportSchema = z
  .object({
    faces: z.array(face).readonly().meta({ description: "Typefaces used; sizes and thinnest strokes in dots" }),
    usualPx: z.number().meta({ description: "The usual size of running text on such a panel, dots" }),
    pages: z.int(),
    characters: z.int(),
    reading: z.object({ ms: ms("Reading it once"), charactersPerSecond: z.number() }),
    needsMs: ms("Once through"),
    hasMs: ms("A slot of its schedule").nullable(),
    scroll: z
      .object({
        motion: z.string(),
        ms: ms("Once through"),
        dotsPerSecond: z.number(),
        charactersPerSecond: z.number(),
      })
      .nullable(),
    strokePx: z.number(),
    distance: z
      .object({ pitchMm: z.number(), comfortableM: z.number(), farthestM: z.number() })
      .nullable()
      .meta({ description: "From how far the smallest letters are read (20 and 16 minutes of arc, ISO 9241-3)" }),
    shorter: z
      .object({
        goal: z.enum(["fewer-pages", "stands", "slot"]),
        unit: z.enum(["characters", "rows"]),
        count: z.int(),
        of: z.int(),
        pages: z.int(),
        ms: z.number(),
      })
      .nullable()
      .meta({ description: "How much shorter a text was found to do better" }),
    words: z.object({
      summary: sentence,
      facts: z.array(sentence).readonly(),
      remarks: z.array(remark).readonly().meta({ description: "Warnings, each with its remedy" }),
    }),
  })
  .meta({ id: "FitReport" });

export const fitSchema = z
  .object({
    panel: z.object({ width: z.int(), height: z.int(), colour: z.enum(["mono", "dual", "rgb"]) }),
    ok: z.boolean(),
    faults: z
      .array(z.object({ code: z.string(), zh: z.string(), en: z.string(), remedy: sentence }))
      .meta({ description: "Why nothing could be set; the first of them" }),
    message: hash.nullable(),
    report: fitReportSchema.nullable(),
    bytes: z
      .string()
      .nullable()
      .optional()
      .meta({
        description: `Where \`whole\` was asked: the message's canonical bytes, zlib, base64; null above ${limits.draftMessageBytes} bytes, those before it in the answer included`,
      }),
    pages: z.array(
      z.object({
        width: z.int().meta({ description: "Of the page's bitmap: strips are larger than the panel" }),
        height: z.int(),
        motion: z.string(),
        holdMs: z.int(),
        msPerPx: z.int(),
        step: z.int(),
        entry: passage,
        exit: passage,
        lines: z.array(z.string()),
        png: z
          .string()
          .nullable()
          .meta({ description: `Base64, a pixel a dot; at most ${limits.draftPicturePx} dots an answer, else null` }),
      }),
    ),
  })
  .meta({ id: "Fit" });

export const looksSchema = z
  .object({ looks: z.array(fitSchema).meta({ description: "One a board, in the order they were asked about" }) })
  .meta({ id: "Looks" });

export type FitReportJson = z.infer<typeof fitReportSchema>;
export type FitJson = z.infer<typeof fitSchema>;
export type LooksJson = z.infer<typeof looksSchema>;
