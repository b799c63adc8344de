/** 起草: drafts, by the people who write them. */
import { z } from "zod";
import { type Fault, remedy, sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Access, Route } from "./route.ts";
import { route } from "./route.ts";
import type { Review } from "./review.ts";
import {
  caseJson,
  caseSchema,
  document,
  draftJson,
  draftSchema,
  faultSchema,
  noticeId,
  version,
  words,
} from "./review-schemas.ts";

const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });
const one = z.strictObject({ id: noticeId });
const at = z.strictObject({ version });
const keys = z
  .array(z.string().max(60))
  .min(1)
  .max(limits.draftExplanations)
  .meta({ title: "处理哪些提示 / hits", description: "Their keys, from …/faults" });
const failures = [401, 403, 404, 409, 422];

const writers: Access = ["contributor", "maker"];
const readers: Access = ["contributor", "maker", "auditor"];

export function draftRoutes(review: Review): readonly Route[] {
  const output = json(draftSchema, "The draft as it is now");
  return [
    route({
      path: "/api/v1/review/drafts",
      access: readers,
      summary: "Open drafts; of a contributor, their own unit's",
      params: nothing,
      query: nothing,
      output: json(z.array(draftSchema), "By notice"),
      failures: [401, 403],
      answer: async (_, response, _request, caller) => void response.json((await review.drafts(caller)).map(draftJson)),
    }),
    route({
      method: "post",
      path: "/api/v1/review/drafts",
      scope: "draft",
      access: writers,
      summary: "A new draft: blank, or a copy of a notice",
      params: nothing,
      query: nothing,
      body: z.strictObject({ copyOf: noticeId.optional() }),
      output,
      failures,
      answer: async ({ copyOf }, response, _request, caller) =>
        void response.status(201).json(draftJson(await review.createDraft(caller, copyOf))),
    }),
    route({
      method: "post",
      path: "/api/v1/notices/{id}/edit",
      scope: "draft",
      access: writers,
      summary: "Opens an edit of a notice, or finds the one that is open; what is signed stays up until that is signed",
      params: one,
      query: nothing,
      body: nothing,
      output,
      failures,
      answer: async ({ id }, response, _request, caller) =>
        void response.json(draftJson(await review.editNotice(caller, id))),
    }),
    route({
      path: "/api/v1/review/drafts/{id}",
      access: readers,
      summary: "One draft",
      params: one,
      query: nothing,
      output,
      failures,
      answer: async ({ id }, response, _request, caller) =>
        void response.json(draftJson(await review.draft(caller, id))),
    }),
    route({
      method: "put",
      path: "/api/v1/review/drafts/{id}",
      scope: "draft",
      access: writers,
      summary: "Writes a draft; 409 with both versions if somebody wrote on it meanwhile",
      params: one,
      query: nothing,
      body: at.extend({ document }),
      output,
      failures,
      answer: async ({ id, version: written, document: given }, response, _request, caller) =>
        void response.json(draftJson(await review.saveDraft(caller, id, written, given))),
    }),
    route({
      method: "delete",
      path: "/api/v1/review/drafts/{id}",
      scope: "draft",
      access: writers,
      summary: "Throws a draft away; nothing that was submitted goes with it",
      params: one,
      query: z.strictObject({ version: z.coerce.number().int().min(1) }),
      output: json(nothing, "Nothing"),
      failures,
      answer: async ({ id, version: written }, response, _request, caller) => {
        await review.discardDraft(caller, id, written);
        response.json({});
      },
    }),
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/hand-in",
      scope: "draft",
      access: ["contributor"],
      summary: "报送: from the contributor to the makers",
      params: one,
      query: nothing,
      body: at,
      output,
      failures,
      answer: async ({ id, version: written }, response, _request, caller) =>
        void response.json(draftJson(await review.handIn(caller, id, written))),
    }),
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/hand-back",
      access: ["maker"],
      summary: "Back to the contributor, with a reason",
      params: one,
      query: nothing,
      body: at.extend({ reason: words }),
      output,
      failures,
      answer: async ({ id, version: written, reason }, response, _request, caller) =>
        void response.json(draftJson(await review.handBack(caller, id, written, reason))),
    }),
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/hold",
      scope: "draft",
      access: writers,
      summary: "待定: held with a note until a day; null: no longer",
      params: one,
      query: nothing,
      body: at.extend({
        held: z.strictObject({ note: z.string().max(500), reviewBy: z.string().max(10) }).nullable(),
      }),
      output,
      failures,
      answer: async ({ id, version: written, held }, response, _request, caller) =>
        void response.json(draftJson(await review.holdDraft(caller, id, written, held))),
    }),
    route({
      path: "/api/v1/review/drafts/{id}/faults",
      access: writers,
      summary:
        "All that keeps it from being submitted: what is missing, screening hits with their keys, what cannot be set",
      params: one,
      query: nothing,
      output: json(z.array(faultSchema), "None: it may be submitted"),
      failures,
      answer: async ({ id }, response, _request, caller) =>
        void response.json((await review.faultsOf(caller, id)).map(faultJson)),
    }),
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/mend",
      scope: "draft",
      access: writers,
      summary: "Puts what screening proposes for these hits into the text: numbers and names masked, terms put right",
      params: one,
      query: nothing,
      body: at.extend({ keys }),
      output,
      failures,
      answer: async ({ id, version: written, keys: wanted }, response, _request, caller) =>
        void response.json(draftJson(await review.mendDraft(caller, id, written, wanted))),
    }),
    route({
      method: "post",
      path: "/api/v1/review/drafts/{id}/submit",
      access: ["maker"],
      summary: "送审: typeset for every board, judged, and made a revision that no longer changes",
      params: one,
      query: nothing,
      body: at,
      output: json(caseSchema, "The case"),
      failures,
      answer: async ({ id, version: written }, response, _request, caller) =>
        void response.status(201).json(caseJson(await review.submit(caller, id, written))),
    }),
  ];
}

export function faultJson(fault: Fault) {
  return { ...fault, what: sentence(fault), remedy: remedy(fault) };
}
