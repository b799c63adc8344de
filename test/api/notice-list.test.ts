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
