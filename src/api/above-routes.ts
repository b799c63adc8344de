/** 紧急关屏, 维护, 报修, 屏卡: what stands above the schedules. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { MaintenanceState } from "../panels/board-state.ts";
import type { Above, DarkView } from "./above.ts";
import { type Route, route } from "./route.ts";
import { boardId, text } from "./sheets.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const sentence = z.object({ zh: z.string(), en: z.string() });
const instant = z.string().meta({ description: "ISO 8601, by the board clock" });
const one = z.strictObject({ id: boardId });
const reason = z
  .string()
  .trim()
  .min(1)
  .max(limits.switchReasonChars)
  .meta({ title: "原因 / reason", examples: ["内容有误"] });
const which = z
  .union([z.literal("all"), z.array(boardId).min(1).max(limits.boardsPerSite)])
  .meta({ title: "哪些公开栏 / which boards", examples: ["all", ["B1"]] });

const darkSchema = z
  .object({
    boards: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        place: z.string(),
        custodian: z.string(),
        since: instant,
        by: z.string(),
        reason: z.string(),
        state: z.enum(["confirmed", "waiting", "unconfirmed", "carry"]),
        confirmedAt: instant.nullable(),
        darkBy: instant.nullable().meta({ description: "By then it is dark by itself, reached or not" }),
        says: sentence,
      }),
    ),
  })
  .meta({ id: "Dark" });
export type DarkJson = z.infer<typeof darkSchema>;

const maintenanceSchema = z
  .object({
    boards: z.array(
      z.object({
        id: z.string(),
        pattern: z.string(),
        since: instant,
        until: instant,
        by: z.string(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: "Maintenance" });
const reportSchema = z
  .object({ board: z.string(), number: z.int(), at: instant, by: z.string(), text: z.string() })
  .meta({ id: "BoardReport" });

const isoOrNull = (at: number | null) => (at === null ? null : isoOf(at));
const darkJson = (boards: readonly DarkView[]): DarkJson => ({
  boards: boards.map(({ board, since, confirmedAt, darkBy, ...rest }) => ({
    ...{ id: board, ...rest, since: isoOf(since) },
    ...{ confirmedAt: isoOrNull(confirmedAt), darkBy: isoOrNull(darkBy) },
  })),
});
const maintenanceJson = (boards: readonly MaintenanceState[]): z.infer<typeof maintenanceSchema> => ({
  boards: boards.map(({ board, pattern, since, until, name, reason: why }) => {
    return { id: board, pattern, since: isoOf(since), until: isoOf(until), by: name, reason: why };
  }),
});

export function aboveRoutes(above: Above): readonly Route[] {
  const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });
  return [
    route({
      path: "/api/v1/dark",
      access: "reader",
      summary: "紧急关屏: the boards that are switched dark, and what is known of each",
      params: nothing,
      query: nothing,
      output: json(darkSchema, "None: an empty list"),
      failures: [401],
      answer: (_, response) => void response.json(darkJson(above.dark())),
    }),
    route({
      path: "/api/v1/dark",
      method: "post",
      access: ["maker", "reviewer", "signer", "operator", "administrator"],
      console: true,
      summary: "Switch boards dark, ahead of everything; they stay dark until somebody resumes them",
      params: nothing,
      query: nothing,
      body: z.strictObject({ boards: which, reason }),
      output: json(darkSchema, "On disk, and the panels told; ask again for what they answer"),
      failures: [401, 403, 404, 503],
      answer: async (input, response, _, caller) => {
        await above.darken(caller, input.boards, input.reason);
        response.json(darkJson(above.dark()));
      },
    }),
    route({
      path: "/api/v1/dark/resume",
      method: "post",
      access: ["operator", "signer", "administrator"],
      summary: "Boards show again what their schedules say",
      params: nothing,
      query: nothing,
      body: z.strictObject({ boards: which, reason }),
      output: json(darkSchema, "Those that are still dark"),
      failures: [401, 403, 404, 409],
      answer: async (input, response, _, caller) => {
        await above.resume(caller, input.boards, input.reason);
        response.json(darkJson(above.dark()));
      },
    }),
    route({
      path: "/api/v1/maintenance",
      access: "reader",
      summary: "维护: the boards that show a test picture, and until when",
      params: nothing,
      query: nothing,
      output: json(maintenanceSchema, "None: an empty list"),
      failures: [401],
      answer: (_, response) => void response.json(maintenanceJson(above.maintenance())),
    }),
    route({
      path: "/api/v1/boards/{id}/maintenance",
      method: "post",
      access: ["operator"],
      summary: "A test picture on one board, for a time that ends by itself",
      params: one,
      query: nothing,
      body: z.strictObject({
        pattern: z
          .string()
          .max(limits.queryChars)
          .meta({ title: "测试图 / test picture", examples: ["red"] }),
        minutes: z
          .int()
          .min(1)
          .max(limits.maintenanceMs / 60_000)
          .default(10)
          .meta({ title: "分钟 / minutes" }),
        reason,
      }),
      output: json(maintenanceSchema, "All boards in maintenance"),
      failures: [401, 403, 404, 409, 422],
      answer: async ({ id, pattern, minutes, reason: why }, response, _, caller) => {
        await above.maintain(caller, id, { pattern, ms: minutes * 60_000, reason: why });
        response.json(maintenanceJson(above.maintenance()));
      },
    }),
    route({
      path: "/api/v1/boards/{id}/maintenance/end",
      method: "post",
      access: ["operator"],
      summary: "End it before its time",
      params: one,
      query: nothing,
      output: json(maintenanceSchema, "All boards that are still in maintenance"),
      failures: [401, 403, 404, 409],
      answer: async ({ id }, response, _, caller) => {
        await above.endMaintenance(caller, id);
        response.json(maintenanceJson(above.maintenance()));
      },
    }),
    route({
      path: "/api/v1/reports",
      access: "reader",
      summary: "报修: what people reported of boards and nobody has answered yet",
      params: nothing,
      query: nothing,
      output: json(z.array(reportSchema), "By board, the oldest first"),
      failures: [401],
      answer: (_, response) => {
        response.json(
          above.reports().map(({ board, number, at, name, text: said }) => {
            return { board, number, at: isoOf(at), by: name, text: said };
          }),
        );
      },
    }),
    route({
      path: "/api/v1/boards/{id}/report",
      method: "post",
      access: "account",
      summary: "Report a fault of a board",
      params: one,
      query: nothing,
      body: z.strictObject({ text: z.string().trim().min(1).max(limits.boardReportChars) }),
      output: json(reportSchema, "As it is on record"),
      failures: [401, 404, 409],
      answer: async ({ id, text: said }, response, _, caller) => {
        const { board, number, at, name, text: kept } = await above.report(caller, id, said);
        response.json({ board, number, at: isoOf(at), by: name, text: kept });
      },
    }),
    route({
      path: "/api/v1/boards/{id}/report/{number}/done",
      method: "post",
      access: ["operator"],
      summary: "Answer a report: it stands beside the board no longer",
      params: one.extend({ number: z.coerce.number().int().min(1) }),
      query: nothing,
      body: z.strictObject({ answer: z.string().trim().min(1).max(limits.boardReportChars) }),
      output: json(z.object({ done: z.literal(true) }), "Done"),
      failures: [401, 403, 404],
      answer: async ({ id, number, answer }, response, _, caller) => {
        await above.answer(caller, id, number, answer);
        response.json({ done: true });
      },
    }),
    route({
      path: "/api/v1/boards/{id}/card",
      access: "reader",
      summary: "屏卡: to be printed and hung beside the board, with its page as a QR code",
      params: one,
      query: nothing,
      output: text("text/html", "A5"),
      failures: [401, 404],
      answer: ({ id }, response) => void response.type("html").send(above.card(id)),
    }),
  ];
}
