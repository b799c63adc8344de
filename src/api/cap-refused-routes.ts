/** Files of the watched folder that were refused: what stands on the tiles until a person has seen it. */
import { z } from "zod";
import type { CapOffice } from "./cap.ts";
import { type Route, route } from "./route.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });
const fileSchema = z
  .object({
    row: z.int().meta({ description: "Its row in the register" }),
    name: z.string(),
    at: z.string().meta({ description: "ISO 8601, by the board clock" }),
    why: z.object({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: "RefusedCapFile" });

export function refusedFileRoutes(cap: Pick<CapOffice, "refusedFiles" | "acknowledgeRefused">): readonly Route[] {
  return [
    route({
      path: "/api/v1/cap-refused",
      access: ["maker", "reviewer", "signer", "operator", "auditor", "administrator"],
      summary: "Files put into cap-inbox that were refused, and nobody acknowledged, the oldest first",
      params: nothing,
      query: nothing,
      output: json(z.array(fileSchema), "Of the last day; tests and exercises are not among them"),
      failures: [401, 403],
      answer: async (_, response) =>
        void response.json((await cap.refusedFiles()).map((file) => ({ ...file, at: isoOf(file.at) }))),
    }),
    route({
      path: "/api/v1/cap-refused/acknowledge",
      method: "post",
      access: ["maker", "signer", "operator"],
      summary: "A person has seen them, up to that row of the register: they leave the boards' tiles",
      params: nothing,
      query: nothing,
      body: z.strictObject({ upTo: z.int().min(1) }),
      output: json(nothing, "Nothing"),
      failures: [401, 403, 422],
      answer: async ({ upTo }, response, _, caller) => {
        await cap.acknowledgeRefused(caller, upTo);
        response.json({});
      },
    }),
  ];
}
