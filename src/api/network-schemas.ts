/** What `network-routes.ts` answers, as the page reads it. */
import { z } from "zod";

const sentence = z.object({ zh: z.string(), en: z.string() });

export const networkSchema = z
  .object({
    state: z.enum(["here", "held", "open"]),
    says: sentence,
    urls: z.array(z.string()),
    tls: z.enum(["none", "generated", "files"]),
    warning: sentence.nullable(),
    certificate: z.object({ fingerprint: z.string(), until: z.string() }).nullable(),
    trust: z.array(z.object({ system: sentence, steps: sentence })),
    proxy: z.int(),
    code: z
      .array(z.string())
      .nullable()
      .meta({ description: "The QR code of the first address, a row a line: # dark, . light; null beyond one" }),
  })
  .meta({ id: "Network" });

export const openedSchema = networkSchema
  .extend({
    effect: z.enum(["itself", "restart"]).meta({ description: "The daemon starts anew by itself, or somebody has to" }),
  })
  .meta({ id: "NetworkOpened" });

export type OpenedJson = z.infer<typeof openedSchema>;
export type NetworkJson = z.infer<typeof networkSchema>;
