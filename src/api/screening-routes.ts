/** What is looked for before a notice is submitted, as this office has it: its watch list, and whose names are shown. */
import { z } from "zod";
import { triedSchema } from "./screening-schemas.ts";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { ScreeningRules, WatchEntry } from "../notices/screening/index.ts";
import type { Caller } from "../people/types.ts";
import { type Route, route } from "./route.ts";
import { changeReason } from "./schemas.ts";

export interface Screening {
  /** What the rules may be. */
  readonly schema: z.ZodObject;
  /** The watch list that comes with the program. */
  readonly shipped: readonly WatchEntry[];
  rules(): Promise<ScreeningRules>;
  /** From now on; on record. */
  change(caller: Caller, rules: ScreeningRules, reason: string): Promise<void>;
  /** What other rules would find in the newest notices that the office's do not, and the other way round; changes nothing. */
  tried(rules: ScreeningRules): Promise<TriedRules>;
}

export interface TriedHit {
  readonly notice: string;
  /** "\u2026" where personal information is in it. */
  readonly title: string;
  readonly rule: string;
  /** A wrong term as it stands there; null where it may be about somebody. */
  readonly found: string | null;
  readonly why: Sentence;
}

export interface TriedRules {
  readonly looked: number;
  /** There are older notices that were not looked at. */
  readonly more: boolean;
  /** At most `limits.screeningTriedHits` each. */
  readonly added: readonly TriedHit[];
  readonly gone: readonly TriedHit[];
}

const nothing = z.strictObject({});

export function screeningRoutes({ schema, shipped, rules, change, tried }: Screening): readonly Route[] {
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
      body: schema.extend({ reason: changeReason }),
      output,
      failures: [401, 403],
      answer: async ({ reason, ...wanted }, response, _, caller) => {
        await change(caller, wanted as unknown as ScreeningRules, String(reason));
        response.json(await answer());
      },
    }),
    route({
      path: "/api/v1/screening/try",
      method: "post",
      access: ["administrator"],
      dear: true,
      summary: `What other rules would find in the newest ${limits.screeningTried} notices; nothing is changed`,
      params: nothing,
      query: nothing,
      body: schema,
      output: { type: "application/json", schema: triedSchema, description: "The difference to the office's rules" },
      failures: [401, 403],
      answer: async (wanted, response) => void response.json(await tried(wanted as unknown as ScreeningRules)),
    }),
  ];
}
