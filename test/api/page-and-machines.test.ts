import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { problemSchema } from "../../src/api/schemas.ts";
import { fakeOffice, hash, serve } from "./fake-office.ts";

let api: Awaited<ReturnType<typeof serve>>;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-web-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>公开栏</title>");
  await writeFile(join(folder, "assets", "main-1.js"), "export {}");
  api = await serve({ webFolder: folder });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

describe("the page", () => {
  test("is the built one, at every address inside it", async () => {
    for (const path of ["/", "/boards/B1"]) {
      const response = await api.get(path, { headers: { accept: "text/html" } });
      expect([response.status, await response.text()]).toEqual([200, "<!doctype html><title>公开栏</title>"]);
    }
    const script = await api.get("/assets/main-1.js");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  test("without one, says how to build it", async () => {
    const bare = await serve();
    const response = await bare.get("/");
    expect(response.status).toBe(404);
    expect(problemSchema.parse(await response.json()).remedy.en).toMatch("npm run build");
    await bare.close();
  });

  test("runs nothing inline and loads nothing from elsewhere", async () => {
    const { headers } = await api.get("/");
    expect(headers.get("content-security-policy")?.split(";")).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("strict-transport-security")).toBeNull();
  });
});

describe("for machines", () => {
  test("metrics and health", async () => {
    const metrics = await api.get("/metrics");
    expect(metrics.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await metrics.text()).toBe("up 1\n");
    const sick = await serve({}, { ...fakeOffice, health: () => ({ ...fakeOffice.health(), ok: false }) });
    expect((await sick.get("/healthz")).status).toBe(503);
    await sick.close();
  });

  test("the document names every resource that answers, with its parameters", async () => {
    const document = z
      .object({
        openapi: z.literal("3.1.0"),
        paths: z.record(
          z.string(),
          z.partialRecord(
            z.enum(["get", "post"]),
            z.object({ parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional() }),
          ),
        ),
      })
      .parse(await (await api.get("/api/v1/openapi.json")).json());
    const paths = Object.entries(document.paths).map(([path, { get, post }]) => [
      path,
      ((get ?? post)?.parameters ?? []).map((one) => one.name),
    ]);
    expect(Object.fromEntries(paths)).toEqual({
      "/api/v1/office": [],
      "/api/v1/boards": [],
      "/api/v1/boards/{id}": ["id"],
      "/api/v1/notices/{id}": ["id"],
      "/api/v1/boards/{id}/playlist": ["id", "from", "until"],
      "/api/v1/boards/{id}/programme": ["id", "at"],
      "/api/v1/boards/{id}/frame.png": ["id", "at", "scale"],
      "/api/v1/boards/{id}/frame.txt": ["id", "at"],
      "/api/v1/notices": ["at", "after", "words", "state", "board", "newest", "most"],
      "/api/v1/notices/{id}/fit": ["id", "board"],
      "/api/v1/drafts": [],
      "/api/v1/messages/{hash}": ["hash"],
      "/healthz": [],
      "/metrics": [],
    });
    // Of boards; one notice is asked for by the tests of its own.
    const readable = Object.entries(document.paths).filter(([path, { get }]) => get && !path.includes("/notices/"));
    for (const [path] of readable) {
      expect((await api.get(path.replace("{id}", "B1").replace("{hash}", hash))).status, path).toBe(200);
    }
  });

  test("the document holds together: every reference leads somewhere, every failure is a problem in both languages", async () => {
    const document: unknown = await (await api.get("/api/v1/openapi.json")).json();
    const text = JSON.stringify(document);
    const at = (pointer: string) =>
      pointer
        .slice(2)
        .split("/")
        .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], document);
    const references = [...new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer = ""]) => pointer))];
    expect(references).toContain("#/components/schemas/Problem");
    expect(references.filter((pointer) => at(pointer) === undefined)).toEqual([]);
    const { required } = at("#/components/schemas/Problem") as { required: string[] };
    expect(required).toEqual(expect.arrayContaining(["status", "where", "what", "remedy", "mistakes"]));
    expect(at("#/components/schemas/Sentence")).toMatchObject({ required: ["zh", "en"] });
    const paths = at("#/paths") as Record<string, Record<string, { responses: Record<string, { content: object }> }>>;
    const failures = Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ responses }) => Object.entries(responses))
      .filter(([status]) => status !== "200");
    expect(failures.length).toBeGreaterThan(20);
    for (const [status, { content }] of failures)
      expect([status, Object.keys(content)]).toEqual([status, ["application/problem+json"]]);
  });
});
