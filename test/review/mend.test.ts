/** 一键处理: what screening proposes, put into a draft by those who may write on it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, drafted, goodDocument, openReview, type SmallReview } from "./small-review.ts";

let review: SmallReview;
beforeAll(async () => {
  review = await openReview();
});
afterAll(() => review.close());

const withBody = (body: string) => {
  const document = goodDocument();
  return { ...document, content: { ...(document.content as object), body } };
};
const keysOf = async (notice: string) =>
  (await review.desk.faultsOf(review.caller("mai"), notice)).flatMap((one) =>
    one.code === "review/hit" ? [one.key] : [],
  );

test("numbers are masked where they stand, the rest stays; then nothing is in the way", async () => {
  const document = withBody("联系人电话13800138000,证件11010519491231002X。");
  const { notice, version } = await drafted(review, "mai", document);
  const keys = await keysOf(notice);
  expect(keys.map((key) => key.split(":")[0]).sort()).toEqual(["id18", "mobile"]);
  const mobile = keys.filter((key) => key.startsWith("mobile"));
  const once = await review.desk.mendDraft(review.caller("mai"), notice, version, mobile);
  expect(once.document.content.body).toBe("联系人电话138****8000,证件11010519491231002X。");
  expect(once.version).toBe(version + 1);
  await review.desk.mendDraft(review.caller("mai"), notice, once.version, await keysOf(notice));
  expect(await review.desk.faultsOf(review.caller("mai"), notice)).toEqual([]);
});

test("over another's words, by who may not write, and of what cannot be screened: refused, and nothing changes", async () => {
  const { notice, version } = await drafted(review, "mai", withBody("电话13800138000。"));
  const keys = await keysOf(notice);
  expect(await codeOf(review.desk.mendDraft(review.caller("mai"), notice, version + 1, keys))).toBe("review/conflict");
  expect(await codeOf(review.desk.mendDraft(review.caller("sig"), notice, version, keys))).toBe("review/role");
  const unfinished = await drafted(review, "mai", withBody(""));
  expect(await codeOf(review.desk.mendDraft(review.caller("mai"), unfinished.notice, unfinished.version, keys))).toBe(
    "review/not-ready",
  );
  expect((await review.store.drafts.get(notice))?.document.content.body).toBe("电话13800138000。");
});
