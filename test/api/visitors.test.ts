/** Other people's pages: what they ask for under a name of theirs, or from a page of theirs, is refused before it is looked at. */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doorkeeper } from "../../src/api/index.ts";
import { serve } from "./fake-office.ts";

describe("who is answered", () => {
  const turned = doorkeeper(["Board.Office.example", "fe80::5"]);
  test.each<[string | undefined, string | undefined, 421 | 403 | null]>([
    ["127.0.0.1:8080", undefined, null],
    ["127.0.0.1:8080", "http://127.0.0.1:8080", null],
    ["localhost:8080", "http://localhost:8080", null],
    ["LOCALHOST:8080", "http://localhost:8080", null],
    ["localhost.", undefined, null],
    ["panel.localhost", undefined, null],
    ["[::1]:8080", "http://[::1]:8080", null],
    ["192.168.1.20", "http://192.168.1.20", null],
    ["board.office.example:8080", "http://board.office.example:8080", null],
    ["[fe80::5]", undefined, null],
    // No browser: HTTP/1.0 of a script.
    [undefined, undefined, null],
    ["evil.example", "http://evil.example", 421],
    ["evil.example:8080", undefined, 421],
    ["localhost.evil.example", undefined, 421],
    ["127.0.0.1.evil.example", undefined, 421],
    ["evil.example@127.0.0.1", undefined, 421],
    ["127.0.0.1/evil.example", undefined, 421],
    ["office.example", undefined, 421],
    ["evillocalhost", undefined, 421],
    ["", undefined, 421],
    ["127.0.0.1:8080", "http://evil.example", 403],
    ["127.0.0.1:8080", "http://127.0.0.1:9090", 403],
    ["127.0.0.1:8080", "http://localhost:8080", 403],
    ["127.0.0.1:8080", "null", 403],
    ["127.0.0.1:8080", "", 403],
    [undefined, "http://evil.example", 403],
  ])("Host %j, Origin %j: %j", (host, origin, status) => {
    expect(turned({ ...(host !== undefined && { host }), ...(origin !== undefined && { origin }) })).toBe(status);
  });
});

describe("what is refused", () => {
  let api: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    api = await serve();
  });
  afterAll(() => api.close());

  /** With headers that `fetch` keeps to itself. */
  const ask = (method: string, path: string, headers: Record<string, string>, body = "") =>
    new Promise<{ status: number; said: string; type: string }>((resolve, reject) => {
      const sent = request(`${api.url}${path}`, { method, headers }, (response) => {
        let said = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          said += part;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, said, type: response.headers["content-type"] ?? "" }),
        );
      });
      sent.on("error", reject);
      sent.end(body);
    });
  const draft = JSON.stringify({ content: { body: "停水" }, panel: { width: 64, height: 32, colour: "mono" } });
  const json = { "Content-Type": "application/json" };

  test("a draft, the boards, the page, whatever there is not: by a name or from a page of others", async () => {
    const evil = { Host: "evil.example", Origin: "http://evil.example", ...json };
    const wanted = [
      ["POST", "/api/v1/drafts"],
      ["GET", "/api/v1/boards"],
      ["GET", "/api/v1/openapi.json"],
      ["GET", "/metrics"],
      ["GET", "/"],
      ["GET", "/none"],
    ] as const;
    for (const [method, path] of wanted) {
      const body = method === "POST" ? draft : "";
      const named = await ask(method, path, evil, body);
      expect([named.status, named.type], path).toEqual([421, "application/problem+json; charset=utf-8"]);
      expect(JSON.parse(named.said)).toMatchObject({
        where: "Host evil.example",
        what: {
          zh: expect.stringMatching(/\p{Script=Han}/u),
          en: expect.stringContaining("not a name of this server"),
        },
        remedy: { zh: expect.stringContaining("listen.host"), en: expect.stringContaining("listen.host") },
      });
      const linked = await ask(method, path, { Origin: "http://evil.example", ...json }, body);
      expect(linked.status, path).toBe(403);
      expect(JSON.parse(linked.said)).toMatchObject({ where: "Origin http://evil.example" });
    }
  });

  test("the server's own page is answered", async () => {
    const own = await ask("POST", "/api/v1/drafts", { Origin: api.url, ...json }, draft);
    expect(own.status).toBe(200);
  });
});
