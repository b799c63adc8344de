/** Rules and the installation file are on record as notices are: what changed, by whom, and nothing where nothing did. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recordInstalled } from "../../src/daemon/installed.ts";
import { openScreening, rulesOf } from "../../src/daemon/screening.ts";
import { defaultRules, screenNotice } from "../../src/notices/screening/index.ts";
import { plainContent } from "../../src/notices/draft.ts";
import { nobody } from "../../src/people/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { changingCalendar, workCalendar } from "../../src/time/calendar.ts";
import { scratch, site } from "../store/small-office.ts";

let place: ReturnType<typeof scratch>;
let store: Store;
beforeEach(async () => {
  place = scratch();
  store = await openStore(place.folder);
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const rows = async (action: string) => (await store.ledger.rows("register", 0)).filter((row) => row.action === action);

describe("the screening's rules", () => {
  test("are the program's until the office changes them; then a term of its own is found, and the change is told", async () => {
    expect(await rulesOf(store)).toEqual(defaultRules);
    const wrong = { ...plainContent, title: "通知", body: "清石港办事处今日停水。" };
    const list = [
      { id: "N1", content: wrong },
      { id: "N2", content: { ...wrong, personal: true as const } },
    ];
    const screening = openScreening({
      ...{ store, site, calendar: changingCalendar(site.calendar) },
      book: {
        async *portions() {
          yield { all: () => list };
        },
      } as never,
    });
    const own = { wrong: "清石港", right: "青石港", note: { zh: "地名", en: "a place" } };
    const rules = screening.schema.parse({ watch: [own], names: { 名单: "full" } });
    // Tried first: nothing is changed, and of what is personal no word is told but the term.
    const tried = await screening.tried(rules as never);
    expect(tried).toMatchObject({ looked: 2, more: false, gone: [] });
    expect(tried.added.map(({ notice, title, found }) => [notice, title, found])).toEqual([
      ["N2", "\u2026", "清石港"],
      ["N1", "通知", "清石港"],
    ]);
    expect(await rulesOf(store)).toEqual(defaultRules);
    await screening.change({ ...nobody, account: "a1", name: "己" }, rules as never, "地名常写错");
    const found = screenNotice(wrong, {
      rules: await rulesOf(store),
      zone: site.zone,
      calendar: workCalendar(site.calendar),
    });
    expect(found.filter(({ rule }) => rule === "term").map(({ found: term, proposal }) => [term, proposal])).toEqual([
      ["清石港", "青石港"],
    ]);
    const [row, ...others] = await rows("rules/changed");
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      by: "a1",
      data: { name: "己", added: ["清石港"], removed: [], names: { 名单: "full" }, reason: "地名常写错" },
    });
    await screening.change({ ...nobody, account: "a1", name: "己" }, defaultRules, "");
    expect((await rows("rules/changed"))[1]).toMatchObject({ data: { added: [], removed: ["清石港"] } });
  });
});

describe("the installation file", () => {
  test("is on record when it is first read and whenever a part of it is otherwise, with both hashes", async () => {
    await recordInstalled(store, site);
    await recordInstalled(store, site);
    expect(await rows("installation/changed")).toHaveLength(1);
    const calendar = { ...site.calendar, overrides: [{ year: 2018, source: "s", restDays: [], workingWeekends: [] }] };
    await recordInstalled(store, { ...site, calendar });
    const [first, second] = await rows("installation/changed");
    const before = (first?.data.calendar as { after: string } | undefined)?.after;
    expect(second?.by).toBe("boardcast.yaml");
    expect(Object.keys(second?.data ?? {})).toEqual(["calendar"]);
    expect(second?.data.calendar).toMatchObject({ before });
  });

  test("practice has none", async () => {
    await recordInstalled(store, { ...site, practice: true });
    expect(await store.ledger.rows("register", 0)).toEqual([]);
  });
});
