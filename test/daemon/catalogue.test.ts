/** Index numbers, the catalogue's completeness and lists, issues: an office with two boards, signed as everything is. */
import { DatabaseSync } from "@photostructure/sqlite";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Book } from "../../src/daemon/book.ts";
import { openCatalogue } from "../../src/daemon/catalogue.ts";
import { openIssues } from "../../src/daemon/issues.ts";
import { verifyStore } from "../../src/daemon/verify.ts";
import { catalogueJson, compareCatalogues, readCatalogueJson } from "../../src/notices/catalogue-export.ts";
import { shippedCatalogue } from "../../src/notices/catalogue.ts";
import { boards, site } from "../store/small-office.ts";
import { codeOf, faultOf, goodDocument, openReview, signed, type SmallReview } from "../review/small-review.ts";

let review: SmallReview;
let book: Book;
let desk: Parameters<typeof openIssues>[0];
beforeEach(async () => {
  review = await openReview();
  book = new Book(review.store.notices, review.key.publicKey, "real", site.boards);
  desk = { site, store: review.store, clock: review.clock, book };
});
afterEach(() => review.close());

const content = (title: string, more: object = {}) => ({ ...(goodDocument(title).content as object), ...more });
const of = (title: string, category: string, more: object = {}) =>
  goodDocument(title, { content: content(title, { category, ...more }) });
const indexOf = async (notice: string) => (await review.store.notices.get(notice))?.index ?? null;
const verify = async () =>
  (await verifyStore(review.store, review.key, { good: [], faults: [] })).faults.map((fault) =>
    "about" in fault ? `${fault.about} ${fault.name} ${fault.what}` : fault.code,
  );
const catalogue = () => openCatalogue(desk, () => book.reload());
const listed = async () => {
  let text = "";
  for await (const piece of await catalogue().export("json")) text += piece;
  return text;
};
const fee = "行政审批与收费";

test("a number with the first signature: by class and year, in the seal's own row, kept by what is signed later", async () => {
  const one = await signed(review, "mai", of("行政事业性收费项目和标准", fee));
  const two = await signed(review, "mai", of("收费减免", fee));
  const party = await signed(review, "mai", of("书记信箱", "党务", { track: "党务", fiveOpen: null, formedOn: null }));
  expect(await indexOf(one.notice)).toBe("01-C031-2017-0001");
  expect(await indexOf(two.notice)).toBe("01-C031-2017-0002");
  expect(await indexOf(party.notice)).toBeNull();
  const rows = await review.store.ledger.about("register", one.notice);
  expect(rows.find(({ action }) => action === "notice/sealed")?.data.index).toBe("01-C031-2017-0001");

  const edit = await review.desk.editNotice(review.caller("mai"), one.notice);
  const document = { ...of("行政事业性收费(修订)", fee), ofSubstance: false };
  const saved = await review.desk.saveDraft(review.caller("mai"), edit.notice, edit.version, document);
  const again = await review.desk.submit(review.caller("mai"), saved.notice, saved.version);
  for (const { board } of again.pixels) await review.desk.look(review.caller("sig"), again.id, board);
  await review.desk.sign(review.caller("sig"), [again.id], { password: "sig-pass", address: "127.0.0.1" });
  expect((await review.store.notices.get(one.notice))?.revisionNumber).toBe(2);
  expect(await indexOf(one.notice)).toBe("01-C031-2017-0001");
  expect(await verify()).toEqual([]);
});

test("the year is the office's: in a new year the serials begin anew", async () => {
  await signed(review, "mai", of("收费甲", fee));
  review.clock.set(Date.parse("2017-12-31T15:59:59Z"));
  const at = (title: string) =>
    goodDocument(title, {
      content: content(title, { category: fee }),
      schedule: { boards: ["B1"], from: review.clock.now(), until: review.clock.now() + 86_400_000, cron: null },
    });
  const last = await signed(review, "mai", at("收费乙"));
  review.clock.set(Date.parse("2017-12-31T16:00:00Z"));
  const first = await signed(review, "mai", at("收费丙"));
  expect([await indexOf(last.notice), await indexOf(first.notice)]).toEqual(["01-C031-2017-0002", "01-C031-2018-0001"]);
});

