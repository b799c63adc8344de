/** 纸质张贴 (R26): what hung and hangs again, what was moved away, what was withdrawn before anybody said that it hangs. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { PaperPostings } from "../../src/daemon/postings.ts";
import { takedownView } from "../../src/daemon/takedown-words.ts";
import type { PaperWord } from "../../src/notices/posting.ts";
import { codeOf, goodDocument, openReview, signed, type SmallReview } from "../review/small-review.ts";
import { at, boards as two, site } from "../store/small-office.ts";

const boards: readonly BoardConfig[] = [
  two[0] as BoardConfig,
  {
    ...(two[1] as BoardConfig),
    ...{ device: "paper+led", paper: "A4", place: "村委会", custodian: "保管人丁" },
    link: { kind: "carried", folder: "usb" },
  },
];
const schedule = {
  ...(goodDocument().schedule as object),
  ...{ boards: ["B1", "B2"], from: at("2017-11-06T09:00"), until: at("2017-11-30T18:00") },
};

let review: SmallReview;
let paper: PaperPostings;
let reading: () => Promise<void>;
/** Rows that readings of the store have given since. */
let rowsRead: number;

beforeEach(async () => {
  review = await openReview(undefined, (parts) => ({ ...parts, boards }));
  const book = new Book(review.store.notices, review.key.publicKey, "real", boards, review.clock);
  const { postings } = review.store;
  rowsRead = 0;
  const counting = {
    ...postings,
    of: async (notices: readonly string[]) => {
      const rows = await postings.of(notices);
      rowsRead += rows.length;
      return rows;
    },
    hanging: async () => {
      const ids = await postings.hanging();
      rowsRead += ids.length;
      return ids;
    },
  };
  reading = async () => {
    await book.reload();
    await paper.read();
  };
  paper = new PaperPostings({
    ...review.parts,
    ...{ store: { ...review.store, postings: counting }, site: { ...site, boards } },
    ...{ publicKey: review.key.publicKey, book, photoOf: async (bytes) => bytes },
    ...{ ordersFor: () => [], said: reading, changed: () => {} },
  });
  Object.assign(review.parts, { changed: reading });
});
afterEach(() => review.close());

async function signedSheet(): Promise<string> {
  const { notice } = await signed(review, "mai", goodDocument("危房改造公告", { schedule }));
  await reading();
  return notice;
}
const states = async () => (await paper.list()).map(({ state, late }) => [state, late]);
const say = (notice: string, kind: "posted" | "taken", words = "") =>
  paper.say(review.caller("ope"), notice, "B2", kind, { words, photo: null });
const move = async (notice: string, change: object) => {
  const signed = (await review.store.notices.revision(notice, 1))?.schedule;
  await review.desk.move(review.caller("ope"), notice, { ...signed, ...schedule, ...change });
};
/** What the register holds of the row is what lies there. */
async function registered(notice: string): Promise<void> {
  const rows = await review.store.ledger.about("register", notice);
  const found: Record<string, unknown> = {};
  for await (const { name, state } of review.store.guarded.rows("posting")) found[name] = state;
  expect(Object.keys(found)).toEqual([`${notice} 1 B2`]);
  expect(rows.at(-1)?.data.holds).toEqual({ posting: found });
}
const setTo = (civil: string) => review.clock.set(at(civil));

test("taken down, then moved back: it waits to be posted again, since then; both hangings are on record", async () => {
  const notice = await signedSheet();
  setTo("2017-11-06T10:00");
  await say(notice, "posted", "第一次");
  setTo("2017-11-07T10:00");
  await move(notice, { boards: ["B1"] });
  await say(notice, "taken");
  setTo("2017-11-20T10:00");
  await move(notice, { boards: ["B2"] });
  expect(await paper.list()).toMatchObject([
    { state: "to-post", posted: null, taken: null, since: at("2017-11-20T10:00"), late: false },
  ]);
  expect(paper.hangs(notice, "B2")).toBe(true);
  expect(await say(notice, "posted", "第二次")).toMatchObject({ state: "hanging", posted: { words: "第二次" } });
  expect(await codeOf(say(notice, "posted"))).toBe("paper/state");
  const [kept] = await review.store.postings.of([notice]);
  await registered(notice);
  const words = (one: PaperWord | null | undefined) => one?.words;
  expect([words(kept?.posted), kept?.taken]).toEqual(["第二次", null]);
  expect(kept?.before?.map(({ posted, taken }) => [words(posted), taken?.at])).toEqual([
    ["第一次", at("2017-11-07T10:00")],
  ]);
  setTo("2017-11-21T10:00");
  await move(notice, { boards: ["B1"] });
  expect(await paper.list()).toMatchObject([{ state: "to-take-down", since: at("2017-11-21T10:00") }]);
  expect(await say(notice, "taken")).toMatchObject({ state: "taken-down", posted: { words: "第二次" } });
  const rows = await review.store.ledger.about("register", notice);
  expect(rows.flatMap(({ action }) => (action.startsWith("paper/") ? [action] : []))).toEqual(
    ["posted", "taken", "posted", "taken"].map((kind) => `paper/${kind}`),
  );
  await registered(notice);
});

