/** 收到的预警 (R31): CAP 1.2 comes in, one person confirms or refuses it; and the senders that are believed. */
import { z } from "zod";
import { type SenderJson, senderSchema } from "./cap-sender-schemas.ts";
import { limits } from "../limits.ts";
import type { CapSender, ReceivedWarning } from "../notices/cap/index.ts";
import { refusedFileRoutes } from "./cap-refused-routes.ts";
import { rawBody } from "./body.ts";
import type { CapOffice } from "./cap.ts";
import type { Office } from "./office.ts";
import { pngOf } from "./picture.ts";
import { type Access, boardConfig, type Route, route } from "./route.ts";
import { hash } from "./schemas.ts";
import { boardId } from "./sheets.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const sentence = z.object({ zh: z.string(), en: z.string() });
const instant = z.string().meta({ description: "ISO 8601, by the board clock" });
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });
const one = z.strictObject({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .meta({ title: "编号 / number", examples: [1] }),
});
const failures = [401, 403, 404, 409, 422];
const readers: Access = ["maker", "reviewer", "signer", "operator", "auditor", "administrator"];
const deciders: Access = ["maker", "signer", "operator"];
const words = z.string().max(limits.reviewWordsChars);

const warningSchema = z
  .object({
    number: z.int(),
    sender: z.string(),
    identifier: z.string(),
    sent: instant,
    digest: hash,
    state: z.enum(["waiting", "taken", "cancelled", "refused", "over", "noted"]).meta({
      description: "waiting: for one person; taken: shown, or what it cancels taken down; over: nobody decided in time",
    }),
    msgType: z.enum(["Alert", "Update", "Cancel", "Ack", "Error"]),
    via: z.string(),
    name: z.string().meta({ description: "Who brought it" }),
    receivedAt: instant,
    expires: instant.nullable(),
    title: z.string(),
    signature: z.enum(["none", "verified", "unknown", "broken"]),
    told: z.array(sentence).readonly(),
    notice: z.string().nullable(),
    decided: z.object({ by: z.string(), at: instant, words: z.string() }).nullable(),
    boards: z.array(z.string()),
  })
  .meta({ id: "ReceivedWarning" });
export type WarningJson = z.infer<typeof warningSchema>;

const referenceSchema = z.object({
  sender: z.string(),
  identifier: z.string(),
  sent: instant,
  another: z.boolean().meta({ description: "Another sender's: to be confirmed with anotherSender" }),
  found: z.array(z.object({ number: z.int(), title: z.string(), state: warningSchema.shape.state })),
});

const viewSchema = warningSchema
  .omit({ boards: true })
  .extend({
    body: z.string().nullable().meta({ description: "null: nothing to show, or not to be read any more" }),
    until: instant.nullable(),
    references: z.array(referenceSchema).meta({ description: "What it refers to, and what came under that" }),
    boards: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        place: z.string(),
        custodian: z.string(),
        reach: z.enum(["line", "by-hand", "cannot-show"]),
        why: sentence.nullable(),
        message: hash.nullable().meta({ description: "To be named when it is confirmed: that this was looked at" }),
        pages: z.int(),
        proposed: z.boolean(),
        lit: z.enum(["confirmed", "not-confirmed", "dark"]).nullable(),
      }),
    ),
  })
  .meta({ id: "ReceivedWarningView" });
export type WarningViewJson = z.infer<typeof viewSchema>;

function common({ by: _, pixels: _pixels, ...warning }: ReceivedWarning) {
  const { decided, expires, sent, receivedAt } = warning;
  return {
    ...warning,
    sent: isoOf(sent),
    receivedAt: isoOf(receivedAt),
    expires: expires === null ? null : isoOf(expires),
    decided: decided && { ...decided, at: isoOf(decided.at) },
  };
}

const warningJson = (warning: ReceivedWarning): WarningJson => ({
  ...common(warning),
  boards: warning.pixels.map(({ board }) => board),
});

function senderJson({ sender, fingerprint, proposed, confirmed }: CapSender): SenderJson {
  const said = ({ name, at }: CapSender["proposed"]) => ({ by: name, at: isoOf(at) });
  return { sender, fingerprint, proposed: said(proposed), confirmed: confirmed && said(confirmed) };
}

