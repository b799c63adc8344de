/** What the ledger's routes answer, as the page reads it. */
import { z } from "zod";

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

export const searchSchema = z
  .object({
    rows: z.array(rowSchema.extend({ what: sentence, who: sentence }).meta({ id: "LedgerRowInWords" })),
    before: z.int().nullable().meta({ description: "Ask on with this; null: all was looked at" }),
  })
  .meta({ id: "LedgerFound" });
export type FoundJson = z.infer<typeof searchSchema>;

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

const footSchema = z.object({
  seq: z.int().meta({ description: "Rows of the register then" }),
  hash: z.string(),
  checkpoint: z.string().nullable().meta({ description: "Signed, to be typed in again" }),
});

const day = z.string().nullable();
const unitSchema = z.object({
  unit: z.string(),
  items: z.int(),
  dated: z.int().meta({ description: "Of them with a deadline" }),
  late: z.int(),
  lagged: z.int().meta({ description: "Of them with a lag" }),
  lagDays: z.int().meta({ description: "Their sum, in working days" }),
});

export const monthSchema = z
  .object({
    units: z.array(unitSchema),
    all: unitSchema,
    items: z.array(
      z.object({
        title: z.string(),
        unit: z.string(),
        formedOn: day,
        shownOn: day,
        dueOn: day,
        lagDays: z.int().nullable(),
        late: z.boolean().nullable().meta({ description: "null: it has no deadline" }),
      }),
    ),
    boards: z.array(
      z.object({
        board: z.string(),
        name: z.string(),
        openMs: z.int().meta({ description: "Within its hours and the log" }),
        confirmedMs: z.int().meta({ description: "Of that, read back and right" }),
        readBack: z.boolean(),
      }),
    ),
    notes: z.array(z.string()),
    foot: footSchema,
  })
  .meta({ id: "LedgerMonth" });

export type MonthJson = z.infer<typeof monthSchema>;

export const formSchema = z
  .object({
    form: z.object({
      notice: z.string(),
      number: z.int(),
      form: z.string().meta({ description: "表号" }),
      title: z.string(),
      body: z.string(),
      signature: z.string(),
      unit: z.string(),
      carrier: z.string(),
      category: z.string(),
      openness: z.string(),
      opennessReason: z.string().nullable(),
      fiveOpen: z.string().nullable(),
      source: z.string(),
      from: iso,
      until: iso,
      rule: z.string(),
      answers: z.record(z.string(), z.object({ answer: z.enum(["clear", "handled", "found"]), note: z.string() })),
      steps: z.array(
        z.object({
          ...{ step: z.string(), name: z.string(), instead: z.string().nullable(), at: iso, words: z.string() },
          reset: z.object({ by: z.string(), at: iso }).optional(),
        }),
      ),
      revision: z.string(),
      pixels: z.array(z.object({ board: z.string(), message: z.string() })),
    }),
    boards: z.array(
      z.object({
        name: z.string(),
        shape: z.string().meta({ description: "Or why there are no pages" }),
        message: z.string(),
        pages: z.array(z.object({ addresses: z.array(z.string()), width: z.int(), caption: z.string() })),
      }),
    ),
    foot: footSchema,
  })
  .meta({ id: "CaseForm" });

export type FormJson = z.infer<typeof formSchema>;
