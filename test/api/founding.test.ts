/** 建立本单位的系统 over HTTP: who may, what is asked for, and that the answer goes out before the daemon starts anew. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Founding, FoundingWish } from "../../src/api/founding.ts";
import { foundingRoutes } from "../../src/api/founding-routes.ts";
import { createApi } from "../../src/api/index.ts";
import type { SiteFault } from "../../src/config/site-file-error.ts";
import { type Fault, remedy, sentence } from "../../src/fault.ts";
import { fakeOffice } from "./fake-office.ts";

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const account = { name: "韩敏", login: "hanmin", password: "a pond, a heron, a plank" };
const wish = { office: "青石港街道办事处", review: "two", account };

async function open(
  effect: Founding["effect"] = "itself",
  faults: readonly SiteFault[] = [],
  against: Fault | null = null,
) {
  const [wishes, begun]: [FoundingWish[], string[]] = [[], []];
  const founding: Founding = {
    effect,
    hindrance: () => against,
    found(asked) {
      wishes.push(asked);
      return faults;
    },
    // As a daemon that starts anew: whoever has not been answered by then is not.
    begin() {
      begun.push(effect);
      server.closeAllConnections();
    },
  };
  const routes = foundingRoutes(founding);
  const server = createServer(createApi(fakeOffice, { webFolder: null, metrics: async () => "", routes }));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  ends.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/office`, {
      ...{ method: "POST", body: JSON.stringify(body) },
      headers: { "content-type": "application/json", connection: "close", ...headers },
    });
    return [answer.status, await answer.json()] as const;
  };
  const hindrance = async (headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/office/hindrance`, { headers });
    return ((await answer.json()) as { hindrance: unknown }).hindrance;
  };
  return { post, hindrance, wishes, begun };
}

test("what is left out is an office's of China; it is answered, and only then the daemon starts anew", async () => {
  for (const effect of ["itself", "restart"] as const) {
    const { post, wishes, begun } = await open(effect);
    expect(await post(wish)).toEqual([201, { file: "boardcast.yaml", effect }]);
    expect(wishes).toEqual([{ ...wish, calendar: "state-council", zone: "Asia/Shanghai" }]);
    await expect.poll(() => begun, { interval: 5 }).toEqual([effect]);
  }
});

test("what is wrong with it is told by place, all of it, and nothing begins", async () => {
  const fault = (zh: string): SiteFault => ({
    ...{ code: "config/invalid", file: "boardcast.yaml", line: 5, column: 7 },
    ...{ what: { zh, en: zh }, remedy: { zh: "改", en: "mend" } },
  });
  const { post, begun } = await open("itself", [fault("时区"), fault("单位")]);
  const [status, said] = await post(wish);
  const mistakes = (said as { mistakes: { where: string; what: { zh: string } }[] }).mistakes;
  expect([status, mistakes.map(({ where, what }) => `${where} ${what.zh}`)]).toEqual([
    422,
    ["body office 时区", "body office 单位"],
  ]);
  expect(begun).toEqual([]);
});

test("from afar, without an account that signs, or with one where nobody does, nobody is asked", async () => {
  const { post, wishes } = await open();
  expect((await post(wish, { "X-Forwarded-For": "192.0.2.9" }))[0]).toBe(403);
  for (const one of [
    { ...wish, account: null },
    { ...wish, review: "none" },
    { ...wish, office: " " },
    { ...wish, review: "four" },
  ])
    expect((await post(one))[0], JSON.stringify(one)).toBe(400);
  expect(wishes).toEqual([]);
  expect((await post({ ...wish, review: "none", account: null }))[0]).toBe(201);
});

test("what keeps it from beginning is said before anything is filled in: what, why and what to do; from afar, that it is from afar", async () => {
  expect(await (await open()).hindrance()).toBeNull();
  const told = (fault: Fault) => ({ code: fault.code, what: sentence(fault), remedy: remedy(fault) });
  const chosen = { code: "installation/chosen" } as const;
  const { hindrance, wishes } = await open("itself", [], chosen);
  expect(await hindrance()).toEqual(told(chosen));
  expect(await hindrance({ "X-Forwarded-For": "192.0.2.9" })).toEqual(told({ code: "installation/from-afar" }));
  expect(wishes).toEqual([]);
});
