/** Nobody who ever wrote a notice's text reviews or signs it: not after an edit, not in a copy, not after an import. */
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  allClear,
  codeOf,
  goodDocument,
  lookedAt,
  openReview,
  secret,
  signed,
  type SmallReview,
} from "./small-review.ts";

let review: SmallReview;
beforeEach(async () => {
  review = await openReview();
});
afterEach(() => review.close());

const sign = (id: string, who: string) => review.desk.sign(review.caller(who), [id], secret(`${who}-pass`));

test("who wrote the first revision does not sign the second, which somebody else wrote", async () => {
  const { notice } = await signed(review, "all");
  const edit = await review.desk.editNotice(review.caller("mai"), notice);
  expect(edit.hands.map(({ account }) => account)).toEqual(["all", "mai"]);
  const content = { ...edit.document.content, title: "停水通知二" };
  const document = { ...edit.document, content, ofSubstance: false, answers: allClear };
  const { version } = await review.desk.saveDraft(review.caller("mai"), notice, edit.version, document);
  const { id } = await review.desk.submit(review.caller("mai"), notice, version);
  await lookedAt(review, id, "all");
  expect(await codeOf(sign(id, "all"))).toBe("review/two-steps");
  await lookedAt(review, id);
  expect((await sign(id, "sig"))[0]?.state).toBe("signed");
});

test("nor does who wrote what was copied, also where that was taken back", async () => {
  const { notice } = await review.desk.createDraft(review.caller("all"));
  const { version } = await review.desk.saveDraft(review.caller("all"), notice, 1, goodDocument());
  const first = await review.desk.submit(review.caller("all"), notice, version);
  await review.desk.withdrawCase(review.caller("all"), first.id, "改由别人办");
  const copy = await review.desk.createDraft(review.caller("mai"), notice);
  // A copy of a copy too.
  const opened = await review.desk.saveDraft(review.caller("mai"), copy.notice, copy.version, goodDocument());
  await review.desk.submit(review.caller("mai"), copy.notice, opened.version);
  const again = await review.desk.createDraft(review.caller("mo"), copy.notice);
  expect(again.hands.map(({ account }) => account)).toEqual(["all", "mai", "mo"]);
  const last = await review.desk.saveDraft(review.caller("mo"), again.notice, again.version, goodDocument());
  const { id } = await review.desk.submit(review.caller("mo"), again.notice, last.version);
  await lookedAt(review, id, "all");
  expect(await codeOf(sign(id, "all"))).toBe("review/two-steps");
});

test("a copy may be moved nowhere yet: how far the old times might be is not what the new ones may", async () => {
  const { notice } = await signed(review, "all");
  const edit = await review.desk.editNotice(review.caller("mai"), notice);
  expect(edit.document.envelope).not.toBeNull();
  const copy = await review.desk.createDraft(review.caller("mai"), notice);
  expect(copy.document.schedule).toEqual(edit.document.schedule);
  expect(copy.document.envelope).toBeNull();
});

test("a draft that knows of no hands, as an import makes it, gets them when it is submitted", async () => {
  const { notice } = await signed(review, "all");
  const edit = await review.desk.editNotice(review.caller("mai"), notice);
  const document = { ...edit.document, ofSubstance: false, content: { ...edit.document.content, title: "另一个" } };
  await review.store.drafts.put({ ...edit, hands: [], version: 2, document });
  const { id, hands } = await review.desk.submit(review.caller("mai"), notice, 2);
  expect(hands.map(({ account }) => account)).toEqual(["mai", "all"]);
  await lookedAt(review, id, "all");
  expect(await codeOf(sign(id, "all"))).toBe("review/two-steps");
});

test("who asked for new pixels wrote nothing, and may sign the next text", async () => {
  const { notice } = await signed(review);
  const { id } = await review.desk.renewPixels(review.caller("all"), notice, ["B1"]);
  await review.desk.sendBack(review.caller("sig"), id, "不用换");
  const edit = await review.desk.editNotice(review.caller("mai"), notice);
  expect(edit.hands.map(({ account }) => account)).toEqual(["mai"]);
});
