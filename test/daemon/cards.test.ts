/** 装卡: what stands on a sign that nobody but a person reaches is what somebody says, load by load. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { lookup } from "../../src/message/index.ts";
import { wasOn } from "../../src/ledger/play-was.ts";
import { roundIn } from "../../src/daemon/card-shows.ts";
import { startPlayLog } from "../../src/daemon/play-log.ts";
import { Book } from "../../src/daemon/book.ts";
import { type CardParts, CarriedCards } from "../../src/daemon/cards.ts";
import { remedy, sentence } from "../../src/fault.ts";
import type { PlayEvent } from "../../src/panels/contract.ts";
import { unzip } from "../../src/panels/carried/zip.ts";
import { SimulatedCard } from "../../src/panels/carried/simulator/card.ts";
import { lightsUntil } from "../../src/panels/delivery/index.ts";
import { codeOf, goodDocument, openReview, signed, type SmallReview } from "../review/small-review.ts";
import { at, boards as two, site } from "../store/small-office.ts";

let folder = "";
let review: SmallReview;
let cards: CarriedCards;
let partsOf: () => CardParts;
let reading: () => Promise<void>;
let told: PlayEvent[];
let dark: boolean;
let failed: unknown[];
const jpeg = Uint8Array.of(0xff, 0xd8, 7);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "boardcast-card-"));
  [told, dark, failed] = [[], false, []];
  const boards: readonly BoardConfig[] = [
    two[0] as BoardConfig,
    {
      ...(two[1] as BoardConfig),
      ...{ place: "村委会", custodian: "保管人丁", link: { kind: "carried", folder, card: "HD-U63" } },
    },
  ];
  review = await openReview(undefined, (parts) => ({
    ...parts,
    ...{ boards, changed: () => reading() },
    taking: {
      take: async (bytes) =>
        bytes[0] === 0xff
          ? { ok: true, pictures: [{ sha256: "", bytes }], warnings: [] }
          : { ok: false, faults: [{ code: "notice/picture-slow", name: "photo", seconds: 30 }] },
    },
  }));
  const book = new Book(review.store.notices, review.key.publicKey, "real", boards);
  partsOf = () => ({
    ...review.parts,
    ...{ store: review.store, messages: review.store.messages, site: { ...site, boards } },
    ...{ publicKey: review.key.publicKey, book: { all: () => book.all(), of: (ids) => book.of(ids) } },
    seals: { verdict: (notice, when) => book.verdict(notice, when) },
    photoOf: async (bytes) => bytes,
    ordersFor: () => [],
    paperLingers: () => false,
    isDark: () => dark,
    witness: (event) => told.push(event),
    failed: (error) => failed.push(error),
    said: () => reading(),
    changed: () => {},
  });
  cards = new CarriedCards(partsOf());
  reading = async () => {
    await book.reload();
    await cards.read();
  };
  await reading();
});
afterEach(async () => {
  await review.close();
  rmSync(folder, { recursive: true, force: true });
});

const view = () => {
  const [one] = cards.list();
  if (!one) throw new Error("no carried board");
  return one;
};
const on = (title: string, more: object = {}) =>
  goodDocument(title, { schedule: { ...(goodDocument().schedule as object), boards: ["B1", "B2"], ...more } });
async function put(title: string, more: object = {}): Promise<string> {
  const { notice } = await signed(review, "mai", on(title, more));
  await reading();
  return notice;
}
async function to(time: string): Promise<void> {
  review.clock.set(at(time));
  await cards.look();
}
const say = (who: string, load: string, photo: Uint8Array | null = null, knowing = false) =>
  cards.say(review.caller(who), "B2", { load, words: "", photo, knowing });
/** What the card goes round, and since when, as the page has it. */
const round = () => {
  const found = cards.now("B2");
  return found && { loaded: found.loaded, notices: found.notices, stands: found.stands };
};

