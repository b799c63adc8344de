/** What the ledger's routes answer. */
import { z } from "zod";
import { isoOf } from "./views.ts";
import type { WasView } from "./ledger.ts";

const iso = z.iso.datetime({ precision: 3 });
const sentence = z.object({ zh: z.string(), en: z.string() });

export const rowSchema = z
  .object({
    chain: z.enum(["register", "play"]),
    seq: z.int(),
    boardAt: iso,
    wallAt: iso,
    by: z.string(),
    action: z.string(),
    subject: z.string(),
    data: z.record(z.string(), z.unknown()),
    hash: z.string().meta({ description: "Chained; empty: the row cannot be read back" }),
  })
  .meta({ id: "LedgerRow" });

export const wasSchema = z
  .object({
    board: z.string(),
    at: iso,
    said: sentence,
    logFrom: iso.nullable().meta({ description: "The oldest row that is kept" }),
    told: z
      .object({
        programme: z.string().meta({ description: "SHA-256 of the programme's canonical bytes" }),
        seq: z.int().meta({ description: "The row of the play log" }),
        from: iso,
        until: iso,
        via: z.enum(["line", "file", "page"]),
      })
      .nullable(),
    dark: z.boolean(),
    confirmed: z.object({
      state: z.enum(["yes", "no", "unknown"]),
      from: iso.nullable(),
      to: iso.nullable(),
      said: sentence,
    }),
    message: z.string().nullable().meta({ description: "null: black" }),
    notices: z.array(z.object({ id: z.string(), number: z.int().nullable(), title: z.string(), why: sentence })),
    picture: z
      .object({ refused: sentence.nullable() })
      .nullable()
      .meta({ description: "null: nothing is known. refused null: was.png has it" }),
  })
  .meta({ id: "Was" });

export type WasJson = z.infer<typeof wasSchema>;

export function wasJson({ at, logFrom, told, confirmed, notices, picture, ...rest }: WasView): WasJson {
  const time = (instant: number | null) => (instant === null ? null : isoOf(instant));
  return {
    ...rest,
    at: isoOf(at),
    logFrom: time(logFrom),
    told: told && { ...told, from: isoOf(told.from), until: isoOf(told.until) },
    confirmed: { ...confirmed, from: time(confirmed.from), to: time(confirmed.to) },
    notices: [...notices],
    picture: picture && { refused: "why" in picture ? picture.why : null },
  };
}
