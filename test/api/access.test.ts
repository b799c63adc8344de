/** Every route × whoever may ask: what the router really has, against a table written by hand. */
import { Agent, createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createApi, createDoors, serviceRoutes, type Services } from "../../src/api/index.ts";
import type { Route } from "../../src/api/route.ts";
import { routes } from "../../src/api/routes.ts";
import { allRoles, type Mode, type Scope } from "../../src/people/index.ts";
import { good, type House, hour, openHouse, visit } from "../people/house.ts";
import { table } from "./access-table.ts";
import { fakeOffice } from "./fake-office.ts";

/** Stands for whatever a route is made from: none of them is reached here. */
const anything: unknown = new Proxy(() => {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : anything),
  apply: () => anything,
});
const services = new Proxy({}, { get: () => anything }) as Services;
const list: readonly Route[] = [...routes(fakeOffice, async () => ""), ...serviceRoutes(fakeOffice, services)];
const nameOf = ({ method = "get", path }: Route) => `${method.toUpperCase()} ${path}`;
/** Answers 204 to whoever is let in, whatever it is asked. */
const hollow = list.map((route): Route => {
  const { body, ...rest } = route;
  const open = z.looseObject({});
  return { ...rest, params: open, query: open, answer: (_, response) => void response.status(204).end() };
});

interface Who {
  readonly name: string;
  readonly roles: readonly string[];
  readonly via: "session" | "token" | "console" | "visitor" | "practice visitor" | "first visitor" | "local";
  readonly scope?: Scope;
  readonly headers: Record<string, string>;
  readonly url: string;
}

function expected(row: string, method: string, { via, roles, scope }: Who): number {
  const [first = "", ...rest] = row.split(" ");
  const tokenScope = rest.find((word) => word.startsWith("token:"))?.slice(6) ?? (method === "GET" ? "read" : "none");
  const wanted = [first, ...rest].filter((word) => !word.startsWith("token:"));
  if (first === "anyone") return 204;
  if (via === "token" && scope !== tokenScope) return 403;
  if (first === "reader") return via === "visitor" ? 401 : 204;
  const stranger = ["visitor", "practice visitor", "first visitor"].includes(via);
  if (first === "account") return stranger ? 401 : via === "console" ? 403 : 204;
  if (wanted.some((role) => roles.includes(role)) || (via === "console" && wanted.includes("console"))) return 204;
  return stranger ? 401 : 403;
}

const houses: House[] = [];
const closing: (() => void)[] = [];
const everyone: Who[] = [];
let withoutCsrf: Who;

