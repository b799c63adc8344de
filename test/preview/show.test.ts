/** The line of an LCD's page: who may play which board, what it is handed, and what its word is worth. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createApi, createDoors } from "../../src/api/index.ts";
import { showRoutes } from "../../src/api/show-routes.ts";
import { showsOf, openShow } from "../../src/daemon/show.ts";
import { createShowKeys, type ShowKeys } from "../../src/daemon/show-keys.ts";
import { limits } from "../../src/limits.ts";
import { crc32, decodeProgramme, frameAt, lookup, programmeId } from "../../src/message/index.ts";
import type { Site } from "../../src/config/types.ts";
import { pageBoard } from "../../src/panels/delivery/page-board.ts";
import type { ShowState } from "../../src/preview/show-types.ts";
import { pageWord } from "../../src/preview/show-wire.ts";
import { fakeOffice } from "../api/fake-office.ts";
import { base, FakeSeals, picture, sealed, shape, wantedOf } from "../panels/town.ts";
import { type House, hour, openHouse } from "../people/house.ts";

const red = picture(0x0f);
const now = base + 5000;
const page = "p".repeat(16);
const closing: (() => unknown)[] = [];
let house: House;
let seals: FakeSeals;
let board: ReturnType<typeof pageBoard>;
let url: string;
let show: ReturnType<typeof openShow>;
let keys: ShowKeys;

async function serve(mode: "real" | "practice") {
  house = await openHouse(mode);
  const { people } = house;
  seals = new FakeSeals();
  board = pageBoard(wantedOf([]), { seals, clock: { now: () => now }, expected: false, changed: () => {} });
  board.want(sealed(seals, wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", red]] }])));
  const doors = createDoors({ people, consoleKey: "k".repeat(43) });
  const server = createServer();
  const site = {
    zone: "Asia/Shanghai",
    boards: [{ id: "B3", name: "大厅", shape, ledColour: null }],
  } as unknown as Site;
  const delivery = { pages: (id: string) => (id === "B3" ? board : null) };
  const store = { messages: { get: async () => null, getDeflated: async () => null } };
  keys = createShowKeys(people, "Asia/Shanghai");
  const parts = { site, clock: { now: () => now }, clockId: "c", store, delivery, keys };
  show = openShow(server, parts, { names: [], doors, people, webFolder: null });
  const routes = showRoutes(fakeOffice, showsOf(parts), people);
  server.on("request", createApi(fakeOffice, { webFolder: null, metrics: async () => "", doors, routes }));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing.push(
    () => new Promise((done) => server.close(done)),
    () => server.closeAllConnections(),
    () => show.close(),
  );
}
beforeEach(() => serve("real"));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await board.stop();
  await house.close();
});

/** The key in the link that an administrator is given. */
async function keyFor(id: string): Promise<string> {
  const { id: account } = await house.settle(`admin-${id}`, ["administrator"]);
  const wish = { name: `LCD ${id}`, scopes: [`show:${id}`] as const, expiresAt: house.time.wall + hour };
  return (await house.people.tokens.add(account, wish)).secret;
}

async function come(id: string, key: string | null, origin?: string) {
  const webSocket = new WebSocket(`ws://${url}/show/${id}/line`, origin === undefined ? {} : { origin });
  const states: ShowState[] = [];
  let status = 0;
  let told = () => {};
  const closed = new Promise<number>((done) => webSocket.on("close", done));
  webSocket.on("unexpected-response", (request, response) => {
    status = response.statusCode ?? 0;
    request.destroy();
  });
  webSocket.on("error", () => {});
  webSocket.on("message", (data) => {
    const value = JSON.parse(data.toString());
    if (value.v === 1) states.push(value);
    told();
  });
  webSocket.on("open", () => webSocket.send(JSON.stringify({ show: 1, key, page })));
  closing.push(() => webSocket.terminate());
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((done) => (told = done));
  };
  return { webSocket, states, closed, until, status: () => status };
}
const ask = (path: string, key: string | null, method = "GET") =>
  fetch(`http://${url}${path}`, { method, headers: key === null ? {} : { authorization: `Bearer ${key}` } });
const dots = (hash = red.hash, id = "B3") => `/api/v1/show/${id}/messages/${hash}`;

