/** What is said of a board's link over a time; also what the page reads, so nothing else stands here. */
import { z } from "zod";

const iso = z.iso.datetime({ precision: 3 });
const healthStates = ["stopped", "wrong", "unreached", "dark", "maintenance", "reached", "unknown"] as const;
const state = z.enum(healthStates).meta({
  description:
    "reached: read back as it should be; wrong: with another picture; stopped: no daemon ran; unknown: not on record",
});

export const linkHealthSchema = z
  .object({
    board: z.string(),
    from: iso,
    until: iso,
    cells: z
      .array(state)
      .meta({ description: "Equal parts of the time, in order; of each its trouble, or most of it" }),
    ms: z.record(z.enum(healthStates), z.number()).meta({ description: "How long it was which" }),
    share: z.number().nullable().meta({ description: "0 to 1, of the time in which it was asked; null: never asked" }),
    outages: z.int(),
    longestMs: z.number(),
    last: z
      .array(z.object({ from: iso, until: iso, state, why: z.string() }))
      .meta({ description: "The latest breaks first; why: a fault's code, or no-read-back" }),
  })
  .meta({ id: "LinkHealth" });

export type LinkHealthJson = z.infer<typeof linkHealthSchema>;
