/** 公开栏的新增、修改、停用: kept in the installation file, which stays what somebody can read and write. */
import { cardLeft } from "./card-schemas.ts";
import type { Response } from "express";
import { z } from "zod";
import { driverSchema, toDriver } from "../config/driver.ts";
import { boardSchema, linkSchema } from "../config/schema.ts";
import { limits } from "../limits.ts";
import type { Installation, Written } from "./installation.ts";
import { type InstallationJson, installationSchema, targetsSchema, triedSchema } from "./installation-schemas.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";
import { boardId } from "./sheets.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const one = z.strictObject({ id: boardId });
const reason = z
  .string()
  .trim()
  .min(1)
  .max(limits.switchReasonChars)
  .meta({ title: "原因 / reason", examples: ["新装一块屏"] });

const shape = boardSchema.shape;
/** Null takes out what may be left out. */
const changeSchema = z
  .strictObject({
    ...boardSchema.omit({ id: true }).partial().shape,
    ...{ model: shape.model.nullable(), paper: shape.paper.nullable(), glyphs: shape.glyphs.nullable() },
    ...{ hours: shape.hours.nullable(), quiet: shape.quiet.nullable(), allows: shape.allows.nullable() },
    ...{ default: shape.default.nullable(), custodian: shape.custodian.nullable() },
    ...{ panel: shape.panel.nullable(), link: shape.link.nullable() },
    ...{ name: shape.name.nullable(), place: shape.place.nullable(), driver: shape.driver.nullable() },
  })
  .meta({ title: "改动 / changes", examples: ["{ custodian: 屏幕管理员丁 }"] });

export function installationRoutes(installation: Installation): readonly Route[] {
  const json = async () => (await installation.view()) as unknown as InstallationJson;
  const output = { type: "application/json", schema: installationSchema, description: "As the file is now" };
  const failures = [401, 403, 409, 422, 503];
  const told = async (written: Written, response: Response, status = 200) => {
    if (!written.ok) throw refused(written);
    // The answer first: starting anew ends every connection.
    response.once("finish", () => installation.begin());
    response.status(status).json(await json());
  };
  return [
    route({
      path: "/api/v1/installation",
      access: ["administrator"],
      summary: "The boards as the installation file has them, and how a change of it takes effect",
      params: nothing,
      query: nothing,
      output,
      failures: [401, 403],
      answer: async (_, response) => void response.json(await json()),
    }),
    route({
      path: "/api/v1/installation/line",
      method: "post",
      access: ["administrator"],
      scope: null,
      dear: true,
      summary: "Who answers at the end of a line that no board has yet; nothing is lit",
      params: nothing,
      query: nothing,
      body: z.strictObject({
        link: linkSchema,
        card: z
          .strictObject({ driver: driverSchema, panel: shape.panel.unwrap() })
          .optional()
          .meta({ title: "别家的控制卡 / another maker's card", description: "Absent: it speaks our protocol" }),
      }),
      output: { type: "application/json", schema: triedSchema, description: "Within twenty seconds" },
      failures: [401, 403],
      answer: async ({ link, card }, response) => {
        const { width, height, colour } = card?.panel ?? { width: 0, height: 0, colour: "mono" };
        const as = card ? { driver: toDriver(card.driver), shape: { width, height, colour } } : null;
        response.json(await installation.tryLine(link, as));
      },
    }),
    route({
      path: "/api/v1/installation/boards",
      method: "post",
      access: ["administrator"],
      summary: "Add a board: into the installation file, checked as a whole; the file of before is kept",
      params: nothing,
      query: nothing,
      body: z.strictObject({ board: boardSchema, reason }),
      output,
      failures,
      answer: async ({ board, reason: why }, response, _, caller) =>
        told(await installation.add(caller, board, why), response, 201),
    }),
    route({
      path: "/api/v1/installation/boards/{id}",
      method: "put",
      access: ["administrator"],
      summary: "Change what the installation file says of a board; null takes out what may be left out",
      params: one,
      query: nothing,
      body: z.strictObject({ set: changeSchema, reason }),
      output,
      failures: [...failures, 404],
      answer: async ({ id, set, reason: why }, response, _, caller) =>
        told(await installation.change(caller, id, set, why), response),
    }),
    route({
      path: "/api/v1/installation/boards/{id}/targets",
      access: ["administrator"],
      summary: "What still aims at a board: read before it is retired",
      params: one,
      query: nothing,
      output: { type: "application/json", schema: targetsSchema, description: "Signed, and not over" },
      failures: [401, 403, 404],
      answer: ({ id }, response) =>
        void response.json({
          notices: installation.targets(id).map(({ until, ...rest }) => ({ ...rest, until: isoOf(until) })),
        }),
    }),
    route({
      path: "/api/v1/installation/boards/{id}/retire",
      method: "post",
      access: ["administrator"],
      summary:
        "停用: take a board out of the installation file. It has to be dark, no paper hangs there, and what is on a card that is loaded by stick is told of",
      params: one,
      query: nothing,
      body: z.strictObject({
        reason,
        card: cardLeft.optional().meta({
          title: "卡上的内容 / its card",
          description: "Of a board that is loaded by stick: emptied, gone with the sign, or nothing was ever put in",
        }),
      }),
      output,
      failures: [...failures, 404],
      answer: async ({ id, reason: why, card = null }, response, _, caller) =>
        told(await installation.retire(caller, id, why, card), response),
    }),
  ];
}

/** Lines are of a file that is not written; of the one that is, they say where to look. */
export function refused({ of, faults }: Extract<Written, { ok: false }>): ProblemError {
  const [first, ...others] = faults.map(({ line, column, file, what, remedy }) => {
    if (of === "after") return { where: "body board", what, remedy };
    const at = `${file}:${line}:${column} `;
    return { where: "installation file", what: { zh: at + what.zh, en: at + what.en }, remedy };
  });
  if (first === undefined) throw new Error("refused for nothing");
  return new ProblemError(of === "after" ? 422 : 409, first, ...others);
}
