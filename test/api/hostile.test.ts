/** What is sent to do harm: deep, large, compressed and mislabelled bodies, addresses that climb, floods; and what every answer carries. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, IncomingMessage, request as ask } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { isDeeper, rawBody } from "../../src/api/body.ts";
import { createApi } from "../../src/api/index.ts";
import { createRates } from "../../src/api/rates.ts";
import { type Route, route } from "../../src/api/route.ts";
import { limits } from "../../src/limits.ts";
import { nobody, type Caller } from "../../src/people/index.ts";
import { fakeOffice } from "./fake-office.ts";

const nothing = z.strictObject({});
const common = { access: "anyone", summary: "x", params: nothing, query: nothing, failures: [] } as const;
const output = { type: "application/json", schema: nothing, description: "x" };
let took = 0;
const made: Route[] = [
  route({
    ...common,
    method: "put",
    path: "/api/v1/file",
    raw: true,
    bodyBytes: 1000,
    output,
    answer: (_, response, request) => {
      took += rawBody(request).length;
      response.json({});
    },
  }),
  route({
    ...common,
    method: "post",
    path: "/api/v1/any",
    body: z.looseObject({}),
    output,
    answer: (_, response) => void response.json({}),
  }),
  route({ ...common, path: "/api/v1/dear", dear: true, output, answer: (_, response) => void response.json({}) }),
  route({ ...common, path: "/api/v1/typed", dear: "typed", output, answer: (_, response) => void response.json({}) }),
  route({ ...common, path: "/api/v1/cheap", output, answer: (_, response) => void response.json({}) }),
];

const clock = { at: 0, now: () => clock.at };
const web = mkdtempSync(join(tmpdir(), "boardcast-web-"));
let caller: Caller = nobody;
class Behind extends IncomingMessage {
  readonly hops = 1;
}
const app = createApi(fakeOffice, {
  webFolder: join(web, "dist"),
  metrics: async () => "up 1\n",
  routes: made,
  rates: createRates(clock),
  doors: { callerOf: async () => caller },
});
const server = createServer({ IncomingMessage: Behind }, app);
let url = "";

beforeAll(async () => {
  mkdirSync(join(web, "dist", "assets"), { recursive: true });
  writeFileSync(join(web, "dist", "index.html"), "<!doctype html>the page");
  writeFileSync(join(web, "dist", "assets", "a.js"), "1");
  writeFileSync(join(web, "signing.key"), "SECRET");
  writeFileSync(join(web, "dist", ".hidden"), "SECRET");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(web, { recursive: true, force: true });
});
beforeEach(() => {
  clock.at += 1_000_000_000;
  caller = nobody;
});

const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/v1/any`, {
    method: "POST",
    body: body as never,
    headers: { "content-type": "application/json", ...headers },
  });
const said = async (response: Response) => [
  response.status,
  ((await response.json()) as { what: { en: string } }).what.en,
];

describe("JSON", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  it("is taken to a depth, and refused beyond it before it is parsed", async () => {
    expect((await post(`{"a":${nested(limits.jsonDepth - 1)}}`)).status).toBe(200);
    expect(await said(await post(`{"a":${nested(limits.jsonDepth)}}`))).toEqual([
      400,
      "the JSON nests more than 32 deep",
    ]);
    for (const mouth of ["[", '{"a":', '[{"b":'])
      expect(await said(await post(mouth.repeat(200_000 / mouth.length)))).toEqual([
        400,
        "the JSON nests more than 32 deep",
      ]);
  });

  it("brackets in texts are letters", async () => {
    expect((await post(JSON.stringify({ a: '[{"\\'.repeat(2000), "[[": "]]" }))).status).toBe(200);
  });

  it("depth: as by parsing it", () => {
    const depthOf = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 8 }), (value, most) => {
        const text = new TextEncoder().encode(JSON.stringify(value, null, 1));
        expect(isDeeper(text, most)).toBe(depthOf(value) > most);
      }),
    );
  });

  it.each([
    ["too long", "x".repeat(limits.draftBytes + 1), {}, 413],
    ["not JSON", "{", {}, 400],
    ["bytes that are no UTF-8", Uint8Array.of(0x22, 0xff, 0x22), {}, 400],
    ["half a character, however deep", '{"a":[{"b":"\\ud800"}]}', {}, 400],
    ["another charset", "{}", { "content-type": "application/json; charset=utf-16le" }, 415],
    ["called otherwise", "{}", { "content-type": "text/plain" }, 415],
    ["compressed", "{}", { "content-encoding": "gzip" }, 415],
  ])("%s: refused", async (_, body, headers, status) => {
    const response = await post(body, headers as Record<string, string>);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json; charset=utf-8",
    ]);
  });

  it("__proto__ changes nothing", async () => {
    expect((await post('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}')).status).toBe(200);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe("a file's bytes", () => {
  const put = (body: Uint8Array | string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1/file`, { method: "PUT", body: body as never, headers });
  it.each(["image/png", "application/json", "text/html", ""])("called %j: the bytes as they are", async (type) => {
    took = 0;
    expect((await put('{"not": parsed', type ? { "content-type": type } : {})).status).toBe(200);
    expect(took).toBe(14);
  });
  it("too many, none, or compressed: refused", async () => {
    expect(await said(await put("x".repeat(1001)))).toEqual([413, "the body has more than 0 KiB"]);
    expect(await said(await put(""))).toEqual([400, "there is nothing in it"]);
    expect(await said(await put("x", { "content-encoding": "deflate" }))).toEqual([
      415,
      "the body must not be compressed",
    ]);
  });
  it("so many lie in memory at once, and no more; the place is given back, also by those who leave", async () => {
    const slow = Array.from({ length: limits.uploadsAtOnce }, () => {
      const sent = ask(`${url}/api/v1/file`, { method: "PUT", headers: { "content-length": "100" } });
      sent.on("error", () => {});
      sent.write("x");
      return sent;
    });
    let status = 0;
    while (status !== 503) status = (await put("x")).status;
    for (const sent of slow) sent.destroy();
    while (status !== 200) status = (await put("x")).status;
  });
});

/** As it is written: fetch would tidy it up. */
function raw(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let text = "";
    socket.on("error", reject);
    socket.on("data", (data) => {
      text += data.toString("utf8");
    });
    socket.on("close", () => resolve(text));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
  });
}

