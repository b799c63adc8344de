/** What becomes of a received warning: it waits for one person, or its signature speaks for it; others end it by reference. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BoardConfig } from "../../../src/config/types.ts";
import { limits } from "../../../src/limits.ts";
import { type CapDesk, createCapDesk } from "../../../src/notices/cap/index.ts";
import type { ReceivedWarning } from "../../../src/notices/cap/store.ts";
import { type ReviewParts, reviewRules } from "../../../src/notices/review/index.ts";
import { verdict } from "../../../src/notices/seal.ts";
import {
  chain,
  codeOf,
  faultOf,
  lookedAt,
  openReview,
  secret,
  type SmallReview,
  allClear,
} from "../../review/small-review.ts";
import { boards } from "../../store/small-office.ts";
import { bytesOf, files, keyFile, rain, signed } from "./signing.ts";

const start = Date.parse("2017-08-12T16:31:00+08:00");
const hour = 3_600_000;
const more: readonly BoardConfig[] = [
  ...boards,
  { ...(boards[0] as BoardConfig), id: "B8", allows: ["党务"] },
  { ...(boards[0] as BoardConfig), id: "B9", device: "paper+led", link: { kind: "carried", folder: "usb" } },
];

let review: SmallReview;
let cap: CapDesk;
const open = async (change: (parts: ReviewParts) => ReviewParts = (parts) => parts, rules = reviewRules(undefined)) => {
  review = await openReview(rules.kind === "none" ? rules : chain, (parts) => change({ ...parts, boards: more }));
  cap = createCapDesk({ ...review.parts, store: review.store });
  review.clock.set(start);
};
beforeEach(() => open());
afterEach(() => review.close());

const bring = async (text: string, who = "mo") => (await cap.receive(review.caller(who), bytesOf(text))).warning;
const looked = async ({ number }: ReceivedWarning) =>
  (await cap.warning(number)).boards.flatMap(({ board, message, proposed }) =>
    proposed && message ? [{ board, message: message.hash }] : [],
  );
const confirm = async (warning: ReceivedWarning, who = "ope") =>
  cap.confirmWarning(review.caller(who), warning.number, await looked(warning));
const isLit = async ({ number }: ReceivedWarning) => {
  const { notice } = (await cap.warning(number)).warning;
  const record = notice === null ? null : await review.store.notices.get(notice);
  if (record === null || record.withdrawnAt !== null) return false;
  const judged = verdict(record, review.key.publicKey);
  return judged.ok && judged.envelope.from <= review.clock.now() && review.clock.now() < judged.envelope.until;
};
const rows = async () =>
  (await review.store.ledger.rows("register", 0)).filter(({ action }) => /^(warning|cap-)/.test(action));
const actions = async () => (await rows()).map(({ action }) => action);

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
    await open(undefined, { kind: "none" });
    const warning = await bring(files.rain, "local");
    await confirm(warning, "local");
    expect(await isLit(warning)).toBe(true);
    expect(await review.store.cases.open()).toEqual([]);
    const propose = cap.proposeSender(review.caller("local"), "421200416", keyFile("rsa.crt"));
    expect(await codeOf(propose)).toBe("warning/sender");
  });
});

describe("what comes twice, or wrong", () => {
  test("the same again is known and changes nothing; the same name with another text is refused", async () => {
    const first = await bring(files.rain);
    const before = (await rows()).length;
    expect(await cap.receive(review.caller("mai"), bytesOf(files.rain))).toEqual({ warning: first, known: true });
    expect(await rows()).toHaveLength(before);
    const fault = await faultOf(bring(rain({ headline: "另一条" })));
    expect(fault).toMatchObject({ code: "warning/refused", where: "alert.identifier" });
    expect(await cap.warnings()).toHaveLength(1);
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
