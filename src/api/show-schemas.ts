/** What `show-routes.ts` answers, as the page reads it. */
import { z } from "zod";

export const pageSchema = z
  .object({
    from: z.string().meta({ description: "Address; … for who does not look after the boards" }),
    since: z.iso.datetime({ precision: 3 }),
    seenAt: z.iso.datetime({ precision: 3 }).nullable(),
    state: z.enum(["confirmed", "wrong", "waiting", "hidden", "unseen"]),
  })
  .meta({ id: "ShowPage" });

export const showLinkSchema = z
  .object({
    path: z.string().meta({ description: "Behind this server's address: /show/B4#key=…; shown this once" }),
    id: z.string().meta({ description: "Names the key among its giver's tokens, to revoke it" }),
    expiresAt: z.iso.datetime({ precision: 3 }),
  })
  .meta({ id: "ShowLink" });