describe("who may", () => {
  test("with the board's key: the programme, and its dots; what it reads back is believed", async () => {
    const key = await keyFor("B3");
    const one = await come("B3", key);
    await one.until(() => one.states.length > 0);
    const [state] = one.states;
    expect(state).toMatchObject({ now, clockId: "c", utcOffsetMin: 480, dark: false, board: { id: "B3", shape } });
    const decoded = decodeProgramme(Buffer.from(state?.programme ?? "", "base64"));
    if (!decoded.ok) throw new Error(decoded.what);
    const { programme } = decoded;
    const answer = await ask(dots(), key);
    expect(answer.headers.get("content-encoding")).toBe("deflate");
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(red.bytes))).toBe(true);
    const frame = frameAt(programme, () => red, now);
    const said = { message: lookup(programme, now).message, programme: programmeId(programme), why: "turn" };
    const report = { ...said, at: now, sentAt: now, roundTripMs: 5, frameCrc: crc32(frame.pixels), hidden: false };
    one.webSocket.send(JSON.stringify({ report }));
    await expect.poll(() => board.facts().confirmed?.notice).toBe("R1");
    const listed = await (await ask("/api/v1/boards/B3/pages", "k".repeat(43))).json();
    expect(listed).toMatchObject([{ from: "127.0.0.1", state: "confirmed" }]);
  });

  test.each([
    ["without a key", null, 4401],
    ["with one that nobody gave", `bct_${"x".repeat(43)}`, 4401],
  ])("not %s: neither line nor dots", async (_name, key, code) => {
    await house.settle("first", ["administrator"]);
    const one = await come("B3", key);
    expect(await one.closed).toBe(code);
    expect(one.states).toEqual([]);
    expect((await ask(dots(), key)).status).toBe(401);
    expect(board.pages()).toEqual([]);
  });

  test("not with another board's key, nor with a program's, nor with a person's session", async () => {
    const other = await keyFor("B2");
    const one = await come("B3", other);
    expect(await one.closed).toBe(4403);
    expect((await ask(dots(), other)).status).toBe(403);
    const { id } = await house.settle("maker", ["maker"]);
    const wish = { name: "read", scopes: ["read"] as const, expiresAt: house.time.wall + hour };
    const { secret } = await house.people.tokens.add(id, wish);
    expect(await (await come("B3", secret)).closed).toBe(4403);
    expect((await ask(dots(), secret)).status).toBe(403);
    expect(board.pages()).toEqual([]);
  });

  test("a board's key opens nothing else", async () => {
    const key = await keyFor("B3");
    for (const path of ["/api/v1/boards", `/api/v1/messages/${red.hash}`, "/api/v1/boards/B3/pages"])
      expect([path, (await ask(path, key)).status]).toEqual([path, 403]);
    expect((await ask("/api/v1/boards/B3/show-link", key, "POST")).status).toBe(403);
    expect(await (await come("B9", key)).closed).toBe(4403);
  });

  test("a key that is taken back ends the line at once", async () => {
    const key = await keyFor("B3");
    const one = await come("B3", key);
    await one.until(() => one.states.length > 0);
    const found = await house.people.tokens.find(key);
    await house.people.tokens.revoke(found?.token.account ?? "", found?.token.id ?? "");
    expect(await one.closed).toBe(4401);
    expect(board.pages()).toEqual([]);
  });

  test("it plays on when whoever gave the key is shut out; another administrator ends it at once", async () => {
    const key = await keyFor("B3");
    const next = await house.settle("next", ["administrator"]);
    const one = await come("B3", key);
    await one.until(() => one.states.length > 0);
    const { account, id } = (await house.people.tokens.find(key))?.token ?? { account: "", id: "" };
    // Each tells that sessions ended: the line is looked at again.
    await house.people.accounts.reset(next.id, account);
    await house.people.accounts.disable(next.id, account);
    const again = await come("B3", key);
    await again.until(() => again.states.length > 0);
    expect((await ask(dots(), key)).status).toBe(200);
    expect((await ask("/api/v1/boards", key)).status).toBe(403);
    // The line that was there is there still.
    expect(board.pages()).toHaveLength(2);
    await house.people.tokens.revoke(next.id, id, true);
    expect([await one.closed, await again.closed]).toEqual([4401, 4401]);
    expect((await ask(dots(), key)).status).toBe(401);
    expect(board.pages()).toEqual([]);
  });

  test("a key that is about to end is told of while a page plays with it, and not before", async () => {
    const key = await keyFor("B3");
    expect(keys.faults("B3")).toEqual([]);
    const one = await come("B3", key);
    await one.until(() => one.states.length > 0);
    // It was made for an hour.
    expect(keys.faults("B3")).toMatchObject([{ fault: { code: "panel/key-ends", board: "B3", on: "2026-11-20" } }]);
    expect(keys.faults("B2")).toEqual([]);
    house.time.wall -= (limits.showKeyDays + 1) * 24 * hour;
    expect(keys.faults("B3")).toEqual([]);
  });

  test("not from another site's page, whatever key it has", async () => {
    const one = await come("B3", await keyFor("B3"), "http://elsewhere.example");
    await expect.poll(one.status).toBe(403);
  });

  test("an administrator is given the link, whose key is for that board and no other", async () => {
    const { id } = await house.settle("admin", ["administrator"]);
    const { csrf, cookie } = await signedIn("admin");
    const made = async (of: string) =>
      fetch(`http://${url}/api/v1/boards/${of}/show-link`, {
        method: "POST",
        headers: { cookie, "x-boardcast-csrf": csrf, "content-type": "application/json" },
        body: "{}",
      });
    expect((await made("B1")).status).toBe(404);
    const { path } = (await (await made("B3")).json()) as { path: string };
    const [, key = ""] = /^\/show\/B3#key=(bct_[\w-]{43})$/.exec(path) ?? [];
    const found = await house.people.tokens.find(key);
    expect([found?.token.account, found?.token.scopes]).toEqual([id, ["show:B3"]]);
    const rows = await house.rows();
    // The register names the key, and does not have it.
    expect(JSON.stringify(rows)).toContain("show:B3");
    expect(JSON.stringify(rows)).not.toContain(key);
  });
});

