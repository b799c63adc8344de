/** A notice that was withdrawn from single boards: what the list, its sentence, its line and its past say of it. */
import { afterEach, expect, test } from "vitest";
import { noticeJson } from "../../src/api/views.ts";
import type { OfficeParts } from "../../src/daemon/office.ts";
import { createOffice } from "../../src/daemon/office.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { RegisterLines } from "../../src/ledger/reports/index.ts";
import { goneAt, isOver, offAt } from "../../src/notices/ended.ts";
import type { NoticeRecord } from "../../src/notices/types.ts";
import { record } from "../store/small-office.ts";
import { at, caller, type OutlookOfficeHere, openOutlook } from "./outlook-office.ts";
import { listed as listOf } from "../listed.ts";

let here: OutlookOfficeHere;
afterEach(() => here?.close());

const all = { cron: "* * * * *", slotMinutes: 1, calendar: "everyday", tz: "Asia/Shanghai" };
const month = { from: "2017-11-06T07:00", until: "2017-12-06T07:00", rotation: all };

async function takeOff(civil: string, ...boards: string[]): Promise<void> {
  here.set(civil);
  await here.desk.store.change("x", (tx) => tx.notices.takeOff("a", boards, at(civil), "写错了"));
  await here.desk.book.reload();
}

function office() {
  const { site, calendar, book, fits } = here.desk;
  const programmes = new Programmes(site, calendar, book, null as never);
  Object.assign(fits, { notice: async () => ({ ok: false, shape: { width: 1, height: 1 }, faults: [] }) });
  return createOffice({ ...here.desk, programmes, linkNotes: new Map() } as unknown as OfficeParts);
}

test("board by board it is withheld, listed and explained; off the last of them it is withdrawn", async () => {
  here = await openOutlook([record("a", { ...month, boards: ["B1", "B2"] })]);
  const [one, two] = here.desk.site.boards;
  if (!one || !two) throw new Error("two boards are needed");
  const listed = async () => (await listOf(office().notices(here.desk.clock.now()))).find(({ id }) => id === "a");
  expect(await listed()).not.toHaveProperty("takenOff");
  await takeOff("2017-11-06T09:00", "B1");
  expect(await listed()).toMatchObject({ state: "signed", takenOff: { B1: at("2017-11-06T09:00") } });
  const view = await listed();
  expect(view && noticeJson(view).takenOff).toEqual({ B1: "2017-11-06T01:00:00.000Z" });
  expect(await office().fitOf("a", one)).toBe("withdrawn");
  const sheet = await office().notice?.("a");
  expect(sheet).toMatchObject({ view: { takenOff: { B1: at("2017-11-06T09:00") } }, number: 1, case: null });
  const judged = here.desk.book.verdict("a");
  expect(sheet?.pixels).toEqual(judged.ok && [...judged.pixels].map(([board, message]) => ({ board, message })));
  expect(sheet?.pixels.map(({ board }) => board)).toEqual(["B1", "B2"]);
  expect(sheet?.signed).toMatchObject({ kind: "practice", by: { zh: "P03" }, leader: null });
  expect(await office().notice?.("b")).toBeNull();
  expect(await office().fitOf("a", two)).toMatchObject({ ok: false });
  // Before it was taken off the list says what stood then.
  expect((await listOf(office().notices(at("2017-11-06T08:59")))).find(({ id }) => id === "a")).not.toHaveProperty(
    "takenOff",
  );
  const why = (board: string) => here.api.why(board, "a", at("2017-11-07T09:00"), caller("signer"));
  expect((await why("B1"))?.sentence).toEqual({
    zh: "已于 2017-11-06 09:00 从这块屏撤下",
    en: "taken off this board 2017-11-06 09:00",
  });
  expect(await why("B2")).toMatchObject({ shown: true });
  await takeOff("2017-11-06T10:00", "B2");
  expect(await listed()).toMatchObject({
    state: "withdrawn",
    takenOff: { B1: at("2017-11-06T09:00"), B2: at("2017-11-06T10:00") },
  });
  const lines = new RegisterLines("Asia/Shanghai", { from: at("2017-11-01T00:00"), until: at("2017-12-01T00:00") });
  for (const row of await here.desk.store.ledger.rows("register", 0)) lines.add(row);
  expect(lines.all().find(({ notice }) => notice === "a")?.remarks).toEqual([
    ...["11-06 从 B1 撤下:写错了", "11-06 从 B2 撤下:写错了"],
  ]);
});

test("off the last of its boards is over; a board that it may still be on is not", () => {
  const schedule = { boards: ["B1", "B2"], from: 0, until: 1000 } as unknown as NoticeRecord["schedule"];
  const some = (change: Partial<NoticeRecord>) =>
    ({ schedule, withdrawnAt: null, supersededAt: null, ...change }) as NoticeRecord;
  expect(goneAt(some({}))).toBeNull();
  expect(goneAt(some({ takenOff: { B1: 10 } }))).toBeNull();
  expect(goneAt(some({ takenOff: { B1: 10, B2: 30 } }))).toBe(30);
  expect(goneAt(some({ takenOff: { B1: 10, B2: 30 }, withdrawnAt: 20 }))).toBe(20);
  expect(offAt(some({ takenOff: { B1: 10 }, withdrawnAt: 20 }), "B1")).toBe(10);
  expect(offAt(some({ takenOff: { B1: 10 }, withdrawnAt: 20 }), "B2")).toBe(20);
  expect(offAt(some({ takenOff: { B1: 10 } }), "B2")).toBeNull();
  expect(isOver(some({ takenOff: { B1: 10 } }), ["B1"], 10)).toBe(true);
  expect(isOver(some({ takenOff: { B1: 10 } }), ["B1"], 9)).toBe(false);
  expect(isOver(some({ takenOff: { B1: 10 } }), ["B1", "B2"], 10)).toBe(false);
  expect(isOver(some({ supersededAt: 40 }), ["B1"], 40)).toBe(true);
  expect(isOver(some({}), ["B1"], 1000)).toBe(true);
});
