/** A real office at work: nothing secret is in what it prints, or in any answer to anybody. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readSite } from "../../src/config/read.ts";
import { type Daemon, startDaemon } from "../../src/daemon/index.ts";

const folder = mkdtempSync(join(tmpdir(), "boardcast-secrets-"));
const password = "plum tree by the east gate";
const printed: string[] = [];
const answers: { readonly path: string; readonly text: string }[] = [];
let daemon: Daemon;
let base = "";

const yaml = `office: 青石港办事处
listen: { host: 127.0.0.1, port: 1, tls: generated }
boards:
  - { id: B1, name: 大门屏, place: 大门, device: led, panel: { width: 64, height: 32, colour: mono }, link: { kind: browser } }
`;

interface Signed {
  readonly cookie: string;
  readonly csrf: string;
}
const given: string[] = [];

/** Keeps every answer, and the cookies that were given. */
async function call(method: string, path: string, who: Signed | string | null, body?: unknown): Promise<Response> {
  const raw = body instanceof Uint8Array;
  const headers: Record<string, string> = body === undefined || raw ? {} : { "content-type": "application/json" };
  if (typeof who === "string") headers.authorization = `Bearer ${who}`;
  else if (who) Object.assign(headers, { cookie: who.cookie, "x-boardcast-csrf": who.csrf });
  const sent = raw ? body : body === undefined ? null : JSON.stringify(body);
  const response = await fetch(`${base}${path}`, { method, headers, body: sent as never });
  answers.push({
    path: `${method} ${path}`,
    text: Buffer.from(await response.clone().arrayBuffer()).toString("latin1"),
  });
  return response;
}

async function signIn(login: string): Promise<Signed> {
  const response = await call("POST", "/api/v1/session", null, { login, password });
  const { csrf } = (await response.json()) as { csrf: string };
  const cookies = response.headers.getSetCookie().map((one) => one.split(";", 1)[0] ?? "");
  given.push(...cookies.map((one) => one.split("=")[1] ?? ""));
  return { cookie: cookies.join("; "), csrf };
}

