/** A sign that a person carries a stick to, as the API tells of it. */
import { z } from "zod";

const instant = z.string().meta({ description: "ISO 8601, by the board clock" });
const sheet = { notice: z.string(), title: z.string() };
const code = z.string().meta({ description: "As the slip has it: 3F2A-91BC" });

/** What became of a sign's card when its board is given up: emptied; gone with the sign; nothing was ever put in. */
export const cardLeft = z.enum(["cleared", "removed", "never"]);
export type CardLeft = z.infer<typeof cardLeft>;

export const cardSchema = z
  .object({
    board: z.string(),
    name: z.string(),
    place: z.string(),
    custodian: z.string(),
    state: z
      .enum(["to-carry", "to-take-off", "said", "dark"])
      .meta({ description: "said: a person says that all of it was put in. Nothing is ever read back" }),
    load: z.string().meta({ description: "SHA-256 that names what is to be on the card now" }),
    code,
    items: z.array(
      z.object({
        ...sheet,
        number: z.int(),
        message: z.string().meta({ description: "SHA-256 of what was signed" }),
        from: instant,
        until: instant.meta({ description: "By then it is to be off the card, which knows no end" }),
        isNew: z.boolean().meta({ description: "Nobody has said yet that it was put in" }),
        isDefault: z.boolean(),
      }),
    ),
    off: z
      .array(z.object({ ...sheet, until: instant, perhaps: z.boolean() }))
      .meta({ description: "On the card by what people said, or perhaps, and to be there no more" }),
    left: z
      .array(z.object({ ...sheet, why: z.enum(["warning", "short", "changes", "no-room", "gone", "refused"]) }))
      .meta({ description: "Signed for it, and not carried" }),
    made: z.array(
      z.object({
        ...{ load: z.string(), code, at: instant },
        older: z.boolean().meta({ description: "Of before what was put in last: a stick that should not be put in" }),
      }),
    ),
    loaded: z
      .object({ load: z.string(), code, at: instant, name: z.string(), words: z.string(), photo: z.boolean() })
      .nullable(),
    since: instant.nullable().meta({ description: "Since when somebody is waited for; null: nobody is" }),
    until: instant.nullable(),
    late: z.boolean().meta({ description: "For a whole office day" }),
  })
  .meta({ id: "Card" });
export type CardJson = z.infer<typeof cardSchema>;
