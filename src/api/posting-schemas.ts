/** A sheet at a posting place, as the API tells of it. */
import { z } from "zod";

const instant = z.string().meta({ description: "ISO 8601, by the board clock" });
const word = z
  .object({
    at: instant,
    name: z.string(),
    words: z.string(),
    photo: z.boolean().meta({ description: "Whether there is one" }),
  })
  .nullable();

export const postingSchema = z
  .object({
    notice: z.string(),
    number: z.int().meta({ description: "Of the revision that hangs there" }),
    title: z.string(),
    board: z.string(),
    name: z.string(),
    place: z.string(),
    custodian: z.string(),
    paper: z.enum(["A4", "A3"]),
    state: z.enum(["planned", "to-post", "hanging", "to-take-down", "taken-down", "missed"]),
    from: instant.meta({ description: "It is to hang from then on" }),
    until: instant,
    ends: z.enum(["period", "withdrawn", "superseded"]).meta({ description: "Why it is over then" }),
    message: z.string().meta({ description: "SHA-256 of what was signed for this place" }),
    posted: word,
    taken: word,
    since: instant.nullable().meta({ description: "Since when somebody is waited for; null: nobody is" }),
    late: z.boolean().meta({ description: "For a whole office day" }),
  })
  .meta({ id: "Posting" });
export type PostingJson = z.infer<typeof postingSchema>;
