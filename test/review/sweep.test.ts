/** Pictures that were uploaded and dropped go after a day; those that anything names stay. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { at } from "../store/small-office.ts";
import { chain, drafted, goodDocument, openReview, type SmallReview, submitted } from "./small-review.ts";

const dayMs = 86_400_000;
const bytesOf = (name: string) => new TextEncoder().encode(name);
const nameOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const start = at("2017-11-06T08:30");

let review: SmallReview;
beforeEach(async () => {
  review = await openReview({ ...chain, paper: true }, (parts) => ({
    ...parts,
    taking: { take: async (bytes) => ({ ok: true, pictures: [{ sha256: nameOf(bytes), bytes }], warnings: [] }) },
  }));
});
afterEach(() => review.close());

/** Stored as an upload is. */
async function uploaded(name: string): Promise<string> {
  const bytes = bytesOf(name);
  const record = await review.store.notices.get("none");
  const content = { ...(goodDocument().content as object) };
  const entry = {
    id: "x",
    content,
    revision: "",
    schedule: {},
    makerId: null,
    importedAt: 0,
    seal: null,
    messages: [],
  };
  const { pictures } = await review.store.notices.prepare({
    ...(entry as unknown as Parameters<typeof review.store.notices.prepare>[0]),
    pictures: [{ sha256: nameOf(bytes), bytes }],
  });
  expect(record).toBeNull();
  await review.store.change("mai", async (tx) => {
    await tx.cases.addPictures(pictures);
    await tx.record({ action: "draft/pictures", subject: "n", data: {} });
  });
  return nameOf(bytes);
}
const isThere = async (...names: readonly string[]) =>
  Promise.all(names.map(async (sha256) => (await review.store.pictures.get(sha256)) !== null));
const withPicture = (sha256: string) =>
  goodDocument("图", {
    content: { ...(goodDocument("图").content as object), displayKind: "picture", pictures: [{ sha256 }] },
  });

test("a day after nothing names it any more; what a draft, a revision or a case names stays", async () => {
  const [dropped, inDraft, inRevision] = [
    await uploaded("dropped"),
    await uploaded("draft"),
    await uploaded("revision"),
  ];
  await drafted(review, "mai", withPicture(inDraft));
  await submitted(review, "mai", withPicture(inRevision));
  const { id } = await submitted(review);
  const scan = bytesOf("scan");
  await review.desk.uploadScan(review.caller("ope"), id, "王主任", scan);
  const all = [dropped, inDraft, inRevision, nameOf(scan)];
  await review.desk.tend(start);
  await review.desk.tend(start + dayMs - 1);
  expect(await isThere(...all)).toEqual([true, true, true, true]);
  await review.desk.tend(start + 2 * dayMs);
  expect(await isThere(...all)).toEqual([false, true, true, true]);
  const rows = (await review.store.ledger.about("register", "office")).filter(
    ({ action }) => action === "picture/swept",
  );
  expect(rows.map(({ by, data }) => [by, data])).toEqual([["system", { swept: 1 }]]);
  // The scan that another took the place of.
  await review.desk.uploadScan(review.caller("ope"), id, "王主任", bytesOf("another"));
  await review.desk.tend(start + 3 * dayMs);
  await review.desk.tend(start + 5 * dayMs);
  expect(await isThere(nameOf(scan), nameOf(bytesOf("another")))).toEqual([false, true]);
});

test("named again within the day, and named between the look and the change: stays", async () => {
  const picture = await uploaded("again");
  await review.desk.tend(start);
  const draft = await drafted(review, "mai", withPicture(picture));
  await review.desk.tend(start + 2 * dayMs);
  await review.desk.discardDraft(review.caller("mai"), draft.notice, draft.version);
  // The day begins anew.
  await review.desk.tend(start + 3 * dayMs);
  await review.desk.tend(start + 4 * dayMs - 1);
  expect(await isThere(picture)).toEqual([true]);
  await review.desk.tend(start + 5 * dayMs);
  expect(await isThere(picture)).toEqual([false]);
});