beforeAll(async () => {
  for (const name of ["log", "error", "warn", "info", "debug"] as const)
    vi.spyOn(console, name).mockImplementation((...said: unknown[]) => void printed.push(said.map(String).join(" ")));
  const read = readSite(yaml, "boardcast.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const site = { ...read.site, listen: { ...read.site.listen, port: 0 } };
  daemon = await startDaemon({ site, folder, startAt: null });
  base = (JSON.parse(readFileSync(join(folder, "daemon.json"), "utf8")) as { url: string }).url.replace(/\/$/, "");
});
afterAll(async () => {
  await daemon.stop();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe("an office that is set up, signed in to, and asked everything", () => {
  it("keeps its secrets", { timeout: 60_000 }, async () => {
    const link = daemon.setUpUrl?.split("/").at(-1) ?? "";
    await call("POST", "/api/v1/set-up", null, { link, login: "admin", name: "甲", password });
    const admin = await signIn("admin");
    const made = await call("POST", "/api/v1/people", admin, {
      login: "maker",
      name: "乙",
      unit: "",
      roles: ["maker", "signer"],
      boards: null,
    });
    const { link: own } = (await made.json()) as { link: { path: string } };
    const ownSecret = own.path.split("/").at(-1) ?? "";
    await call("PUT", "/api/v1/password-link", null, { link: ownSecret, password });
    const maker = await signIn("maker");
    const wish = { name: "nightly", scopes: ["read"], days: 30 };
    const token = (await (await call("POST", "/api/v1/tokens", admin, wish)).json()) as { secret: string };
    const { notice, version } = (await (await call("POST", "/api/v1/review/drafts", maker, {})).json()) as {
      notice: string;
      version: number;
    };
    await uploads(maker, notice, version);

    const { key } = JSON.parse(readFileSync(join(folder, "daemon.json"), "utf8")) as { key: string };
    const born = answers.length;
    const { paths } = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const readable = Object.keys(paths).filter((path) => paths[path]?.get !== undefined);
    expect(readable.length).toBeGreaterThan(30);
    const { id: account } = ((await (await call("GET", "/api/v1/people", admin)).json()) as { id: string }[])[0] ?? {
      id: "",
    };
    for (const path of readable) {
      const filled = path
        .replace("/people/{id}", `/people/${account}`)
        .replace("/boards/{id}", "/boards/B1")
        .replace("/drafts/{id}", `/drafts/${notice}`)
        .replaceAll(/\{\w+\}/g, "1");
      for (const who of [null, admin, maker, key, token.secret]) {
        const asked = `${filled}${filled.endsWith("month.html") ? "?month=2026-11" : ""}`;
        const { status, headers } = await call("GET", asked, who);
        const cached = who === null ? "no-store" : headers.get("cache-control");
        const told = [filled, status < 500, headers.get("x-content-type-options"), cached];
        expect(told).toEqual([filled, true, "nosniff", "no-store"]);
        if (status === 200 && /\.(csv|jsonl|crt)$/.test(filled))
          expect([filled, headers.get("content-disposition")]).toEqual([
            filled,
            expect.stringMatching(/^attachment; /),
          ]);
      }
    }

    const pem = (file: string) => readFileSync(join(folder, file), "utf8");
    const lines = [
      ...pem("signing.key").split("\n"),
      ...(pem("certificate.pem").split("CERTIFICATE-----\n")[2] ?? "").split("\n"),
    ];
    const keys = lines.filter((line) => line.length > 20 && !line.startsWith("-----"));
    expect(keys.length).toBeGreaterThanOrEqual(3);
    const file = new DatabaseSync(join(folder, "boardcast.db"));
    const hashes = (file.prepare("SELECT password FROM account").all() as { password: string }[]).map(
      (row) => row.password,
    );
    file.close();
    expect(hashes.every((hash) => hash.includes("argon2id"))).toBe(true);
    const secrets = {
      keys,
      hashes,
      sessions: given,
      console: [key],
      token: [token.secret],
      links: [link, ownSecret],
      password: [password],
    };
    for (const [kind, values] of Object.entries(secrets)) {
      for (const value of values) {
        expect(value.length, kind).toBeGreaterThan(15);
        // JSON writes "/" and "+" as they are.
        const told = answers.slice(born).filter(({ text }) => text.includes(value));
        expect(
          told.map(({ path }) => path),
          `${kind} in an answer`,
        ).toEqual([]);
        expect(
          printed.filter((text) => text.includes(value)),
          `${kind} printed`,
        ).toEqual([]);
      }
    }
    for (const name of ["signing.key", "certificate.pem", "daemon.json", "boardcast.db", "boardcast.db-wal"])
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(printed).toEqual([]);
  });
});

/** Into a draft over HTTP: what is a picture, and what says that it is one. */
async function uploads(maker: Signed, notice: string, first: number): Promise<void> {
  let version = first;
  const put = (body: Uint8Array, at = version, who: Signed | null = maker) =>
    call("PUT", `/api/v1/review/drafts/${notice}/pictures?version=${at}`, who, body);
  const png = await sharp({ create: { width: 40, height: 20, channels: 3, background: "#fff" } })
    .withMetadata({ exif: { IFD0: { Copyright: "SECRET-EXIF" } } })
    .png()
    .toBuffer();
  const bytes = (text: string) => Buffer.from(text, "latin1");
  const refused = [
    bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    bytes(`PK\x03\x04${"\0".repeat(60)}`),
    bytes("<!doctype html><script>alert(1)</script>"),
    bytes("GIF89a"),
    png.subarray(0, 40),
  ];
  for (const body of refused) {
    const response = await put(body);
    const said = (await response.json()) as { code?: string; what: { zh: string } };
    expect([response.status, said.code?.startsWith("notice/picture-")]).toEqual([422, true]);
    expect(said.what.zh).toContain("上传的文件");
    // Who may write was asked first: the draft was saved as it was.
    version++;
  }
  expect((await put(png, version, null)).status).toBe(401);
  expect((await put(png, version + 7)).status).toBe(409);
  // A picture that is a page as well: its dots are taken, what stands behind them is not.
  const both = Buffer.concat([png, bytes("<script>SECRET-TAIL</script>")]);
  const response = await put(both);
  expect(response.status).toBe(200);
  const { draft } = (await response.json()) as {
    draft: { version: number; document: { content: { displayKind: string; pictures: { sha256: string }[] } } };
  };
  expect(draft.document.content.displayKind).toBe("picture");
  const [kept] = draft.document.content.pictures;
  expect(kept?.sha256).toMatch(/^[0-9a-f]{64}$/);
  const file = new DatabaseSync(join(folder, "boardcast.db"));
  const { deflated } = file.prepare("SELECT deflated FROM picture").get() as { deflated: Uint8Array };
  file.close();
  const { inflateSync, inflateRawSync } = await import("node:zlib");
  const inflated = [inflateSync, inflateRawSync]
    .map((inflate) => {
      try {
        return inflate(deflated);
      } catch {
        return null;
      }
    })
    .find((one) => one !== null);
  expect(inflated?.includes("SECRET")).toBe(false);
}