test("what stands is ready to be carried; a person says that it was put in, and that is all that is known", async () => {
  const notice = await put("危房改造公告");
  expect(view().items).toEqual([]);
  await to("2017-11-06T09:10");
  expect(failed).toEqual([]);
  const waiting = view();
  expect(waiting).toMatchObject({ state: "to-carry", since: at("2017-11-06T09:00"), loaded: null });
  expect(waiting.items.map((one) => [one.notice, one.isNew])).toEqual([[notice, true]]);
  expect(cards.onCard("B2")).toMatchObject({ loaded: null });
  const stands = { state: "to-carry", put: 1, off: 0, late: false };
  expect(round()).toEqual({ loaded: null, notices: [], stands });
  // The folder is what a card, fed from the stick, shows.
  const card = new SimulatedCard({ width: 8, height: 8, colour: "mono" });
  expect(card.insert(join(folder, "B2"))).toEqual([]);
  expect(card.items).toEqual([notice]);
  expect(await codeOf(say("aud", waiting.code))).toBe("review/role");
  expect(await codeOf(say("ope", "0000-0000"))).toBe("card/no-load");
  const said = await say("ope", waiting.code, jpeg);
  expect(said).toMatchObject({ state: "said", loaded: { name: "ope姓名", at: at("2017-11-06T09:10") }, since: null });
  expect(cards.onCard("B2")?.loaded).toMatchObject({ loaded: at("2017-11-06T09:10"), owners: [[notice]] });
  expect(round()).toMatchObject({
    loaded: at("2017-11-06T09:10"),
    notices: [notice],
    stands: { state: "said", put: 0 },
  });
  expect(await cards.photo("B2")).toEqual(Buffer.from(jpeg));
  expect(told).toMatchObject([{ kind: "told", via: "file", board: "B2" }]);
  expect(await codeOf(say("ope", waiting.code))).toBe("card/said");
  const rows = await review.store.ledger.rows("register", 0, 1000);
  const its = rows.filter(({ action }) => action.startsWith("card/"));
  expect(its.map(({ action, by, subject }) => [action, by, subject])).toEqual([
    ["card/made", "system", "B2"],
    ["card/made", "system", "B2"],
    ["card/loaded", "ope", "B2"],
  ]);
});

test("what is over is asked for again and again until a load without it is put in; an older load says what it had", async () => {
  const first = await put("公告一", { until: at("2017-11-07T12:00") });
  await to("2017-11-06T09:10");
  const one = view().code;
  await say("ope", one);
  const second = await put("公告二");
  await to("2017-11-06T10:00");
  expect(view()).toMatchObject({ state: "to-carry", off: [] });
  const both = view().code;
  expect(both).not.toBe(one);
  // Nobody said that it was put in, and it may have been.
  expect(cards.mayHave(second, "B2")).toBe(true);
  await say("mai", both);
  expect(view().state).toBe("said");
  await to("2017-11-07T12:00");
  const over = view();
  expect(over).toMatchObject({ state: "to-take-off", since: at("2017-11-07T12:00"), off: [{ notice: first }] });
  expect(over.items.map(({ notice }) => notice)).toEqual([second]);
  // It is over, and goes round there all the same.
  expect(round()).toMatchObject({ notices: [first, second], stands: { state: "to-take-off", put: 0, off: 1 } });
  const { may } = cards.onCard("B2")?.holding ?? { may: [] };
  const lit = (notice: string) => may.map((wanted) => lightsUntil(wanted, notice, review.clock.now())).find(Boolean);
  expect([lit(first), lit(second)]).toEqual([review.clock.now() + 0xffff_ffff, at("2017-11-08T18:00")]);
  await to("2017-11-09T12:00");
  const faults = cards.faults("B2").map(({ fault }) => fault);
  expect(faults.map(({ code }) => code)).toEqual(["card/still-on"]);
  expect(faults.map((fault) => sentence(fault).zh).join()).toContain("按登记还在屏上");
  expect(faults.map((fault) => remedy(fault).zh).join()).toContain("断电");
  await say("ope", view().code);
  expect(view()).toMatchObject({ state: "said", off: [], items: [], loaded: { name: "ope姓名" } });
  expect([cards.mayHave(first, "B2"), cards.mayHave(second, "B2")]).toEqual([false, false]);
});