async function serveHouse(mode: Mode) {
  const house = await openHouse(mode);
  houses.push(house);
  const doors = createDoors({ people: house.people, consoleKey: "k".repeat(43) });
  // The reading ones are mounted by `createApi` itself: their hollow twins stand at paths of their own.
  const twins = hollow.map((route) => ({ ...route, path: `/twin${route.path}` }));
  const app = createApi(fakeOffice, { webFolder: null, metrics: async () => "", doors, routes: twins });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { house, app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

beforeAll(async () => {
  const real = await serveHouse("real");
  const { people } = real.house;
  const first = await serveHouse("real");
  const practice = await serveHouse("practice");
  const alone = await serveHouse("alone");
  const key = { authorization: `Bearer ${"k".repeat(43)}` };
  everyone.push(
    { name: "visitor", roles: [], via: "visitor", headers: {}, url: real.url },
    { name: "visitor before set-up", roles: [], via: "first visitor", headers: {}, url: first.url },
    // Through a proxy it is not this computer that asks.
    { name: "forwarded", roles: [], via: "visitor", headers: { "x-forwarded-for": "192.0.2.9" }, url: first.url },
    { name: "forwarded alone", roles: [], via: "visitor", headers: { "x-forwarded-for": "::1" }, url: alone.url },
    // Practice data are for looking at: like an auditor, signed in or not.
    { name: "practice visitor", roles: ["auditor"], via: "practice visitor", headers: {}, url: practice.url },
    { name: "console", roles: ["auditor"], via: "console", headers: key, url: real.url },
    {
      name: "review: none",
      roles: allRoles.filter((role) => role !== "auditor"),
      via: "local",
      headers: {},
      url: alone.url,
    },
  );
  const cookies = async (login: string) => {
    const { secret } = await people.sessions.signIn(login, good, visit());
    return { cookie: `boardcast_session=${secret}`, "x-boardcast-csrf": people.keeper.csrfOf(secret) };
  };
  for (const role of allRoles) {
    await real.house.settle(role, [role], { unit: "民政办" });
    everyone.push({ name: role, roles: [role], via: "session", headers: await cookies(role), url: real.url });
  }
  const both = await real.house.settle("both", ["maker", "operator"]);
  const signer = await real.house.store.people.accountByLogin("signer");
  const span = { from: real.house.time.board, until: real.house.time.board + hour };
  await people.deputies.add("system", { of: signer?.id ?? "", deputy: both.id, role: "signer", ...span });
  const roles = ["maker", "operator", "signer"];
  everyone.push({ name: "deputy", roles, via: "session", headers: await cookies("both"), url: real.url });
  const { cookie } = await cookies("both");
  withoutCsrf = { name: "without csrf", roles, via: "session", headers: { cookie }, url: real.url };
  for (const scope of ["read", "draft", "alert", "cap", "show"] as const) {
    const scopes: readonly Scope[] = scope === "show" ? ["show:B4"] : [scope];
    const wish = { name: scope, scopes, expiresAt: real.house.time.wall + hour };
    const { secret } = await people.tokens.add(both.id, wish);
    const headers = { authorization: `Bearer ${secret}` };
    everyone.push({ name: `token:${scope}`, roles, via: "token", scope, headers, url: real.url });
  }
});
afterAll(async () => {
  lines.destroy();
  for (const close of closing) close();
  for (const house of houses) await house.close();
});

const lines = new Agent({ keepAlive: true });
function statusOf(who: Who, method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = ask(`${who.url}${path}`, { method, headers: who.headers, agent: lines }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}
const asked = (path: string) => `/twin${path.replaceAll(/\{\w+\}/g, "1")}`;

it("every route has its line, and every line its route", () => {
  expect(
    list.map(nameOf).filter((name) => table[name] === undefined),
    "add a line to access-table.ts",
  ).toEqual([]);
  const names = new Set(list.map(nameOf));
  expect(
    Object.keys(table).filter((name) => !names.has(name)),
    "take the line out",
  ).toEqual([]);
});

it("the router has no other routes than the list says", async () => {
  const app = createApi(fakeOffice, {
    webFolder: null,
    metrics: async () => "",
    routes: serviceRoutes(fakeOffice, services),
  });
  const layers = app.router.stack as { route?: { path: string; stack: { method?: string }[] } }[];
  const mounted = layers.flatMap(({ route }) =>
    // The document of all of them, for anyone, answers what else it is asked with 405.
    route === undefined || route.path === "/api/v1/openapi.json"
      ? []
      : route.stack.flatMap(({ method }) => (method === undefined ? [] : [`${method.toUpperCase()} ${route.path}`])),
  );
  const listed = list.map((route) => nameOf(route).replaceAll(/\{(\w+)\}/g, ":$1"));
  expect([...new Set(mounted)].sort()).toEqual([...listed].sort());
  expect(new Set(listed).size).toBe(listed.length);
});

describe.each(list.map((route) => [nameOf(route), route] as const))("%s", (name, { method = "get", path }) => {
  it("lets in whom it should", async () => {
    const row = table[name] ?? "";
    const upper = method.toUpperCase();
    const found: Record<string, number> = {};
    const wanted: Record<string, number> = {};
    const statuses = await Promise.all(everyone.map((who) => statusOf(who, upper, asked(path))));
    for (const [index, who] of everyone.entries()) {
      found[who.name] = statuses[index] ?? 0;
      wanted[who.name] = expected(row, upper, who);
    }
    // A page of elsewhere rides on the cookie, but not with the session's own word: what it may change is what anyone may.
    found["without csrf"] = await statusOf(withoutCsrf, upper, asked(path));
    wanted["without csrf"] = upper === "GET" || row === "anyone" ? expected(row, upper, withoutCsrf) : 403;
    expect(found).toEqual(wanted);
  });
});

it("an auditor changes nothing", () => {
  const own = /^\w+ \/api\/v1\/(session|sessions\/\{id\}|password)$/;
  const changing = Object.entries(table).filter(
    ([name, row]) => !name.startsWith("GET") && !own.test(name) && row !== "anyone",
  );
  // How a text would fit, when a rule begins, and what a look at the ledger is to be compared with are POSTs for their bodies alone. What is broken anybody may report who sees it.
  const open = changing.filter(([, row]) => /auditor|account|reader/.test(row)).map(([name]) => name);
  expect(open).toEqual([
    ...["POST /api/v1/next-starts", "POST /api/v1/drafts", "POST /api/v1/boards/{id}/report"],
    "POST /api/v1/ledger/check",
  ]);
});