export function capRoutes(office: Office, cap: CapOffice): readonly Route[] {
  const output = json(warningSchema, "As it is now");
  return [
    route({
      path: "/api/v1/cap",
      method: "post",
      access: deciders,
      scope: "cap",
      summary: "A CAP 1.2 message; it waits for one person, unless its sender is believed and its signature verifies",
      params: nothing,
      query: nothing,
      raw: true,
      bodyBytes: limits.capBytes,
      output: json(warningSchema.extend({ known: z.boolean() }), "known: the same bytes had come before"),
      failures: [...failures, 413, 503],
      answer: async (_, response, request, caller) => {
        const { warning, known } = await cap.receive(caller, rawBody(request));
        response.status(known ? 200 : 201).json({ ...warningJson(warning), known });
      },
    }),
    route({
      path: "/api/v1/cap",
      access: readers,
      summary: "收到的预警: received warnings, the newest first",
      params: nothing,
      query: z.strictObject({ before: z.coerce.number().int().min(1).optional() }),
      output: json(z.array(warningSchema), `At most ${limits.capAtOnce}, before one of them`),
      failures: [401, 403],
      answer: async ({ before }, response) => void response.json((await cap.warnings(before)).map(warningJson)),
    }),
    route({
      path: "/api/v1/cap/{id}",
      access: readers,
      summary: "One of them, with its text, and each board: what would be lit, or why it cannot be reached",
      params: one,
      query: nothing,
      output: json(viewSchema, "Boards in the order of the installation file"),
      failures,
      answer: async ({ id }, response) => {
        const view = await cap.warning(id);
        const { warning, read, until, boards, references } = view;
        const body = read?.laid?.content.body ?? null;
        const answer: WarningViewJson = {
          ...common(warning),
          ...{ body, until: until === null ? null : isoOf(until) },
          references: references.map(({ sent, found, ...to }) => ({
            ...to,
            sent: isoOf(sent),
            found: found.map(({ number, title, state }) => ({ number, title, state })),
          })),
          boards: boards.map(({ board, reach, why, message, proposed }) => {
            const { name, place, custodian } = boardConfig(office, board);
            return {
              ...{ id: board, name, place, custodian, reach, why, proposed },
              ...{ message: message?.hash ?? null, pages: message?.pages.length ?? 0, lit: cap.lit(view, board) },
            };
          }),
        };
        response.json(answer);
      },
    }),
    route({
      path: "/api/v1/cap/{id}/boards/{board}/{page}",
      access: readers,
      summary: "A page of it as that board would light it, dot for dot",
      params: one.extend({ board: boardId, page: z.coerce.number().int().min(1).max(limits.pagesPerMessage) }),
      query: nothing,
      output: { type: "image/png", schema: z.string(), description: "A dot a pixel" },
      failures,
      answer: async ({ id, board, page }, response) => {
        const { ledColour } = boardConfig(office, board);
        const message = await cap.lookAtWarning(id, board);
        const { bitmap } = message.pages[Math.min(page, message.pages.length) - 1] ?? {};
        if (!bitmap) throw new Error(`message ${message.hash} has no pages`);
        response.set("X-Boardcast-Message", message.hash);
        response.type("png").send(Buffer.from(await pngOf(bitmap, ledColour, 1)));
      },
    }),
    route({
      path: "/api/v1/cap/{id}/confirm",
      method: "post",
      access: deciders,
      summary: "Shown at once on these boards, or done what it cancels; by another person than brought it in",
      params: one,
      query: nothing,
      body: z.strictObject({
        boards: z
          .array(z.strictObject({ board: boardId, message: hash }))
          .max(limits.boardsPerSite)
          .meta({ description: "Each with the message that was looked at; of a cancellation none: only taken down" }),
        words: words.optional(),
        anotherSender: z.boolean().optional().meta({ description: "It ends what another sender sent: that was seen" }),
      }),
      output,
      failures,
      answer: async ({ id, boards, words: said, anotherSender }, response, _, caller) =>
        void response.json(warningJson(await cap.confirmWarning(caller, id, boards, said, anotherSender))),
    }),
    route({
      path: "/api/v1/cap/{id}/refuse",
      method: "post",
      access: deciders,
      summary: "It is not shown; the reason is on record",
      params: one,
      query: nothing,
      body: z.strictObject({ reason: words }),
      output,
      failures,
      answer: async ({ id, reason }, response, _, caller) =>
        void response.json(warningJson(await cap.refuseWarning(caller, id, reason))),
    }),
    ...refusedFileRoutes(cap),
    ...senderRoutes(cap),
  ];
}

function senderRoutes(cap: CapOffice): readonly Route[] {
  const which = { sender: z.string().max(200), fingerprint: hash };
  return [
    route({
      path: "/api/v1/cap-senders",
      access: readers,
      summary: "可信发布单位: senders whose signed warnings are shown without waiting",
      params: nothing,
      query: nothing,
      output: json(z.array(senderSchema), "confirmed null: a second person has not confirmed it"),
      failures: [401, 403],
      answer: async (_, response) => void response.json((await cap.senders()).map(senderJson)),
    }),
    route({
      path: "/api/v1/cap-senders",
      method: "post",
      access: ["signer", "administrator"],
      summary: "Propose one, with its certificate; another person confirms it",
      params: nothing,
      query: nothing,
      body: z.strictObject({
        sender: z.string().max(200),
        certificate: z.string().max(limits.capCertificateChars).meta({ description: "PEM" }),
      }),
      output: json(senderSchema, "Not believed yet"),
      failures,
      answer: async ({ sender, certificate }, response, _, caller) =>
        void response.status(201).json(senderJson(await cap.proposeSender(caller, sender, certificate))),
    }),
    route({
      path: "/api/v1/cap-senders/confirm",
      method: "post",
      access: ["signer", "administrator"],
      summary: "The second person, who has compared the fingerprint",
      params: nothing,
      query: nothing,
      body: z.strictObject(which),
      output: json(senderSchema, "Believed from now on"),
      failures,
      answer: async ({ sender, fingerprint }, response, _, caller) =>
        void response.json(senderJson(await cap.confirmSender(caller, sender, fingerprint))),
    }),
    route({
      path: "/api/v1/cap-senders/remove",
      method: "post",
      access: ["signer", "administrator", "operator", "maker"],
      summary: "Not believed any more; one person is enough",
      params: nothing,
      query: nothing,
      body: z.strictObject({ ...which, reason: words }),
      output: json(nothing, "Nothing"),
      failures,
      answer: async ({ sender, fingerprint, reason }, response, _, caller) => {
        await cap.removeSender(caller, sender, fingerprint, reason);
        response.json({});
      },
    }),
  ];
}
