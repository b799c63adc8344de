/** Whoever edits a pending case in the database gets nothing let through by it, and `verify` names the case, also afterwards. */
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TableAudit } from "../../src/daemon/verify-tables.ts";
import { rowsOf } from "../../src/ledger/index.ts";
import { allClear, chain, codeOf, lookedAt, openReview, secret, type SmallReview, submitted } from "./small-review.ts";

let review: SmallReview;
beforeEach(async () => {
  review = await openReview({ ...chain, office: true });
});
afterEach(() => review.close());

type Body = Record<string, unknown> & { hands: object[]; steps: object[]; answers: object; document: object };

function alter(id: string, change: (body: Body) => Partial<Body>): void {
  const db = new DatabaseSync(join(review.folder, "boardcast.db"));
  const { body } = db.prepare("SELECT body FROM review_case WHERE id = ?").get(id) as { body: string };
  const read = JSON.parse(body) as Body;
  db.prepare("UPDATE review_case SET body = ? WHERE id = ?").run(JSON.stringify({ ...read, ...change(read) }), id);
  db.close();
}

async function named(): Promise<readonly unknown[]> {
  const audit = new TableAudit();
  const { seq } = await review.store.ledger.head("register");
  for await (const row of rowsOf(review.store.ledger, "register", seq)) audit.take(row);
  return (await audit.faults(review.store)).filter((fault) => "about" in fault && fault.about === "case");
}

const pass = (id: string) => review.desk.review(review.caller("rev"), id, "");
const sign = (id: string, who = "sig") => review.desk.sign(review.caller(who), [id], secret(`${who}-pass`));
const stranger = { account: "import", name: "import" };

const changes: readonly [string, (body: Body) => Partial<Body>][] = [
  ["hands", () => ({ hands: [stranger] })],
  ["who submitted it", ({ steps }) => ({ steps: steps.map((step) => ({ ...step, by: stranger })) })],
  ["an answer", () => ({ answers: { ...allClear, privacy: { answer: "handled", note: "" } } })],
  ["what it is carried by", ({ document }) => ({ document: { ...document, carrier: "别的" } })],
  ["how far it may be moved", () => ({ envelope: null })],
];

test.each(changes)("%s altered: neither reviewed nor signed", async (_, change) => {
  const first = await submitted(review, "all");
  expect(await named()).toEqual([]);
  alter(first.id, change);
  expect(await codeOf(pass(first.id))).toBe("review/record");
  const second = await submitted(review, "all");
  await pass(second.id);
  alter(second.id, change);
  for (const who of ["sig", "all"]) {
    await lookedAt(review, second.id, who);
    expect(await codeOf(sign(second.id, who))).toBe("review/record");
  }
  expect(await named()).toHaveLength(2);
  // It can be taken off the table, but never comes to agree.
  await review.desk.sendBack(review.caller("sig"), second.id, "记录不符");
  expect(await named()).toHaveLength(2);
});

test("who wrote it is known from the register, also after it was sent back altered", async () => {
  const { id, notice } = await submitted(review, "all");
  alter(id, () => ({ hands: [stranger] }));
  await review.desk.sendBack(review.caller("rev"), id, "记录不符");
  const edit = await review.desk.editNotice(review.caller("mai"), notice);
  const again = await review.desk.submit(review.caller("mai"), notice, edit.version);
  expect(again.hands.map(({ account }) => account)).toContain("all");
  await pass(again.id);
  await lookedAt(review, again.id, "all");
  expect(await codeOf(sign(again.id, "all"))).toBe("review/two-steps");
});

test("what was not altered agrees after each step", async () => {
  const { id } = await submitted(review);
  review.clock.set(review.clock.now() + 7 * 24 * 3_600_000);
  await review.desk.tend(review.clock.now());
  expect((await review.store.cases.get(id))?.remindedAt).not.toBeNull();
  await pass(id);
  await lookedAt(review, id);
  await sign(id);
  expect(await named()).toEqual([]);
});

test("a draft that is thrown away leaves a row; one that somebody wrote on meanwhile is not thrown away", async () => {
  const caller = review.caller("mai");
  const draft = await review.desk.createDraft(caller);
  const kept = await review.desk.saveDraft(caller, draft.notice, draft.version, draft.document);
  expect(await codeOf(review.desk.discardDraft(caller, draft.notice, draft.version))).toBe("review/conflict");
  expect(await review.store.drafts.get(draft.notice)).not.toBeNull();
  await review.desk.discardDraft(caller, kept.notice, kept.version);
  expect(await review.store.drafts.get(draft.notice)).toBeNull();
  const { seq } = await review.store.ledger.head("register");
  const [last] = await review.store.ledger.rows("register", seq - 1);
  expect(last).toMatchObject({ seq, action: "draft/discarded", subject: kept.notice });
});
