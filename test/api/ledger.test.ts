/** The ledger's routes: who reads what, streams that are bounded and whole, and exports that are on record themselves. */
import type { LinkHealthJson } from "../../src/api/health-schemas.ts";
import { healthOf } from "../../src/ledger/health.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseSheets, ExportOf, LedgerOffice, Span } from "../../src/api/ledger.ts";
import { caseSheetRoutes } from "../../src/api/case-sheet-routes.ts";
import { ledgerRoutes } from "../../src/api/ledger-routes.ts";
import { checkSchema } from "../../src/api/check-schemas.ts";
import { formSchema, monthSchema, rowSchema, searchSchema } from "../../src/api/ledger-schemas.ts";
import { registerReaders } from "../../src/api/sheets.ts";
import type { Doors } from "../../src/api/doors.ts";
import { sheetStyle } from "../../src/ledger/reports/index.ts";
import type { Caller, Role } from "../../src/people/types.ts";
import { nobody } from "../../src/people/types.ts";
import { fakeOffice, frameOf, boards, now, serve } from "./fake-office.ts";

const asked: { of: ExportOf | string; span: Span | null; caller: string | null }[] = [];
let reads = 0;
/** Pieces that are counted as they are read. */
async function* pieces(count: number, fails = false) {
  for (let piece = 0; piece < count; piece++) {
    reads++;
    yield `${piece}`.padEnd(1023, ".").concat("\n");
  }
  if (fails) throw new Error("the disk is gone");
}

const row = {
  chain: "register",
  seq: 1,
  boardAt: now,
  wallAt: now,
  by: "a1",
  action: "notice/added",
  subject: "N1",
  data: { number: 1 },
  hash: "0".repeat(64),
} as const;

const said = { zh: "应显示", en: "told" };
const checked = { state: "never", at: null, rows: 0, of: 9, result: null } as const;
const ledger: LedgerOffice = {
  style: sheetStyle,
  async was(board, at, caller) {
    const why = { zh: "含个人信息", en: "personal" };
    const picture = caller.roles.has("operator")
      ? { status: 403 as const, why }
      : { frame: frameOf(boards[0]?.shape as never) };
    return {
      board,
      at,
      said,
      logFrom: null,
      told: null,
      dark: false,
      confirmed: { state: "unknown", from: null, to: null, said },
      message: null,
      notices: [],
      picture,
    };
  },
  health: async (board, window) =>
    board === "B2" ? null : healthOf(window, { rows: [], open: null, down: [], now: window.until }),
  rows: async (chain, after) => (after === 0 ? [{ ...row, chain }] : []),
  lastRows: async (chain, before, most) => [{ ...row, chain, subject: `last ${most} before ${before}` }],
  async search({ words, person, board, from }, before, most) {
    const subject = [words, person, board, from, before, most].join(" ");
    return { rows: [{ ...row, subject, what: said, who: said }], before: 7 };
  },
  check: {
    view: () => checked,
    begin: async (checkpoints) => ({ ...checked, state: "running", rows: checkpoints.length }),
  },
  rowsOf: async (chain, subject, after) => [{ ...row, chain, subject: `of ${subject} after ${after}` }],
  async export(of, span, caller) {
    asked.push({ of, span, caller: caller.account });
    if (span.from === 1_000_000_000_000) return null;
    return pieces(span.from === 1_000_000_000_001 ? 100_000 : 300, span.from === 1_000_000_000_002);
  },
  async month(month, caller) {
    asked.push({ of: month, span: null, caller: caller.account });
    return pieces(2);
  },
  async monthData() {
    const all = { unit: "合计", items: 1, dated: 1, late: 1, lagged: 1, lagDays: 9 };
    const item = { title: "通知", unit: "民政办", formedOn: "2017-12-01", shownOn: "2017-12-29", dueOn: "2017-12-22" };
    const foot = { seq: 3, hash: "0".repeat(64), checkpoint: null };
    const totals = { units: [{ ...all, unit: "民政办" }], all };
    return { totals, items: [{ ...item, lagDays: 9, late: true }], boards: [], notes: [], foot };
  },
};
const sheets: CaseSheets = {
  async formData(notice, number) {
    if (number !== 1) return null;
    const words = { form: "BM2017-001", title: "通知", body: "明天停水。", signature: "", unit: "", carrier: "" };
    const kinds = {
      category: "通知",
      openness: "主动公开",
      opennessReason: null,
      fiveOpen: null,
      source: "",
      rule: "",
    };
    const steps = [{ step: "submitted", name: "甲", instead: null, at: now, words: "" }];
    const made = { answers: {}, steps, revision: "0".repeat(64), pixels: [{ board: "B1", message: "1".repeat(64) }] };
    const form = { notice, number, ...words, ...kinds, from: now, until: now + 1, ...made };
    return { form, boards: [], foot: { seq: 3, hash: "0".repeat(64), checkpoint: null } };
  },
  form: async (_, number) => (number === 1 ? pieces(1) : null),
  page: async ({ page }, { roles }) =>
    page === 2 && !roles.has("signer")
      ? { status: 403 as const, why: { zh: "含个人信息", en: "personal" } }
      : page === 0
        ? {
            bitmap: {
              width: 8,
              height: 2,
              format: "mono1",
              pixels: Uint8Array.of(0b10101010, 255),
              palette: new Uint8Array(0),
            },
            ledColour: "#ff0000",
          }
        : null,
};

