/** `rules` and `ledger find` typed against routes that answer: what goes out, what they say, what they refuse. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ledgerRoutes } from "../../src/api/ledger-routes.ts";
import type { LedgerOffice } from "../../src/api/ledger.ts";
import { screeningRoutes } from "../../src/api/screening-routes.ts";
import { run } from "../../src/cli/program.ts";
import { defaultRules, screeningRulesSchema, watchList } from "../../src/notices/screening/index.ts";
import { type Caller, nobody } from "../../src/people/types.ts";
import { fakeOffice, now, serve } from "../api/fake-office.ts";
import { scratch } from "../store/small-office.ts";
import { hearing } from "./hearing.ts";

const place = scratch();
const changed: unknown[] = [];
const searched: unknown[] = [];
const why = { zh: "规范表述", en: "official" };
let server: Awaited<ReturnType<typeof serve>>;
const before = process.env.BOARDCAST_TOKEN;
beforeAll(async () => {
  process.env.BOARDCAST_TOKEN = "t";
  const callerOf = async (): Promise<Caller> => ({
    ...nobody,
    ...{ account: "a1", name: "甲", roles: new Set(["administrator" as const]), via: "session", reads: true },
  });
  const ledger = {
    async search(asked: unknown, row: number | null, most: number) {
      searched.push([asked, row, most]);
      const one = { chain: "register", seq: 7, boardAt: now, wallAt: now, by: "a1", subject: "N05", hash: "" } as const;
      const said = { action: "notice/added", data: { title: "停水" }, what: { zh: "录入", en: "entered" } } as const;
      return { rows: [{ ...one, ...said, who: { zh: "甲", en: "甲" } }], before: 3 };
    },
  } as unknown as LedgerOffice;
  const screening = screeningRoutes({
    ...{ schema: screeningRulesSchema, shipped: watchList },
    rules: async () => defaultRules,
    change: async (_, rules, reason) => void changed.push([rules.watch, reason]),
    tried: async ({ watch }) => ({
      ...{ looked: 2, more: true, gone: [] },
      added: watch.map(({ wrong }) => ({ notice: "N1", title: "通知", rule: "term", found: wrong, why })),
    }),
  });
  server = await serve({ doors: { callerOf }, routes: [...screening, ...ledgerRoutes(fakeOffice, ledger)] });
  writeFileSync(
    join(place.folder, "daemon.json"),
    JSON.stringify({ url: server.url, clockId: fakeOffice.clockId, key: "k" }),
  );
});
afterAll(async () => {
  if (before === undefined) delete process.env.BOARDCAST_TOKEN;
  else process.env.BOARDCAST_TOKEN = before;
  await server.close();
  place.remove();
});
async function type(...words: string[]) {
  const heard = hearing();
  const code = await run([...words, "--practice", "--data", place.folder], heard.output);
  return { code, ...heard.said };
}

test("rules: shown as they are typed in again, tried without a change, changed with a reason", async () => {
  const shown = await type("rules", "show");
  expect(shown.code).toBe(0);
  const file = join(place.folder, "rules.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(shown.out), watch: [{ wrong: "清石港", right: "青石港" }] }));
  const tried = await type("rules", "try", file);
  expect(tried.out).toContain("N1  通知  清石港");
  expect(changed).toEqual([]);
  expect((await type("rules", "change", file, "--reason", "常写错")).code).toBe(0);
  expect(changed).toEqual([[[{ wrong: "清石港", right: "青石港" }], "常写错"]]);
  writeFileSync(file, "[");
  expect((await type("rules", "change", file)).err).toContain("不是检查规则");
  expect((await type("rules", "try")).code).toBe(2);
  expect(changed).toHaveLength(1);
});

test("ledger find: asked as the page asks, a line a row, and that there is more", async () => {
  const { code, out } = await type("ledger", "find", "停水", "--by", "甲", "--board", "B1", "--from", "2017-11-06");
  expect(code).toBe(0);
  const [line, more] = out.split("\n");
  expect(line).toBe("7  2017-11-06 08:29:50  甲  录入 entered  N05  停水");
  expect(more).toContain("--until");
  const from = Date.parse("2017-11-06T00:00+08:00");
  expect(searched).toEqual([[{ words: "停水", person: "甲", board: "B1", from, until: null }, null, 200]]);
});
