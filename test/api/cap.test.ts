/** Received warnings over HTTP: brought in, looked at, confirmed; what is wrong is answered with its place. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { capRoutes } from "../../src/api/cap-routes.ts";
import { createApi } from "../../src/api/index.ts";
import type { Office } from "../../src/api/office.ts";
import { limits } from "../../src/limits.ts";
import { files, keyFile, rain } from "../notices/cap/signing.ts";
import { type CapTown, openCapTown } from "../notices/cap/town.ts";
import { fakeOffice } from "./fake-office.ts";

let town: CapTown;
let url = "";
let who = "mo";
let close = () => {};
beforeEach(async () => {
  town = await openCapTown();
  const { review, cap } = town;
  who = "mo";
  const boards = () => review.parts.boards.map((config) => ({ config })) as unknown as ReturnType<Office["boards"]>;
  const routes = capRoutes({ ...fakeOffice, boards }, { ...cap, lit: () => null });
  const token = () => ({ ...review.caller("ope"), via: "token" as const, scopes: new Set([who.slice(6) as "cap"]) });
  const doors = { callerOf: async () => (who.startsWith("token:") ? token() : review.caller(who)) };
  const server = createServer(createApi(fakeOffice, { webFolder: null, metrics: async () => "", doors, routes }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(async () => {
  close();
  await town.review.close();
});

const ask = async (method: string, path: string, body?: unknown) => {
  const headers = { "content-type": typeof body === "string" ? "application/cap+xml" : "application/json" };
  const sent = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body: sent }) });
  const isPng = response.headers.get("content-type") === "image/png";
  // biome-ignore lint/suspicious/noExplicitAny: an answer as it travels.
  const answer: any = isPng ? Buffer.from(await response.arrayBuffer()) : await response.json();
  return { status: response.status, answer, headers: response.headers };
};

test("from the file to the boards, and once more is the same", async () => {
  const first = await ask("POST", "/cap", files.rain);
  expect(first).toMatchObject({
    status: 201,
    answer: { number: 1, state: "waiting", known: false, signature: "none" },
  });
  expect(await ask("POST", "/cap", files.rain)).toMatchObject({ status: 200, answer: { number: 1, known: true } });
  expect((await ask("GET", "/cap")).answer).toMatchObject([{ number: 1, expires: "2017-08-12T14:30:00.000Z" }]);
  const { answer: view } = await ask("GET", "/cap/1");
  expect(view.boards).toMatchObject([
    { id: "B1", reach: "line", proposed: true, pages: 1 },
    { id: "B2", reach: "line" },
    { id: "B8", reach: "line" },
    { id: "B9", reach: "by-hand", message: null, place: "门口", custodian: "P04" },
  ]);
  const page = await ask("GET", "/cap/1/boards/B1/1");
  expect(page.headers.get("x-boardcast-message")).toBe(view.boards[0].message);
  expect(page.answer.subarray(1, 4).toString()).toBe("PNG");
  const [{ id: board, message }] = view.boards;
  expect(await ask("POST", "/cap/1/confirm", { boards: [{ board, message }] })).toMatchObject({ status: 422 });
  who = "ope";
  expect(await ask("POST", "/cap/1/confirm", { boards: [{ board, message: "0".repeat(64) }] })).toMatchObject({
    status: 409,
  });
  expect(await ask("POST", "/cap/1/confirm", { boards: [{ board, message }] })).toMatchObject({
    status: 200,
    answer: { state: "taken", boards: ["B1"], decided: { by: "ope姓名" } },
  });
  expect(await ask("POST", "/cap/1/refuse", { reason: "晚了" })).toMatchObject({ status: 409 });
  expect(await ask("GET", "/cap/9")).toMatchObject({ status: 404 });
});

test("what is wrong, with its place; nothing but its row is kept", async () => {
  expect(await ask("POST", "/cap", rain({ status: "Test" }))).toMatchObject({
    status: 422,
    answer: { mistakes: [{ code: "warning/refused", what: { en: expect.stringContaining("alert.status") } }] },
  });
  expect(await ask("POST", "/cap", "")).toMatchObject({ status: 400 });
  expect((await ask("POST", "/cap", "x".repeat(limits.capBytes + 1))).status).toBe(413);
  expect((await ask("GET", "/cap")).answer).toEqual([]);
  expect(await town.actions()).toEqual(["warning/refused"]);
});

test("a token brings in if it is for that, and decides nothing", async () => {
  for (const scope of ["read", "draft", "alert"]) {
    who = `token:${scope}`;
    expect((await ask("POST", "/cap", files.rain)).status).toBe(403);
  }
  who = "token:cap";
  expect((await ask("POST", "/cap", files.rain)).status).toBe(201);
  expect((await ask("POST", "/cap/1/confirm", { boards: [] })).status).toBe(403);
  expect((await ask("GET", "/cap")).status).toBe(403);
});

test("senders: proposed by one, confirmed by another, removed", async () => {
  who = "adm";
  const { answer } = await ask("POST", "/cap-senders", { sender: "421200416", certificate: keyFile("rsa.crt") });
  const { sender, fingerprint } = answer;
  expect(answer).toMatchObject({ sender: "421200416", confirmed: null, proposed: { by: "adm姓名" } });
  expect((await ask("POST", "/cap-senders/confirm", { sender, fingerprint })).status).toBe(422);
  who = "sig";
  expect((await ask("POST", "/cap-senders/confirm", { sender, fingerprint })).answer.confirmed.by).toBe("sig姓名");
  who = "mai";
  expect((await ask("POST", "/cap-senders/remove", { sender, fingerprint, reason: "停用" })).status).toBe(200);
  expect((await ask("GET", "/cap-senders")).answer).toEqual([]);
});

test("what ends another sender's warning is shown, and confirmed by who says that they saw it", async () => {
  await ask("POST", "/cap", files.rain);
  await ask(
    "POST",
    "/cap",
    rain({ sender: "met@b", identifier: "C1" }, files.cancel).replace(/<info>[\s\S]*<\/info>/, ""),
  );
  const { answer } = await ask("GET", "/cap/2");
  expect(answer.references).toMatchObject([{ sender: "421200416", another: true, found: [{ number: 1 }] }]);
  who = "ope";
  expect(await ask("POST", "/cap/2/confirm", { boards: [] })).toMatchObject({
    status: 422,
    answer: { mistakes: [{ code: "warning/another-sender" }] },
  });
  expect((await ask("POST", "/cap/2/confirm", { boards: [], anotherSender: true })).status).toBe(200);
});