test("an older load that was put in instead is believed, and what it lacks is asked for again", async () => {
  const first = await put("公告一");
  await to("2017-11-06T09:10");
  const one = view().code;
  const second = await put("公告二");
  await to("2017-11-06T09:30");
  const both = view().code;
  await say("ope", one);
  expect(view()).toMatchObject({ state: "to-carry", code: both, loaded: { code: one } });
  expect(view().items.map(({ notice, isNew }) => [notice, isNew])).toEqual([
    ...[
      [first, false],
      [second, true],
    ],
  ]);
  await say("ope", both.toLowerCase());
  expect(view().state).toBe("said");
  // The stick of before again: nothing of it is over, and what it lacks is asked for once more.
  expect(view().made.slice(0, 2)).toMatchObject([
    { code: both, older: false },
    { code: one, older: true },
  ]);
  await to("2017-11-06T09:40");
  await say("ope", one);
  expect(round()).toMatchObject({ loaded: at("2017-11-06T09:40"), notices: [first], stands: { put: 1, off: 0 } });
  expect(view()).toMatchObject({ state: "to-carry", code: both });
  await say("ope", both);
  expect(view().state).toBe("said");
});

test("a stick with what is over is refused, unless whoever put it in knows; then it is to be taken off", async () => {
  const first = await put("公告一", { until: at("2017-11-07T12:00") });
  await to("2017-11-06T09:10");
  const old = view().code;
  await say("ope", old);
  await put("公告二");
  await to("2017-11-07T12:00");
  await say("ope", view().code);
  await to("2017-11-07T18:00");
  expect([view().state, cards.mayHave(first, "B2")]).toEqual(["said", false]);
  const refused = await say("ope", old).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({
    fault: { code: "card/over", notice: first, title: "公告一", at: "2017-11-07 12:00", more: 0 },
  });
  expect(view().state).toBe("said");
  const after = await say("ope", old, null, true);
  expect(after).toMatchObject({
    state: "to-take-off",
    off: [{ notice: first, perhaps: false }],
    loaded: { code: old },
  });
  expect([round()?.notices, cards.mayHave(first, "B2")]).toEqual([[first], true]);
  await to("2017-11-08T12:00");
  expect(cards.faults("B2").map(({ fault }) => fault.code)).toContain("card/still-on");
  // A daemon that starts anew knows it, too; and the present load takes it off.
  cards = new CarriedCards(partsOf());
  await reading();
  expect(view().off).toMatchObject([{ notice: first }]);
  await say("ope", view().code);
  expect([view().state, view().off, cards.mayHave(first, "B2")]).toEqual(["said", [], false]);
});

test("what it goes round at any instant: nothing known, then load after load, each in the order of the card", async () => {
  const log = await startPlayLog({
    ...{ store: review.store, boards: ["B2"], clock: review.clock, wall: review.clock },
    ...{ numberOf: () => 1, why: () => null, failed: (error) => failed.push(error) },
  });
  const first = await put("公告一");
  await to("2017-11-06T09:10");
  await say("ope", view().code);
  const second = await put("公告二");
  await to("2017-11-06T10:00");
  await say("ope", view().code);
  for (const event of told) log.witness(event);
  await log.stop();
  expect(failed).toEqual([]);
  await to("2017-11-06T11:00");
  const span = { from: at("2017-11-06T00:00"), until: at("2017-11-07T00:00") };
  const pieces = await cards.pieces("B2", span);
  expect(pieces.map(({ from, until, loaded, notices }) => [from, until, loaded, notices])).toEqual([
    [span.from, at("2017-11-06T09:10"), null, []],
    [at("2017-11-06T09:10"), at("2017-11-06T10:00"), at("2017-11-06T09:10"), [first]],
    [at("2017-11-06T10:00"), span.until, at("2017-11-06T10:00"), [first, second]],
  ]);
  // The same dots at the same instant, whichever piece or round of it is asked; a year later, too.
  const now = cards.now("B2")?.planned.programme;
  const last = pieces.at(-1)?.planned.programme;
  if (!now || !last) throw new Error("nothing goes round");
  for (let ms = 0; ms < 60_000; ms += 777) {
    const instant = at("2017-11-06T11:00") + ms;
    expect(lookup(last, instant).message).toBe(lookup(now, instant).message);
  }
  const year = 366 * 86_400_000;
  const far = { from: span.from + year, until: span.until + year };
  const [later] = await cards.pieces("B2", far);
  expect(later).toMatchObject({ ...far, loaded: at("2017-11-06T10:00"), notices: [first, second] });
  const then = await wasOn(review.store.play, "B2", review.clock.now(), review.clock.now());
  expect(then).toMatchObject({ known: true, told: { via: "file" }, message: lookup(now, review.clock.now()).message });
  review.clock.set(at("2017-11-06T11:00") + year);
  const long = await wasOn(review.store.play, "B2", review.clock.now(), review.clock.now());
  expect(long).toMatchObject({ known: true, message: lookup(roundIn(now, far), review.clock.now()).message });
});

