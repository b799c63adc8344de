/** What a sign shows that a person carries a stick to: what was put in last, or a stick of before, and not its schedule. */
import { expect, test } from "vitest";
import { cardReason, roundIn } from "../../src/daemon/card-shows.ts";
import { startPlayLog } from "../../src/daemon/play-log.ts";
import { cardWhy } from "../../src/daemon/why-card.ts";
import { wasOn } from "../../src/ledger/play-was.ts";
import { lookup } from "../../src/message/index.ts";
import { codeOf, goodDocument, signed } from "../review/small-review.ts";
import { at } from "../store/small-office.ts";
import { CardTown } from "./card-town.ts";

const town = new CardTown();
const { view, put, to, say, round } = town;

test("a stick with what is over is refused, unless whoever put it in knows; then it is to be taken off", async () => {
  const first = await put("公告一", { until: at("2017-11-07T12:00") });
  await to("2017-11-06T09:10");
  const old = view().code;
  await say("ope", old);
  await put("公告二");
  await to("2017-11-07T12:00");
  await say("ope", view().code);
  await to("2017-11-07T18:00");
  expect([view().state, town.cards.mayHave(first, "B2")]).toEqual(["said", false]);
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
  expect([round()?.notices, town.cards.mayHave(first, "B2")]).toEqual([[first], true]);
  await to("2017-11-08T12:00");
  expect(town.cards.faults("B2").map(({ fault }) => fault.code)).toContain("card/still-on");
  // A daemon that starts anew knows it, too; and the present load takes it off.
  await town.anew();
  expect(view().off).toMatchObject([{ notice: first }]);
  await say("ope", view().code);
  expect([view().state, view().off, town.cards.mayHave(first, "B2")]).toEqual(["said", [], false]);
});

test("who is not to look back is given no picture of people whose time is over, though their card still goes round", async () => {
  const { schedule, content } = goodDocument("\u540d\u5355");
  const until = at("2017-11-07T12:00");
  const document = goodDocument("\u540d\u5355", {
    schedule: { ...(schedule as object), boards: ["B1", "B2"], until },
    content: { ...(content as object), personal: true },
  });
  const { notice } = await signed(town.review, "mai", document);
  await town.anew();
  await to("2017-11-06T09:10");
  await say("ope", view().code);
  const { clock } = town.review;
  const isPast = (board: string) => town.office().personalThen?.(board, clock.now());
  expect([round()?.notices, await isPast("B2")]).toEqual([[notice], false]);
  await to("2017-11-07T18:00");
  expect([round()?.notices, await isPast("B2"), await isPast("B1")]).toEqual([[notice], true, false]);
});

test("given up: emptied or gone, nothing is on it and nothing waits; that nothing was ever put in is believed where it can be", async () => {
  const notice = await put("公告一");
  await to("2017-11-06T09:10");
  expect(town.cards.on("B2")).toBe(1);
  await say("ope", view().code);
  const leave = (who: string, how: "cleared" | "never") => town.cards.empty(town.review.caller(who), "B2", how, "拆了");
  expect(await codeOf(leave("adm", "never"))).toBe("installation/loaded");
  expect(await codeOf(leave("ope", "cleared"))).toBe("review/role");
  expect(round()?.notices).toEqual([notice]);
  town.dark = true;
  await leave("adm", "cleared");
  expect([round()?.notices, town.cards.mayHave(notice, "B2"), view().off]).toEqual([[], false, []]);
  const rows = await town.review.store.ledger.rows("register", 0, 1000);
  expect(rows.findLast(({ action }) => action === "card/emptied")).toMatchObject({
    ...{ by: "adm", subject: "B2", data: { how: "cleared", words: "卡已清空：拆了", off: [notice] } },
  });
  expect(town.told.at(-1)).toMatchObject({ kind: "told", via: "file", wanted: { owners: [] } });
});

