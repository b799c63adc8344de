/** 含个人信息: pixels go after their time, hash and record stay, and nobody else's go with them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyStore } from "../../src/daemon/verify.ts";
import { type Issue, issueDigest, issueId } from "../../src/notices/issues.ts";
import { verdict } from "../../src/notices/seal.ts";
import { at } from "../store/small-office.ts";
import { chain, goodDocument, openReview, signed, type SmallReview, submitted } from "./small-review.ts";

let review: SmallReview;
const erased: string[] = [];
beforeAll(async () => {
  review = await openReview(chain, (parts) => ({ ...parts, erased: (messages) => void erased.push(...messages) }));
});
afterAll(() => review.close());

const personal = (title: string) =>
  goodDocument(title, { content: { ...(goodDocument(title).content as object), title, personal: true } });
const kept = async ({ pixels }: { readonly pixels: readonly { readonly message: string }[] }) =>
  (await Promise.all(pixels.map(({ message }) => review.store.messages.get(message)))).map((bytes) => bytes !== null);

test("erased 30 days after the end, once, on record; what is still signed for the same pixels keeps them", async () => {
  const [alone, shared, plain] = [
    await signed(review, "mai", personal("低保名单")),
    await signed(review, "mai", personal("同文")),
    await signed(review, "mai", goodDocument("同文")),
  ];
  expect(shared.pixels).toEqual(plain.pixels);
  const due = at("2017-11-08T18:00") + 30 * 86_400_000;
  await review.desk.tend(due - 1);
  expect(await kept(alone)).toEqual([true, true]);
  await review.desk.tend(due + 86_400_000);
  expect([await kept(alone), await kept(shared), await kept(plain)]).toEqual([
    [false, false],
    [true, true],
    [true, true],
  ]);
  // Whoever has them decoded in memory is told.
  expect(erased).toEqual(expect.arrayContaining(alone.pixels.map(({ message }) => message)));
  const record = await review.store.notices.get(alone.notice);
  expect(record?.content.title).toBe("低保名单");
  expect(record && verdict(record, review.key.publicKey).ok).toBe(true);
  await review.desk.tend(due + 2 * 86_400_000);
  const rows = (await review.store.ledger.about("register", alone.notice)).filter(
    ({ action }) => action === "notice/erased",
  );
  expect(rows.map(({ data }) => data)).toEqual([{ numbers: [1], erased: 2 }]);
});

test("frozen in an issue: its picture goes as well, list and hash stay; what was signed for everybody is kept", async () => {
  const [secret, open] = [
    await signed(review, "mai", personal("期内名单")),
    await signed(review, "mai", personal("期内同文")),
  ];
  const plain = await signed(review, "mai", goodDocument("期内同文"));
  const items = [secret, open, plain].map(({ notice, number, pixels, title }) => ({
    ...{
      notice,
      number,
      title,
      track: "屏幕服务" as const,
      index: null,
      from: 1,
      until: 9,
      signedBy: "sig",
      signedAt: 2,
    },
    ...{ message: pixels[0]?.message ?? "", personal: notice !== plain.notice },
  }));
  const shape = { width: 16, height: 8, colour: "mono" } as const;
  const board = { id: "B1", name: "B1", place: "门口", shape, ledColour: "#ff0000", items };
  const issue: Issue = { year: 2017, number: 1, closedAt: 9, by: "ope", name: "操作", note: "", boards: [board] };
  await review.store.change("ope", async (tx) => {
    await tx.issues.add(issue);
    await tx.record({ action: "issue/closed", subject: issueId(issue), data: { digest: issueDigest(issue) } });
  });
  review.clock.set(at("2018-02-01T08:00"));
  await review.desk.tend(review.clock.now());
  expect([await kept(secret), await kept(open), await kept(plain)]).toEqual([
    [false, false],
    [true, true],
    [true, true],
  ]);
  expect(await review.store.issues.list()).toEqual([issue]);
  const { faults } = await verifyStore(review.store, review.key, { good: [], faults: [] });
  expect(faults).toEqual([]);
  review.clock.set(at("2017-11-06T08:30"));
});

test("taken down early: from then on", async () => {
  const one = await signed(review, "mai", personal("名单"));
  review.clock.set(at("2017-11-07T08:00"));
  await review.desk.withdrawNotice(review.caller("ope"), one.notice, "误发");
  await review.desk.tend(at("2018-03-01T08:00"));
  expect(await kept(one)).toEqual([false, false]);
});

test("never signed: 30 days after it was sent back or taken back, and not while it waits", async () => {
  review.clock.set(at("2018-04-02T08:30"));
  const given = (title: string) => {
    const { schedule, ...rest } = personal(title) as { schedule: object };
    return { ...rest, schedule: { ...schedule, from: at("2018-04-03T09:00"), until: at("2018-12-08T18:00") } };
  };
  const [returned, taken, waits] = [
    await submitted(review, "mai", given("退回的名单")),
    await submitted(review, "mai", given("撤回的名单")),
    await submitted(review, "mai", given("在办的名单")),
  ];
  await review.desk.sendBack(review.caller("sig"), returned.id, "改");
  await review.desk.withdrawCase(review.caller("mai"), taken.id, "不发了");
  const due = review.clock.now() + 30 * 86_400_000;
  await review.desk.tend(due - 86_400_000);
  expect([await kept(returned), await kept(taken)]).toEqual([
    [true, true],
    [true, true],
  ]);
  await review.desk.tend(due);
  expect([await kept(returned), await kept(taken), await kept(waits)]).toEqual([
    [false, false],
    [false, false],
    [true, true],
  ]);
  const rows = await review.store.ledger.about("register", returned.notice);
  expect(rows.filter(({ action }) => action === "notice/erased")).toHaveLength(1);
});
