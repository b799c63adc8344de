/** A real office from blank to dark: what one person wrote and another signed is lit, dot for dot, and nothing else ever is. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readSite } from "../../src/config/read.ts";
import { type Daemon, startDaemon } from "../../src/daemon/index.ts";
import { decodeMessage, messageFrame, type Sha256 } from "../../src/message/index.ts";
import { checkIds } from "../../src/notices/review/types.ts";
import { runSimulatedPanel } from "../../src/panels/reference/simulator/process.ts";
import { ask, lit, until } from "./processes.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "boardcast-signed-"));
const password = "plum tree by the east gate";
const shape = { width: 128, height: 64, colour: "mono" } as const;
const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let panel: Awaited<ReturnType<typeof runSimulatedPanel>>;
let daemon: Daemon;
let base = "";
/** Signed for the board, besides its default picture. */
const signed = new Set<string>();

interface Session {
  readonly cookie: string;
  readonly csrf: string;
}

/** Answers in JSON; `status` is what it must answer with. */
async function call<T>(
  [method, path]: readonly [string, string],
  who: Session | null,
  body?: unknown,
  status = method === "POST" ? /^20[01]$/ : /^200$/,
): Promise<T> {
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  if (who) Object.assign(headers, { cookie: who.cookie, "x-boardcast-csrf": who.csrf });
  const sent = body === undefined ? null : JSON.stringify(body);
  const response = await fetch(`${base}${path}`, { method, headers, body: sent });
  const text = await response.text();
  expect(`${response.status}`, `${method} ${path}: ${text.slice(0, 400)}`).toMatch(status);
  return (text === "" ? null : JSON.parse(text)) as T;
}

async function signIn(login: string): Promise<Session> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ login, password });
  const response = await fetch(`${base}/api/v1/session`, { method: "POST", headers, body });
  expect(response.status).toBe(200);
  const { csrf } = (await response.json()) as { csrf: string };
  return {
    cookie: response.headers
      .getSetCookie()
      .map((one) => one.split(";", 1)[0])
      .join("; "),
    csrf,
  };
}

async function joined(admin: Session, login: string, role: string): Promise<Session> {
  const wish = { login, name: `${login}姓名`, unit: "", roles: [role], boards: null };
  const { link } = await call<{ link: { path: string } }>(["POST", "/api/v1/people"], admin, wish);
  const secret = link.path.split("/").at(-1);
  await call(["PUT", "/api/v1/password-link"], null, { link: secret, password }, /^20/);
  return signIn(login);
}

