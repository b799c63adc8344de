/** What another process has written is in the next answer, and holds up nobody who darkens a board. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createApi } from "../../src/api/create-api.ts";
import { route } from "../../src/api/route.ts";
import { createCatchUp } from "../../src/daemon/catch-up.ts";
import { openStore } from "../../src/store/index.ts";
import { fakeOffice } from "../api/fake-office.ts";
import { importRecords, keyIn, practice, record, scratch } from "../store/small-office.ts";

let server: Server | null = null;
let place: ReturnType<typeof scratch>;
beforeEach(() => {
  place = scratch();
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  place.remove();
});

const json = { type: "application/json", schema: z.unknown(), description: "" };
const nothing = z.strictObject({});

async function serve(catchUp: () => Promise<void>, answer: () => unknown): Promise<string> {
  const common = { params: nothing, query: nothing, output: json, failures: [], summary: "" };
  const said = { answer: (_: unknown, response: { json(body: unknown): unknown }) => void response.json(answer()) };
  const routes = [
    route({ ...common, ...said, path: "/api/v1/read", access: "reader" }),
    route({ ...common, ...said, path: "/api/v1/act", access: "reader", method: "post", body: nothing }),
    route({ ...common, ...said, path: "/api/v1/there", access: "anyone" }),
  ];
  server = createServer(createApi(fakeOffice, { webFolder: null, metrics: async () => "", routes, catchUp }));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}

test("an import by another connection is in the very next answer", async () => {
  const store = await openStore(place.folder);
  const other = await openStore(place.folder);
  let known: readonly string[] = [];
  const readAll = async () => {
    known = (await store.notices.list()).records.map(({ id }) => id);
  };
  const seen = await store.version();
  await readAll();
  let reads = 0;
  const catchUp = createCatchUp(
    {
      version: () => store.version(),
      written: async () => {
        reads++;
        await readAll();
      },
    },
    seen,
  );
  const url = await serve(catchUp, () => known);
  const read = async () => (await fetch(`${url}/read`)).json();
  expect(await read()).toEqual([]);
  expect(reads).toBe(0);
  await importRecords(other, keyIn(place.folder), [record("a")], practice);
  expect(await Promise.all([read(), read()])).toEqual([["a"], ["a"]]);
  expect(reads).toBe(1);
  await read();
  expect(reads).toBe(1);
  await other.close();
  await store.close();
});

test("what is written while it reads is read before whoever asks then is answered", async () => {
  let version = 1;
  let inside: () => void = () => {};
  const seen: number[] = [];
  const catchUp = createCatchUp(
    {
      version: async () => version,
      async written() {
        const mine = version;
        await new Promise<void>((resolve) => {
          inside = resolve;
        });
        seen.push(mine);
      },
    },
    0,
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const first = catchUp();
  await turn();
  version = 2;
  const second = catchUp();
  await turn();
  inside();
  await first;
  expect(seen).toEqual([1]);
  await turn();
  inside();
  await second;
  expect(seen).toEqual([1, 2]);
});

test("nobody who acts waits for it, nor who only asks whether somebody is there; a failure is no answer's end", async () => {
  let asked = 0;
  const url = await serve(
    async () => {
      asked++;
      throw new Error("locked");
    },
    () => "old",
  );
  const headers = { "content-type": "application/json" };
  await fetch(`${url}/act`, { method: "POST", headers, body: "{}" });
  await fetch(`${url}/there`);
  expect(asked).toBe(0);
  expect(await (await fetch(`${url}/read`)).json()).toBe("old");
  expect(asked).toBe(1);
});
