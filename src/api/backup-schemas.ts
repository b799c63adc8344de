/** What `backup-routes.ts` answers, as the page reads it. */
import { z } from "zod";

const iso = z.iso.datetime({ precision: 3 });

const sentence = z.object({ zh: z.string(), en: z.string() });

export const backupsSchema = z
  .object({
    folder: z.string(),
    nightly: z.boolean(),
    sealing: z.boolean().meta({ description: "A passphrase of the installation file seals them" }),
    files: z.array(
      z.object({
        name: z.string(),
        at: iso,
        bytes: z.int(),
        sealed: z.boolean(),
        made: z.enum(["nightly", "by-hand"]),
        checkedAt: iso.nullable().meta({ description: "When it was read back to its end" }),
      }),
    ),
    going: z.object({
      state: z.enum(["idle", "running", "failed"]),
      since: iso.nullable(),
      why: sentence.nullable(),
    }),
  })
  .meta({ id: "Backups" });

export type BackupsJson = z.infer<typeof backupsSchema>;
