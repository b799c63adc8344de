/** A text that is only to be looked at: of a content what is there, the rest as for a plain notice. Neither stored nor signed. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { contentSchema } from "./import-format.ts";
import type { Refusal } from "./import.ts";
import { wordsFor } from "./import-words.ts";
import type { Content } from "./types.ts";

/** What a notice is where nothing else is said of it. */
export const plainContent: Content = {
  title: "",
  body: "",
  category: "通知",
  track: "政府信息",
  openness: "主动公开",
  opennessReason: null,
  fiveOpen: null,
  displayKind: "notice",
  formedOn: null,
  signature: { org: "", date: null },
  publicity: null,
  alert: null,
};

/** May be empty, other than in a notice. */
const words = (charsMax: number, base = z.string()) =>
  base.max(charsMax).refine((value) => !/\p{Surrogate}/u.test(value), {
    error: "含半个字符 / contains half a character",
  });

const draftSchema = contentSchema
  .partial()
  .extend({
    title: words(limits.titleChars, z.string().trim()).optional(),
    body: words(limits.bodyChars).optional(),
    signature: z
      .strictObject({ org: words(100).optional(), date: contentSchema.shape.signature.shape.date.optional() })
      .optional(),
  })
  .refine(
    ({ title = "", body = "", pictures }) => pictures !== undefined || title.trim() !== "" || body.trim() !== "",
    {
      path: ["body"],
      error: "标题和正文都是空的 / title and body are both empty",
    },
  );

export type DraftRead =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly refused: readonly Refusal[] };

/** Never throws. `place`: of the object, for what is wrong inside it; "" for the whole. */
export function readDraft(value: unknown, place = ""): DraftRead {
  const parsed = draftSchema.safeParse(value);
  if (!parsed.success) {
    const refused = parsed.error.issues.map((issue) => ({
      place: issue.path.reduce<string>(
        (so, key) => (typeof key === "number" ? `${so}[${key}]` : so === "" ? String(key) : `${so}.${String(key)}`),
        place,
      ),
      id: null,
      why: wordsFor(issue),
    }));
    return { ok: false, refused };
  }
  const { signature, ...given } = parsed.data;
  const said = Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)) as Partial<Content>;
  return {
    ok: true,
    content: {
      ...plainContent,
      ...said,
      signature: { org: signature?.org ?? "", date: signature?.date ?? null },
    },
  };
}