/** Whoever the header names. */
const doors: Doors = {
  async callerOf({ headers }): Promise<Caller> {
    const role = headers["x-role"];
    if (role === undefined) return nobody;
    if (role === "console") return { ...nobody, via: "console", reads: true };
    return { ...nobody, account: "a1", name: "甲", roles: new Set([role as Role]), via: "session", reads: true };
  },
};
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  const routes = [...ledgerRoutes(fakeOffice, ledger), ...caseSheetRoutes(sheets)];
  server = await serve({ doors, routes });
});
afterAll(() => server.close());
const get = (path: string, role = "auditor", init: RequestInit = {}) =>
  server.get(`/api/v1/${path}`, { ...init, headers: { "x-role": role, "content-type": "application/json" } });

const registerPaths = [
  "ledger/register",
  "ledger/search",
  "ledger/check",
  "ledger/register.csv",
  "ledger/register.jsonl",
  "ledger/sheet.csv",
  "ledger/sheet.html",
  "ledger/month.html?month=2017-12",
  "ledger/month?month=2017-12",
  "cases/N1/1/form.html",
  "cases/N1/1/form",
  "cases/N1/1/pages/B1/0",
];
const playPaths = [
  ...["ledger/play", "ledger/play.csv", "ledger/play.jsonl"],
  ...["boards/B1/was", "boards/B1/was.png", "boards/B1/health"],
];
const roles: readonly Role[] = ["contributor", "maker", "reviewer", "signer", "operator", "auditor", "administrator"];

test("the newest rows, those before one, and those of one notice: as the ledger is asked", async () => {
  const subjects = async (query: string) =>
    ((await (await get(`ledger/register?${query}`)).json()) as { subject: string }[]).map(({ subject }) => subject);
  expect(await subjects("before=0&most=5")).toEqual(["last 5 before null"]);
  expect(await subjects("before=40")).toEqual(["last 100 before 40"]);
  expect(await subjects("subject=N05&after=7")).toEqual(["of N05 after 7"]);
});

test("a search is handed on as it was typed, and says where to go on; a look at the ledger is joined by who asks", async () => {
  const query = new URLSearchParams({ words: " N05 ", person: "甲", board: "B3", from: "2017-12-01", before: "9" });
  const body = (await (await get(`ledger/search?${query}`)).json()) as { rows: object[]; before: number };
  const from = Date.parse("2017-12-01T00:00+08:00");
  expect(body).toMatchObject({ rows: [{ subject: `N05 甲 B3 ${from} 9 50`, what: said, who: said }], before: 7 });
  expect(searchSchema.safeParse(body).error).toBeUndefined();
  expect((await get("ledger/search?most=201")).status).toBe(400);
  expect((await get("ledger/search?until=2017-12-01&from=2017-12-02")).status).toBe(400);
  const begun = await get("ledger/check", "auditor", {
    method: "POST",
    body: JSON.stringify({ checkpoints: "BCR1" }),
  });
  expect(checkSchema.parse(await begun.json())).toMatchObject({ state: "running", rows: 4 });
});

test("a board's link over a time: bounded, and of a board that there is", async () => {
  const status = async (path: string) => (await get(path)).status;
  const health = (await (await get("boards/B1/health?from=2017-12-04&until=2017-12-05")).json()) as LinkHealthJson;
  expect(health).toMatchObject({ board: "B1", from: "2017-12-03T16:00:00.000Z", share: null, last: [] });
  expect(await status("boards/B1/health?from=2017-11-01&until=2017-12-05")).toBe(422);
  expect(await status("boards/B1/health?from=2017-12-05&until=2017-12-04")).toBe(400);
  expect(await status("boards/B2/health")).toBe(422);
  expect(await status("boards/B99/health")).toBe(404);
});

