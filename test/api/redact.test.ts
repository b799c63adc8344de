/** Who is told how the panels are reached: over HTTP and in the preview. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createApi } from "../../src/api/index.ts";
import { seesLines, withoutLine } from "../../src/api/redact.ts";
import { type Fault, remedy, type Sentence, sentence } from "../../src/fault.ts";
import { allRoles, type Caller, nobody, type Role } from "../../src/people/index.ts";
import { attachPreview, type Preview } from "../../src/preview/server.ts";
import { plainContent } from "../../src/notices/draft.ts";
import type { NoticeSheetJson } from "../../src/api/notice-schemas.ts";
import type { NoticeSheet } from "../../src/api/office.ts";
import { listed } from "../listed.ts";
import { fakeOffice, hash, now } from "./fake-office.ts";

const [listedView] = (await listed(fakeOffice.notices(now))) as [NoticeSheet["view"]];

const where = "tcp 203.0.113.77:5005";
const secrets = [where, "203.0.113.77", "ECONNREFUSED", "127.0.0.1:5005"];
const faults: readonly Fault[] = [
  { code: "link/refused", board: "B1", where, detail: "connect ECONNREFUSED 203.0.113.77:5005" },
  { code: "link/lost", board: "B1", where, detail: "ECONNREFUSED" },
  { code: "link/no-answer", board: "B1", where, label: "STATUS" },
  { code: "wire/refused", board: "B1", label: "ACTIVATE", detail: `${where} says` },
];
const told = faults.map((fault) => ({ fault, at: 1 }));
const erased = "e".repeat(64);
const office: typeof fakeOffice = {
  ...fakeOffice,
  boards: () => fakeOffice.boards().map((view) => ({ ...view, facts: { ...view.facts, faults: told } })),
  preview: (lines = true) => {
    const shown = lines ? told : told.map((one) => ({ ...one, fault: withoutLine(one.fault) }));
    return { ...fakeOffice.preview(), boards: [{ id: "B1", facts: { faults: shown } }] } as never;
  },
  message: async (name) => (name === erased ? null : fakeOffice.message(name)),
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

describe("a line that is not there", () => {
  const words = (detail: string) => {
    const fault = { code: "link/refused", board: "B1", where, detail } as const;
    return [fault, withoutLine(fault)].map((one) => ({ what: sentence(one), todo: remedy(one) }));
  };
  const details = [
    "connect EHOSTUNREACH 203.0.113.77:5005",
    "ECONNREFUSED",
    "Error: No such file or directory, cannot open /dev/ttyUSB0",
    "no connection within 3000 ms",
    "closed by the other side",
    "Error: Cannot lock port",
    "?",
  ];
  it("is told to everybody in words, with what to do; the address and the system's own word to whoever looks after it", () => {
    const told = details.map((detail) => {
      const [all, little] = words(detail);
      expect(all?.what.zh).toContain(`${where}，${detail}`);
      for (const { what, todo } of [little] as { what: Sentence; todo: Sentence }[])
        for (const text of [what.zh, what.en, todo.zh, todo.en])
          expect(text).not.toMatch(/[…?]|\b[A-Z]{4,}|203\.0|tty|\d\d\d/);
      // The same trouble with the same way out of it, whoever reads.
      expect(all?.what.zh.startsWith(little?.what.zh ?? "?")).toBe(true);
      return little?.what.zh;
    });
    expect(new Set(told).size).toBe(details.length);
    expect(words("EHOSTUNREACH")[1]).toEqual({
      what: {
        zh: "B1：连不上：网上找不到这台设备",
        en: "B1 cannot be reached: there is no such device on the network",
      },
      todo: {
        zh: "系统会自动重连。请屏幕管理员看屏和控制卡的电源、网线；核对 IP 地址。",
        en: expect.stringMatching(/^It is being retried\. Ask an operator: Check/),
      },
    });
  });
  it("is not named at all in what is told of a refusal", () => {
    for (const fault of faults) expect(sentence(withoutLine(fault)).zh).not.toMatch(/（|“/);
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

describe("a notice's text and pixels", () => {
  const sheet = (differences: Partial<NoticeSheet>, view: Partial<NoticeSheet["view"]> = {}, personal?: true) => ({
    ...{
      view: { ...listedView, ...view },
      number: 1,
      publicSince: now - 1,
      rule: { zh: "\u5168\u5929", en: "all day" },
    },
    content: { ...plainContent, title: "a text", ...(personal && { personal }) },
    ...{ schedule: {} as never, signed: null, case: "2017-00001", pixels: [{ board: "B1", message: hash }] },
    ...differences,
  });
  const insiders = allRoles.filter((role) => role !== "contributor");
  const cases: readonly (readonly [string, NoticeSheet, readonly Role[]])[] = [
    ["on the boards", sheet({}), allRoles],
    ["not on them yet", sheet({ publicSince: now + 1 }), insiders],
    ["taken off them", sheet({}, { state: "withdrawn" }), insiders],
    ["over, with personal information", sheet({}, { until: now - 1 }, true), ["auditor", "signer"]],
    ["with personal information, on the boards", sheet({}, {}, true), allRoles],
  ];
  it.each(cases)("%s", async (_, told, readers) => {
    Object.assign(office, { notice: async () => told });
    for (const role of allRoles) {
      caller = as(role);
      const answer = (await (await fetch(`${url}/api/v1/notices/N01`)).json()) as NoticeSheetJson;
      const sees = readers.includes(role);
      const its = [answer.content?.title, answer.pixels.length, answer.withheld === null];
      expect([role, ...its]).toEqual([role, ...(sees ? ["a text", 1, true] : [undefined, 0, false])]);
      expect(answer.case).toBe(role === "contributor" ? null : "2017-00001");
    }
  });
  it("what nobody has signed is not there for those of other offices", async () => {
    Object.assign(office, { notice: async () => sheet({}, { state: "draft", displayable: false }) });
    for (const role of allRoles) {
      caller = as(role);
      const { status } = await fetch(`${url}/api/v1/notices/N01`);
      expect([role, status]).toEqual([role, role === "contributor" ? 404 : 200]);
    }
    Object.assign(office, { notice: async () => null });
    expect((await fetch(`${url}/api/v1/notices/N77`)).status).toBe(404);
  });
});

it("a posting place is no board that plays something, and is not called unknown", async () => {
  const cabinets = [{ id: "C1", name: "n", place: "p", paper: "A4" as const, custodian: "" }];
  Object.assign(office, { cabinets });
  caller = as("maker");
  const answer = await fetch(`${url}/api/v1/boards/C1/playlist`);
  expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("/api/v1/postings")]);
});

interface Problem {
  readonly mistakes: readonly { readonly what: { readonly zh: string } }[];
}

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
    // In words that a tile of the wall may say: a card may go round it yet.
    const said = async (path: string) => {
      const answer = await fetch(`${url}${path}`);
      return [answer.status, answer.ok ? "" : ((await answer.json()) as Problem).mistakes[0]?.what.zh];
    };
    expect(await said(message)).toEqual(sees ? [200, ""] : [403, expect.stringContaining("公开期已过")]);
    expect(await said(`/api/v1/messages/${erased}`)).toEqual([410, expect.stringContaining("已按期清除")]);
  });
});