describe("addresses that climb", () => {
  const up = ["..", "%2e%2e", ".%2e", "%2E.", "..%00", "..;", "%c0%ae%c0%ae", "..\\"];
  const slashes = ["/", "%2f", "%5c", "//", "/./"];
  const fronts = ["/", "/assets/", "/assets/%2f", "/api/v1/messages/", "/api/v1/boards/", "/api/v1/notices/"];
  const climbing = fc
    .tuple(
      fc.constantFrom(...fronts),
      fc.array(fc.tuple(fc.constantFrom(...up), fc.constantFrom(...slashes)), { minLength: 1, maxLength: 5 }),
      fc.constantFrom("signing.key", "etc/passwd", "signing.key%00.js", "dist/../signing.key"),
    )
    .map(([front, steps, end]) => `${front}${steps.flat().join("")}${end}`);

  it("reach no file outside, and are no failure of ours", async () => {
    await fc.assert(
      fc.asyncProperty(climbing, async (path) => {
        const text = await raw(path);
        expect(text).not.toContain("SECRET");
        expect(text).not.toContain("root:");
        expect(text).toMatch(/^HTTP\/1\.1 (200|40[0-4]) /);
      }),
      {
        numRuns: 120,
        examples: [
          ["/..%2fsigning.key"],
          ["/assets/../../signing.key"],
          ["/.hidden"],
          ["/assets/..%5c..%5csigning.key"],
        ],
      },
    );
  });
});

describe("floods", () => {
  const flood = async (path: string, init: RequestInit = {}, address = "192.0.2.9") => {
    const headers = { "x-forwarded-for": address, "content-type": "application/json" };
    return fetch(`${url}${path}`, { ...init, headers });
  };
  it.each([
    ["/api/v1/any", { method: "POST", body: "{}" }, limits.changesAtOnce, limits.changeEveryMs],
    ["/api/v1/dear", {}, limits.dearAtOnce, limits.dearEveryMs],
    ["/api/v1/typed", {}, limits.typedAtOnce, limits.typedEveryMs],
  ])("%s: so many at once, then one at a time, each address for itself", async (path, init, atOnce, everyMs) => {
    for (let count = 0; count < atOnce; count++) expect((await flood(path, init)).status).toBe(200);
    const refused = await flood(path, init);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await flood(path, init, "192.0.2.10")).status).toBe(200);
    // What stands in front of the proxy's own word counts for nothing.
    expect((await flood(path, init, "198.51.100.1, 192.0.2.9")).status).toBe(429);
    clock.at += everyMs;
    expect([(await flood(path, init)).status, (await flood(path, init)).status]).toEqual([200, 429]);
    expect((await flood("/api/v1/cheap")).status).toBe(200);
  });
});

describe("every answer", () => {
  const usual = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
  };
  it.each([
    "/",
    "/assets/a.js",
    "/healthz",
    "/api/v1/boards",
    "/api/v1/nowhere",
    "/nowhere.js",
    "/api/v1/openapi.json",
  ])("%s carries the headers", async (path) => {
    const { headers } = await fetch(`${url}${path}`);
    const said: Record<string, string> = {};
    headers.forEach((value, name) => {
      said[name] = value;
    });
    expect(said).toMatchObject(usual);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });
  it("browsers are told to isolate only where they heed it", async () => {
    const at = (host: string) =>
      new Promise((resolve) => {
        ask(`${url}/healthz`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.headers["cross-origin-opener-policy"]);
        }).end();
      });
    expect([await at("192.0.2.7:8080"), await at("localhost:8080")]).toEqual([undefined, "same-origin"]);
  });
  it("what a session shows stays in no cache; problems neither", async () => {
    const cacheOf = async (path: string) => (await fetch(`${url}${path}`)).headers.get("cache-control");
    for (const via of ["session", "token", "console", "local"] as const) {
      caller = { ...nobody, via, account: "a", reads: true };
      for (const path of ["/api/v1/boards", "/api/v1/notices", "/api/v1/boards/B1/frame.png", "/metrics", "/healthz"])
        expect(await cacheOf(path), `${via} ${path}`).toBe("no-store");
    }
    caller = nobody;
    expect(await cacheOf("/api/v1/boards")).toBe("no-store");
  });
});
