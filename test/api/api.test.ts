import { request } from "node:http";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  boardSchema,
  healthSchema,
  noticeSchema,
  officeSchema,
  playlistSchema,
  problemSchema,
  programmeSchema,
} from "../../src/api/schemas.ts";
import { bytes, hash, now, serve } from "./fake-office.ts";

const errors: unknown[] = [];
let api: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  api = await serve({ onError: (error) => errors.push(error) });
});
afterAll(() => api.close());

/** A problem's status, and where and what it says (English). */
async function problem(path: string, init?: RequestInit): Promise<[number, string[]]> {
  const response = await api.get(path, init);
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  const body = problemSchema.parse(await response.json());
  for (const { what, remedy } of body.mistakes)
    for (const said of [what, remedy]) expect(said.zh && said.en).toBeTruthy();
  expect(body.status).toBe(response.status);
  return [response.status, body.mistakes.map(({ where, what }) => `${where}: ${what.en}`)];
}

describe("what is on the boards", () => {
  test("the boards, with three facts each", async () => {
    const list: unknown = await (await api.get("/api/v1/boards")).json();
    const boards = z.array(z.strictObject(boardSchema.shape)).parse(list);
    expect(boards.map((one) => one.id)).toEqual(["B1", "B2", "B3", "B4"]);
    expect(boards[0]).toEqual({
      capabilities: { kind: "programme", readBack: true, authenticated: false, ends: "exactly", motion: "exact" },
      changed: null,
      oldest: null,
      id: "B1",
      name: "B1屏",
      place: "大门",
      model: "P10 单红",
      driver: null,
      device: "led",
      panel: { width: 16, height: 8, colour: "mono", ledColour: "#ff2a12" },
      link: {
        kind: "tcp-out",
        note: { zh: "TCP 127.0.0.1:5005(模拟)", en: "TCP 127.0.0.1:5005 (simulated)" },
        state: "connected",
        shared: null,
      },
      hours: { from: "07:30", until: "21:00", days: "workday" },
      quiet: [],
      custodian: "P04",
      allows: null,
      intended: { message: hash, notice: "N13", at: "2017-11-06T00:29:49.125Z" },
      sent: { message: hash, notice: "N13", at: "2017-11-06T00:29:49.125Z" },
      confirmed: { message: hash, notice: null, at: "2017-11-06T00:29:49.125Z" },
      faults: [
        {
          code: "panel/clock",
          zh: "B1：显示屏时钟差 900 毫秒",
          en: "B1: the panel's clock is off by 900 ms",
          remedy: { zh: "系统已重新对时。", en: "The clock was set again." },
          at: "2017-11-06T00:29:45.125Z",
        },
      ],
    });
    expect(boards[1]?.confirmed).toBeNull();
    expect(boards[1]).toMatchObject({
      quiet: [{ from: "22:00", until: "07:00", days: "everyday", shows: "nothing" }],
      allows: ["党务"],
    });
    expect(await (await api.get("/api/v1/boards/B1")).json()).toEqual(boards[0]);
  });

  test("every JSON answer is what the document says it is", async () => {
    const answers: [string, z.ZodType][] = [
      ["/api/v1/office", z.strictObject(officeSchema.shape)],
      ["/api/v1/boards/B2/playlist", z.strictObject(playlistSchema.shape)],
      ["/api/v1/boards/B2/programme", z.strictObject(programmeSchema.shape)],
      ["/api/v1/notices", z.array(z.strictObject(noticeSchema.shape))],
      ["/healthz", z.strictObject(healthSchema.shape)],
    ];
    for (const [path, schema] of answers) {
      const response = await api.get(path);
      expect(response.status).toBe(200);
      expect(schema.safeParse(await response.json()).error, path).toBeUndefined();
    }
  });

  test.each([
    ["2017-12-05T09:00", "2017-12-05T01:00:00.000Z"],
    ["2017-12-05 09:00:30", "2017-12-05T01:00:30.000Z"],
    ["2017-12-05", "2017-12-04T16:00:00.000Z"],
    ["2017-12-05T09:00:00%2B08:00", "2017-12-05T01:00:00.000Z"],
    ["2017-12-05T09:00+08:00", "2017-12-05T01:00:00.000Z"],
    ["2017-12-05T01:00:00.250Z", "2017-12-05T01:00:00.250Z"],
    ["1512435600000", "2017-12-05T01:00:00.000Z"],
  ])("an instant may be written %s", async (text, expected) => {
    const playlist = playlistSchema.parse(await (await api.get(`/api/v1/boards/B1/playlist?from=${text}`)).json());
    expect(playlist.from).toBe(expected);
    expect(Date.parse(playlist.until) - Date.parse(playlist.from)).toBe(86_400_000);
  });

  test("without an instant it is the board clock's now", async () => {
    const office = officeSchema.parse(await (await api.get("/api/v1/office")).json());
    expect(office.now).toBe(new Date(now).toISOString());
    const { programme } = programmeSchema.parse(await (await api.get("/api/v1/boards/B1/programme")).json());
    expect(programme.base).toBe(now);
  });
});