test("a voided number is a gap with its reason and is never given again; its notice gets the next one if asked", async () => {
  const { notice } = await signed(review, "mai", of("收费甲", fee));
  await book.reload();
  const sig = review.caller("sig");
  expect(await catalogue().voidIndex(sig, "01-C031-2017-0001", "类别错误", true)).toEqual({
    given: "01-C031-2017-0002",
  });
  expect(await codeOf(catalogue().voidIndex(sig, "01-C031-2017-0001", "再来", false))).toBe("index/voided");
  for (const unknown of ["01-C031-2017-0009", "02-C031-2017-0002", "x"])
    expect(await codeOf(catalogue().voidIndex(sig, unknown, "没有", false))).toBe("index/unknown");
  expect(await indexOf(notice)).toBe("01-C031-2017-0002");
  const list = readCatalogueJson(await listed());
  expect(list?.gaps).toEqual([{ index: "01-C031-2017-0001", why: "作废：类别错误" }]);
  expect(list?.entries.map(({ index, title }) => [index, title])).toEqual([["01-C031-2017-0002", "收费甲"]]);
  expect(await verify()).toEqual([]);
});

test("remove the notice of fees: its mandatory class turns red (R28)", async () => {
  const { notice } = await signed(review, "mai", of("行政事业性收费项目和标准", fee));
  const state = async () => {
    await book.reload();
    return (await catalogue().completeness()).find(({ name }) => name === "行政事业性收费");
  };
  expect((await state())?.state).toBe("missing");
  review.clock.set(review.clock.now() + 3_600_000);
  expect(await state()).toMatchObject({ state: "present", notices: [notice] });
  await review.desk.withdrawNotice(review.caller("mai"), notice, "更新");
  expect(await state()).toMatchObject({ state: "missing", notices: [] });
});

test("a notice that was taken off the last of its boards is not in the list, like one that was withdrawn", async () => {
  const { notice } = await signed(review, "mai", of("收费甲", fee));
  const on = (await review.store.notices.get(notice))?.schedule.boards ?? [];
  expect(on.length).toBeGreaterThan(0);
  await book.reload();
  expect(await listed()).toContain("收费甲");
  for (const board of on) {
    review.clock.set(review.clock.now() + 60_000);
    await review.desk.withdrawNotice(review.caller("mai"), notice, "屏坏", [board]);
  }
  await book.reload();
  expect(await listed()).not.toContain("收费甲");
});

test("the list reads back to the same set, byte for byte; personal titles and formulas are not in it", async () => {
  await signed(review, "mai", of("=收费(1)", fee));
  const personal = of("张三低保办结", "社会保障", { personal: true });
  await signed(review, "mai", personal);
  await book.reload();
  const text = await listed();
  const read = readCatalogueJson(text);
  if (read === null) throw new Error("it is not read back");
  expect([...catalogueJson(read)].join("")).toBe(text);
  expect(compareCatalogues(read, read)).toEqual([]);
  expect(read.entries).toHaveLength(2);
  const [first, ...others] = read.entries;
  const changed = { gaps: [], entries: [{ ...first, title: "x" }, ...others.slice(1)] } as typeof read;
  expect(compareCatalogues(changed, read).map(({ what }) => what)).toEqual(["changed", "new"]);
  let csv = "";
  for await (const piece of await catalogue().export("csv")) csv += piece;
  expect(csv).toContain(",'=收费(1),");
  for (const shown of [text, csv]) expect(shown).not.toContain("张三");
  expect(readCatalogueJson(text.replaceAll("C031", "F03"))).toBeNull();
});

test("the document: on record with old and new, two classes of one code refused, numbers follow it from then on", async () => {
  const office = catalogue();
  const twice = { ...shippedCatalogue, other: { code: "C031", name: "其他" } };
  expect(office.schema.safeParse(twice).success).toBe(false);
  await office.change(review.caller("adm"), { ...shippedCatalogue, unit: "QSG" }, "单位代码有误");
  const row = (await review.store.ledger.about("register", "catalogue")).at(-1);
  expect(row?.data).toMatchObject({ before: null, removed: ["unit 01"], added: ["unit QSG"] });
  const { notice } = await signed(review, "mai", of("别的", "没有的类别"));
  expect(await indexOf(notice)).toBe("QSG-Z-2017-0001");
  expect(await verify()).toEqual([]);
  await review.store.settings.set("catalogue", JSON.stringify(shippedCatalogue));
  expect(await verify()).toEqual(["catalogue catalogue altered"]);
});

