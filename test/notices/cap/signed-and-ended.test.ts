/** Warnings that are ended by others, and those that their signature speaks for. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf } from "../../review/small-review.ts";
import { files, keyFile, rain, signed } from "./signing.ts";
import { type CapTown, hour, openCapTown, start } from "./town.ts";

let town: CapTown;
let review: CapTown["review"];
let cap: CapTown["cap"];
let bring: CapTown["bring"];
let confirm: CapTown["confirm"];
let isLit: CapTown["isLit"];
let actions: CapTown["actions"];
const open = async (rules?: Parameters<typeof openCapTown>[0]) => {
  town = await openCapTown(rules);
  ({ review, cap, bring, confirm, isLit, actions } = town);
};
beforeEach(() => open());
afterEach(() => review.close());

describe("by reference", () => {
  const later = () => review.clock.set(Date.parse("2017-08-12T19:00:00+08:00"));
  const update = (change: Record<string, string> = {}) =>
    rain(
      { msgType: "Update", identifier: "U1", headline: "升级为红色", severity: "Red", ...change },
      files.rain,
    ).replace(
      "<code>预警信息</code>",
      "<references>421200416,42120041600000_20170812163000,2017-08-12T16:30:00+08:00</references>",
    );

  test("a cancellation takes the warning down when it is confirmed, with an order, and says that it is over", async () => {
    const warning = await bring(files.rain);
    const { notice } = await confirm(warning);
    later();
    const cancel = await bring(files.cancel);
    expect(await isLit(warning)).toBe(true);
    expect((await cap.warning(cancel.number)).boards.filter(({ proposed }) => proposed)).toHaveLength(3);
    await confirm(cancel);
    expect([await isLit(warning), await isLit(cancel)]).toEqual([false, true]);
    const old = await review.store.notices.get(notice ?? "");
    const { content, seal } =
      (await review.store.notices.get((await cap.warning(cancel.number)).warning.notice ?? "")) ?? {};
    expect(content?.alert).toMatchObject({ msgType: "Cancel", references: warning.identifier });
    // Not for a moment on screen together.
    expect(old?.withdrawnAt).toBe(seal?.body.at);
    expect(await review.store.takedowns.open()).toMatchObject([{ kind: "cancelled", notice, at: review.clock.now() }]);
    expect((await cap.warning(warning.number)).warning.state).toBe("cancelled");
    expect((await review.store.cases.open()).map(({ title }) => title)).toEqual(["青石市气象台解除暴雨橙色预警信号"]);
  });

  test("on no board: it is only taken down; so too where the cancellation says nothing more", async () => {
    const warning = await bring(files.rain);
    await confirm(warning);
    later();
    const bare = await bring(files.cancel.replace(/<info>[\s\S]*<\/info>/, ""));
    expect((await cap.warning(bare.number)).boards).toEqual([]);
    await cap.confirmWarning(review.caller("ope"), bare.number, []);
    expect(await isLit(warning)).toBe(false);
    expect(await review.store.takedowns.open()).toHaveLength(1);
  });

  test("an update takes its place", async () => {
    const warning = await bring(files.rain);
    await confirm(warning);
    const next = await bring(update());
    expect([await isLit(warning), await isLit(next)]).toEqual([true, false]);
    await confirm(next);
    expect([await isLit(warning), await isLit(next)]).toEqual([false, true]);
  });

  test("what waits is never shown once it is updated; of what never came that is said", async () => {
    const warning = await bring(files.rain);
    await confirm(await bring(update()));
    expect(await codeOf(confirm(warning))).toBe("warning/decided");
    const strange = await bring(update({ identifier: "U2" }).replace("_20170812163000,", "_X,"));
    expect(strange.told.map(({ en }) => en).join()).toContain("has not come");
    await confirm(strange);
    expect(await isLit(strange)).toBe(true);
  });

  test("out of order: what was cancelled before it came is not shown", async () => {
    later();
    await cap.confirmWarning(review.caller("ope"), (await bring(files.cancel)).number, []);
    const warning = await bring(files.rain);
    expect(warning).toMatchObject({ state: "cancelled" });
    expect(await codeOf(confirm(warning))).toBe("warning/decided");
  });

  test("a cancellation that nobody confirmed, or somebody refused, cancels nothing", async () => {
    later();
    const cancel = await bring(files.cancel);
    expect(await bring(files.rain)).toMatchObject({ state: "waiting" });
    await cap.refuseWarning(review.caller("ope"), cancel.number, "假的");
    await confirm((await cap.warning(2)).warning);
    expect(await isLit((await cap.warning(2)).warning)).toBe(true);
  });
});

describe("senders that are believed", () => {
  const believe = async (sender = "421200416", crt = "rsa.crt") => {
    const { fingerprint } = await cap.proposeSender(review.caller("adm"), sender, keyFile(crt));
    await cap.confirmSender(review.caller("sig"), sender, fingerprint);
    return fingerprint;
  };

  test("shown at once, by the sender, still to be countersigned", async () => {
    await believe();
    const warning = await bring(signed(files.rain));
    expect(warning).toMatchObject({ state: "taken", signature: "verified", decided: { by: "421200416" } });
    expect(await isLit(warning)).toBe(true);
    const record = await review.store.notices.get(warning.notice ?? "");
    expect(record?.seal?.body).toMatchObject({
      by: "cap:421200416",
      kind: "emergency",
      envelope: { boards: ["B1", "B2", "B8"] },
    });
    expect(await review.store.cases.open()).toMatchObject([{ kind: "warning" }]);
    const [row] = await review.store.ledger.about("register", warning.notice ?? "");
    expect(row?.by).toBe("cap:421200416");
  });

  test("cancelled by itself, its own alone: another's waits for a person", async () => {
    await believe();
    await believe("other", "other.crt");
    const warning = await bring(signed(files.rain));
    review.clock.set(Date.parse("2017-08-12T19:00:00+08:00"));
    const foreign = await bring(signed(rain({ sender: "other", identifier: "O1" }, files.cancel), { key: "other" }));
    expect(foreign).toMatchObject({ state: "waiting", signature: "verified" });
    expect(await isLit(warning)).toBe(true);
    const own = await bring(signed(files.cancel));
    expect(own.state).toBe("taken");
    expect([await isLit(warning), await isLit(own)]).toEqual([false, true]);
  });

  test("two persons put it on the list, one takes it off", async () => {
    const sender = "421200416";
    const { fingerprint } = await cap.proposeSender(review.caller("sig"), sender, keyFile("rsa.crt"));
    expect(await codeOf(cap.confirmSender(review.caller("sig"), sender, fingerprint))).toBe("warning/sender");
    for (const who of ["mai", "ope", "aud", "rev", "con"])
      expect(await codeOf(cap.confirmSender(review.caller(who), sender, fingerprint))).toBe("review/role");
    expect(await bring(signed(rain({ identifier: "A1" })))).toMatchObject({ state: "waiting", signature: "unknown" });
    await cap.confirmSender(review.caller("sun"), sender, fingerprint);
    expect(await bring(signed(rain({ identifier: "A2" })))).toMatchObject({ state: "taken" });
    await cap.removeSender(review.caller("ope"), sender, fingerprint, "换证书");
    expect(await bring(signed(rain({ identifier: "A3" })))).toMatchObject({ state: "waiting" });
    expect((await actions()).filter((action) => action.startsWith("cap-"))).toEqual([
      "cap-sender/proposed",
      "cap-sender/confirmed",
      "cap-sender/removed",
    ]);
  });

  test("a deputy is no second person", async () => {
    const lent = {
      id: "d",
      of: "adm",
      deputy: "sun",
      role: "administrator",
      from: start - hour,
      until: start + hour,
    } as const;
    await review.lend(lent);
    const { fingerprint } = await cap.proposeSender(review.caller("adm"), "s", keyFile("rsa.crt"));
    await review.alter("sun", { roles: [] });
    const deputy = { ...review.caller("sun"), roles: new Set(["administrator"] as const) };
    expect(await codeOf(cap.confirmSender(deputy, "s", fingerprint))).toBe("warning/sender");
  });

  test("a row that somebody put into the table is believed by nobody", async () => {
    const { fingerprint } = await cap.proposeSender(review.caller("adm"), "421200416", keyFile("rsa.crt"));
    const [proposed] = await cap.senders();
    const confirmed = { account: "sig", name: "sig", instead: null, at: start };
    for (const signature of [null, "0".repeat(128)])
      await review.store.change("system", async (tx) => {
        await tx.received.putSender({
          ...(proposed as never as object),
          sender: "421200416",
          fingerprint,
          confirmed,
          signature,
        } as never);
        await tx.record({ action: "test/forced", subject: "office", data: {} });
      });
    expect(await bring(signed(files.rain))).toMatchObject({ state: "waiting", signature: "unknown" });
  });

  test("a certificate that is over counts no more; one of another sender never did", async () => {
    await believe("421200416", "expired.crt");
    expect(await bring(signed(files.rain))).toMatchObject({ state: "waiting" });
    await believe("someone", "rsa.crt");
    expect(await bring(signed(rain({ identifier: "A9" })))).toMatchObject({ state: "waiting", signature: "unknown" });
  });

  test("a signature that does not hold is told of, and a person decides", async () => {
    await believe();
    const warning = await bring(signed(files.rain).replace("柳林街道", "青石街道"));
    expect(warning).toMatchObject({ state: "waiting", signature: "broken" });
    expect(warning.told.map(({ en }) => en).join()).toContain("its signature is not good");
  });

  test("a false one of that name does not keep the true one off, and goes", async () => {
    await believe();
    const forged = await bring(rain({ headline: "假的" }));
    await confirm(forged);
    expect(await isLit(forged)).toBe(true);
    const warning = await bring(signed(files.rain));
    expect([await isLit(forged), await isLit(warning)]).toEqual([false, true]);
  });
});
