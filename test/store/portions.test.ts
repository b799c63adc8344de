import { afterAll, expect, test } from "vitest";
import type { Content } from "../../src/notices/types.ts";
import { openStore } from "../../src/store/index.ts";
import { scratch } from "./small-office.ts";

const { folder, remove } = scratch();
afterAll(remove);

const content: Content = {
  title: "公示",
  body: "内容",
  category: "公示",
  track: "政府信息",
  openness: "主动公开",
  opennessReason: null,
  fiveOpen: null,
  displayKind: "notice",
  formedOn: null,
  signature: { org: "办事处", date: null },
  publicity: null,
  alert: null,
};

test("a large office's notices are read in portions, whole and in order; others get their turn between them", async () => {
  const store = await openStore(folder);
  const ids = Array.from({ length: 130 }, (_, index) => `N${String(index).padStart(3, "0")}`);
  const schedule = { boards: ["B1"], from: 0, until: 1, cron: null, slotMinutes: 0, priority: 5, weight: 1 };
  for (const id of ids)
    await store.notices.save({
      id,
      content,
      revision: "0".repeat(64),
      schedule: { ...schedule, calendar: "everyday" },
      makerId: null,
      importedAt: 0,
      seal: null,
      messages: [],
    });
  let turns = 0;
  const listed = store.notices.list();
  const others = () => {
    turns++;
  };
  setImmediate(others);
  const { records } = await listed;
  expect(records.map(({ id }) => id)).toEqual(ids);
  expect(turns).toBe(1);
  // Twenty at a time, and those that are not there are left out.
  const some = [...ids.filter((_, index) => index % 3 !== 1), "nobody"].sort();
  const about = await store.notices.about(some);
  expect(about.records.map(({ id }) => id)).toEqual(some.filter((id) => id !== "nobody"));
  expect(about.records).toEqual((await Promise.all(some.map((id) => store.notices.get(id)))).filter((one) => one));
  expect(await store.notices.about([])).toEqual({ records: [], earlier: [], unreadable: [] });
  await store.close();
});
