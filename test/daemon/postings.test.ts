/** 纸质张贴 (R26): a sheet waits for a person until somebody says that it hangs, and again until somebody says that it was taken down. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { PaperPostings } from "../../src/daemon/postings.ts";
import { sentence, remedy } from "../../src/fault.ts";
import { sheets } from "../../src/notices/paper.ts";
import type { Content } from "../../src/notices/types.ts";
import {
  codeOf,
  goodDocument,
  lookedAt,
  openReview,
  secret,
  signed,
  type SmallReview,
  submitted,
} from "../review/small-review.ts";
import { at, boards as two, site } from "../store/small-office.ts";

const boards: readonly BoardConfig[] = [
  two[0] as BoardConfig,
  {
    ...(two[1] as BoardConfig),
    ...{ device: "paper+led", paper: "A4", place: "村委会", custodian: "保管人丁" },
    link: { kind: "carried", folder: "usb" },
  },
];
const jpeg = Uint8Array.of(0xff, 0xd8, 7);

let review: SmallReview;
let paper: PaperPostings;
let told: number;
let asked: Content[];

beforeEach(async () => {
  told = 0;
  asked = [];
  review = await openReview(undefined, (parts) => ({
    ...parts,
    boards,
    changed: () => paper.read(),
    typesetting: {
      ask: (request) => {
        if (request.shape.width === sheets.A4.shape.width) asked.push(request.content);
        return parts.typesetting.ask(request);
      },
    },
    taking: {
      take: async (bytes) =>
        bytes[0] === 0xff
          ? { ok: true, pictures: [{ sha256: "", bytes }], warnings: [] }
          : { ok: false, faults: [{ code: "notice/picture-slow", name: "photo", seconds: 30 }] },
    },
  }));
  const book = new Book(review.store.notices, review.key.publicKey, "real", boards);
  const read = async () => {
    await book.reload();
    await paper.read();
  };
  paper = new PaperPostings({
    ...review.parts,
    store: review.store,
    site: { ...site, boards },
    publicKey: review.key.publicKey,
    book: { all: () => book.all(), of: (ids) => book.of(ids) },
    photoOf: async (bytes) => bytes.subarray(0, 2),
    ordersFor: () => [],
    said: read,
    changed: () => told++,
  });
  Object.assign(review.parts, { changed: read });
  reading = read;
});
let reading: () => Promise<void>;
afterEach(() => review.close());

const hangingOn = { schedule: { ...(goodDocument().schedule as object), boards: ["B1", "B2"] } };
async function signedSheet(title = "危房改造公告"): Promise<string> {
  const { notice } = await signed(review, "mai", goodDocument(title, hangingOn));
  await reading();
  return notice;
}
const states = async () => (await paper.list()).map(({ state, board, late }) => [board, state, late]);
const say = (who: string, notice: string, kind: "posted" | "taken", photo: Uint8Array | null = null) =>
  paper.say(review.caller(who), notice, "B2", kind, { words: "", photo });

test("待张贴 until somebody says so, 待撤下 when its time is over: who, when, and their photo", async () => {
  const notice = await signedSheet();
  expect(await states()).toEqual([["B2", "planned", false]]);
  expect(await codeOf(say("ope", notice, "posted"))).toBe("paper/state");
  review.clock.set(at("2017-11-06T09:10"));
  expect(await states()).toEqual([["B2", "to-post", false]]);
  expect(await codeOf(say("ope", notice, "taken"))).toBe("paper/state");
  expect(await codeOf(say("aud", notice, "posted"))).toBe("review/role");
  const view = await say("ope", notice, "posted", jpeg);
  expect(view).toMatchObject({ state: "hanging", posted: { name: "ope姓名", at: at("2017-11-06T09:10") } });
  expect(await paper.photo(review.caller("aud"), view, "posted")).toEqual(Buffer.from([0xff, 0xd8]));
  expect(await codeOf(say("mai", notice, "posted"))).toBe("paper/state");
  expect(await codeOf(say("mai", notice, "taken"))).toBe("paper/state");
  review.clock.set(at("2017-11-08T18:00"));
  expect(await states()).toEqual([["B2", "to-take-down", false]]);
  expect(paper.hangs(notice, "B2")).toBe(true);
  expect(await say("mai", notice, "taken")).toMatchObject({ state: "taken-down", taken: { photo: null } });
  expect(paper.hangs(notice, "B2")).toBe(false);
  const rows = await review.store.ledger.rows("register", 0, 1000);
  const said = rows.filter(({ action }) => action.startsWith("paper/"));
  expect(said.map(({ action, subject, data }) => [action, subject, data.board, data.name])).toEqual([
    ["paper/posted", notice, "B2", "ope姓名"],
    ["paper/taken", notice, "B2", "mai姓名"],
  ]);
  const guarded: string[] = [];
  for await (const { name } of review.store.guarded.rows("posting")) guarded.push(name);
  expect(guarded).toEqual([`${notice} 1 B2`]);
});

test("after an office day nobody has confirmed it: said on the board, with what to do, once", async () => {
  const notice = await signedSheet();
  review.clock.set(at("2017-11-06T18:59"));
  paper.look();
  // 9 to 12 and 14 to 18 were seven hours; the eighth is tomorrow's first.
  expect(paper.faults("B2")).toEqual([]);
  review.clock.set(at("2017-11-07T08:59"));
  paper.look();
  expect(paper.faults("B2")).toEqual([]);
  review.clock.set(at("2017-11-07T09:00"));
  paper.look();
  paper.look();
  const [{ fault } = { fault: null }] = paper.faults("B2");
  expect(fault).toMatchObject({ code: "paper/not-posted", notice, since: "2017-11-06 09:00", custodian: "保管人丁" });
  expect(fault && sentence(fault).zh).toBe(
    `B2\uff08村委会\uff0c保管人 保管人丁\uff09\uff1a${notice}《危房改造公告》自 2017-11-06 09:00 起应张贴\uff0c还没有人登记已张贴`,
  );
  expect(fault && remedy(fault).zh).toContain("请打印");
  expect(paper.faults("B1")).toEqual([]);
  expect(told).toBe(1);
  expect(await states()).toEqual([["B2", "to-post", true]]);
  await say("ope", notice, "posted");
  expect([paper.faults("B2"), told]).toEqual([[], 2]);
  review.clock.set(at("2017-11-09T17:59"));
  paper.look();
  expect(paper.faults("B2")).toEqual([]);
  review.clock.set(at("2017-11-09T18:00"));
  paper.look();
  expect(paper.faults("B2")).toMatchObject([{ fault: { code: "paper/still-hanging", since: "2017-11-08 18:00" } }]);
  expect(paper.waiting()).toMatchObject([{ notice, board: "B2", late: true }]);
});

test("a weekend is no office day", async () => {
  const friday = {
    schedule: {
      ...hangingOn.schedule,
      ...{ from: at("2017-11-10T16:00"), until: at("2017-11-30T18:00") },
    },
  };
  await signed(review, "mai", goodDocument("公告", friday));
  await reading();
  review.clock.set(at("2017-11-12T23:59"));
  paper.look();
  expect(paper.faults("B2")).toEqual([]);
  review.clock.set(at("2017-11-13T16:00"));
  paper.look();
  expect(paper.faults("B2")).toHaveLength(1);
});

test("withdrawn while it hangs: to be taken down at once; who sees it gone from the board says so of the paper too", async () => {
  const notice = await signedSheet();
  review.clock.set(at("2017-11-06T10:00"));
  await say("ope", notice, "posted");
  review.clock.set(at("2017-11-06T11:00"));
  const order = await review.desk.withdrawNotice(review.caller("mai"), notice, "错字");
  await reading();
  expect(await states()).toEqual([["B2", "to-take-down", false]]);
  expect(paper.lingers(notice, "B2")).toBe(true);
  await review.store.change("system", (tx) => tx.takedowns.expect(order, [{ board: "B2", darkBy: null }]));
  await review.desk.goneByHand(review.caller("ope"), order, "B2", "已取下");
  await reading();
  expect(await paper.list()).toMatchObject([
    { state: "taken-down", ends: "withdrawn", taken: { name: "ope姓名", words: "已取下" } },
  ]);
});

test("another text hangs in its place: the old one down, the new one up; the same pixels stay up", async () => {
  const notice = await signedSheet();
  review.clock.set(at("2017-11-06T10:00"));
  await say("ope", notice, "posted");
  const edited = async (title: string) => {
    const draft = await review.desk.editNotice(review.caller("mai"), notice);
    const saved = await review.desk.saveDraft(review.caller("mai"), notice, draft.version, {
      ...goodDocument(title, hangingOn),
      ofSubstance: false,
    });
    const { id } = await review.desk.submit(review.caller("mai"), notice, saved.version);
    await lookedAt(review, id);
    await review.desk.sign(review.caller("sig"), [id], secret("sig-pass"));
    await reading();
  };
  review.clock.set(at("2017-11-06T11:00"));
  await edited("危房改造公告（更正）");
  expect(await states()).toEqual([
    ["B2", "to-take-down", false],
    ["B2", "to-post", false],
  ]);
  await say("ope", notice, "taken");
  await say("ope", notice, "posted");
  expect(await states()).toEqual([
    ["B2", "hanging", false],
    ["B2", "taken-down", false],
  ]);
  review.clock.set(at("2017-11-06T12:00"));
  const renewal = await review.desk.renewPixels(review.caller("mai"), notice, ["B2"]);
  await lookedAt(review, renewal.id);
  await review.desk.sign(review.caller("sig"), [renewal.id], secret("sig-pass"));
  await reading();
  expect(await states()).toEqual([
    ["B2", "hanging", false],
    ["B2", "taken-down", false],
  ]);
});

test("what hangs is signed as its sheet: looked at like a panel, nothing moving; what serves the screens hangs nowhere", async () => {
  const moving = goodDocument("公告", hangingOn);
  const content = { ...(moving.content as object), motion: { moving: "scroll-left" } };
  const review1 = await submitted(review, "mai", { ...moving, content });
  expect(review1.pixels.map(({ board }) => board)).toEqual(["B1", "B2", "paper:B2"]);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.motion).toBeUndefined();
  for (const board of ["B1", "B2"]) await review.desk.look(review.caller("sig"), review1.id, board);
  expect(await codeOf(review.desk.sign(review.caller("sig"), [review1.id], secret("sig-pass")))).toBe(
    "review/not-looked",
  );
  const service = goodDocument("欢迎", hangingOn);
  const welcome = { ...(service.content as object), track: "屏幕服务", fiveOpen: null, displayKind: "welcome" };
  const review2 = await submitted(review, "mai", { ...service, content: welcome });
  expect(review2.pixels.map(({ board }) => board)).toEqual(["B1", "B2"]);
});

test("what is no picture is no photo; what nobody signed has no sheet", async () => {
  const notice = await signedSheet();
  review.clock.set(at("2017-11-06T10:00"));
  expect(await codeOf(say("ope", notice, "posted", Uint8Array.of(1, 2)))).toBe("notice/picture-slow");
  expect(await states()).toEqual([["B2", "to-post", false]]);
  expect(await codeOf(say("ope", "N404", "posted"))).toBe("paper/unknown");
  expect(await codeOf(paper.say(review.caller("ope"), notice, "B1", "posted", { words: "", photo: null }))).toBe(
    "paper/unknown",
  );
});

test("what has personal information: its photo goes with its pixels, some time after its end", async () => {
  const document = goodDocument("名单", hangingOn);
  const content = { ...(document.content as object), personal: true };
  const { notice } = await signed(review, "mai", { ...document, content });
  await reading();
  review.clock.set(at("2017-11-06T10:00"));
  const view = await say("ope", notice, "posted", jpeg);
  const photo = view.posted?.photo ?? "";
  review.clock.set(at("2017-11-09T10:00"));
  expect(await paper.photo(review.caller("ope"), view, "posted")).toMatchObject({ status: 403 });
  expect(await paper.photo(review.caller("aud"), view, "posted")).toBeInstanceOf(Uint8Array);
  review.clock.set(at("2017-12-07T17:00"));
  await review.desk.tend(review.clock.now());
  expect(await review.store.pictures.get(photo)).not.toBeNull();
  review.clock.set(at("2017-12-09T18:00"));
  await review.desk.tend(review.clock.now());
  expect(await review.store.pictures.get(photo)).toBeNull();
});
