/** A notice on a board and a draft on any panel: what the API says of them, and what it refuses. */
import { inflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draftKinds, type FitJson, fitSchema } from "../../src/api/fit-schemas.ts";
import { problemSchema } from "../../src/api/schemas.ts";
import { FaultError } from "../../src/fault.ts";
import { limits } from "../../src/limits.ts";
import { decodeMessage } from "../../src/message/index.ts";
import { contentSchema } from "../../src/notices/import-format.ts";
import { typeset } from "../../src/typeset/index.ts";
import { plainContent } from "../../src/notices/draft.ts";
import { fakeOffice, now, serve } from "./fake-office.ts";

let api: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  api = await serve();
});
afterAll(() => api.close());

const post = (body: string | object, type = "application/json") =>
  api.get("/api/v1/drafts", {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

async function answerOf(response: Response): Promise<FitJson> {
  expect(response.status).toBe(200);
  return fitSchema.parse(await response.json());
}

async function problem(response: Response): Promise<[number, string[]]> {
  const { mistakes } = problemSchema.parse(await response.json());
  return [response.status, mistakes.map(({ where, what }) => `${where}: ${what.en}`)];
}

const panel = { width: 128, height: 64, colour: "dual" } as const;

test("a draft asked for whole comes as the message that a panel would get, and not as pictures", async () => {
  const asked = { content: { title: "停水通知", body: "因管道检修，明天停水。" }, panel };
  const pictures = await answerOf(await post(asked));
  const whole = await answerOf(await post({ ...asked, whole: true }));
  const decoded = decodeMessage(inflateSync(Buffer.from(whole.bytes ?? "", "base64")));
  expect(decoded.ok && decoded.message.hash).toBe(pictures.message);
  expect([pictures.bytes, whole.message]).toEqual([undefined, pictures.message]);
  expect(whole.pages.map(({ png }) => png)).toEqual(pictures.pages.map(() => null));
  // What cannot be set has no message; it says why as ever.
  const tiny = await answerOf(await post({ ...asked, panel: { ...panel, width: 1, height: 1 }, whole: true }));
  expect([tiny.ok, tiny.bytes, tiny.faults.length > 0]).toEqual([false, null, true]);
});

describe("a draft that asks for motion", () => {
  const content = { body: "政务公开", displayKind: "slogan" } as const;

  test("has it, or is told why not", async () => {
    const moving = await answerOf(await post({ content: { ...content, motion: { moving: "scroll-up" } }, panel }));
    expect(moving.pages).toMatchObject([{ motion: "scroll-up", width: 128, height: 128 }]);
    expect(moving.pages[0]).toMatchObject({ entry: null, exit: null });
    const wiped = await answerOf(await post({ content: { ...content, motion: { exit: { name: "push" } } }, panel }));
    expect(wiped.pages[0]).toMatchObject({ entry: null, exit: { name: "push", direction: "left", msPerPx: 6 } });
    const pages = { title: "停水", body: "因管道检修，明天停水。".repeat(8), motion: { moving: "blink" } };
    const standing = await answerOf(await post({ content: pages, panel }));
    expect(new Set(standing.pages.map(({ motion }) => motion))).toEqual(new Set(["hold"]));
    expect(standing.report?.words.remarks).toContainEqual(
      expect.objectContaining({
        code: "setting",
        what: expect.objectContaining({ en: expect.stringMatching(/no blink$/) }),
      }),
    );
  });

  test("wrongly is refused at its place", async () => {
    expect(await problem(await post({ content: { ...content, motion: { moving: "spin" } }, panel }))).toEqual([
      400,
      ["body content.motion.moving: must be one of: scroll-left, scroll-right, scroll-up, scroll-down, blink"],
    ]);
  });
});

test("a draft for a card with a font of its own is told what that lacks", async () => {
  const answer = await answerOf(await post({ content: { body: "王喆" }, panel: { ...panel, glyphs: "GB2312" } }));
  expect(answer.report?.words.remarks).toMatchObject([
    {
      code: "card-lacks",
      what: { en: 'Body, character 2: "喆" is not in the card\'s GB2312 font.' },
      todo: { en: expect.stringMatching(/must not be exchanged/) },
    },
  ]);
  expect((await post({ content: { body: "王喆" }, panel: { ...panel, glyphs: "BIG5" } })).status).toBe(400);
});

describe("a draft", () => {
  test("its pages are the very dots that the typesetter makes", async () => {
    const content = { title: "停水通知", body: "因管道检修，明天停水。".repeat(8) };
    const answer = await answerOf(await post({ content, panel, slotSeconds: 3 }));
    const set = typeset({
      notice: "draft",
      content: { ...plainContent, ...content },
      shape: panel,
      zone: "Asia/Shanghai",
      window: { from: now, until: now + 86_400_000 },
    });
    if (!set.ok) throw new Error("not set");
    expect(answer).toMatchObject({ ok: true, faults: [], panel, message: set.message.hash });
    expect(answer.pages.map(({ lines }) => lines)).toEqual(set.facts.map(({ lines }) => lines));
    for (const [index, page] of answer.pages.entries()) {
      const { data, info } = await sharp(Buffer.from(page.png ?? "", "base64"))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([128, 64]);
      const bitmap = set.message.pages[index]?.bitmap;
      if (!bitmap) throw new Error("a page too many");
      const stride = 16;
      for (let at = 0; at < 128 * 64; at++) {
        const byte = Math.floor(at / 128) * stride + ((at % 128) >> 3);
        const bit = 0x80 >> (at & 7);
        const lit = (((bitmap.pixels[byte] ?? 0) | (bitmap.pixels[stride * 64 + byte] ?? 0)) & bit) !== 0;
        const [red = 0, green = 0] = [data[at * info.channels], data[at * info.channels + 1]];
        if (red + green > 0 !== lit) throw new Error(`page ${index + 1}, dot ${at}`);
      }
    }
    expect(answer.report?.hasMs).toBe(3000);
    expect(answer.report?.words.remarks.map(({ code }) => code)).toContain("short-slot");
  });

  test("on a board, whose model says how far its dots are apart", async () => {
    const answer = await answerOf(await post({ content: { body: "OK", displayKind: "notice" }, board: "B1" }));
    expect(answer.panel).toEqual({ width: 16, height: 8, colour: "mono" });
    expect(answer.report?.distance?.pitchMm).toBe(10);
  });

  test("what cannot be set says why, in both languages", async () => {
    const answer = await answerOf(await post({ content: { body: "שלום" }, panel }));
    expect(answer).toMatchObject({ ok: false, message: null, report: null, pages: [] });
    expect(answer.faults[0]).toMatchObject({ code: "notice/script", en: expect.stringContaining("Hebrew") });
  });

  test("an answer's pictures are bounded; the rest are asked for by page", async () => {
    const large = { width: 1920, height: 1080, colour: "rgb" };
    const content = { body: "政务公开。".repeat(1500) };
    const first = await answerOf(await post({ content, panel: large }));
    const shown = first.pages.filter(({ png }) => png !== null).length;
    expect(shown).toBe(Math.floor(limits.draftPicturePx / (1920 * 1080)));
    expect(first.pages.length).toBeGreaterThan(shown);
    const next = await answerOf(await post({ content, panel: large, fromPage: shown + 1 }));
    expect(next.pages.findIndex(({ png }) => png !== null)).toBe(shown);
  });

  test.each<[string, object | string, number, RegExp]>([
    ["neither board nor panel", { content: { body: "x" } }, 400, /^body panel: give either board or panel$/],
    ["both", { content: { body: "x" }, board: "B1", panel }, 400, /give either board or panel/],
    ["an unknown board", { content: { body: "x" }, board: "B7" }, 404, /there is no board "B7"/],
    ["an unknown field", { content: { body: "x", colour: "red" }, panel }, 400, /^body content colour: unknown key/],
    ["no content", { panel }, 400, /^body content: .* is missing$/],
    ["nothing to show", { content: { title: " " }, panel }, 400, /^body content.body: title and body are both empty$/],
    [
      "half a character",
      '{"content":{"body":"a\\ud800"},"panel":{"width":128,"height":64,"colour":"dual"}}',
      400,
      /half a character/,
    ],
    ["a day that is none", { content: { body: "x", signature: { date: "2017-02-30" } }, panel }, 400, /no such day/],
    ["a panel without end", { content: { body: "x" }, panel: { ...panel, width: 5000 } }, 400, /at most 4096/],
    ["no JSON", "{", 400, /^body: the body is not JSON$/],
    ["a list", "[]", 400, /^body: /],
    ["a huge one", { content: { body: "x" }, panel, more: "x".repeat(limits.draftBytes) }, 413, /more than 256 KiB/],
  ])("%s is refused", async (_, body, status, words) => {
    const [found, mistakes] = await problem(await post(body));
    expect([found, mistakes.join("; ")]).toEqual([status, expect.stringMatching(words)]);
  });

  test("text/plain is not JSON; GET is not POST", async () => {
    expect((await problem(await post("{}", "text/plain")))[0]).toBe(415);
    const got = await api.get("/api/v1/drafts");
    expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("while too many wait, the next is told to come again", async () => {
    const busy = await serve(
      {},
      {
        ...fakeOffice,
        fitsOfDraft: () => Promise.reject(new FaultError({ code: "input/busy", waiting: 8, max: 8 })),
      },
    );
    const response = await busy.get("/api/v1/drafts", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ content: { body: "x" }, panel }),
    });
    expect((await problem(response))[0]).toBe(503);
    await busy.close();
  });

  test("so many may wait, and no more", async () => {
    const asked = Array.from({ length: limits.draftJobs + 1 }, () =>
      fakeOffice.fitsOfDraft({
        ...{ content: { body: "x" }, on: [{ shape: panel, pitchMm: null }], hasMs: null, packed: false },
      }),
    );
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(limits.draftJobs).fill("fulfilled"), "rejected"]);
  });

  test("drafts know the kinds that notices have, pictures apart", () => {
    expect([...draftKinds, "picture"].sort()).toEqual([...contentSchema.shape.displayKind.options].sort());
  });
});

