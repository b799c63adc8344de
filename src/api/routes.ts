/** Every resource of the API in one list: what checks the input, what describes the output, what answers. */
import { inflate } from "node:zlib";
import { promisify } from "node:util";
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Frame } from "../message/index.ts";
import type { BoardConfig } from "../config/index.ts";
import type { Caller } from "../people/types.ts";
import { fitRoutes } from "./fit-routes.ts";
import { noticeListRoutes } from "./notice-list-routes.ts";
import { noticeRoutes } from "./notice-routes.ts";
import type { Office } from "./office.ts";
import { frameBitmap, largestScale, pngOf, textOf } from "./picture.ts";
import { ProblemError } from "./problem.ts";
import { looksBack, seesLines, seesUnsigned } from "./redact.ts";
import { boardConfig, noBoard, type Route, route } from "./route.ts";
import {
  boardSchema,
  hash,
  healthSchema,
  instantSchema,
  officeSchema,
  playlistSchema,
  programmeSchema,
  scale,
} from "./schemas.ts";
import { boardJson, isoOf, playlistJson, cabinetJson } from "./views.ts";

const inflateAsync = promisify(inflate);
const dayMs = 86_400_000;

const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });

export function routes(office: Office, metrics: () => Promise<string>): readonly Route[] {
  const at = instantSchema(office.zone, "When, by the board clock; now when left out");
  const board = z.strictObject({
    id: z
      .string()
      .max(limits.queryChars)
      .meta({ title: "公开栏编号 / board id", examples: ["B1"] }),
  });
  const configOf = (id: string): BoardConfig => boardConfig(office, id);
  const frameOf = async (
    id: string,
    instant: number,
    caller: Caller,
  ): Promise<{ config: BoardConfig; frame: Frame }> => {
    const config = configOf(id);
    if (!looksBack(caller) && (await office.personalThen?.(id, instant))) throw personalPast();
    return { config, frame: present(await office.frame(id, instant), id) };
  };

  return [
    route({
      path: "/api/v1/office",
      access: "anyone",
      summary: "The office, its zone and its clock",
      params: nothing,
      query: nothing,
      output: json(officeSchema, "The office"),
      failures: [],
      answer: (_, response, __, caller) => {
        const { name, practice, zone, clockId, cabinets = [] } = office;
        const told = caller.reads && cabinets.length > 0 && { cabinets: cabinets.map(cabinetJson) };
        response.json({ name, practice, zone, clockId, now: isoOf(office.now()), ...told });
      },
    }),
    route({
      path: "/api/v1/boards",
      access: "reader",
      summary: "All boards: what is intended, sent and confirmed on each",
      params: nothing,
      query: nothing,
      output: json(z.array(boardSchema), "In the order of the installation file"),
      failures: [],
      answer: (_, response, __, caller) => {
        response.json(office.boards().map((view) => boardJson(view, seesLines(caller))));
      },
    }),
    route({
      path: "/api/v1/boards/{id}",
      access: "reader",
      summary: "One board",
      params: board,
      query: nothing,
      output: json(boardSchema, "The board"),
      failures: [404],
      answer: ({ id }, response, _, caller) => {
        configOf(id);
        const view = office.boards().find(({ config }) => config.id === id);
        response.json(boardJson(present(view ?? null, id), seesLines(caller)));
      },
    }),
    route({
      path: "/api/v1/boards/{id}/playlist",
      access: "reader",
      summary: "What is eligible when, at what priority, and why each notice is shown or hidden",
      params: board,
      query: z.strictObject({
        from: instantSchema(office.zone, "The beginning; now when left out"),
        until: instantSchema(office.zone, `The end; a day later when left out; at most ${limits.playlistDays} days`),
      }),
      output: json(playlistSchema, "The playlist"),
      failures: [404, 422],
      answer: async ({ id, from = office.now(), until = from + dayMs }, response, _, caller) => {
        configOf(id);
        if (until <= from || until - from > limits.playlistDays * dayMs) throw badSpan();
        const view = present(await office.playlist(id, from, until), id);
        const reasons = view.reasons.filter(({ reason }) => reason.code !== "blocked" || seesUnsigned(caller));
        response.json(playlistJson({ ...view, reasons }));
      },
    }),
    route({
      path: "/api/v1/boards/{id}/programme",
      access: "reader",
      summary: "The programme of the civil day that holds an instant, as panels and players take it",
      params: board,
      query: z.strictObject({ at }),
      output: json(programmeSchema, "The programme and who is behind each turn"),
      failures: [404, 422],
      answer: async ({ id, at: instant = office.now() }, response) => {
        configOf(id);
        response.json(present(await office.programme(id, instant), id));
      },
    }),
    route({
      path: "/api/v1/boards/{id}/frame.png",
      access: "reader",
      dear: true,
      summary: "Exactly what is lit at an instant, dot for dot",
      params: board,
      query: z.strictObject({ at, scale }),
      output: { type: "image/png", schema: z.string(), description: `At most ${limits.framePicturePx} pixels` },
      failures: [403, 404, 422],
      answer: async ({ id, at: instant = office.now(), scale: times }, response, _request, caller) => {
        const { shape } = configOf(id);
        const most = largestScale(shape, limits.framePicturePx);
        if (times > most) throw tooLarge(times, most);
        const { config, frame } = await frameOf(id, instant, caller);
        const png = await pngOf(frameBitmap(frame), config.ledColour, times);
        response.type("image/png").send(Buffer.from(png));
      },
    }),
    route({
      path: "/api/v1/boards/{id}/frame.txt",
      access: "reader",
      summary: "The same as text",
      params: board,
      query: z.strictObject({ at }),
      output: {
        type: "text/plain",
        schema: z.string(),
        description:
          "A row of dots a line. Mono: `.` dark, `@` lit. Colour: `.` black, else r g y b m c w: the channels with at least half the brightest one's value",
      },
      failures: [403, 404, 422],
      answer: async ({ id, at: instant = office.now() }, response, _request, caller) => {
        const { frame } = await frameOf(id, instant, caller);
        response.type("text/plain").send(await textOf(frameBitmap(frame)));
      },
    }),
    ...noticeListRoutes(office),
    ...noticeRoutes(office),
    ...fitRoutes(office),
    route({
      path: "/api/v1/messages/{hash}",
      access: "reader",
      summary: "A message's canonical bytes by their SHA-256 (firmware-protocol/SPEC.md)",
      params: z.strictObject({ hash }),
      query: nothing,
      output: {
        type: "application/octet-stream",
        schema: z.string(),
        description: "Immutable. Content-Encoding deflate, unless the client does not accept that",
      },
      failures: [403, 404, 410],
      answer: async ({ hash: name }, response, request, caller) => {
        const deflated = await office.message(name);
        const isPersonalPast =
          (deflated === null || !looksBack(caller)) && (await office.personalPast?.(name)) === true;
        if (deflated === null) throw isPersonalPast ? erased() : noMessage(name);
        if (isPersonalPast) throw personalOver();
        response.type("application/octet-stream").vary("Accept-Encoding");
        // What a session shows stays in no cache; in practice everybody may look at everything.
        if (caller.via === "visitor") response.set("Cache-Control", "private, max-age=31536000, immutable");
        if (request.acceptsEncodings("deflate", "identity") === "deflate") {
          response.set({ "Content-Encoding": "deflate", ETag: `"${name}-deflate"` }).send(Buffer.from(deflated));
        } else {
          response.set("ETag", `"${name}"`);
          response.send(await inflateAsync(deflated, { maxOutputLength: limits.messageBytes }));
        }
      },
    }),
    route({
      path: "/healthz",
      access: "anyone",
      summary: "Is the daemon well? 200 yes, 503 no",
      params: nothing,
      query: nothing,
      output: json(healthSchema, "Health; to whoever may not read, only whether it is well"),
      failures: [],
      answer: (_, response, __, { reads }) => {
        const health = office.health();
        const { ok } = health;
        response.status(ok ? 200 : 503).json(reads ? { ...health, clock: isoOf(health.clock) } : { ok });
      },
    }),
    route({
      path: "/metrics",
      access: "reader",
      summary: "Figures for Prometheus",
      params: nothing,
      query: nothing,
      output: { type: "text/plain", schema: z.string(), description: "Prometheus text format 0.0.4" },
      failures: [],
      answer: async (_, response) => {
        response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8").send(await metrics());
      },
    }),
  ];
}

