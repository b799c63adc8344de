/** Of decades of notices a list gives so many and says where the next are; together they are all, each once, in order. */
import { expect, test } from "vitest";
import type { Office } from "../../src/api/office.ts";
import { limits } from "../../src/limits.ts";
import { listed } from "../listed.ts";
import { fakeOffice, serve } from "./fake-office.ts";

test("a long list is read on by its links, as of the instant that was asked for first", async () => {
  const [one] = await listed(fakeOffice.notices(0));
  if (one === undefined) throw new Error("the office has none");
  const ids = Array.from({ length: 2 * limits.noticesPerList + 7 }, (_, n) => `N${String(n).padStart(5, "0")}`);
  const asked: number[] = [];
  const office: Office = {
    ...fakeOffice,
    async *notices(at, after = null) {
      asked.push(at);
      for (const id of ids) if (after === null || id > after) yield { ...one, id };
    },
  };
  const api = await serve({}, office);
  const found: string[] = [];
  try {
    for (let path: string | undefined = "/api/v1/notices"; path !== undefined; ) {
      const response = await api.get(path);
      const some = (await response.json()) as { readonly id: string }[];
      expect(some.length).toBeLessThanOrEqual(limits.noticesPerList);
      found.push(...some.map(({ id }) => id));
      [, path] = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
    }
  } finally {
    await api.close();
  }
  expect(found).toEqual(ids);
  expect(asked).toHaveLength(3);
  expect(new Set(asked).size).toBe(1);
});

test("by words, state and board, the newest first, a page at a time; where few are found it says where to go on", async () => {
  const [one] = await listed(fakeOffice.notices(0));
  if (one === undefined) throw new Error("the office has none");
  const at = Date.parse("2017-07-16T12:00:00Z");
  const day = 86_400_000;
  /** Over, on and to come by turns, on B1 and B2 by turns. */
  const all = Array.from({ length: limits.noticesSought + 60 }, (_, n) => {
    const from = at + ((n % 3) - 1) * 2 * day;
    const boards = [n % 2 === 0 ? "B1" : "B2"];
    return {
      ...one,
      id: `N${String(n).padStart(5, "0")}`,
      displayable: true,
      state: "signed" as const,
      boards,
      from,
      until: from + day,
    };
  });
  const asked: unknown[] = [];
  const office: Office = {
    ...fakeOffice,
    async *notices(_, after = null, find = {}) {
      asked.push(find);
      for (const notice of [...all].reverse()) if (after === null || notice.id < after) yield notice;
    },
  };
  const api = await serve({}, office);
  const pageOf = async (path: string) => {
    const response = await api.get(path);
    expect(response.status).toBe(200);
    const [, next] = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
    return { ids: ((await response.json()) as { id: string }[]).map(({ id }) => id), next };
  };
  const query = (more: string) => `/api/v1/notices?newest=true&at=${new Date(at).toISOString()}&${more}`;
  try {
    const first = await pageOf(query("most=2&state=coming&board=B1&words=%E5%81%9C%E6%B0%B4"));
    const second = await pageOf(first.next ?? "");
    const wanted = [...all].reverse().filter(({ from, boards }) => from > at && boards[0] === "B1");
    expect([...first.ids, ...second.ids]).toEqual(wanted.slice(0, 4).map(({ id }) => id));
    expect(asked).toEqual([
      { newest: true, words: "停水" },
      { newest: true, words: "停水" },
    ]);
    const none = await pageOf(query("state=withdrawn"));
    expect([none.ids, none.next === undefined]).toEqual([[], false]);
    expect(await pageOf(none.next ?? "")).toEqual({ ids: [], next: undefined });
    for (const [state, rest] of [
      ["over", 0],
      ["showing", 1],
      ["coming", 2],
    ] as const) {
      const { ids } = await pageOf(query(`state=${state}&most=5`));
      expect(
        ids.map((id) => Number(id.slice(1)) % 3),
        state,
      ).toEqual(Array(5).fill(rest));
    }
  } finally {
    await api.close();
  }
});