test("what it goes round at any instant: nothing known, then load after load, each in the order of the card", async () => {
  const log = await startPlayLog({
    ...{ store: town.review.store, boards: ["B2"], clock: town.review.clock, wall: town.review.clock },
    ...{ numberOf: () => 1, why: () => null, failed: (error) => town.failed.push(error) },
  });
  const first = await put("公告一");
  await to("2017-11-06T09:10");
  await say("ope", view().code);
  const second = await put("公告二");
  await to("2017-11-06T10:00");
  await say("ope", view().code);
  for (const event of town.told) log.witness(event);
  await log.stop();
  expect(town.failed).toEqual([]);
  await to("2017-11-06T11:00");
  const span = { from: at("2017-11-06T00:00"), until: at("2017-11-07T00:00") };
  const pieces = await town.cards.pieces("B2", span);
  expect(pieces.map(({ from, until, loaded, notices }) => [from, until, loaded, notices])).toEqual([
    [span.from, at("2017-11-06T09:10"), null, []],
    [at("2017-11-06T09:10"), at("2017-11-06T10:00"), at("2017-11-06T09:10"), [first]],
    [at("2017-11-06T10:00"), span.until, at("2017-11-06T10:00"), [first, second]],
  ]);
  // The same dots at the same instant, whichever piece or round of it is asked; a year later, too.
  const now = town.cards.now("B2")?.planned.programme;
  const last = pieces.at(-1)?.planned.programme;
  if (!now || !last) throw new Error("nothing goes round");
  for (let ms = 0; ms < 60_000; ms += 777) {
    const instant = at("2017-11-06T11:00") + ms;
    expect(lookup(last, instant).message).toBe(lookup(now, instant).message);
  }
  const year = 366 * 86_400_000;
  const far = { from: span.from + year, until: span.until + year };
  const [later] = await town.cards.pieces("B2", far);
  expect(later).toMatchObject({ ...far, loaded: at("2017-11-06T10:00"), notices: [first, second] });
  const then = await wasOn(town.review.store.play, "B2", town.review.clock.now(), town.review.clock.now());
  expect(then).toMatchObject({
    known: true,
    told: { via: "file" },
    message: lookup(now, town.review.clock.now()).message,
  });
  town.review.clock.set(at("2017-11-06T11:00") + year);
  const long = await wasOn(town.review.store.play, "B2", town.review.clock.now(), town.review.clock.now());
  expect(long).toMatchObject({ known: true, message: lookup(roundIn(now, far), town.review.clock.now()).message });
});

test("why: on the card by somebody's word, or not there until it is loaded, whatever the schedule says", async () => {
  const first = await put("公告一");
  await to("2017-11-06T09:10");
  const [nothing] = await town.cards.pieces("B2", { from: at("2017-11-06T09:00"), until: at("2017-11-06T10:00") });
  await say("ope", view().code);
  const second = await put("公告二");
  await to("2017-11-06T10:00");
  const [card] = await town.cards.pieces("B2", { from: at("2017-11-06T10:00"), until: at("2017-11-06T11:00") });
  if (!nothing || !card) throw new Error("no pieces");
  const rules = { zh: "正在播出", en: "shown" };
  const reason = (piece: typeof card, notice: string, code: "shown" | "after" | "between-slots") => {
    const { sentence, onCard = false, suspended } = cardReason(piece, notice, { code }, rules, "Asia/Shanghai");
    return [onCard, suspended, sentence.zh] as const;
  };
  const loops = "U 盘屏：按 2017-11-06 09:10 登记所装的内容日夜循环播放，不认时段，机器无法核对";
  expect(reason(card, first, "between-slots")).toEqual([true, null, `${loops}；按安排：正在播出`]);
  expect(reason(card, first, "after")[2]).toBe(`${loops}；已经不该在屏上，请重新装卡；按安排：正在播出`);
  expect(reason(card, second, "shown")).toEqual([false, "card", "不在卡上，装卡以后才会播；按安排：正在播出"]);
  expect(reason(card, second, "after")).toEqual([false, null, "正在播出"]);
  expect(reason(nothing, first, "shown")).toEqual([
    ...[false, "card", "U 盘屏：还没有人登记装过卡，屏上是什么不知道；按安排：正在播出"],
  ]);
  const parts = { clock: town.review.clock, store: town.review.store, site: { zone: "Asia/Shanghai" } };
  const why = async (notice: string, time: string, of = card) => {
    const asked = { card: of, rules: { code: "shown", sentence: rules } };
    const { tense, shown, code, told } = await cardWhy(parts as never, "B2", notice, at(time), asked);
    return [tense, shown, code, told];
  };
  const told = at("2017-11-06T09:10");
  expect(await why(first, "2017-11-06T10:00")).toEqual(["past", true, "on", told]);
  expect(await why(second, "2017-11-06T10:00")).toEqual(["past", false, "not-told", told]);
  expect(await why(first, "2017-11-07T03:00")).toEqual(["future", true, "on", told]);
  expect(await why(first, "2017-11-06T09:05", nothing)).toEqual(["past", null, "no-record", null]);
});
