/** What an office may set of screening: a plain object, checked whole. */
import { z } from "zod";
import { limits } from "../../limits.ts";

const text = (charsMax: number) => z.string().trim().min(1).max(charsMax);

/** A wrong official term: literal text, found with or without quotation marks inside it. */
const watchEntry = z.strictObject({
  wrong: text(limits.watchTermChars).min(2),
  right: text(limits.watchTermChars),
  /** Right terms that hold the wrong one's letters. */
  unless: z.array(text(limits.watchTermChars)).max(10).optional(),
  note: z.strictObject({ zh: text(200), en: text(200) }).optional(),
});
export type WatchEntry = Readonly<z.infer<typeof watchEntry>>;
export const watchEntries = z.array(watchEntry).max(limits.watchEntries);

export const screeningRulesSchema = z.strictObject({
  /** Beyond the list that comes with the program; one of the same `wrong` replaces it. */
  watch: watchEntries.default([]),
  /** The `wrong` of entries that this office does without. */
  watchOff: z.array(text(limits.watchTermChars)).max(limits.watchEntries).default([]),
  /** Per category, whether names are shown in full; absent: as `namePolicy` has it. R15. */
  names: z.record(text(100), z.enum(["full", "masked"])).default({}),
  /** 征求意见: days at least (R09). */
  consultationDays: z.int().min(1).max(365).default(30),
});
export type ScreeningRules = Readonly<z.infer<typeof screeningRulesSchema>>;

export const defaultRules: ScreeningRules = screeningRulesSchema.parse({});
