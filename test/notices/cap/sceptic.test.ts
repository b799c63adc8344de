/** What whoever confirms is told: which warning goes, whose it is, and what came before under the same number. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { limits } from "../../../src/limits.ts";
import { codeOf, faultOf } from "../../review/small-review.ts";
import { bytesOf, files, rain } from "./signing.ts";
import { type CapTown, hour, openCapTown } from "./town.ts";

let town: CapTown;
beforeEach(async () => {
  town = await openCapTown();
});
afterEach(() => town.review.close());

const sentOf = "2017-08-12T16:30:00+08:00";
const about = (sender: string, identifier: string) => `${sender},${identifier},${sentOf}`;
const alert = (change: Record<string, string> = {}) => rain({ sender: "met@a", identifier: "A1", ...change });
const cancel = (sender: string, identifier: string, references: string) =>
  rain({ sender, identifier, references }, files.cancel).replace(/<info>[\s\S]*<\/info>/, "");
const told = ({ told: all }: { readonly told: readonly { readonly zh: string; readonly en: string }[] }) => ({
  zh: all.map(({ zh }) => zh).join("|"),
  en: all.map(({ en }) => en).join("|"),
});

test("a cancellation by another sender says whose warning it ends, and is confirmed only by who says so", async () => {
  const { cap, bring, confirm, isLit, review } = town;
  const warning = await bring(alert());
  await confirm(warning);
  const forged = await bring(cancel("met@b", "C1", about("met@a", "A1")));
  expect(told(forged).zh).toContain(`将结束 met@a 的预警 A1《${warning.title}》\uff1b发布者不同`);
  expect(told(forged).en).toContain(`it ends warning A1 of met@a, "${warning.title}"; another sender's`);
  const { references } = await cap.warning(forged.number);
  expect(references).toMatchObject([{ sender: "met@a", identifier: "A1", another: true, found: [{ number: 1 }] }]);
  const fault = await faultOf(cap.confirmWarning(review.caller("ope"), forged.number, []));
  expect(fault).toMatchObject({ code: "warning/another-sender", sender: "met@b", others: ["met@a A1"] });
  expect(await isLit(warning)).toBe(true);
  await cap.confirmWarning(review.caller("ope"), forged.number, [], "", true);
  expect(await isLit(warning)).toBe(false);
});

test("its own needs no more than a look", async () => {
  const { cap, bring, review } = town;
  await bring(alert());
  const own = await bring(cancel("met@a", "C1", about("met@a", "A1")));
  expect(told(own).zh).toContain("将结束 met@a 的预警 A1《");
  expect(told(own).zh).not.toContain("发布者不同");
  expect(await cap.confirmWarning(review.caller("ope"), own.number, [])).toMatchObject({ state: "taken" });
});

test("what never came is said, until it comes", async () => {
  const { cap, bring } = town;
  const early = await bring(cancel("met@b", "C1", about("met@a", "A1")));
  expect(told(early).zh).toContain("所指的预警没有收到过");
  expect((await cap.warning(early.number)).references).toMatchObject([{ another: true, found: [] }]);
  const { title } = await bring(alert());
  const { warning } = await cap.warning(early.number);
  expect(told(warning).zh).not.toContain("没有收到过");
  expect(told(warning).zh).toContain(`将结束 met@a 的预警 A1《${title}》\uff1b发布者不同`);
});

test("a refused forgery does not hold the number: the true one waits, and tells of it", async () => {
  const { cap, bring, confirm, isLit, review } = town;
  const forged = await bring(alert({ headline: "假的" }));
  await cap.refuseWarning(review.caller("ope"), forged.number, "假的");
  const genuine = await bring(alert());
  expect(genuine).toMatchObject({ state: "waiting", identifier: "A1" });
  expect(told(genuine).zh).toContain("这个编号下另一份内容已于 2017-08-12 16:31 由 ope姓名 拒绝");
  expect(told(genuine).en).toContain("was refused at 2017-08-12 16:31 by ope姓名");
  // The same bytes stay refused.
  expect(await bring(alert({ headline: "假的" }))).toMatchObject({ number: forged.number, state: "refused" });
  await confirm(genuine);
  expect(await isLit(genuine)).toBe(true);
});

test("a forgery that waits keeps the true one out of nobody's sight: both are told, one at most is shown", async () => {
  const { cap, bring, confirm, isLit } = town;
  const forged = await bring(alert({ headline: "假的" }));
  const genuine = await bring(alert());
  expect(genuine).toMatchObject({ state: "waiting", number: forged.number + 1 });
  const other = (number: number, title: string) => `同一编号还来过另一份内容\uff1a第 ${number} 条《${title}》`;
  expect(told(genuine).zh).toContain(other(forged.number, forged.title));
  expect(told((await cap.warning(forged.number)).warning).zh).toContain(other(genuine.number, genuine.title));
  expect((await cap.warnings()).map(({ number, state }) => [number, state])).toEqual([
    [genuine.number, "waiting"],
    [forged.number, "waiting"],
  ]);
  // Byte for byte they stay two.
  expect(await bring(alert())).toMatchObject({ number: genuine.number });
  expect(await bring(alert({ headline: "假的" }))).toMatchObject({ number: forged.number });
  expect(await cap.warnings()).toHaveLength(2);
  await confirm(forged);
  expect(await isLit(forged)).toBe(true);
  // Somebody was taken in: confirming the true one takes the other down in the same change.
  await confirm(genuine);
  expect([await isLit(forged), await isLit(genuine)]).toEqual([false, true]);
  expect((await cap.warning(forged.number)).warning.state).toBe("cancelled");
});

test("however many forgeries were refused, the true one is found by what cancels it", async () => {
  const { cap, bring, isLit, confirm, review } = town;
  for (let n = 0; n <= limits.capVersions; n++)
    await cap.refuseWarning(review.caller("ope"), (await bring(alert({ headline: `假的${n}` }))).number, "假的");
  const genuine = await bring(alert());
  await confirm(genuine);
  const own = await bring(cancel("met@a", "C1", about("met@a", "A1")));
  await cap.confirmWarning(review.caller("ope"), own.number, []);
  expect(await isLit(genuine)).toBe(false);
});

test("a refused file is told of until a person has seen it, or a day is over; tests and exercises are not", async () => {
  const { cap, review } = town;
  const put = (text: string, name: string) => codeOf(cap.receiveFile(bytesOf(text), name));
  expect(await put(files.rain.slice(0, -20), "cut.xml")).toBe("warning/refused");
  expect(await put(rain({ status: "Test" }), "test.xml")).toBe("warning/refused");
  const [cut, ...others] = await cap.refusedFiles();
  expect(cut).toMatchObject({ name: "cut.xml", at: review.clock.now() });
  expect(others).toEqual([]);
  const fault = { code: "warning/refused", where: "large.xml", what: { zh: "太大", en: "large" } } as const;
  await cap.refuseFile({ ...fault, remedy: fault.what }, "large.xml");
  expect(await codeOf(cap.acknowledgeRefused(review.caller("aud"), cut?.row ?? 0))).toBe("review/role");
  await cap.acknowledgeRefused(review.caller("ope"), cut?.row ?? 0);
  // Only what was seen.
  expect((await cap.refusedFiles()).map(({ name }) => name)).toEqual(["large.xml"]);
  review.clock.set(review.clock.now() + limits.capRefusedHours * hour);
  expect(await cap.refusedFiles()).toEqual([]);
});
