/** Who is told how the panels are reached: over HTTP and in the preview. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createApi } from "../../src/api/index.ts";
import { seesLines, withoutLine } from "../../src/api/redact.ts";
import type { Fault } from "../../src/fault.ts";
import { allRoles, type Caller, nobody, type Role } from "../../src/people/index.ts";
import { attachPreview, type Preview } from "../../src/preview/server.ts";
import { fakeOffice, hash } from "./fake-office.ts";

const where = "tcp 203.0.113.77:5005";
const secrets = [where, "203.0.113.77", "ECONNREFUSED", "127.0.0.1:5005"];
const faults: readonly Fault[] = [
  { code: "link/refused", board: "B1", where, detail: "ECONNREFUSED" },
  { code: "link/lost", board: "B1", where, detail: "ECONNREFUSED" },
  { code: "link/no-answer", board: "B1", where, label: "STATUS" },
  { code: "wire/refused", board: "B1", label: "ACTIVATE", detail: `${where} says` },
];
const told = faults.map((fault) => ({ fault, at: 1 }));
const office: typeof fakeOffice = {
  ...fakeOffice,
  boards: () => fakeOffice.boards().map((view) => ({ ...view, facts: { ...view.facts, faults: told } })),
  preview: (lines = true) => {
    const shown = lines ? told : told.map((one) => ({ ...one, fault: withoutLine(one.fault) }));
    return { ...fakeOffice.preview(), boards: [{ id: "B1", facts: { faults: shown } }] } as never;
  },
  personalPast: async () => true,
  personalThen: async () => true,
};

const as = (...roles: Role[]): Caller => ({
  ...nobody,
  account: "a",
  via: "session",
  reads: true,
  roles: new Set(roles),
});
let caller: Caller = nobody;
let url = "";
let preview: Preview;
const listeners = new Set<() => void>();
const server = createServer(
  createApi(office, { webFolder: null, metrics: async () => "", doors: { callerOf: async () => caller } }),
);
beforeAll(async () => {
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const seen = (header: unknown) => String(header).split(",") as Role[];
  preview = attachPreview(
    server,
    { ...office, onChange },
    { turned: () => null, seesLines: ({ headers }) => seesLines(as(...seen(headers["x-roles"]))), perSecond: 1000 },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await preview.close();
  server.closeAllConnections();
  server.close();
});

const caretakers: readonly Role[] = ["operator", "administrator", "auditor"];

describe.each(allRoles)("%s", (role) => {
  const sees = caretakers.includes(role);
  it(`${sees ? "is" : "is not"} told addresses, and always what is wrong`, async () => {
    caller = as(role);
    for (const path of ["/api/v1/boards", "/api/v1/boards/B1"]) {
      const text = await (await fetch(`${url}${path}`)).text();
      expect(secrets.filter((secret) => text.includes(secret))).toEqual(sees ? secrets : []);
      for (const { code } of faults) expect(text).toContain(code);
    }
  });
  it("the same in the preview, first and later", async () => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/preview`, { headers: { "x-roles": role } });
    const states: string[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("message", (data) => {
        states.push(String(data));
        if (states.length === 2) resolve();
        else for (const listener of listeners) listener();
      });
    });
    socket.terminate();
    for (const state of states) {
      expect(state.includes("203.0.113.77")).toBe(sees);
      expect(state).toContain("link/refused");
    }
  });
});

describe("what is for anyone is no more than signing in needs", () => {
  const keysOf = async (path: string) => Object.keys((await (await fetch(`${url}${path}`)).json()) as object).sort();
  it("the office's name and clocks; whether it is well; nothing of boards", async () => {
    caller = nobody;
    expect(await keysOf("/api/v1/office")).toEqual(["clockId", "name", "now", "practice", "zone"]);
    expect(await keysOf("/healthz")).toEqual(["ok"]);
    for (const path of ["/metrics", "/api/v1/boards", "/api/v1/notices", "/api/v1/boards/B1/frame.png"])
      expect((await fetch(`${url}${path}`)).status).toBe(401);
    caller = as("maker");
    expect(await keysOf("/healthz")).toEqual(["boards", "clock", "confirmed", "faults", "ledger", "ok"]);
  });
});

describe("pictures of the past with personal information", () => {
  const message = `/api/v1/messages/${hash}`;
  const paths = ["/api/v1/boards/B1/frame.png", "/api/v1/boards/B1/frame.txt", message];
  it.each(allRoles)("%s", async (role) => {
    caller = as(role);
    const sees = role === "auditor" || role === "signer";
    for (const path of paths) {
      const { status } = await fetch(`${url}${path}`);
      expect([path, status]).toEqual([path, sees ? 200 : 403]);
    }
  });
});
