/** 紧急关屏, 维护, 报修 and the card, as they are asked for over HTTP. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Above } from "../../src/api/above.ts";
import { aboveRoutes } from "../../src/api/above-routes.ts";
import { createApi } from "../../src/api/index.ts";
import { limits } from "../../src/limits.ts";
import { boardCard } from "../../src/ledger/reports/index.ts";
import { qrRows } from "../../src/typeset/index.ts";
import { aboveOffice, callerOf, closeOffices, minute } from "../daemon/above-office.ts";
import { fakeOffice } from "./fake-office.ts";

const closing: (() => void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await closeOffices();
});

async function serve(roles: Parameters<typeof callerOf>[0]) {
  const office = await aboveOffice();
  const daemon = await office.run();
  const card: Above["card"] = (id) =>
    boardCard({
      ...{ office: "办事处", practice: false, id, name: "<b>大厅</b>", place: "门口", custodian: "老周", open: true },
      ...{ url: `https://192.0.2.7/#/b/${id}`, code: qrRows(`https://192.0.2.7/#/b/${id}`) },
    });
  const routes = aboveRoutes({ ...daemon.dark, ...daemon.maintenance, card });
  const doors = { callerOf: async () => callerOf(roles) };
  const server = createServer(createApi(fakeOffice, { webFolder: null, metrics: async () => "", doors, routes }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const post = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  return { ...office, daemon, url, post };
}

test("dark: who, why, what is known of each board; and back", async () => {
  const { post, url, time, readBack } = await serve(["operator"]);
  expect(await post("/dark", { boards: ["B1"], reason: " 错字 " })).toMatchObject({
    status: 200,
    body: { boards: [{ id: "B1", state: "waiting", reason: "错字", by: "张三", confirmedAt: null }] },
  });
  readBack.set("B1", time.now);
  const { boards } = (await (await fetch(`${url}/dark`)).json()) as { boards: unknown[] };
  expect(boards).toMatchObject([{ state: "confirmed", confirmedAt: "2017-11-06T00:30:00.000Z", darkBy: null }]);
  expect(await post("/dark/resume", { boards: "all", reason: "好了" })).toEqual({ status: 200, body: { boards: [] } });
  expect(await post("/dark/resume", { boards: "all", reason: "好了" })).toMatchObject({ status: 409 });
});

test.each([
  ["no reason", { boards: "all", reason: "   " }, 400],
  ["a reason as long as a book", { boards: "all", reason: "错".repeat(limits.switchReasonChars + 1) }, 400],
  ["half a character", { boards: "all", reason: "\ud83d" }, 400],
  ["no board", { boards: [], reason: "错" }, 400],
  ["all, misspelt", { boards: "al", reason: "错" }, 400],
  ["a board that there is not", { boards: ["B1", "B7"], reason: "错" }, 404],
  ["boards that are not said", { reason: "错字" }, 400],
])("%s: nothing goes dark", async (_, body, status) => {
  const { post, daemon } = await serve(["maker"]);
  expect((await post("/dark", body)).status).toBe(status);
  expect(daemon.delivered).toEqual([]);
});

test("a maker darkens and does not resume", async () => {
  const { post } = await serve(["maker"]);
  expect((await post("/dark", { boards: "all", reason: "错" })).status).toBe(200);
  expect((await post("/dark/resume", { boards: "all", reason: "好了" })).status).toBe(403);
});

test("maintenance: ten minutes unless said, at most an hour", async () => {
  const { post, daemon, time } = await serve(["operator"]);
  const begin = (body: object) => post("/boards/B1/maintenance", { pattern: "red", reason: "换模组", ...body });
  expect(await begin({})).toMatchObject({ status: 200, body: { boards: [{ id: "B1", pattern: "red" }] } });
  expect(daemon.switchboard.maintenanceUntil("B1")).toBe(time.now + 10 * minute);
  for (const minutes of [0, 61, 1.5, "5"]) expect((await begin({ minutes })).status).toBe(400);
  expect(await begin({ pattern: "blue" })).toMatchObject({ status: 422, body: { code: "board/pattern" } });
  expect(await post("/boards/B1/maintenance/end", {})).toEqual({ status: 200, body: { boards: [] } });
  expect((await post("/boards/B1/maintenance/end", {})).status).toBe(409);
});

test("a report stands until it is answered", async () => {
  const { post, url } = await serve(["operator"]);
  expect((await post("/boards/B1/report", { text: "" })).status).toBe(400);
  expect(await post("/boards/B1/report", { text: "不亮" })).toMatchObject({ status: 200, body: { number: 1 } });
  expect(await (await fetch(`${url}/reports`)).json()).toMatchObject([{ board: "B1", text: "不亮", by: "张三" }]);
  expect((await post("/boards/B1/report/2/done", { answer: "好了" })).status).toBe(404);
  expect((await post("/boards/B1/report/1/done", { answer: "好了" })).status).toBe(200);
  expect(await (await fetch(`${url}/reports`)).json()).toEqual([]);
});

test("the card holds its address as a code, runs nothing and takes no markup", async () => {
  const { url } = await serve(["auditor"]);
  const response = await fetch(`${url}/boards/B1/card`);
  expect(response.headers.get("content-type")).toContain("text/html");
  const text = await response.text();
  expect(text).not.toMatch(/<script|style=|<b>/);
  expect(text).toContain("&lt;b&gt;大厅");
  // The modules of the path are those of the code.
  const rows = qrRows("https://192.0.2.7/#/b/B1") ?? [];
  const dark = rows.map((row) => [...row].map(() => "."));
  for (const [, x, y, run] of text.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let at = 0; at < Number(run); at += 1) (dark[Number(y)] ?? [])[Number(x) + at] = "#";
  expect(dark.map((row) => row.join(""))).toEqual(rows);
});
