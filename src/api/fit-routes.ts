/** How a notice, or a text that is none yet, would stand on a panel. Nothing is stored and nothing is shown. */
import { z } from "zod";
import { nearest } from "../config/suggest.ts";
import { remedy, type Sentence, sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import { draftSchema, type FitJson, fitReportSchema, fitSchema } from "./fit-schemas.ts";
import type { Draft, FitView, Office, Withheld } from "./office.ts";
import { pngOf } from "./picture.ts";
import { ProblemError } from "./problem.ts";
import { boardConfig, type Route, route } from "./route.ts";

/** Of a text in which nothing can be set, the first faults say enough. */
const faultsTold = 20;
const nothing = z.strictObject({});
const output = { type: "application/json", schema: fitSchema, description: "How it fits, and its pages" };

export function fitRoutes(office: Office): readonly Route[] {
  const board = z
    .string()
    .max(limits.queryChars)
    .meta({ title: "公开栏编号 / board id", examples: ["B1"] });
  return [
    route({
      path: "/api/v1/notices/{id}/fit",
      access: "reader",
      dear: true,
      summary:
        "How a notice that is or was on the boards fits one: size, pages, reading time, what a slot of its schedule holds, warnings",
      params: z.strictObject({ id: z.string().max(limits.queryChars).meta({ title: "信息编号 / notice id" }) }),
      query: z.strictObject({ board }),
      output,
      failures: [403, 404, 503],
      answer: async ({ id, board: boardId }, response) => {
        const config = boardConfig(office, boardId);
        const view = await office.fitOf(id, config);
        if (view === null) throw await noNotice(office, id);
        if (typeof view === "string") throw withheld(id, view);
        response.json(await fitJson(view, null, null));
      },
    }),
    route({
      method: "post",
      path: "/api/v1/drafts",
      access: "reader",
      dear: "typed",
      summary: "A text as it would stand on a board or any panel: its pages as pictures, and how it fits",
      params: nothing,
      query: nothing,
      body: draftSchema,
      output,
      failures: [404, 413, 415, 503],
      answer: async ({ content, board: id, panel, slotSeconds, fromPage = 1, whole }, response) => {
        if ((id === undefined) === (panel === undefined)) throw oneOf();
        const config = id === undefined ? null : boardConfig(office, id);
        const any = {
          shape: shapeOf(panel),
          pitchMm: panel?.pitchMm ?? null,
          ...(panel?.glyphs && { glyphs: panel.glyphs }),
        };
        const hasMs = slotSeconds === undefined ? null : slotSeconds * 1000;
        const [view] = await viewsOf(office, { content, on: [config ?? any], hasMs, packed: whole === true });
        if (!view) throw new Error("nothing came of the one panel that was asked about");
        const fit = await fitJson(view, config?.ledColour ?? null, whole ? null : fromPage);
        response.json(whole ? { ...fit, bytes: wholeOf(view) } : fit);
      },
    }),
  ];
}

/** What is wrong with the text is a problem of the request. */
export async function viewsOf(office: Office, draft: Draft): Promise<readonly FitView[]> {
  const views = await office.fitsOfDraft(draft);
  if ("refused" in views) throw refused(views.refused);
  return views;
}

function shapeOf(panel: { width: number; height: number; colour: "mono" | "dual" | "rgb" } | undefined) {
  const { width = 1, height = 1, colour = "mono" } = panel ?? {};
  return { width, height, colour } as const;
}

/** `fromPage`: pictures from this one on, as many as an answer may have; null: none. */
export async function fitJson(view: FitView, ledColour: string | null, fromPage: number | null): Promise<FitJson> {
  const panel = { ...view.shape };
  if (!view.ok) {
    const faults = view.faults.slice(0, faultsTold).map((fault) => ({
      code: fault.code,
      ...sentence(fault),
      remedy: remedy(fault),
    }));
    return { panel, ok: false, faults, message: null, report: null, pages: [] };
  }
  const pages: FitJson["pages"] = [];
  let dots = 0;
  for (const [
    index,
    { bitmap, motion, holdMs, msPerPx, step, entry = null, exit = null },
  ] of view.message.pages.entries()) {
    const { width, height } = bitmap;
    let png: string | null = null;
    if (fromPage !== null && index + 1 >= fromPage) {
      dots += width * height;
      if (dots <= limits.draftPicturePx) png = Buffer.from(await pngOf(bitmap, ledColour, 1)).toString("base64");
    }
    const lines = [...(view.lines[index] ?? [])];
    pages.push({ width, height, motion, holdMs, msPerPx, step, entry, exit, lines, png });
  }
  return {
    panel,
    ok: true,
    faults: [],
    message: view.message.hash,
    // What the schema does not name stays inside.
    report: fitReportSchema.parse(view.report),
    pages,
  };
}

/** The message itself, as `bytes` of the schema has it. */
export function wholeOf(view: FitView): string | null {
  if (!view.ok || view.packed === null) return null;
  const { buffer, byteOffset, byteLength } = view.packed;
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

function oneOf(): ProblemError {
  return new ProblemError(400, {
    where: "body panel",
    what: { zh: "board 和 panel 须填且只填一个", en: "give either board or panel" },
    remedy: {
      zh: '例如 "board": "B1",或 "panel": { "width": 128, "height": 64, "colour": "dual" }。',
      en: 'For example "board": "B1", or "panel": { "width": 128, "height": 64, "colour": "dual" }.',
    },
  });
}

function refused(all: readonly { readonly place: string; readonly why: { zh: string; en: string } }[]): ProblemError {
  const remedy = {
    zh: "改正这一项再试；写法见 notices.schema.json。",
    en: "Correct this; notices.schema.json has how it is written.",
  };
  const mistakes = all.map(({ place, why }) => ({ where: `body content.${place}`, what: why, remedy }));
  const [first, ...others] = mistakes;
  if (first === undefined) throw new Error("refused without a reason");
  return new ProblemError(400, first, ...others);
}

const whyWithheld: Readonly<Record<Withheld, Sentence>> = {
  unsigned: { zh: "未签发", en: "is not signed" },
  "not-yet": { zh: "还没到播放时间", en: "is not to be shown yet" },
  withdrawn: { zh: "已撤下", en: "was withdrawn" },
};

/** Until there are accounts, whoever asks is anybody. */
function withheld(id: string, why: Withheld): ProblemError {
  const { zh, en } = whyWithheld[why];
  return new ProblemError(403, {
    where: "path id",
    what: { zh: `信息“${id}”${zh}，内容不公开`, en: `notice "${id}" ${en}, and not for everybody to read` },
    remedy: {
      zh: `在本机运行 boardcast render ${id} --panel …,或把文字用 POST /api/v1/drafts 试排。`,
      en: `Run boardcast render ${id} --panel … on the office's computer, or POST the text to /api/v1/drafts.`,
    },
  });
}

export async function noNotice(office: Office, id: string): Promise<ProblemError> {
  const known: string[] = [];
  for await (const notice of office.notices(office.now())) if (known.push(notice.id) === limits.noticesAtOnce) break;
  const meant = nearest(id, known);
  return new ProblemError(404, {
    where: "path id",
    what: { zh: `没有信息“${id}”`, en: `there is no notice "${id}"` },
    remedy: {
      zh: `${meant === null ? "" : `是不是 ${meant}\uff1f`}GET /api/v1/notices 列出全部。`,
      en: `${meant === null ? "" : `Did you mean ${meant}? `}GET /api/v1/notices lists them.`,
    },
  });
}
