import { z } from "zod";
import { instant } from "./schedule-format.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const envelopeSchema = z.strictObject({
  boards: z.array(z.string().min(1).max(64)).max(1000),
  from: instant,
  until: instant,
  bestPriority: z.int().min(0).max(10),
});

/** A seal's body as it is read back from the store. */
export const sealBodySchema = z.strictObject({
  v: z.literal(1),
  installation: z.string().regex(/^[0-9a-f]{32}$/),
  revision: hash,
  notice: z.string().min(1).max(80),
  envelope: envelopeSchema,
  pixels: z.array(z.strictObject({ board: z.string().min(1).max(64), message: hash })).max(1000),
  form: z.string().max(200).nullable(),
  by: z.string().min(1).max(200),
  at: instant,
  kind: z.enum(["signed", "practice", "imported", "template", "emergency"]),
});
