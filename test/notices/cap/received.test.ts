/** What becomes of a received warning: it waits for one person, who sees it as each board would show it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { limits } from "../../../src/limits.ts";
import { allClear, codeOf, faultOf, lookedAt, secret } from "../../review/small-review.ts";
import { bytesOf, files, keyFile, rain } from "./signing.ts";
import { type CapTown, hour, openCapTown, start } from "./town.ts";

let town: CapTown;
let review: CapTown["review"];
let cap: CapTown["cap"];
let bring: CapTown["bring"];
let looked: CapTown["looked"];
let confirm: CapTown["confirm"];
let isLit: CapTown["isLit"];
let rows: CapTown["rows"];
let actions: CapTown["actions"];
const open = async (rules?: Parameters<typeof openCapTown>[0]) => {
  town = await openCapTown(rules);
  ({ review, cap, bring, looked, confirm, isLit, rows, actions } = town);
};
beforeEach(() => open());
afterEach(() => review.close());

describe("one person's confirmation", () => {
  test("it waits, is seen as each board would show it, and is on at once, to be countersigned", async () => {
    const warning = await bring(files.rain);
    expect(warning).toMatchObject({ state: "waiting", signature: "none", notice: null });
    expect(await isLit(warning)).toBe(false);
    const { boards: reach, until } = await cap.warning(warning.number);
    expect(reach.map(({ board, reach: how, proposed }) => [board, how, proposed])).toEqual([
      ["B1", "line", true],
      ["B2", "line", true],
      ["B8", "line", true],
      ["B9", "by-hand", false],
    ]);
    expect(until).toBe(Date.parse("2017-08-12T22:30:00+08:00"));
    const done = await confirm(warning);
    expect(done).toMatchObject({ state: "taken", decided: { by: "ope姓名" } });
    expect(await isLit(warning)).toBe(true);
    const record = await review.store.notices.get(done.notice ?? "");
    expect(record?.seal?.body).toMatchObject({
      kind: "emergency",
      by: "ope姓名 (ope)",
      pixels: await looked(warning),
      envelope: { boards: ["B1", "B2", "B8"], from: start, until, bestPriority: 0 },
    });
    expect(record?.schedule).toMatchObject({ priority: 0, cron: null });
    expect(await actions()).toEqual(["warning/received", "warning/shown"]);

    const [open] = await review.store.cases.open();
    expect(open).toMatchObject({ kind: "warning", state: "signature" });
    await lookedAt(review, open?.id ?? "");
    await review.desk.sign(review.caller("sig"), [open?.id ?? ""], secret("sig-pass"), "", allClear);
    expect(await review.store.cases.open()).toEqual([]);
    review.clock.set(start + 5 * hour);
    await review.desk.tend(review.clock.now());
    expect(await isLit(warning)).toBe(true);
    review.clock.set(until ?? 0);
    expect(await isLit(warning)).toBe(false);
  });

  test("not countersigned in time: off the boards", async () => {
    const warning = await bring(files.rain);
    await confirm(warning);
    await review.desk.tend(start + 4 * hour);
    expect(await isLit(warning)).toBe(false);
  });

  test("by whose office it is, and neither by who brought it nor by who then countersigns", async () => {
    const warning = await bring(files.rain, "ope");
    for (const who of ["aud", "con", "rev", "adm"]) expect(await codeOf(confirm(warning, who))).toBe("review/role");
    expect(await codeOf(confirm(warning, "ope"))).toBe("review/two-steps");
    await confirm(warning, "sig");
    const [open] = await review.store.cases.open();
    await lookedAt(review, open?.id ?? "");
    const again = review.desk.sign(review.caller("sig"), [open?.id ?? ""], secret("sig-pass"), "", allClear);
    expect(await codeOf(again)).toBe("review/two-steps");
    for (const who of ["aud", "con", "rev", "adm"]) expect(await codeOf(bring(files.rain, who))).toBe("review/role");
  });

  test("on boards that were looked at, and can show it", async () => {
    const warning = await bring(files.rain);
    const [b1] = await looked(warning);
    const as = (chosen: readonly { board: string; message: string }[]) =>
      codeOf(cap.confirmWarning(review.caller("mai"), warning.number, chosen));
    const hash = b1?.message ?? "";
    expect(await as([])).toBe("warning/board");
    expect(await as([{ board: "B1", message: "0".repeat(64) }])).toBe("warning/board");
    for (const board of ["B9", "B77"]) expect(await as([{ board, message: hash }])).toBe("warning/board");
    expect(await as([b1 as never, b1 as never])).toBe("warning/board");
    await review.alter("ope", { boards: ["B2"] });
    expect(await codeOf(cap.confirmWarning(review.caller("ope"), warning.number, [b1 as never]))).toBe(
      "review/others-boards",
    );
    expect(await isLit(warning)).toBe(false);
  });

  test("refused with a reason, and decided once", async () => {
    const warning = await bring(files.rain);
    expect(await codeOf(cap.refuseWarning(review.caller("ope"), warning.number, " "))).toBe("review/field");
    await cap.refuseWarning(review.caller("ope"), warning.number, "不在本区");
    expect(await codeOf(confirm(warning))).toBe("warning/decided");
    expect(await actions()).toEqual(["warning/received", "warning/declined"]);
  });

  test("lapses when its time is over", async () => {
    const warning = await bring(files.rain);
    const chosen = await looked(warning);
    review.clock.set(Date.parse("2017-08-12T22:30:00+08:00"));
    expect(await codeOf(cap.confirmWarning(review.caller("ope"), warning.number, chosen))).toBe("warning/decided");
    expect(await cap.tendWarnings(review.clock.now())).toEqual([]);
    expect((await cap.warning(warning.number)).warning.state).toBe("over");
  });

  test("alone on this computer, one person is all that there is", async () => {
    await review.close();
    await open({ kind: "none" });
    const warning = await bring(files.rain, "local");
    await confirm(warning, "local");
    expect(await isLit(warning)).toBe(true);
    expect(await review.store.cases.open()).toEqual([]);
    const propose = cap.proposeSender(review.caller("local"), "421200416", keyFile("rsa.crt"));
    expect(await codeOf(propose)).toBe("warning/sender");
  });
});

describe("what comes twice, or wrong", () => {
  test("the same again is known and changes nothing; the same name with another text waits beside it", async () => {
    const first = await bring(files.rain);
    const before = (await rows()).length;
    expect(await cap.receive(review.caller("mai"), bytesOf(files.rain))).toEqual({ warning: first, known: true });
    expect(await rows()).toHaveLength(before);
    expect(await bring(rain({ headline: "另一条" }))).toMatchObject({ number: 2, state: "waiting" });
    expect(await cap.warnings()).toHaveLength(2);
  });

  test("a refusal leaves its row and nothing else", async () => {
    await faultOf(bring(rain({ status: "Test" })));
    await faultOf(bring("<!DOCTYPE a>"));
    expect(await cap.warnings()).toEqual([]);
    expect(await actions()).toEqual(["warning/refused", "warning/refused"]);
    expect((await rows())[0]?.data).toMatchObject({ where: "alert.status", via: "api", name: "mo姓名" });
  });

  test("receipts are noted", async () => {
    const text = rain({ msgType: "Ack" });
    expect(await bring(text)).toMatchObject({ state: "noted", notice: null });
  });

  test("more than may wait is refused until somebody decides", async () => {
    for (let n = 0; n < limits.capWaiting; n++) await bring(rain({ identifier: `R${n}` }));
    expect(await faultOf(bring(files.rain))).toMatchObject({ where: "received" });
    await cap.refuseWarning(review.caller("ope"), 1, "重复");
    expect(await bring(files.rain)).toMatchObject({ state: "waiting" });
  });
});
