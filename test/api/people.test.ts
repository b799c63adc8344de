/** The doors over HTTP: cookies, CSRF, replays, floods, links, tokens, the console, and the preview's sockets. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { accountSchema, openSessionSchema, sessionSchema } from "../../src/api/people-schemas.ts";
import { limits } from "../../src/limits.ts";
import { good, hour, secretOf } from "../people/house.ts";
import { type Api, type Browser, closeAll, closing, consoleKey, openApi } from "./people-api.ts";

/** argon2id as it is, behind a gate that a test may shut. */
const gate = vi.hoisted(() => ({ open: Promise.resolve(), working: 0, most: 0 }));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  const verify: typeof real.verify = async (...given) => {
    gate.most = Math.max(gate.most, ++gate.working);
    await gate.open;
    gate.working--;
    return real.verify(...given);
  };
  return { ...real, verify };
});

afterEach(closeAll);

describe("a session in a browser", () => {
  let api: Api;
  let browser: Browser;
  beforeEach(async () => {
    api = await openApi();
    await api.house.settle("admin", ["administrator"]);
    browser = api.browser();
  });

  it("its cookie is for this server alone, out of reach for scripts; new at each sign-in; over TLS for TLS alone", async () => {
    const fixed = "f".repeat(43);
    browser.cookies.set("boardcast_session", fixed);
    const response = await browser.signIn("admin");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const [session = "", device = ""] = response.headers.getSetCookie();
    expect(session).toMatch(/^boardcast_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(device).toMatch(/^boardcast_device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const first = browser.cookies.get("boardcast_session");
    expect(first).not.toBe(fixed);
    const again = await browser.ask(
      "POST",
      "/api/v1/session",
      { login: "admin", password: good },
      {
        "x-forwarded-proto": "https",
        "x-forwarded-for": "192.0.2.4",
      },
    );
    for (const cookie of again.headers.getSetCookie()) expect(cookie).toMatch(/; Secure$/);
    expect(browser.cookies.get("boardcast_session")).not.toBe(first);
    // The session that was replaced is over.
    const old = { cookie: `boardcast_session=${first}` };
    expect((await api.ask("GET", "/api/v1/people", { headers: old })).status).toBe(401);
    expect((await api.house.rows()).at(-1)?.data).toMatchObject({ address: "192.0.2.4" });
  });

  it("signed out, the same cookie is answered 401 and taken away; the sign-in page still works with it", async () => {
    await browser.signIn("admin");
    const replayed = { cookie: `boardcast_session=${browser.cookies.get("boardcast_session")}` };
    expect((await browser.ask("DELETE", "/api/v1/session")).status).toBe(200);
    expect(browser.cookies.has("boardcast_session")).toBe(false);
    for (const path of ["/api/v1/people", "/api/v1/boards"]) {
      const response = await api.ask("GET", path, { headers: replayed });
      // It may come after the cookie of a new session, which it must not take.
      expect([response.status, response.headers.get("set-cookie")]).toEqual([401, null]);
    }
    const whoAmI = await api.ask("GET", "/api/v1/session", { headers: replayed });
    expect(whoAmI.headers.get("set-cookie")).toMatch(/^boardcast_session=; .*Max-Age=0/);
    expect(sessionSchema.parse(await whoAmI.json())).toMatchObject({ via: "visitor", account: null, csrf: null });
    const body = { login: "admin", password: good };
    expect((await api.ask("POST", "/api/v1/session", { body, headers: replayed })).status).toBe(200);
  });

  it("changes nothing without its own CSRF token, with another session's, or from another site's page", async () => {
    const other = api.browser();
    await browser.signIn("admin");
    await other.signIn("admin");
    const wish = { login: "li.si", name: "李四", roles: ["maker"] };
    for (const csrf of ["", "x", other.csrf ?? ""])
      expect((await browser.ask("POST", "/api/v1/people", wish, { "x-boardcast-csrf": csrf })).status).toBe(403);
    expect((await browser.ask("POST", "/api/v1/people", wish, { origin: "http://evil.example" })).status).toBe(403);
    expect((await api.house.people.accounts.list()).map(({ login }) => login)).toEqual(["admin"]);
    expect((await browser.ask("POST", "/api/v1/people", wish)).status).toBe(200);
  });

  it("lists where one is signed in, and ends it there", async () => {
    const other = api.browser();
    await browser.signIn("admin");
    await other.signIn("admin");
    const list = openSessionSchema.array().parse(await (await browser.ask("GET", "/api/v1/sessions")).json());
    expect(list.map(({ own }) => own)).toEqual([true, false]);
    await browser.ask("DELETE", `/api/v1/sessions/${list[1]?.id}`);
    expect((await other.ask("GET", "/api/v1/people")).status).toBe(401);
    expect((await browser.ask("GET", "/api/v1/people")).status).toBe(200);
  });

  it("a changed password opens a new session here and ends the others", async () => {
    const other = api.browser();
    await browser.signIn("admin");
    await other.signIn("admin");
    const before = browser.cookies.get("boardcast_session");
    const put = (current: string, password: string) => browser.ask("PUT", "/api/v1/password", { current, password });
    expect((await put(good, "1234567890")).status).toBe(422);
    expect((await put("wrong", "another plum tree")).status).toBe(401);
    expect((await put(good, "another plum tree")).status).toBe(200);
    expect(browser.cookies.get("boardcast_session")).not.toBe(before);
    expect((await browser.ask("GET", "/api/v1/people")).status).toBe(200);
    expect((await other.ask("GET", "/api/v1/people")).status).toBe(401);
  });

  it("with a password that must be changed, that is all there is to do", async () => {
    const maker = await api.house.settle("maker", ["maker"]);
    const kept = await api.house.store.people.account(maker.id);
    if (kept === null) throw new Error("no maker");
    const must = { ...kept, mustChange: true };
    await api.house.store.change("admin", (tx) => tx.people.putAccount(must, "account/changed", {}));
    const response = await browser.signIn("maker");
    expect(sessionSchema.parse(await response.json()).account?.mustChange).toBe(true);
    expect((await browser.ask("GET", "/api/v1/boards")).status).toBe(403);
    const change = { current: good, password: "another plum tree" };
    expect((await browser.ask("PUT", "/api/v1/password", change)).status).toBe(200);
    expect((await browser.ask("GET", "/api/v1/boards")).status).toBe(200);
  });

  it("its preview closes when it ends, and without one there is none", async () => {
    const look = (headers: Record<string, string>) =>
      new Promise<WebSocket | number>((resolve) => {
        const socket = new WebSocket(`${api.url.replace("http", "ws")}/preview`, { headers });
        socket.on("open", () => resolve(socket));
        socket.on("unexpected-response", (_, { statusCode = 0 }) => resolve(statusCode));
        socket.on("error", () => {});
        closing.push(() => socket.terminate());
      });
    expect(await look({})).toBe(401);
    expect(await look({ cookie: `boardcast_session=${"x".repeat(43)}` })).toBe(401);
    await browser.signIn("admin");
    const cookie = `boardcast_session=${browser.cookies.get("boardcast_session")}`;
    expect(await look({ cookie, origin: "http://evil.example" })).toBe(403);
    const mine = await look({ cookie });
    const console = await look({ authorization: `Bearer ${consoleKey}` });
    if (typeof mine === "number" || typeof console === "number") throw new Error("refused");
    const closed = new Promise<number>((resolve) => mine.on("close", resolve));
    await browser.ask("DELETE", "/api/v1/session");
    expect(await closed).toBe(1008);
    expect(console.readyState).toBe(console.OPEN);
  });
});

describe("coming in", () => {
  it("by the set-up link: once, then by password", async () => {
    const { house, ask, browser } = await openApi();
    expect(sessionSchema.parse(await (await ask("GET", "/api/v1/session")).json()).setUp).toBe(true);
    expect((await ask("GET", "/api/v1/boards")).status).toBe(200);
    const link = secretOf((await house.people.passwords.setUpLink())?.path ?? "");
    const body = { link, login: "admin", name: "管理员", password: good };
    expect((await ask("POST", "/api/v1/set-up", { body: { ...body, link: "x".repeat(43) } })).status).toBe(410);
    expect(accountSchema.parse(await (await ask("POST", "/api/v1/set-up", { body })).json()).roles).toEqual([
      "administrator",
    ]);
    expect((await ask("POST", "/api/v1/set-up", { body })).status).toBe(410);
    expect((await ask("GET", "/api/v1/boards")).status).toBe(401);
    expect((await browser().signIn("admin")).status).toBe(200);
  });

  it("by a password link that an administrator handed over", async () => {
    const { house, ask, browser } = await openApi();
    await house.settle("admin", ["administrator"]);
    const admin = browser();
    await admin.signIn("admin");
    const made = await admin.ask("POST", "/api/v1/people", { login: "li.si", name: "李四", roles: ["maker"] });
    const { link } = (await made.json()) as { link: { path: string } };
    const body = { link: secretOf(link.path) };
    expect(await (await ask("POST", "/api/v1/password-link", { body })).json()).toMatchObject({ login: "li.si" });
    expect((await ask("PUT", "/api/v1/password-link", { body: { ...body, password: good } })).status).toBe(200);
    expect((await ask("POST", "/api/v1/password-link", { body })).status).toBe(410);
    expect((await browser().signIn("li.si")).status).toBe(200);
  });

  it("by one click in practice, and never else", async () => {
    const practice = await openApi("practice");
    await practice.house.store.change("system", async (tx) => {
      const rest = { unit: "", boards: null, active: true, mustChange: false, password: null };
      await tx.people.putAccount(
        { id: "P01", login: "P01", name: "甲", roles: ["maker"], ...rest },
        "account/added",
        {},
      );
    });
    const entry = { account: "P01" };
    const response = await practice.ask("POST", "/api/v1/session/practice", { body: entry });
    expect(sessionSchema.parse(await response.json())).toMatchObject({ mode: "practice", roles: ["maker"] });
    const real = await openApi();
    expect((await real.ask("POST", "/api/v1/session/practice", { body: entry })).status).toBe(404);
  });

  it("without review nobody signs in, and no account is made", async () => {
    const { ask } = await openApi("alone");
    const body = { login: "li.si", name: "李四", roles: ["maker"] };
    expect((await ask("POST", "/api/v1/people", { body })).status).toBe(409);
  });
});

describe("programs", () => {
  it("a token does what it was made for, needs no CSRF token, and is revoked at once", async () => {
    const { house, ask, browser } = await openApi();
    await house.settle("maker", ["maker"]);
    const maker = browser();
    await maker.signIn("maker");
    const made = await maker.ask("POST", "/api/v1/tokens", { name: "气象台", scopes: ["read"], days: 30 });
    const { token, secret } = (await made.json()) as { token: { id: string; expiresAt: string }; secret: string };
    expect(Date.parse(token.expiresAt)).toBe(house.time.wall + 30 * 24 * hour);
    const headers = { authorization: `Bearer ${secret}` };
    expect((await ask("GET", "/api/v1/boards", { headers })).status).toBe(200);
    expect((await ask("POST", "/api/v1/tokens", { headers, body: { name: "x", scopes: ["read"] } })).status).toBe(403);
    expect(await (await maker.ask("GET", "/api/v1/tokens")).text()).not.toContain(secret.slice(4));
    await maker.ask("DELETE", `/api/v1/tokens/${token.id}`);
    expect((await ask("GET", "/api/v1/boards", { headers })).status).toBe(401);
    expect((await maker.ask("POST", "/api/v1/tokens", { name: "x", scopes: ["read"], days: 367 })).status).toBe(400);
  });

  it.each([
    "Bearer",
    "Bearer x",
    "Basic YTpi",
    `Bearer ${"y".repeat(300)}`,
    `Bearer ${consoleKey}x`,
    `Bearer ${consoleKey} x`,
  ])("%j opens nothing, not even with a good cookie beside it", async (authorization) => {
    const { house, browser } = await openApi();
    await house.settle("maker", ["maker"]);
    const maker = browser();
    await maker.signIn("maker");
    expect((await maker.ask("GET", "/api/v1/boards", undefined, { authorization })).status).toBe(401);
  });
});

describe("a flood at the door", () => {
  it("from a hundred addresses: a bounded queue, two at work, and others are answered, known browsers signed in", async () => {
    const { house, ask, browser } = await openApi();
    await house.settle("admin", ["administrator"]);
    const admin = browser();
    await admin.signIn("admin");
    let release = () => {};
    gate.open = new Promise((go) => {
      release = go;
    });
    const flood = Array.from({ length: 100 }, (_, n) => {
      const headers = { "x-forwarded-for": `203.0.113.${n}` };
      return ask("POST", "/api/v1/session", { body: { login: `guess${n}`, password: "x" }, headers });
    });
    const away: Response[] = [];
    for (const answer of flood) void answer.then((one) => one.status === 503 && away.push(one));
    // Of all that come, so many wait and two are worked on; the others are told at once.
    const most = limits.passwordJobs + limits.passwordJobsAtOnce;
    await vi.waitFor(() => expect(away.length).toBe(100 - most), 20_000);
    const others = await Promise.all([ask("GET", "/healthz"), ask("GET", "/api/v1/office")]);
    expect(others.map(({ status }) => status)).toEqual([200, 200]);
    expect((await admin.ask("GET", "/api/v1/people")).status).toBe(200);
    const again = admin.signIn("admin");
    const stranger = ask("POST", "/api/v1/session", { body: { login: "admin", password: good } });
    expect((await stranger).status).toBe(503);
    expect(gate.most).toBe(limits.passwordJobsAtOnce);
    release();
    expect((await again).status).toBe(200);
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(most);
    expect(statuses.filter((status) => status === 503)).toHaveLength(100 - most);
    expect(away[0]?.headers.get("retry-after")).toBe("1");
  });

  it("from one address: thirty at once, then one every two seconds, and told when", async () => {
    const { house, ask } = await openApi();
    const guess = () => ask("POST", "/api/v1/password-link", { body: { link: "x".repeat(43) } });
    for (let n = 0; n < 30; n++) expect((await guess()).status).toBe(410);
    const refused = await guess();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "2"]);
    expect((await ask("POST", "/api/v1/session", { body: { login: "a", password: "b" } })).status).toBe(429);
    house.time.wall += 2000;
    expect((await guess()).status).toBe(410);
    expect((await guess()).status).toBe(429);
  });

  it("logins and passwords of any length and form are only wrong", async () => {
    const { ask } = await openApi();
    const tries: [unknown, number][] = [
      [{ login: "a".repeat(101), password: "x" }, 400],
      [{ login: "a", password: "x".repeat(4 * limits.passwordCharsMax + 1) }, 400],
      [{ login: "\u0000\uffff' OR 1=1 --", password: "" }, 401],
      [{ login: ["a"], password: {} }, 400],
      [{ login: "a" }, 400],
      [{ login: "a", password: "b", roles: ["administrator"] }, 400],
    ];
    for (const [body, status] of tries) expect((await ask("POST", "/api/v1/session", { body })).status).toBe(status);
  });
});
