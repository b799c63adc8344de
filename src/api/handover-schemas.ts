/** What `handover.ts` answers, as the page reads it. */
import { z } from "zod";

const sentence = z.object({ zh: z.string(), en: z.string() });

export const handoverSchema = z.object({
  leaver: z.object({ id: z.string(), login: z.string(), name: z.string(), active: z.boolean() }),
  successor: z.object({ id: z.string(), name: z.string() }).nullable(),
  drafts: z.array(z.object({ notice: z.string(), title: z.string() })),
  cases: z.array(
    z.object({ id: z.string(), title: z.string(), state: z.string(), since: z.string(), own: z.boolean() }),
  ),
  boards: z.array(
    z.object({ id: z.string(), name: z.string(), place: z.string(), link: sentence, custodian: z.string() }),
  ),
  secrets: z.array(sentence),
  howTo: z.array(sentence),
});

export type HandoverJson = z.infer<typeof handoverSchema>;
