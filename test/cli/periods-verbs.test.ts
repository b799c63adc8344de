/** `calendar` and `publicity` typed against an office that answers: what they say, what they refuse, and that a bad file goes nowhere. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { calendarRoutes, publicityRoutes } from "../../src/api/index.ts";
import { run } from "../../src/cli/program.ts";
import { type Caller, nobody } from "../../src/people/types.ts";
import { fakeOffice, serve } from "../api/fake-office.ts";
import { openPeriodsOffice, type PeriodsOffice, posted } from "../daemon/periods-office.ts";
import { scratch } from "../store/small-office.ts";
import { hearing } from "./hearing.ts";

const place = scratch();
let office: PeriodsOffice;
let server: Awaited<ReturnType<typeof serve>>;
const before = process.env.BOARDCAST_TOKEN;
beforeAll(async () => {
  office = await openPeriodsOffice(place.folder, "2017-10-12T08:00");
  await office.add(posted("N05", "2017-09-27T08:00", "2017-10-11T18:00"));
  const publicity = office.publicity();
  await publicity.run();
  const roles = new Set(["administrator", "maker"] as const);
  const callerOf = async (): Promise<Caller> => ({
    ...nobody,
    ...{ account: "a1", name: "甲", roles, via: "session", reads: true },
  });
  const routes = [...calendarRoutes(office.calendarOffice()), ...publicityRoutes(publicity)];
  server = await serve({ doors: { callerOf }, routes });
  writeFileSync(
    join(place.folder, "daemon.json"),
    JSON.stringify({ url: server.url, clockId: fakeOffice.clockId, key: "k" }),
  );
});
beforeEach(() => {
  process.env.BOARDCAST_TOKEN = "t";
});
afterAll(async () => {
  if (before === undefined) delete process.env.BOARDCAST_TOKEN;
  else process.env.BOARDCAST_TOKEN = before;
  await server.close();
  await office.store.close();
  place.remove();
});
async function type(...words: string[]) {
  const heard = hearing();
  const code = await run([...words, "--practice", "--data", place.folder], heard.output);
  return { code, ...heard.said };
}
const file = (name: string, text: string) => {
  writeFileSync(join(place.folder, name), text);
  return join(place.folder, name);
};

test("calendar: a year that nobody knows, imported from a file, and shown", async () => {
  const unknown = await type("calendar", "show", "2099");
  expect([unknown.code, unknown.out]).toEqual([1, "2099  没有安排，请导入 not known: import it\n"]);
  const years = [2098, 2099].map((year) => ({
    ...{ year, source: "国办", restDays: [`${year}-01-01`, `${year}-01-02`, `${year}-05-01`], workingWeekends: [] },
  }));
  const imported = await type("calendar", "import", file("years.json", JSON.stringify({ years })));
  expect([imported.code, imported.err]).toEqual([0, ""]);
  expect((await type("calendar", "show", "2099")).out).toBe(
    "2099  导入 imported  国办\n  放假 days off: 01-01…01-02  05-01\n",
  );
  expect(JSON.parse((await type("calendar", "show", "--json")).out).map((one: { year: number }) => one.year)).toEqual([
    2017, 2018, 2098, 2099,
  ]);
});

test("calendar: of a file with one mistake no year goes anywhere, and its line is told in both languages", async () => {
  const rows = await office.rows("calendar/changed");
  const path = file(
    "bad.yaml",
    "years:\n  - { year: 2096, source: s, restDays: [2096-01-01], workingWeekends: [] }\n  - { year: 2097, source: s, restDays: [2097-01-01], workingWeekends: [2097-01-01] }\n",
  );
  const { code, err } = await type("calendar", "import", path);
  expect(code).toBe(1);
  expect(err).toContain("bad.yaml:3:72 2097-01-01 写了两次");
  expect(err).toContain("bad.yaml:3:72 2097-01-01 stands here twice");
  expect(await office.rows("calendar/changed")).toEqual(rows);
});

test("publicity: listed, then closed by a result", async () => {
  const listed = await type("publicity");
  expect(listed.out).toContain("N05  公示  期满，待登记结果 over, awaiting its result  N05公示");
  expect(listed.out).toContain("7/7 个工作日 working days");
  const closed = await type("publicity", "N05", "--note", "期满，无异议");
  expect([closed.code, closed.err]).toEqual([0, ""]);
  expect(closed.out).toContain("已办结 closed");
  expect(closed.out).toContain("期满，无异议");
});

test.each([
  [2, ["calendar", "drop"]],
  [2, ["calendar", "import"]],
  [2, ["calendar", "show", "soon"]],
  [1, ["calendar", "import", "none-there.yaml"]],
  [2, ["publicity", "--note", "x"]],
  [2, ["publicity", "N05", "--result", "N24"]],
  [1, ["publicity", "N99"]],
  [1, ["publicity", "N99", "--note", "x"]],
] as const)("exit code %i: %j", async (code, words) => {
  const said = await type(...words);
  expect(said.code).toBe(code);
  expect(said.err).not.toBe("");
});