test("an issue keeps its list and pictures whatever is edited later; a year counts its issues and what came between", async () => {
  const { notice } = await signed(review, "mai", of("收费甲", fee));
  const issues = openIssues(desk);
  const maker = review.caller("mai");
  expect(await codeOf(issues.close(maker, null, ""))).toBe("issue/empty");
  review.clock.set(review.clock.now() + 3_600_000);
  await book.reload();
  expect(await codeOf(issues.close(maker, [{ board: "B9" }], ""))).toBe("board/unknown");
  expect(await codeOf(issues.close({ ...maker, boards: ["B2"] }, [{ board: "B1" }], ""))).toBe("board/others");
  expect(await faultOf(issues.close(maker, [{ board: "B1", notices: ["no"] }], ""))).toMatchObject({ notice: "no" });
  for (let number = 1; number <= 4; number++) {
    const closed = await issues.close(maker, null, "");
    expect(closed).toMatchObject({ id: `2017-${number}`, title: `2017年第${number}期` });
  }
  const page = { board: "B1", notice, page: 0 };
  const before = [await issues.issue(maker, "2017-4"), await issues.page(maker, "2017-4", page)];
  expect(before[0]).toMatchObject({
    boards: [{ id: "B1", items: [{ notice, index: "01-C031-2017-0001", picture: "kept" }] }, { id: "B2" }],
  });

  const edit = await review.desk.editNotice(maker, notice);
  const document = { ...of("收费乙", fee), ofSubstance: false };
  const saved = await review.desk.saveDraft(maker, notice, edit.version, document);
  const again = await review.desk.submit(maker, saved.notice, saved.version);
  for (const { board } of again.pixels) await review.desk.look(review.caller("sig"), again.id, board);
  await review.desk.sign(review.caller("sig"), [again.id], { password: "sig-pass", address: "127.0.0.1" });
  const between = await signed(review, "mai", of("期外的", fee));
  await review.desk.withdrawNotice(maker, notice, "更新");
  await book.reload();
  const other = openIssues({
    ...desk,
    site: { ...site, boards: boards.map((one) => ({ ...one, ledColour: "#00ff00" })) },
  });
  expect([await other.issue(maker, "2017-4"), await other.page(maker, "2017-4", page)]).toEqual(before);
  expect(await other.list(null)).toMatchObject({ year: 2017, issues: 4, notices: 1, between: 1 });
  expect(await other.list(2016)).toMatchObject({ issues: 0, notices: 0, between: 0, closed: [] });
  expect(await codeOf(other.issue(maker, "2017-5"))).toBe("issue/unknown");
  expect(between.notice).not.toBe(notice);
  expect(await verify()).toEqual([]);
});

test("verify finds whatever is altered in the two tables, row by row", async () => {
  await signed(review, "mai", of("收费甲", fee));
  await signed(review, "mai", of("收费乙", fee));
  review.clock.set(review.clock.now() + 3_600_000);
  await book.reload();
  await openIssues(desk).close(review.caller("mai"), null, "");
  await catalogue().voidIndex(review.caller("sig"), "01-C031-2017-0002", "错", false);
  expect(await verify()).toEqual([]);
  const db = new DatabaseSync(join(review.folder, "boardcast.db"));
  const altered = async (sql: string, back: string) => {
    db.exec(sql);
    const found = await verify();
    db.exec(back);
    return found;
  };
  const one = "WHERE serial = 1";
  expect(
    await altered(`UPDATE index_number SET class = 'A02' ${one}`, `UPDATE index_number SET class = 'C031' ${one}`),
  ).toEqual(["index 01-A02-2017-0001 unregistered", "index 01-C031-2017-0001 gone"]);
  const voided = JSON.stringify({ by: "x", name: "x", reason: "x", at: 1 });
  expect(
    await altered(
      `UPDATE index_number SET voided = '${voided}' ${one}`,
      `UPDATE index_number SET voided = NULL ${one}`,
    ),
  ).toEqual(["index 01-C031-2017-0001 altered"]);
  const kept = db.prepare("SELECT body FROM issue").get() as { body: string };
  const write = (body: string) => `UPDATE issue SET body = '${body.replaceAll("'", "''")}'`;
  expect(await altered(write(kept.body.replace("收费甲", "收费丙")), write(kept.body))).toEqual([
    "issue 2017-1 altered",
  ]);
  expect(await altered(write("{}"), write(kept.body))).toEqual(["issue 2017-1 gone"]);
  expect(await altered("UPDATE issue SET number = 2", "UPDATE issue SET number = 1")).toEqual([
    "issue 2017-2 unregistered",
    "issue 2017-1 gone",
  ]);
  expect(await verify()).toEqual([]);
  db.close();
});
