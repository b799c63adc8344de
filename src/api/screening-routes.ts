/** What is looked for before a notice is submitted, as this office has it: its watch list, and whose names are shown. */
import { z } from "zod";
import type { ScreeningRules, WatchEntry } from "../notices/screening/index.ts";
import type { Caller } from "../people/types.ts";
import { type Route, route } from "./route.ts";

export interface Screening {
  /** What the rules may be. */
  readonly schema: z.ZodObject;
  /** The watch list that comes with the program. */
  readonly shipped: readonly WatchEntry[];
  rules(): Promise<ScreeningRules>;
  /** From now on; on record. */
  change(caller: Caller, rules: ScreeningRules): Promise<void>;
}

const nothing = z.strictObject({});

export function screeningRoutes({ schema, shipped, rules, change }: Screening): readonly Route[] {
  const entry = z.object({ wrong: z.string(), right: z.string().nullable() }).loose();
  const output = {
    type: "application/json",
    schema: z.object({ rules: schema, shipped: z.array(entry) }),
    description: "The office's rules, and the list of wrong terms that comes with the program",
  };
  const answer = async () => ({ rules: await rules(), shipped });
  return [
    route({
      path: "/api/v1/screening/rules",
      access: ["maker", "reviewer", "signer", "auditor", "administrator"],
      summary: "What is looked for before a notice is submitted",
      params: nothing,
      query: nothing,
      output,
      failures: [401, 403],
      answer: async (_, response) => void response.json(await answer()),
    }),
    route({
      path: "/api/v1/screening/rules",
      method: "put",
      access: ["administrator"],
      summary: "Change it: terms added or switched off, names in full or masked by category",
      params: nothing,
      query: nothing,
      body: schema,
      output,
      failures: [401, 403],
      answer: async (wanted, response, _, caller) => {
        await change(caller, wanted as unknown as ScreeningRules);
        response.json(await answer());
      },
    }),
  ];
}
