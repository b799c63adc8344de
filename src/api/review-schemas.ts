/** Drafts and cases in JSON. Times of schedules and envelopes are milliseconds since 1970, as in seals. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Draft, ReviewCase } from "../notices/review/index.ts";
import type { CaseView } from "./review.ts";
import { hash } from "./schemas.ts";
import { isoOf, takenOffJson } from "./views.ts";

export const noticeId = z
  .string()
  .min(1)
  .max(80)
  .meta({ title: "信息编号 / notice id", examples: ["2017-0001"] });
export const caseId = z
  .string()
  .regex(/^\d{4}-\d{5,8}$/)
  .meta({ title: "送审编号 / case", examples: ["2017-00012"] });
export const version = z
  .int()
  .min(1)
  .meta({ title: "第几稿 / version", examples: [3] });
export const words = z
  .string()
  .max(limits.reviewWordsChars)
  .meta({ title: "意见或原因 / opinion or reason", examples: ["落款日期有误"] });
/** Its form is checked where drafts are kept, with every mistake at once. */
export const document = z.looseObject({}).meta({
  title: "草稿内容 / the draft",
  description: "content, schedule, envelope, source, changedOn, ofSubstance, carrier, explanations, answers",
});
export const answers = z
  .record(z.string(), z.unknown())
  .optional()
  .meta({ title: "审查项 / checks", description: "By check: { answer: clear, handled or found; note }" });

const person = z.object({ account: z.string(), name: z.string() });
const any = z.unknown();

export const draftSchema = z
  .object({
    notice: z.string(),
    version: z.int(),
    state: z.enum(["contributed", "open"]),
    held: z.object({ note: z.string(), reviewBy: z.string() }).nullable(),
    owner: person,
    unit: z.string(),
    hands: z.array(person),
    edits: z.int().nullable(),
    document: any,
    since: z.string(),
    changedAt: z.string(),
  })
  .meta({ id: "OpenDraft" });

export const caseSchema = z
  .object({
    id: z.string(),
    form: z.string(),
    notice: z.string(),
    number: z.int(),
    revision: z.string(),
    kind: z.enum(["notice", "pixels", "template", "warning"]),
    title: z.string(),
    state: z.enum(["office-review", "signature", "signed", "returned", "withdrawn"]),
    since: z.string(),
    version: z.int(),
    unit: z.string(),
    hands: z.array(person),
    steps: z.array(
      z.object({
        ...{ step: z.string(), by: person, instead: person.nullable(), at: z.string(), words: z.string() },
        reset: z
          .object({ by: z.string(), at: z.string() })
          .optional()
          .meta({ description: "Who had set the signer's password anew in the week before, and when (wall clock)" }),
      }),
    ),
    answers: any,
    document: any,
    envelope: any,
    pixels: z.array(z.object({ board: z.string(), message: hash })),
    dueOn: z.string().nullable(),
    paper: any,
    looked: z
      .array(z.string())
      .optional()
      .meta({ description: "Of one that waits, in lists and alone: boards whose pages the caller has looked at" }),
  })
  .meta({ id: "Case" });

export const caseViewSchema = caseSchema
  .extend({
    content: any,
    schedule: any,
    takenOff: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "Withdrawn from single boards, and since when; absent: from none" }),
    before: z
      .object({ content: any, schedule: any })
      .nullable()
      .meta({ description: "As the notice was signed before; null: it was not, or it is not for the caller to read" }),
  })
  .meta({ id: "CaseWithText" });

export const faultSchema = z
  .looseObject({ code: z.string(), what: z.object({ zh: z.string(), en: z.string() }), remedy: any })
  .meta({ id: "ReviewFault" });

export function draftJson(draft: Draft) {
  return { ...draft, since: isoOf(draft.since), changedAt: isoOf(draft.changedAt) };
}

export function caseJson({ remindedAt: _, ...review }: ReviewCase, looked?: readonly string[]) {
  const steps = review.steps.map(({ reset, ...step }) => ({
    ...{ ...step, at: isoOf(step.at) },
    ...(reset && { reset: { ...reset, at: isoOf(reset.at) } }),
  }));
  return { ...review, since: isoOf(review.since), steps, ...(looked && { looked }) };
}

export function caseViewJson(
  { review, content, schedule, takenOff, before }: CaseView,
  looked: readonly string[] | undefined,
) {
  const off = takenOff && { takenOff: takenOffJson(takenOff) };
  return { ...caseJson(review, looked), content, schedule, ...off, before };
}