describe("who reads", () => {
  test.each(registerPaths)("%s: those who answer for it, and the console", async (path) => {
    for (const role of roles)
      expect((await get(path, role)).status, role).toBe(registerReaders.includes(role) ? 200 : 403);
    expect((await get(path, "console")).status).toBe(200);
    expect((await server.get(`/api/v1/${path}`)).status).toBe(401);
  });

  test.each(playPaths)("%s: every reader", async (path) => {
    // Pictures of personal notices are refused by who holds them, with the reason.
    for (const role of roles)
      expect((await get(path, role)).status, role).toBe(path.endsWith("png") && role === "operator" ? 403 : 200);
    expect((await server.get(`/api/v1/${path}`)).status).toBe(401);
  });

  test("the stylesheet is for the page's own files: anybody", async () => {
    const response = await server.get("/api/v1/ledger/sheet.css");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
    expect(await response.text()).toBe(sheetStyle);
  });
});

describe("exports", () => {
  test("are whole, named, and asked for in whose name", async () => {
    asked.length = 0;
    const response = await get("ledger/register.csv?from=2017-12-01&until=2018-01-01");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="register.csv"');
    const text = await response.text();
    expect(text).toHaveLength(300 * 1024);
    expect(text.split("\n").slice(0, -1).map(Number.parseFloat)).toEqual(Array.from({ length: 300 }, (_, at) => at));
    const span = { from: Date.parse("2017-12-01T00:00+08:00"), until: Date.parse("2018-01-01T00:00+08:00") };
    expect(asked).toEqual([{ of: { chain: "register", form: "rows", format: "csv" }, span, caller: "a1" }]);
  });

  test("a head alone exports nothing, and so is not on record", async () => {
    asked.length = 0;
    expect((await get("ledger/play.jsonl", "auditor", { method: "HEAD" })).status).toBe(200);
    expect(asked).toEqual([]);
  });

  test("whoever goes away in the middle ends the reading", async () => {
    reads = 0;
    const away = new AbortController();
    const response = await get("ledger/play.csv?from=1000000000001", "auditor", { signal: away.signal });
    await response.body?.getReader().read();
    away.abort();
    let before = -1;
    // Quiet: no more is read in a turn of the loop than before.
    for (let quiet = 0; quiet < 50; quiet = before === reads ? quiet + 1 : 0) {
      before = reads;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(reads).toBeLessThan(100_000);
  });

  test("half an export does not look like a whole one", async () => {
    const response = await get("ledger/register.jsonl?from=1000000000002");
    await expect(response.text()).rejects.toThrow();
  });

  test("more than a sheet holds, an empty time, and no month are refused in words", async () => {
    expect((await get("ledger/sheet.html?from=1000000000000")).status).toBe(422);
    expect((await get("ledger/sheet.html?from=2018-01-01&until=2017-01-01")).status).toBe(400);
    expect((await get("ledger/month.html?month=2017-13")).status).toBe(400);
    expect((await get("ledger/month.html")).status).toBe(400);
  });

  test("a sheet is a page under the policy of all pages", async () => {
    const response = await get("ledger/sheet.html");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("style-src 'self'");
    expect(response.headers.get("content-disposition")).toBeNull();
  });
});

test("rows come as they are described, after the one that is there already", async () => {
  const rows = (await (await get("ledger/play?most=5")).json()) as unknown[];
  expect(rows.map((one) => rowSchema.parse(one))).toHaveLength(1);
  expect(await (await get("ledger/play?after=1")).json()).toEqual([]);
  expect((await get("ledger/play?most=1001")).status).toBe(400);
});

test("a case's form and its pages; those that are not there", async () => {
  expect((await get("cases/N1/2/form.html")).status).toBe(404);
  expect((await get("cases/N1/1/pages/B1/1")).status).toBe(404);
  const refused = await get("cases/N1/1/pages/B1/2", "maker");
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("含个人信息")]);
  const png = await get("cases/N1/1/pages/B1/0?scale=4");
  expect(png.headers.get("content-type")).toBe("image/png");
});

test("a month and a form are data as well: what the page shows, anybody's program reads", async () => {
  const month = monthSchema.parse(await (await get("ledger/month?month=2017-12")).json());
  expect(month).toMatchObject({ all: { items: 1, late: 1 }, items: [{ shownOn: "2017-12-29" }], foot: { seq: 3 } });
  expect((await get("ledger/month?month=2017-13")).status).toBe(400);
  const form = formSchema.parse(await (await get("cases/N1/1/form")).json());
  expect(form.form).toMatchObject({ form: "BM2017-001", steps: [{ at: new Date(now).toISOString() }] });
  expect((await get("cases/N1/2/form")).status).toBe(404);
});
