/** An operator of some boards does nothing to another's: neither takes down, nor warns, nor attests. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Caller } from "../../src/people/types.ts";
import { limits } from "../../src/limits.ts";
import { at } from "../store/small-office.ts";
import {
  chain,
  codeOf,
  faultOf,
  goodDocument,
  lookedAt,
  openReview,
  secret,
  signed,
  type SmallReview,
  submitted,
} from "./small-review.ts";

const scan = new TextEncoder().encode("scan");
const sha256 = createHash("sha256").update(scan).digest("hex");
let review: SmallReview;
beforeEach(async () => {
  review = await openReview({ ...chain, paper: true }, (parts) => ({
    ...parts,
    taking: { take: async () => ({ ok: true, pictures: [{ sha256, bytes: scan }], warnings: [] }) },
  }));
});
afterEach(() => review.close());

/** Limited by the account alone, and by what the session says alone. */
const limited: readonly [string, (boards: readonly string[]) => Promise<Caller>][] = [
  [
    "the account",
    async (boards) => {
      await review.alter("ope", { boards });
      return review.caller("ope");
    },
  ],
  ["the session", async (boards) => ({ ...review.caller("ope"), boards })],
];

const slots = { stations: ["柳林站"], kinds: ["暴雨"], levels: ["红"], amount: { min: 10, max: 300 }, hoursMax: 6 };
const template = (from = "2017-11-06T08:00", until = "2018-11-06T08:00") =>
  goodDocument("", {
    content: {
      ...(goodDocument().content as object),
      title: "{{station}}{{kind}}{{level}}色预警",
      body: "{{time}}起{{hours}}小时内降水{{amount}}毫米。",
      displayKind: "emergency",
      track: "屏幕服务",
      fiveOpen: null,
      slots,
    },
    schedule: { boards: ["B1", "B2"], from: at(from), until: at(until), cron: null, priority: 0 },
  });
const values = () => ({ station: "柳林站", time: review.clock.now(), kind: "暴雨", level: "红", amount: 50, hours: 3 });
const warn = (caller: Caller, id: string) => review.desk.publishWarning(caller, id, values());

test.each(limited)("by %s: nothing is done to a notice that is also on another's board", async (_, callerOf) => {
  const done = await signed(review);
  const waiting = await submitted(review);
  const model = (await signed(review, "mai", template())).notice;
  const mine = await callerOf(["B1"]);
  const refused = { code: "review/others-boards", boards: ["B2"] };
  expect(await faultOf(review.desk.withdrawNotice(mine, done.notice, "x"))).toMatchObject(refused);
  expect(await faultOf(review.desk.withdrawCase(mine, done.id, "x"))).toMatchObject(refused);
  expect(await faultOf(review.desk.withdrawCase(mine, waiting.id, "x"))).toMatchObject(refused);
  expect(await faultOf(warn(mine, model))).toMatchObject(refused);
  await review.desk.uploadScan(review.caller("mai"), waiting.id, "王主任", scan);
  for (const { board } of waiting.pixels) await review.desk.look(mine, waiting.id, board);
  await review.desk.lookAtScan(mine, waiting.id, 1);
  expect(await faultOf(review.desk.attest(mine, waiting.id, secret("ope-pass")))).toMatchObject(refused);
  // All of them theirs.
  const both = await callerOf(["B1", "B2"]);
  expect((await review.desk.attest(both, waiting.id, secret("ope-pass"))).state).toBe("signed");
  await review.desk.withdrawNotice(both, done.notice, "x");
  expect((await review.store.notices.get(done.notice))?.withdrawnAt).not.toBeNull();
});

test("the name of a step's holder is not let through by a space or full-width letters", async () => {
  const { id } = await submitted(review);
  for (const leader of ["mai 姓名", "\uff4d\uff41\uff49姓名", " MAI\u3000姓名"])
    expect(await codeOf(review.desk.uploadScan(review.caller("ope"), id, leader, scan))).toBe("review/two-steps");
});

test("a template's signature holds for the time that was signed", async () => {
  const id = (await signed(review, "mai", template("2017-11-06T09:00", "2017-11-08T09:00"))).notice;
  const ope = review.caller("ope");
  expect(await codeOf(warn(ope, id))).toBe("review/taken-down");
  review.clock.set(at("2017-11-06T09:00"));
  expect((await warn(ope, id)).state).toBe("signature");
  review.clock.set(at("2017-11-08T09:00"));
  expect(await codeOf(warn(ope, id))).toBe("review/taken-down");
  review.clock.set(at("2017-11-07T09:00"));
  await review.desk.withdrawNotice(ope, id, "x");
  expect(await codeOf(warn(ope, id))).toBe("review/taken-down");
});

test("one person's warnings that nobody has countersigned yet are few", async () => {
  const id = (await signed(review, "mai", template())).notice;
  const first = await warn(review.caller("ope"), id);
  for (let sent = 1; sent < limits.warningsAwaiting; sent++) await warn(review.caller("ope"), id);
  expect(await codeOf(warn(review.caller("ope"), id))).toBe("review/too-many");
  // Somebody else's are counted by themselves.
  expect((await warn(review.caller("mo"), id)).state).toBe("signature");
  await lookedAt(review, first.id);
  await review.desk.sign(review.caller("sig"), [first.id], secret("sig-pass"));
  expect((await warn(review.caller("ope"), id)).state).toBe("signature");
});
