/** What `screening-routes.ts` answers, as the page reads it. */
import { z } from "zod";
import type { ScreeningRules, WatchEntry } from "../notices/screening/rules.ts";

const sentence = z.object({ zh: z.string(), en: z.string() });

const triedHit = z.object({
  notice: z.string(),
  title: z.string(),
  rule: z.string(),
  found: z.string().nullable().meta({ description: "null: it may be about somebody" }),
  why: sentence,
});

export const triedSchema = z
  .object({
    looked: z.int().meta({ description: "Notices, the newest first" }),
    more: z.boolean().meta({ description: "There are older ones" }),
    added: z.array(triedHit).meta({ description: "Found by these rules, not by the office's" }),
    gone: z.array(triedHit).meta({ description: "The other way round" }),
  })
  .meta({ id: "TriedRules" });

export type TriedJson = z.infer<typeof triedSchema>;

export interface ScreeningJson {
  readonly rules: ScreeningRules;
  readonly shipped: readonly WatchEntry[];
}
