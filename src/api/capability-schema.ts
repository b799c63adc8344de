/** What a board's card can promise (`panels/contract.ts`), as JSON. */
import { z } from "zod";

export const capabilitiesSchema = z
  .object({
    kind: z.enum(["programme", "message", "frame", "carried"]),
    readBack: z.boolean().meta({ description: "It says what is lit; without that, sent is never confirmed" }),
    authenticated: z.boolean().meta({ description: "Nobody else on its line can light it" }),
    oneWay: z.literal(true).optional().meta({ description: "It never says a word" }),
    ends: z
      .enum(["exactly", "by-timeout", "with-the-stream", "never"])
      .meta({ description: "What becomes of what is lit when nobody reaches it any more" }),
    motion: z.enum(["exact", "card", "pages"]),
    glyphs: z
      .literal("own")
      .optional()
      .meta({ description: "It is sent characters: the shapes of its glyphs are its own" }),
  })
  .meta({ description: "What its card can promise" });
