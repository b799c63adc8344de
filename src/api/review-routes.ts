/** 审核、签发、撤下: cases, by the people whose step it is; and what operators move. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { draftRoutes, faultJson } from "./draft-routes.ts";
import type { Office } from "./office.ts";
import { paperRoutes } from "./paper-routes.ts";
import { negativeOf, pngOf } from "./picture.ts";
import type { Postings } from "./postings.ts";
import type { Review } from "./review.ts";
import { type Access, placeConfig, type Route, route } from "./route.ts";
import {
  answers,
  caseId,
  caseJson,
  caseSchema,
  caseViewJson,
  caseViewSchema,
  faultSchema,
  noticeId,
  words,
} from "./review-schemas.ts";
import { hash } from "./schemas.ts";
import { boardId } from "./sheets.ts";
import type { Takedowns } from "./takedown.ts";
import { takedownJson, takedownSchema } from "./takedown-routes.ts";
import { addressOf } from "./visit.ts";
import { waitingRoutes } from "./waiting-routes.ts";

const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });
const one = z.strictObject({ id: caseId });
const failures = [401, 403, 404, 409, 422];
const readers: Access = ["maker", "reviewer", "signer", "operator", "auditor", "administrator"];
const reasoned = z.strictObject({ reason: words });

export function reviewRoutes(
  office: Office,
  review: Review,
  takedowns?: Takedowns,
  postings?: Postings,
): readonly Route[] {
  const output = json(caseSchema, "The case as it is now");
  return [
    ...draftRoutes(review),
    ...paperRoutes(review),
    ...waitingRoutes(office, review, postings),
    route({
      path: "/api/v1/review/cases",
      access: readers,
      summary: "Submissions, the newest first: where each stands, who holds it and since when",
      params: nothing,
      query: z.strictObject({ before: caseId.optional() }),
      output: json(z.array(caseSchema), `At most ${limits.casesAtOnce}, before one of them`),
      failures: [401, 403],
      answer: async ({ before }, response, _request, caller) => {
        const cases = await review.cases(before);
        const looked = await review.looked(caller, cases);
        response.json(cases.map((one) => caseJson(one, looked.get(one.id))));
      },
    }),
    route({
      path: "/api/v1/review/reminders",
      access: readers,
      summary: "What has waited too long: cases, undecided drafts, warnings that nobody has countersigned",
      params: nothing,
      query: nothing,
      output: json(z.array(faultSchema), "A fault each"),
      failures: [401, 403],
      answer: async (_, response) => void response.json((await review.reminders(office.now())).map(faultJson)),
    }),
    route({
      path: "/api/v1/review/cases/{id}",
      access: readers,
      summary: "One submission with its text",
      params: one,
      query: nothing,
      output: json(caseViewSchema, "The case"),
      failures,
      answer: async ({ id }, response, _request, caller) => {
        const view = await review.case(caller, id);
        response.json(caseViewJson(view, (await review.looked(caller, [view.review])).get(id)));
      },
    }),
    route({
      path: "/api/v1/review/cases/{id}/pages",
      access: readers,
      summary:
        "The pages that would be signed for a board, dot for dot; a board was looked at when all were sent as pictures",
      params: one,
      query: z.strictObject({
        board: z.string().max(limits.queryChars),
        page: z.coerce.number().int().min(1).max(limits.pagesPerMessage).default(1),
      }),
      output: json(
        z.object({
          message: hash,
          pages: z.array(
            z.object({
              width: z.int(),
              height: z.int(),
              motion: z.string(),
              holdMs: z.int(),
              png: z.string().nullable().meta({ description: "Base64; null beyond what one answer may have" }),
            }),
          ),
        }),
        "From `page` on with pictures",
      ),
      failures,
      answer: async ({ id, board, page }, response, _request, caller) => {
        const { config, isSheet } = placeConfig(office, board);
        const { ledColour } = config;
        const message = await review.pages(caller, id, board);
        const pages = [];
        let dots = 0;
        let last = page - 1;
        for (const [index, { bitmap, motion, holdMs }] of message.pages.entries()) {
          const { width, height } = bitmap;
          const asked = index + 1 >= page;
          if (asked) dots += width * height;
          const drawn = asked && dots <= limits.draftPicturePx;
          if (drawn) last = index + 1;
          const shown = isSheet ? pngOf(negativeOf(bitmap), "#ffffff", 1) : pngOf(bitmap, ledColour, 1);
          const png = drawn ? Buffer.from(await shown).toString("base64") : null;
          pages.push({ width, height, motion, holdMs, png });
        }
        await review.sent(caller, id, board, message, page, last);
        response.json({ message: message.hash, pages });
      },
    }),
    route({
      method: "post",
      path: "/api/v1/review/cases/{id}/review",
      access: ["reviewer"],
      summary: "审核: passes it on to the signer",
      params: one,
      query: nothing,
      body: z.strictObject({ opinion: words, answers }),
      output,
      failures,
      answer: async ({ id, opinion, answers: given }, response, _request, caller) =>
        void response.json(caseJson(await review.review(caller, id, opinion, given))),
    }),
    route({
      method: "post",
      path: "/api/v1/review/cases/{id}/return",
      access: ["reviewer", "signer"],
      summary: "退回: back to the maker with a reason; its draft is open again",
      params: one,
      query: nothing,
      body: reasoned,
      output,
      failures,
      answer: async ({ id, reason }, response, _request, caller) =>
        void response.json(caseJson(await review.sendBack(caller, id, reason))),
    }),
    route({
      method: "post",
      path: "/api/v1/review/cases/{id}/withdraw",
      access: ["maker", "signer", "operator"],
      summary: "Before the signature: taken back. After it: off the boards now",
      params: one,
      query: nothing,
      body: reasoned,
      output,
      failures,
      answer: async ({ id, reason }, response, _request, caller) =>
        void response.json(caseJson(await review.withdrawCase(caller, id, reason))),
    }),
    route({
      method: "post",
      path: "/api/v1/review/sign",
      access: ["signer"],
      summary: "签发: all of these, or none; each was looked at on every board; the password is entered again",
      params: nothing,
      query: nothing,
      body: z.strictObject({
        cases: z.array(caseId).min(1).max(limits.casesPerSignature),
        password: z.string().max(1000).optional().meta({ description: "Practice people have none" }),
        opinion: words.optional(),
        answers,
      }),
      output: json(z.array(caseSchema), "The cases, signed"),
      failures: [...failures, 429, 503],
      answer: async ({ cases, password, opinion, answers: given }, response, request, caller) => {
        const address = addressOf(request);
        const secret = password === undefined ? null : { password, address };
        response.json((await review.sign(caller, cases, secret, opinion, given)).map((one) => caseJson(one)));
      },
    }),
    route({
      method: "post",
      path: "/api/v1/notices/{id}/warn",
      scope: "alert",
      access: ["operator", "maker"],
      summary: "应急: a warning from a signed template, on its boards at once; to be countersigned; never free text",
      params: z.strictObject({ id: noticeId }),
      query: nothing,
      body: z.strictObject({
        station: z.string().max(30),
        time: z.int().meta({ description: "ms since 1970" }),
        kind: z.string().max(10),
        level: z.enum(["蓝", "黄", "橙", "红"]),
        amount: z.int(),
        hours: z.int().min(1).max(limits.emergencyHours),
      }),
      output,
      failures,
      answer: async ({ id, ...values }, response, _request, caller) =>
        void response.status(201).json(caseJson(await review.publishWarning(caller, id, values))),
    }),
    route({
      method: "post",
      path: "/api/v1/notices/{id}/pixels",
      access: ["maker"],
      summary: "同文换版: the same text set anew for boards whose panel was changed, to be signed",
      params: z.strictObject({ id: noticeId }),
      query: nothing,
      body: z.strictObject({ boards: z.array(z.string().max(limits.queryChars)).min(1).max(limits.boardsPerSite) }),
      output,
      failures,
      answer: async ({ id, boards }, response, _request, caller) =>
        void response.status(201).json(caseJson(await review.renewPixels(caller, id, boards))),
    }),
    route({
      method: "post",
      path: "/api/v1/notices/{id}/withdraw",
      access: ["maker", "signer", "operator"],
      summary:
        "撤下: off the boards from now on, and nothing more of it on its way; `boards`: off these alone, as it is signed now. Answers within some seconds, with what each board has said by then",
      params: z.strictObject({ id: noticeId }),
      query: nothing,
      body: z.strictObject({
        reason: words,
        boards: z.array(boardId).min(1).max(limits.boardsPerSite).optional(),
      }),
      output: json(takedownSchema, "The order as it is now; GET /api/v1/takedowns/{id} says how it goes on"),
      failures,
      answer: async ({ id, reason, boards }, response, _request, caller) => {
        const order = await review.withdrawNotice(caller, id, reason, boards);
        const result = (await takedowns?.result(order)) ?? null;
        response.json(result === null ? { id: order } : takedownJson(result, caller));
      },
    }),
    route({
      method: "put",
      path: "/api/v1/notices/{id}/schedule",
      access: ["operator"],
      summary:
        "When and where a signed notice plays, inside what was signed; 422 says what would need a new signature, 409 that it was moved meanwhile",
      params: z.strictObject({ id: noticeId }),
      query: nothing,
      body: z.strictObject({
        schedule: z.looseObject({}),
        reason: words.optional(),
        was: z.looseObject({}).optional().meta({
          title: "改之前的安排 / as it was read",
          description: "The schedule that this one is a change of: if it is another by now, nothing is done",
        }),
      }),
      output: json(z.unknown(), "The schedule as it is now"),
      failures,
      answer: async ({ id, schedule, reason, was }, response, _request, caller) =>
        void response.json(await review.move(caller, id, schedule, reason, was)),
    }),
  ];
}