describe("a notice", () => {
  test("on a board: its slot is what it has", async () => {
    const answer = await answerOf(await api.get("/api/v1/notices/N01/fit?board=B4"));
    expect(answer.report?.hasMs).toBe(60_000);
    expect(answer.pages.every(({ png }) => png === null)).toBe(true);
  });

  test.each([
    ["N27", "is not signed"],
    ["N04", "is not to be shown yet"],
    ["N05", "was withdrawn"],
  ])("%s %s: it is not for everybody", async (id, why) => {
    expect(await problem(await api.get(`/api/v1/notices/${id}/fit?board=B4`))).toEqual([
      403,
      [`path id: notice "${id}" ${why}, and not for everybody to read`],
    ]);
  });

  test("an unknown notice or board is a 404", async () => {
    expect(await problem(await api.get("/api/v1/notices/N02/fit?board=B4"))).toEqual([
      404,
      ['path id: there is no notice "N02"'],
    ]);
    expect((await problem(await api.get("/api/v1/notices/N01/fit?board=B44")))[0]).toBe(404);
    expect((await problem(await api.get("/api/v1/notices/N01/fit")))[0]).toBe(400);
  });
});

test("the document describes both", async () => {
  const document = (await (await api.get("/api/v1/openapi.json")).json()) as {
    paths: Record<string, Record<string, { requestBody?: unknown; responses: object }>>;
  };
  const draft = document.paths["/api/v1/drafts"]?.post;
  expect(draft?.requestBody).toMatchObject({
    required: true,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Draft" } } },
  });
  expect(Object.keys(draft?.responses ?? {})).toEqual(["200", "400", "403", "404", "405", "413", "415", "421", "503"]);
  expect(Object.keys(document.paths["/api/v1/notices/{id}/fit"] ?? {})).toEqual(["get"]);
});
