/** Drafts and cases as they are written and read back: everything bounded, nothing believed unread. */
import { z } from "zod";
import { limits } from "../../limits.ts";
import { dayNumberOf } from "../../time/days.ts";
import { contentSchema } from "../import-format.ts";
import { instant, scheduleSchema } from "../schedule-format.ts";
import { envelopeSchema } from "../seal-format.ts";
import { checkIds, type Draft, type DraftDocument, type ReviewCase } from "./types.ts";

const whole = (charsMax: number) =>
  z
    .string()
    .max(charsMax)
    .refine((value) => !/\p{Surrogate}/u.test(value), { error: "含半个字符 / contains half a character" });

export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "应为 YYYY-MM-DD 的日期 / must be a date YYYY-MM-DD" })
  .refine((text) => dayNumberOf(text) !== null, { error: "日历上没有这一天 / there is no such day" });

export const answerSchema = z.strictObject({
  answer: z.enum(["clear", "handled", "found"]).meta({ description: "无问题；有，已处理；有，未处理" }),
  note: whole(limits.reviewWordsChars).default(""),
});
export const answersSchema = z.partialRecord(z.enum(checkIds), answerSchema);

/** Words that a notice must have may still be missing. */
const draftContent = contentSchema.partial().extend({
  title: whole(limits.titleChars).optional(),
  body: whole(limits.bodyChars).optional(),
  category: whole(40).optional(),
  opennessReason: whole(500).nullable().optional(),
  signature: z.strictObject({ org: whole(100), date: civilDate.nullable() }).optional(),
});

/** What may be said of a person's step. */
export const wordsSchema = whole(limits.reviewWordsChars);

export const documentSchema = z.strictObject({
  content: draftContent.default({}),
  schedule: scheduleSchema.partial().default({}),
  envelope: envelopeSchema.nullable().default(null),
  source: z
    .strictObject({ kind: z.enum(["document", "meeting"]), name: whole(200).min(1) })
    .nullable()
    .default(null),
  changedOn: civilDate.nullable().default(null),
  ofSubstance: z.boolean().nullable().default(null),
  carrier: whole(100).default(""),
  explanations: z
    .record(z.string().regex(/^[a-z0-9-]+:[a-z]+\d*:[0-9a-f]{16}$/), whole(500).min(1))
    .refine((all) => Object.keys(all).length <= limits.draftExplanations, {
      error: `说明最多 ${limits.draftExplanations} 条 / at most ${limits.draftExplanations} explanations`,
    })
    .default({}),
  answers: answersSchema.default({}),
});

export const heldSchema = z.strictObject({ note: whole(500).min(1), reviewBy: civilDate });

const person = z.strictObject({ account: z.string().max(64), name: z.string().max(200) });
const hands = z.array(person).max(limits.draftHands);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.int().min(1);

/** What a row holds of a draft beside its own columns. */
export const draftBody = z.strictObject({
  held: heldSchema.nullable(),
  owner: person,
  unit: z.string().max(200),
  hands,
  edits: number.nullable(),
  document: documentSchema,
  since: instant,
  changedAt: instant,
});

const step = z.strictObject({
  step: z.enum(["submitted", "reviewed", "signed", "returned", "withdrawn", "uploaded", "attested", "countersigned"]),
  by: person,
  instead: person.nullable(),
  at: instant,
  words: z.string().max(limits.reviewWordsChars),
  reset: z.strictObject({ by: z.string().max(200), at: instant }).exactOptional(),
});

/** The same of a case. */
export const caseBody = z.strictObject({
  form: z.string().max(200),
  revision: hash,
  kind: z.enum(["notice", "pixels", "template", "warning"]),
  title: z.string().max(limits.titleChars),
  unit: z.string().max(200),
  hands,
  steps: z.array(step).max(limits.reviewSteps),
  answers: answersSchema,
  document: documentSchema.omit({ content: true, schedule: true, answers: true, envelope: true }),
  envelope: envelopeSchema.nullable(),
  pixels: z.array(z.strictObject({ board: z.string().min(1).max(64), message: hash })).max(limits.boardsPerSite),
  dueOn: civilDate.nullable(),
  paper: z
    .strictObject({ leader: z.string().min(1).max(100), scans: z.array(hash).min(1).max(limits.picturesPerNotice) })
    .nullable(),
  remindedAt: instant.nullable(),
});

/** They are read back as the types have them: the compiler compares the two here. */
type Same<A, B> = [A, B] extends [B, A] ? true : never;
export type Checked = Same<z.output<typeof documentSchema>["answers"], DraftDocument["answers"]> &
  Same<keyof z.output<typeof draftBody>, Exclude<keyof Draft, "notice" | "version" | "state">> &
  Same<
    keyof z.output<typeof caseBody>,
    Exclude<keyof ReviewCase, "id" | "notice" | "number" | "state" | "since" | "version">
  >;