describe("frames", () => {
  test("as text", async () => {
    const text = async (id: string) => (await api.get(`/api/v1/boards/${id}/frame.txt`)).text();
    const diagonal = Array.from({ length: 8 }, (_, y) => `${".".repeat(y)}@${".".repeat(15 - y)}\n`).join("");
    expect(await text("B1")).toBe(diagonal);
    expect(await text("B2")).toBe("rgy.....\n........\n");
    expect(await text("B3")).toBe("rgybmcw.rr\n");
  });

  test("as a PNG, each dot a square in its colour", async () => {
    const response = await api.get("/api/v1/boards/B1/frame.png?scale=3");
    expect(response.headers.get("content-type")).toBe("image/png");
    const { data, info } = await sharp(await response.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([48, 24, 3]);
    for (let y = 0; y < 24; y += 1) {
      for (let x = 0; x < 48; x += 1) {
        const lit = Math.floor(x / 3) === Math.floor(y / 3);
        expect([...data.subarray((y * 48 + x) * 3, (y * 48 + x) * 3 + 3)]).toEqual(lit ? [255, 42, 18] : [0, 0, 0]);
      }
    }
  });

  test("the largest panel is still a picture; magnified it would be too large", async () => {
    const response = await api.get("/api/v1/boards/B4/frame.png");
    expect((await sharp(await response.arrayBuffer()).metadata()).width).toBe(4096);
    expect(await problem("/api/v1/boards/B4/frame.png?scale=2")).toEqual([
      400,
      ["query scale: 2 pixels a dot make too large a picture"],
    ]);
  });
});

describe("messages", () => {
  /** fetch undoes content codings; this shows what went over the wire. */
  function raw(headers: Record<string, string>) {
    return new Promise<{ status: number; headers: Record<string, unknown>; length: number }>((resolve, reject) => {
      request(`${api.url}/api/v1/messages/${hash}`, { headers }, (response) => {
        let length = 0;
        response.on("data", (chunk: Buffer) => {
          length += chunk.length;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, length }));
      })
        .on("error", reject)
        .end();
    });
  }

  test("as they are stored, for clients that accept it; else inflated; immutable either way", async () => {
    const deflated = await raw({ "accept-encoding": "gzip, deflate" });
    expect(deflated.headers).toMatchObject({
      "content-encoding": "deflate",
      etag: `"${hash}-deflate"`,
      vary: "Accept-Encoding",
      "cache-control": "private, max-age=31536000, immutable",
    });
    expect(deflated.length).toBeLessThan(bytes.length);
    for (const headers of [{}, { "accept-encoding": "br" }, { "accept-encoding": "deflate;q=0" }]) {
      const plain = await raw(headers);
      expect(plain.headers).toMatchObject({ etag: `"${hash}"`, vary: "Accept-Encoding" });
      expect(plain.headers["content-encoding"]).toBeUndefined();
      expect(plain.length).toBe(bytes.length);
    }
    const fetched = await api.get(`/api/v1/messages/${hash}`);
    expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(bytes);
  });

  test("not sent again to who has them", async () => {
    const again = await raw({ "accept-encoding": "deflate", "if-none-match": `"${hash}-deflate"` });
    expect(again).toMatchObject({ status: 304, length: 0 });
  });
});

