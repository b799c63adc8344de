/** Of an office without a daemon: nobody is signed in, and everybody may look, as in practice. */
import { z } from "zod";
import { sessionSchema } from "../../src/api/people-schemas.ts";
import { type Route, route } from "../../src/api/route.ts";

export const visitor: z.infer<typeof sessionSchema> = {
  mode: "practice",
  setUp: false,
  via: "visitor",
  account: null,
  reset: null,
  roles: ["auditor"],
  boards: null,
  deputyOf: [],
  reads: true,
  csrf: null,
  practice: [{ id: "P01", name: "经办人甲(虚构)", unit: "", roles: ["maker"] }],
};

/** `who`: asked at each question. */
export function sessionRoute(who: () => z.infer<typeof sessionSchema> = () => visitor): Route {
  const nothing = z.strictObject({});
  return route({
    path: "/api/v1/session",
    access: "anyone",
    summary: "Who am I",
    params: nothing,
    query: nothing,
    output: { type: "application/json", schema: sessionSchema, description: "Who asks" },
    failures: [],
    answer: (_, response) => void response.json(who()),
  });
}