test("withdrawn before anybody said that it was put in: it may be there, until a later load is", async () => {
  const notice = await put("公告一");
  await to("2017-11-06T09:10");
  await review.desk.withdrawNotice(review.caller("mai"), notice, "错字");
  expect(view()).toMatchObject({ state: "to-take-off", off: [{ notice, perhaps: true }], items: [] });
  expect(cards.mayHave(notice, "B2")).toBe(true);
  await say("ope", view().code);
  expect([view().state, cards.mayHave(notice, "B2")]).toEqual(["said", false]);
});

test("warnings, what stands for less than a day, and what the clock changes are not carried, and it is said why", async () => {
  const short = await put("欢迎", { until: at("2017-11-06T17:00") });
  await to("2017-11-06T09:10");
  expect(view()).toMatchObject({ items: [], left: [{ notice: short, why: "short" }] });
  expect(await cards.slip("B2")).toContain("播放期不到一天");
});

test("a board that is switched dark has no folder to be carried; when it is resumed it has it again", async () => {
  await put("公告一");
  await to("2017-11-06T09:10");
  expect(existsSync(join(folder, "B2", "manifest.json"))).toBe(true);
  dark = true;
  await cards.look();
  expect(existsSync(join(folder, "B2"))).toBe(false);
  expect(view()).toMatchObject({ state: "dark", since: null });
  expect(await codeOf(cards.archive("B2"))).toBe("card/dark");
  expect(await codeOf(cards.slip("B2"))).toBe("card/dark");
  dark = false;
  await cards.look();
  expect(existsSync(join(folder, "B2", "manifest.json"))).toBe(true);
});

test("the archive is the folder; the slip names the card, the code, each end and who signed", async () => {
  const notice = await put("公告<一>");
  await to("2017-11-06T09:10");
  const files = unzip(await cards.archive("B2"));
  expect(files?.map(({ name }) => name)).toEqual([
    ...["B2/manifest.json", "B2/slip.html", "B2/playlist.csv", `B2/01-${notice}-01.png`],
  ]);
  const slip = await cards.slip("B2");
  for (const words of [
    view().code,
    "HD-U63",
    "2017-11-08 18:00",
    "sig姓名",
    "公告&lt;一&gt;",
    `pages/01-${notice}-01.png`,
  ])
    expect(slip).toContain(words);
  const onStick = Buffer.from(files?.[1]?.bytes ?? []).toString();
  expect(onStick).toContain("<style>");
  expect(onStick).not.toMatch(/(href|src)="(https?:)?\//);
  expect(Uint8Array.from((await cards.picture("B2", `01-${notice}-01.png`)) ?? [])).toEqual(files?.[3]?.bytes);
  expect(await cards.picture("B2", "slip.html")).toBe(null);
  expect(await codeOf(cards.archive("B1"))).toBe("card/unknown");
});

test("a folder that cannot be written is told on the board, and written once it can be", async () => {
  await put("公告一");
  rmSync(join(folder, "B2"), { recursive: true });
  writeFileSync(join(folder, "B2"), "somebody's");
  await to("2017-11-06T09:10");
  expect(cards.faults("B2").map(({ fault }) => fault.code)).toEqual(["card/folder"]);
  rmSync(join(folder, "B2"));
  await cards.look();
  expect(cards.faults("B2")).toEqual([]);
  expect(existsSync(join(folder, "B2", "manifest.json"))).toBe(true);
});

test("nobody has said it for a whole office day: said on the board; a daemon that starts anew knows all of it", async () => {
  await put("公告一");
  await to("2017-11-06T09:10");
  await to("2017-11-07T09:00");
  expect(cards.faults("B2")).toMatchObject([{ fault: { code: "card/not-loaded", notices: 1, load: view().code } }]);
  await say("ope", view().code);
  expect(cards.faults("B2")).toEqual([]);
  const before = view();
  cards = new CarriedCards(partsOf());
  await reading();
  expect(view()).toEqual(before);
});
