/** The office's list: what waits for whom, since when, and what is late. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { at } from "../store/small-office.ts";
import {
  chain,
  drafted,
  goodDocument,
  lookedAt,
  openReview,
  secret,
  type SmallReview,
  submitted,
} from "./small-review.ts";

let review: SmallReview;
beforeAll(async () => {
  review = await openReview({ ...chain, office: true });
});
afterAll(() => review.close());

const list = async (civil = "2017-11-06T09:00") =>
  (await review.desk.waiting(at(civil))).map(({ what, notice, people, late }) => ({ what, notice, people, late }));

test("each with those whose own step it may be: not who has had one", async () => {
  expect(await list()).toEqual([]);
  const { id, notice } = await submitted(review, "all");
  expect(await list()).toEqual([{ what: "office-review", notice, people: ["rev姓名"], late: false }]);
  expect((await list("2017-11-08T08:30"))[0]?.late).toBe(true);
  await review.desk.review(review.caller("rev"), id, "");
  expect(await list()).toEqual([{ what: "signature", notice, people: ["sig姓名", "sun姓名"], late: false }]);
  await review.alter("sun", { active: false });
  expect((await list())[0]?.people).toEqual(["sig姓名"]);
  await review.alter("sun", {});
  await lookedAt(review, id);
  await review.desk.sign(review.caller("sig"), [id], secret("sig-pass"));
  expect(await list()).toEqual([]);
});

test("drafts: held undecided until a day, and handed in by a contributor; one's own is nobody else's to wait for", async () => {
  const own = await drafted(review);
  const theirs = await drafted(review, "con");
  expect(await list()).toEqual([]);
  await review.desk.handIn(review.caller("con"), theirs.notice, theirs.version);
  const held = { note: "请示上级", reviewBy: "2017-11-20" };
  await review.desk.holdDraft(review.caller("mai"), own.notice, own.version, held);
  const makers = ["all姓名", "mai姓名", "mo姓名"];
  expect(await list()).toEqual([
    { what: "decision", notice: own.notice, people: makers, late: false },
    { what: "handed-in", notice: theirs.notice, people: makers, late: false },
  ]);
  const [first] = await review.desk.waiting(at("2017-11-21T00:00"));
  expect([first?.late, first?.until]).toEqual([true, at("2017-11-21T00:00")]);
});

test("a warning that one person sent out stands first, with the time when it would be taken down", async () => {
  const slots = { stations: ["柳林站"], kinds: ["暴雨"], levels: ["红"], amount: { min: 10, max: 300 }, hoursMax: 6 };
  const content = {
    ...(goodDocument().content as object),
    title: "{{station}}{{kind}}{{level}}色预警",
    body: "{{time}}起{{hours}}小时内降水{{amount}}毫米。",
    displayKind: "emergency",
    track: "屏幕服务",
    fiveOpen: null,
    slots,
  };
  const template = await submitted(review, "mai", goodDocument("", { content }));
  await review.desk.review(review.caller("rev"), template.id, "");
  await lookedAt(review, template.id);
  await review.desk.sign(review.caller("sig"), [template.id], secret("sig-pass"));
  // From when the template was signed for.
  review.clock.set(Math.max(review.clock.now(), at("2017-11-06T09:00")));
  const now = review.clock.now();
  const values = { station: "柳林站", time: now, kind: "暴雨", level: "红", amount: 50, hours: 3 };
  const { notice } = await review.desk.publishWarning(review.caller("ope"), template.notice, values);
  const [first] = await review.desk.waiting(now);
  expect(first).toMatchObject({ what: "countersignature", notice, role: "signer", until: now + 4 * 3_600_000 });
});