/** The office knows the board (its list said so); should it forget it in between, that is a 404 as well. */
function present<T>(found: T | null, id: string): T {
  if (found === null) throw noBoard(id, []);
  return found;
}

function personalPast(): ProblemError {
  return new ProblemError(403, {
    where: "query at",
    what: { zh: "当时的画面含个人信息", en: "what was lit then has personal information" },
    remedy: { zh: "请监督员或签发人查看。", en: "An auditor or a signer may look at it." },
  });
}

/** What still names it may be the card of a sign that a person carries a stick to. */
function personalOver(): ProblemError {
  return new ProblemError(403, {
    where: "path hash",
    what: {
      zh: "这幅画面含个人信息\uff0c公开期已过\uff0c不再显示",
      en: "this picture has personal information and its time is over: it is shown no more",
    },
    remedy: { zh: "请监督员或签发人查看。", en: "An auditor or a signer may look at it." },
  });
}

function erased(): ProblemError {
  return new ProblemError(410, {
    where: "path hash",
    what: {
      zh: "这幅画面含个人信息\uff0c已按期清除\uff1b登记和校验码仍在",
      en: "this picture had personal information and was erased when its time had come; the record and its hash stay",
    },
    remedy: { zh: "没有办法取回。", en: "There is no way to have it back." },
  });
}

function noMessage(name: string): ProblemError {
  return new ProblemError(404, {
    where: "path hash",
    what: { zh: `没有版面 ${name.slice(0, 12)}…`, en: `there is no message ${name.slice(0, 12)}…` },
    remedy: { zh: "节目单里的版面才取得到。", en: "Take a hash from a board or a programme." },
  });
}

function badSpan(): ProblemError {
  const most = limits.playlistDays;
  return new ProblemError(400, {
    where: "query until",
    what: { zh: `until 要晚于 from,最多 ${most} 天`, en: `until must be after from, by at most ${most} days` },
    remedy: {
      zh: "例如 from=2017-12-05T00:00&until=2017-12-06T00:00",
      en: "For example from=2017-12-05T00:00&until=2017-12-06T00:00",
    },
  });
}

function tooLarge(times: number, most: number): ProblemError {
  return new ProblemError(400, {
    where: "query scale",
    what: { zh: `放大 ${times} 倍的图太大`, en: `${times} pixels a dot make too large a picture` },
    remedy: { zh: `这块屏最多 ${most} 倍。`, en: `At most ${most} for this panel.` },
  });
}