beforeAll(async () => {
  const transport = { kind: "listen", host: "127.0.0.1", port: 0 } as const;
  panel = await runSimulatedPanel({ id: "B1", shape, transport, address: 1, control: { port: 0 } });
  const yaml = `office: 小镇
review: { office: true }
calendar: { kind: none }
boards:
  - { id: B1, name: 大门屏, place: 大门, device: paper+led, paper: A4, panel: { width: 128, height: 64, colour: mono },
      link: { kind: tcp-out, host: 127.0.0.1, port: ${panel.port} }, default: [待机] }
`;
  const read = readSite(yaml, "boardcast.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const site = { ...read.site, listen: { ...read.site.listen, port: 0 } };
  daemon = await startDaemon({ site, folder, startAt: null });
  base = daemon.url.replace(/\/$/, "");
});
afterAll(async () => {
  await daemon.stop();
  await panel.stop();
  rmSync(folder, { recursive: true, force: true });
});

const control = () => panel.controlPort ?? 0;
const isLit = (message: string) =>
  until(
    `${message.slice(0, 8)} lit`,
    () => lit(control()),
    (one) => one.message === message,
  );

/** The dots of a message as the API gives it, against those that the panel lights. */
async function dotsAreOf(message: string, who: Session): Promise<void> {
  const response = await fetch(`${base}/api/v1/messages/${message}`, { headers: { cookie: who.cookie } });
  const decoded = decodeMessage(new Uint8Array(await response.arrayBuffer()), sha256);
  if (!decoded.ok) throw new Error("not a message");
  expect(decoded.message.hash).toBe(message);
  const now = await lit(control());
  expect(now.message).toBe(message);
  expect(now.pixels).toBe(Buffer.from(messageFrame(decoded.message, 0, now.panelTime, 480).pixels).toString("base64"));
  expect(decoded.message.pages).toHaveLength(1);
}

/** Whatever the panel has been given is signed. */
async function nothingElseReached(): Promise<void> {
  const { messages } = await ask<{ messages: string[] }>(control(), { do: "held" });
  expect(messages.filter((hash) => !signed.has(hash))).toEqual([]);
}

const document = (title: string) => ({
  content: {
    title,
    body: title,
    category: "通知公告",
    track: "党务",
    openness: "主动公开",
    displayKind: "notice",
    signature: { org: "小镇", date: "2017-01-03" },
  },
  schedule: { boards: ["B1"], from: Date.now() - 60_000, until: Date.now() + 86_400_000, cron: null, priority: 5 },
  answers: Object.fromEntries(checkIds.map((id) => [id, { answer: "clear", note: "" }])),
});

interface Draft {
  readonly notice: string;
  readonly version: number;
}

test("blank, written, reviewed, signed, shown; edited while it stays; signed, shown anew; withdrawn, gone", async () => {
  const link = daemon.setUpUrl?.split("/").at(-1);
  await call(["POST", "/api/v1/set-up"], null, { link, login: "admin", name: "甲", password }, /^20/);
  const admin = await signIn("admin");
  const maker = await joined(admin, "maker", "maker");
  const reviewer = await joined(admin, "reviewer", "reviewer");
  const signer = await joined(admin, "signer", "signer");
  const operator = await joined(admin, "operator", "operator");
  const waiting = await until(
    "its default picture",
    () => lit(control()),
    ({ message }) => message !== null,
  );
  const standby = waiting.message ?? "";
  signed.add(standby);

  const blank = await call<Draft>(["POST", "/api/v1/review/drafts"], maker, {});
  const { notice } = blank;
  const write = async (draft: Draft, given: object) =>
    call<Draft>(["PUT", `/api/v1/review/drafts/${notice}`], maker, { version: draft.version, document: given });
  const send = async (draft: Draft) => {
    const path = `/api/v1/review/drafts/${notice}/submit`;
    const opened = await call<{ id: string; pixels: { board: string; message: string }[] }>(["POST", path], maker, {
      version: draft.version,
    });
    expect(opened.pixels.map(({ board }) => board)).toEqual(["B1", "paper:B1"]);
    return { id: opened.id, message: opened.pixels[0]?.message ?? "" };
  };
  const review = (id: string) => call(["POST", `/api/v1/review/cases/${id}/review`], reviewer, { opinion: "同意" });
  const sign = (id: string, status?: RegExp) =>
    call(["POST", "/api/v1/review/sign"], signer, { cases: [id], password }, status);
  const lookAt = (id: string, board: string) =>
    call<{ message: string }>(["GET", `/api/v1/review/cases/${id}/pages?board=${board}`], signer);

  const first = await send(await write(blank, document("停水")));
  // Neither by who wrote it, nor before it was reviewed and looked at.
  await call(["POST", "/api/v1/review/sign"], maker, { cases: [first.id], password }, /^403$/);
  await sign(first.id, /^409$/);
  await review(first.id);
  await sign(first.id, /^422$/);
  expect((await lookAt(first.id, "B1")).message).toBe(first.message);
  // What will hang there has to be looked at, too.
  await sign(first.id, /^422$/);
  type Looked = { looked?: string[]; before: { content: { title: string } } | null };
  const seenBy = (who: Session, id: string) => call<Looked>(["GET", `/api/v1/review/cases/${id}`], who);
  expect(await seenBy(signer, first.id)).toMatchObject({ looked: ["B1"], before: null });
  expect(await seenBy(reviewer, first.id)).toMatchObject({ looked: [], before: null });
  await lookAt(first.id, "paper:B1");
  expect((await lit(control())).message).toBe(standby);
  await nothingElseReached();
  signed.add(first.message);
  await sign(first.id);
  await isLit(first.message);
  await dotsAreOf(first.message, maker);

  const edit = await call<Draft>(["POST", `/api/v1/notices/${notice}/edit`], maker, {});
  const second = await send(await write(edit, { ...document("改期"), ofSubstance: false }));
  expect(second.message).not.toBe(first.message);
  await review(second.id);
  await lookAt(second.id, "B1");
  await lookAt(second.id, "paper:B1");
  expect((await lit(control())).message).toBe(first.message);
  await nothingElseReached();
  signed.add(second.message);
  await sign(second.id);
  await isLit(second.message);
  await dotsAreOf(second.message, signer);

  await call(["POST", `/api/v1/notices/${notice}/withdraw`], operator, { reason: "已恢复供水" });
  await isLit(standby);
  await nothingElseReached();
  const [entry] = (await call<{ id: string; state: string }[]>(["GET", "/api/v1/notices"], maker)).filter(
    ({ id }) => id === notice,
  );
  expect(entry?.state).toBe("withdrawn");
});