describe("what cannot be answered", () => {
  test.each<[string, number, string[]]>([
    ["/api/v1/boards/B9", 404, ['path id: there is no board "B9"']],
    ["/api/v1/boards/B9/frame.png", 404, ['path id: there is no board "B9"']],
    [`/api/v1/messages/${"0".repeat(64)}`, 404, ["path hash: there is no message 000000000000…"]],
    ["/api/v1/messages/zz", 400, ['path hash: message hash (hash) cannot be "zz"']],
    ["/api/v1/nothing", 404, ["GET /api/v1/nothing: there is nothing at this address"]],
    ["/api/v1/boards/%E0%A4%A", 400, ["GET /api/v1/boards/%E0%A4%A: the request makes no sense"]],
    ["/favicon.png", 404, ["GET /favicon.png: there is nothing at this address"]],
    ["/assets/gone.js", 404, ["GET /assets/gone.js: there is nothing at this address"]],
    ["/api/v1/boards/B1/playlist?form=1", 400, ['query form: unknown key "form"']],
    [
      "/api/v1/boards/B1/frame.png?at=soon&scale=0",
      400,
      ['query at: instant (at) cannot be "soon"', 'query scale: "scale" is too small: at least 1'],
    ],
    ["/api/v1/boards/B1/frame.png?scale=big", 400, ['query scale: "scale" must be a number, not "big"']],
    ["/api/v1/boards/B1/frame.txt?at=2017-02-30T09:00", 400, ['query at: instant (at) cannot be "2017-02-30T09:00"']],
    ["/api/v1/boards/B1/frame.txt?at=2017-02-03T25:00", 400, ['query at: instant (at) cannot be "2017-02-03T25:00"']],
    ["/api/v1/boards/B1/frame.txt?at=20171205", 400, ['query at: instant (at) cannot be "20171205"']],
    ["/api/v1/boards/B1/frame.txt?at=2017-12-05&at=2017-12-06", 400, ["query at: instant (at) must be text, not […]"]],
    [
      "/api/v1/boards/B1/playlist?from=2017-12-05&until=2017-12-04",
      400,
      ["query until: until must be after from, by at most 400 days"],
    ],
    [
      "/api/v1/boards/B1/playlist?from=2017-12-05&until=2019-12-05",
      400,
      ["query until: until must be after from, by at most 400 days"],
    ],
    [
      "/api/v1/boards/B1/playlist?from=2019-06-01",
      422,
      ["GET /api/v1/boards/B1/playlist: No State Council calendar for 2019"],
    ],
  ])("%s", async (path, status, mistakes) => {
    expect(await problem(path)).toEqual([status, mistakes]);
  });

  test("our own failures tell the log everything and the client nothing", async () => {
    expect(await problem("/api/v1/boards/B1/frame.txt?at=99999999999")).toEqual([
      500,
      ["GET /api/v1/boards/B1/frame.txt: something of ours failed"],
    ]);
    expect(errors.map(String)).toEqual(["Error: a secret detail"]);
  });

  test("anything but reading", async () => {
    for (const path of ["/api/v1/boards", "/api/v1/openapi.json", "/api/v1/notices", "/", "/healthz"]) {
      for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
        const response = await api.get(path, { method });
        expect([response.status, response.headers.get("allow")], `${method} ${path}`).toEqual([405, "GET, HEAD"]);
      }
    }
    expect((await api.get("/api/v1/nothing", { method: "POST" })).status).toBe(404);
    const head = await api.get("/api/v1/boards", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});
