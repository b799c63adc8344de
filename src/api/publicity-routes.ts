/** 公示 and 征求意见: how long each hangs, whether that is over, and what came of it. */
import { z } from "zod";
import { viewSchema } from "./publicity-schemas.ts";
import { limits } from "../limits.ts";
import type { Interruptions, Period, PeriodResult, PeriodState } from "../notices/publicity.ts";
import type { Caller } from "../people/types.ts";
import { type Route, route } from "./route.ts";
import { isoOf } from "./views.ts";

export interface PublicityView extends Period {
  /** Days in its unit, first and last included; null: of a year that the calendar does not know. */
  readonly actual: number | null;
  readonly state: PeriodState;
  /** null: not on record yet. */
  readonly interruptions: Interruptions | null;
  readonly result: PeriodResult | null;
}

export interface PublicityOffice {
  list(): Promise<readonly PublicityView[]>;
  /** FaultErrors `publicity/unknown`, `publicity/running`, `publicity/result`. Said again, it replaces what was said; both are on record. */
  conclude(
    caller: Caller,
    notice: string,
    said: { readonly note: string; readonly result: string | null },
  ): Promise<PublicityView>;
}

const json = (view: PublicityView) => ({
  ...view,
  from: isoOf(view.from),
  until: isoOf(view.until),
  result: view.result && { ...view.result, at: isoOf(view.result.at) },
});

export function publicityRoutes(office: PublicityOffice): readonly Route[] {
  return [
    route({
      path: "/api/v1/publicity",
      access: "reader",
      summary: "公示 and 征求意见 that were signed: running, too short, over and awaiting their result, closed",
      params: z.strictObject({}),
      query: z.strictObject({}),
      output: { type: "application/json", schema: z.array(viewSchema), description: "Times are the board clock's" },
      failures: [401],
      answer: async (_, response) => void response.json((await office.list()).map(json)),
    }),
    route({
      path: "/api/v1/notices/{id}/publicity",
      method: "put",
      access: ["maker", "reviewer", "signer"],
      summary: "What came of a publicity that is over, and the notice that tells of it",
      params: z.strictObject({ id: z.string().min(1).max(64) }),
      query: z.strictObject({}),
      body: z.strictObject({
        note: z
          .string()
          .trim()
          .min(1)
          .max(limits.reviewWordsChars)
          .meta({ title: "结果 / note", examples: ["公示期满，无异议"] }),
        result: z
          .string()
          .min(1)
          .max(64)
          .nullable()
          .default(null)
          .meta({ title: "结果信息 / result notice", examples: ["N24"] }),
      }),
      output: { type: "application/json", schema: viewSchema, description: "As it is on record now" },
      failures: [401, 403, 404, 409, 422],
      answer: async ({ id, ...said }, response, _, caller) => {
        response.json(json(await office.conclude(caller, id, said)));
      },
    }),
  ];
}
