/** 装卡: what stands on a sign that nobody but a person reaches is what somebody says, load by load. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { remedy, sentence } from "../../src/fault.ts";
import { SimulatedCard } from "../../src/panels/carried/simulator/card.ts";
import { unzip } from "../../src/panels/carried/zip.ts";
import { lightsUntil } from "../../src/panels/delivery/index.ts";
import { codeOf } from "../review/small-review.ts";
import { at } from "../store/small-office.ts";
import { CardTown } from "./card-town.ts";

const jpeg = Uint8Array.of(0xff, 0xd8, 7);
const town = new CardTown();
const { view, put, to, say, round } = town;

test("what stands is ready to be carried; a person says that it was put in, and that is all that is known", async () => {
  const notice = await put("危房改造公告");
  expect(view().items).toEqual([]);
  await to("2017-11-06T09:10");
  expect(town.failed).toEqual([]);
  const waiting = view();
  expect(waiting).toMatchObject({ state: "to-carry", since: at("2017-11-06T09:00"), loaded: null });
  expect(waiting.items.map((one) => [one.notice, one.isNew])).toEqual([[notice, true]]);
  expect(town.cards.onCard("B2")).toMatchObject({ loaded: null });
  const stands = { state: "to-carry", put: 1, off: 0, late: false };
  expect(round()).toEqual({ loaded: null, notices: [], stands });
  // The folder is what a card, fed from the stick, shows.
  const card = new SimulatedCard({ width: 8, height: 8, colour: "mono" });
  expect(card.insert(join(town.folder, "B2"))).toEqual([]);
  expect(card.items).toEqual([notice]);
  expect(await codeOf(say("aud", waiting.code))).toBe("review/role");
  expect(await codeOf(say("ope", "0000-0000"))).toBe("card/no-load");
  const said = await say("ope", waiting.code, jpeg);
  expect(said).toMatchObject({ state: "said", loaded: { name: "ope姓名", at: at("2017-11-06T09:10") }, since: null });
  expect(town.cards.onCard("B2")?.loaded).toMatchObject({ loaded: at("2017-11-06T09:10"), owners: [[notice]] });
  expect(round()).toMatchObject({
    loaded: at("2017-11-06T09:10"),
    notices: [notice],
    stands: { state: "said", put: 0 },
  });
  expect(await town.cards.photo("B2")).toEqual(Buffer.from(jpeg));
  expect(town.told).toMatchObject([{ kind: "told", via: "file", board: "B2" }]);
  expect(await codeOf(say("ope", waiting.code))).toBe("card/said");
  const rows = await town.review.store.ledger.rows("register", 0, 1000);
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
  expect(town.cards.mayHave(second, "B2")).toBe(true);
  await say("mai", both);
  expect(view().state).toBe("said");
  await to("2017-11-07T12:00");
  const over = view();
  expect(over).toMatchObject({ state: "to-take-off", since: at("2017-11-07T12:00"), off: [{ notice: first }] });
  expect(over.items.map(({ notice }) => notice)).toEqual([second]);
  // It is over, and goes round there all the same.
  expect(round()).toMatchObject({ notices: [first, second], stands: { state: "to-take-off", put: 0, off: 1 } });
  const { may } = town.cards.onCard("B2")?.holding ?? { may: [] };
  const lit = (notice: string) =>
    may.map((wanted) => lightsUntil(wanted, notice, town.review.clock.now())).find(Boolean);
  expect([lit(first), lit(second)]).toEqual([town.review.clock.now() + 0xffff_ffff, at("2017-11-08T18:00")]);
  await to("2017-11-09T12:00");
  const faults = town.cards.faults("B2").map(({ fault }) => fault);
  expect(faults.map(({ code }) => code)).toEqual(["card/still-on"]);
  expect(faults.map((fault) => sentence(fault).zh).join()).toContain("按登记还在屏上");
  expect(faults.map((fault) => remedy(fault).zh).join()).toContain("断电");
  await say("ope", view().code);
  expect(view()).toMatchObject({ state: "said", off: [], items: [], loaded: { name: "ope姓名" } });
  expect([town.cards.mayHave(first, "B2"), town.cards.mayHave(second, "B2")]).toEqual([false, false]);
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

test("withdrawn before anybody said that it was put in: it may be there, until a later load is", async () => {
  const notice = await put("公告一");
  await to("2017-11-06T09:10");
  await town.review.desk.withdrawNotice(town.review.caller("mai"), notice, "错字");
  expect(view()).toMatchObject({ state: "to-take-off", off: [{ notice, perhaps: true }], items: [] });
  expect(town.cards.mayHave(notice, "B2")).toBe(true);
  await say("ope", view().code);
  expect([view().state, town.cards.mayHave(notice, "B2")]).toEqual(["said", false]);
});

test("warnings, what stands for less than a day, and what the clock changes are not carried, and it is said why", async () => {
  const short = await put("欢迎", { until: at("2017-11-06T17:00") });
  await to("2017-11-06T09:10");
  expect(view()).toMatchObject({ items: [], left: [{ notice: short, why: "short" }] });
  expect(await town.cards.slip("B2")).toContain("播放期不到一天");
});

test("a board that is switched dark has no folder to be carried; when it is resumed it has it again", async () => {
  await put("公告一");
  await to("2017-11-06T09:10");
  expect(existsSync(join(town.folder, "B2", "manifest.json"))).toBe(true);
  town.dark = true;
  await town.cards.look();
  expect(existsSync(join(town.folder, "B2"))).toBe(false);
  expect(view()).toMatchObject({ state: "dark", since: null });
  expect(await codeOf(town.cards.archive("B2"))).toBe("card/dark");
  expect(await codeOf(town.cards.slip("B2"))).toBe("card/dark");
  town.dark = false;
  await town.cards.look();
  expect(existsSync(join(town.folder, "B2", "manifest.json"))).toBe(true);
});

test("the archive is the folder; the slip names the card, the code, each end and who signed", async () => {
  const notice = await put("公告<一>");
  await to("2017-11-06T09:10");
  const files = unzip(await town.cards.archive("B2"));
  expect(files?.map(({ name }) => name)).toEqual([
    ...["B2/manifest.json", "B2/slip.html", "B2/playlist.csv", `B2/01-${notice}-01.png`],
  ]);
  const slip = await town.cards.slip("B2");
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
  expect(Uint8Array.from((await town.cards.picture("B2", `01-${notice}-01.png`)) ?? [])).toEqual(files?.[3]?.bytes);
  expect(await town.cards.picture("B2", "slip.html")).toBe(null);
  expect(await codeOf(town.cards.archive("B1"))).toBe("card/unknown");
});

test("a folder that cannot be written is told on the board, and written once it can be", async () => {
  await put("公告一");
  rmSync(join(town.folder, "B2"), { recursive: true });
  writeFileSync(join(town.folder, "B2"), "somebody's");
  await to("2017-11-06T09:10");
  expect(town.cards.faults("B2").map(({ fault }) => fault.code)).toEqual(["card/folder"]);
  rmSync(join(town.folder, "B2"));
  await town.cards.look();
  expect(town.cards.faults("B2")).toEqual([]);
  expect(existsSync(join(town.folder, "B2", "manifest.json"))).toBe(true);
});

test("nobody has said it for a whole office day: said on the board; a daemon that starts anew knows all of it", async () => {
  await put("公告一");
  await to("2017-11-06T09:10");
  await to("2017-11-07T09:00");
  expect(town.cards.faults("B2")).toMatchObject([
    { fault: { code: "card/not-loaded", notices: 1, load: view().code } },
  ]);
  await say("ope", view().code);
  expect(town.cards.faults("B2")).toEqual([]);
  const before = view();
  await town.anew();
  expect(view()).toEqual(before);
});
