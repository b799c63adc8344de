/** 纸质签发: the scan of a signed form, and the account that attests it. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { rawBody } from "./body.ts";
import type { Review } from "./review.ts";
import { caseId, caseJson, caseSchema } from "./review-schemas.ts";
import { type Route, route } from "./route.ts";
import { addressOf } from "./visit.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id: caseId });
const output = { type: "application/json", schema: caseSchema, description: "The case as it is now" };
const failures = [401, 403, 404, 409, 422];

export function paperRoutes(review: Review): readonly Route[] {
  return [
    route({
      method: "put",
      path: "/api/v1/review/cases/{id}/scan",
      access: ["maker", "reviewer", "operator"],
      summary: "The form as it was signed by pen: a picture or PDF; `review: { paper: true }` only",
      params: one,
      query: z.strictObject({ leader: z.string().min(1).max(100).meta({ title: "领导姓名 / whose pen it was" }) }),
      raw: true,
      bodyBytes: limits.pictureUploadBytes,
      output,
      failures: [...failures, 413, 429, 503],
      answer: async ({ id, leader }, response, request, caller) =>
        void response.json(caseJson(await review.uploadScan(caller, id, leader, rawBody(request)))),
    }),
    route({
      path: "/api/v1/review/cases/{id}/scan/{page}",
      access: ["maker", "reviewer", "signer", "operator", "auditor", "administrator"],
      summary: "A page of the scan; that the caller has looked at it is kept, by its hash",
      params: one.extend({ page: z.coerce.number().int().min(1).max(limits.picturesPerNotice) }),
      query: nothing,
      output: { type: "image/png", schema: z.string(), description: "As it is kept" },
      failures,
      answer: async ({ id, page }, response, _request, caller) =>
        void response.type("image/png").send(Buffer.from(await review.scan(caller, id, page))),
    }),
    route({
      method: "post",
      path: "/api/v1/review/cases/{id}/attest",
      access: ["reviewer", "signer", "operator", "administrator"],
      summary: "Attests the scan, by an account with no other step: seals in the leader's name",
      params: one,
      query: nothing,
      body: z.strictObject({ password: z.string().max(1000).optional() }),
      output,
      failures: [...failures, 429, 503],
      answer: async ({ id, password }, response, request, caller) => {
        const secret = password === undefined ? null : { password, address: addressOf(request) };
        response.json(caseJson(await review.attest(caller, id, secret)));
      },
    }),
  ];
}