test("taken down at its end, then given more time: it waits again", async () => {
  const notice = await signedSheet();
  setTo("2017-11-06T10:00");
  await say(notice, "posted");
  await move(notice, { until: at("2017-11-08T18:00") });
  setTo("2017-11-08T18:00");
  await say(notice, "taken");
  setTo("2017-11-15T09:00");
  await move(notice, {});
  expect(await paper.list()).toMatchObject([{ state: "to-post", since: at("2017-11-15T09:00"), late: false }]);
});

test("moved off weeks after it was posted: late an office day after that, not at once", async () => {
  const notice = await signedSheet();
  setTo("2017-11-06T10:00");
  await say(notice, "posted");
  setTo("2017-11-27T10:00");
  await move(notice, { boards: ["B1"] });
  expect(await paper.list()).toMatchObject([{ state: "to-take-down", since: at("2017-11-27T10:00"), late: false }]);
  setTo("2017-11-28T10:00");
  expect(await states()).toEqual([["to-take-down", true]]);
});

test("withdrawn when it was due, and nobody had said that it was posted: somebody looks, until they say so", async () => {
  const notice = await signedSheet();
  setTo("2017-11-06T10:00");
  expect(paper.hangs(notice, "B2")).toBe(true);
  const order = await review.desk.withdrawNotice(review.caller("mai"), notice, "错字");
  // However long it takes: by then the book has let go of it.
  setTo("2017-11-20T10:00");
  await reading();
  expect(await states()).toEqual([["to-take-down", true]]);
  expect([paper.lingers(notice, "B2"), paper.perhaps(notice, "B2")]).toEqual([true, true]);
  expect(paper.waiting()).toMatchObject([{ notice, board: "B2", since: at("2017-11-06T10:00") }]);
  paper.look();
  expect(paper.faults("B2")).toMatchObject([{ fault: { code: "paper/still-hanging", place: "村委会" } }]);
  await review.store.change("system", (tx) => tx.takedowns.expect(order, [{ board: "B2", darkBy: null }]));
  const open = await review.store.takedowns.about(order);
  if (open === null) throw new Error("the order is gone");
  const { said } = takedownView(open, {
    ...{ zone: "Asia/Shanghai", now: review.clock.now(), title: null, displayable: true, linkOf: () => "carried" },
    boardOf: (id) => boards.find((one) => one.id === id),
    lingers: (board) => paper.lingers(notice, board),
    perhaps: (board) => paper.perhaps(notice, board),
  });
  expect(said.en).toContain("if it was posted, take it down: 村委会 (custodian 保管人丁)");
  expect(said.zh).toContain("若已张贴\uff0c请到村委会取下\uff08保管人 保管人丁\uff09并登记");
  await review.desk.goneByHand(review.caller("ope"), order, "B2", "没有贴");
  expect([paper.lingers(notice, "B2"), paper.waiting()]).toEqual([false, []]);
});

test("who says that it was taken down, though nobody said that it was posted, has answered too", async () => {
  const notice = await signedSheet();
  setTo("2017-11-06T10:00");
  await review.desk.withdrawNotice(review.caller("mai"), notice, "错字");
  expect(await say(notice, "taken")).toMatchObject({ state: "taken-down", posted: null });
  expect(paper.lingers(notice, "B2")).toBe(false);
});

test("withdrawn before its time: there is nothing to look for", async () => {
  const notice = await signedSheet();
  expect(paper.hangs(notice, "B2")).toBe(false);
  await review.desk.withdrawNotice(review.caller("mai"), notice, "错字");
  expect([await paper.list(), paper.lingers(notice, "B2")]).toEqual([[], false]);
});

test("a reading looks at no row of what is over, however long the history; the list still tells of it", async () => {
  const notices: string[] = [];
  for (let count = 0; count < 3; count++) notices.push(await signedSheet());
  setTo("2017-11-06T10:00");
  for (const notice of notices) await say(notice, "posted");
  setTo("2017-11-30T18:00");
  const [hangs = "", ...down] = notices;
  for (const notice of down) await say(notice, "taken");
  setTo("2017-12-20T10:00");
  rowsRead = 0;
  await reading();
  // Its id, and its row.
  expect(rowsRead).toBe(2);
  expect((await paper.list()).map(({ notice, state }) => [notice, state])).toEqual([
    [hangs, "to-take-down"],
    ...down.map((notice) => [notice, "taken-down"]),
  ]);
});