test("in practice nobody needs a key", async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await board.stop();
  await house.close();
  await serve("practice");
  const one = await come("B3", null);
  await one.until(() => one.states.length > 0);
  expect((await ask(dots(), null)).status).toBe(200);
});

test("what is withdrawn or dark goes out at once; what may not be lit goes to nobody", async () => {
  const key = await keyFor("B3");
  const one = await come("B3", key);
  await one.until(() => one.states.length > 0);
  board.want(wantedOf([{ fromMs: 0, untilMs: hour, show: [["forged", picture(0x77)]] }]));
  board.want({ ...sealed(seals, wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", red]] }])), dark: true });
  await one.until(() => one.states.some(({ dark }) => dark));
  const sent = one.states.map(({ programme }) => programme ?? "").join();
  expect(sent).not.toContain(Buffer.from(picture(0x77).hash, "hex").toString("base64").slice(4, 30));
  expect((await ask(dots(picture(0x77).hash), key)).status).toBe(404);
});

describe("what is said on it", () => {
  const hello = JSON.stringify({ show: 1, key: null, page });
  test.each([
    ["nothing that makes sense", ["{"]],
    ["something before who it is", [JSON.stringify({ ping: 1 })]],
    ["who it is twice", [hello, hello]],
    ["a report with a CRC that is none", [hello, JSON.stringify({ report: { frameCrc: -1 } })]],
    ["too much", [hello, ...Array.from({ length: limits.showWordsPerCheck + 1 }, () => JSON.stringify({ ping: 1 }))]],
  ])("%s ends it", async (_name, words) => {
    for (const close of closing.splice(0).reverse()) await close();
    await board.stop();
    await house.close();
    await serve("practice");
    const webSocket = new WebSocket(`ws://${url}/show/B3/line`);
    closing.push(() => webSocket.terminate());
    webSocket.on("open", () => {
      for (const word of words) webSocket.send(word);
    });
    expect(await new Promise((done) => webSocket.on("close", done))).toBe(1008);
    await expect.poll(() => board.pages()).toEqual([]);
  });

  test("a report is read as it was said, and anything else is nothing", () => {
    const times = { at: 5, sentAt: 6, roundTripMs: 1.5 };
    const report = {
      ...times,
      programme: null,
      message: "a".repeat(64),
      why: "turn",
      frameCrc: 0xffffffff,
      hidden: true,
    };
    expect(pageWord(JSON.stringify({ report }))).toEqual({ kind: "report", report });
    const wrong = [
      { at: 0.5 },
      { at: "5" },
      { why: "x" },
      { frameCrc: 2 ** 32 },
      { hidden: 1 },
      { message: "A".repeat(64) },
    ];
    for (const change of wrong) expect(pageWord(JSON.stringify({ report: { ...report, ...change } }))).toBeNull();
  });
});

async function signedIn(login: string): Promise<{ csrf: string; cookie: string }> {
  const { good, visit } = await import("../people/house.ts");
  const { secret } = await house.people.sessions.signIn(login, good, visit());
  return { csrf: house.people.keeper.csrfOf(secret), cookie: `boardcast_session=${secret}` };
}
