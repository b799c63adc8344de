/** What `ledger-check.ts` answers, as the page reads it. */
import { z } from "zod";

const sentence = z.object({ zh: z.string(), en: z.string() });

const chain = z.object({ rows: z.int(), seq: z.int(), hash: z.string(), whole: z.boolean() });

export const checkSchema = z
  .object({
    state: z.enum(["never", "running", "done", "failed"]),
    at: z.iso.datetime({ precision: 3 }).nullable(),
    rows: z.int().meta({ description: "Rows looked at" }),
    of: z.int().meta({ description: "Rows there were when it began" }),
    result: z
      .object({
        whole: z.boolean(),
        register: chain,
        play: chain,
        revisions: z.int().meta({ description: "Compared with the register" }),
        seals: z.int().meta({ description: "Likewise" }),
        given: z.int().meta({ description: "Checkpoints from elsewhere that were compared" }),
        faults: z.array(z.object({ code: z.string(), what: sentence, remedy: sentence })),
        checkpoints: z.array(z.string()).meta({ description: "Signed, to be printed and kept elsewhere" }),
      })
      .nullable(),
  })
  .meta({ id: "LedgerCheck" });

export type CheckJson = z.infer<typeof checkSchema>;
