/** What verify says beside the chains: cases, people, and the bytes that seals in force and the play log name. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { verifyStore } from "../../src/daemon/verify.ts";
import { remedy, sentence } from "../../src/fault.ts";
import { encodeProgramme } from "../../src/message/index.ts";
import { accountState } from "../../src/people/state.ts";
import type { ReviewCase } from "../../src/notices/review/types.ts";
import { at } from "../store/small-office.ts";
import { chain, goodDocument, openReview, secret, type SmallReview, submitted } from "../review/small-review.ts";

let review: SmallReview;
let vandal: InstanceType<typeof DatabaseSync>;
let done: ReviewCase;
let waits: ReviewCase;
let past: ReviewCase;
let programme: string;
const tables = ["review_case", "account", "deputy", "message", "programme"];
const account = {
  ...{ id: "z1", login: "zhang", name: "张伟", unit: "办公室", roles: ["maker" as const], boards: null },
  ...{ active: true, mustChange: false, password: "x" },
};

beforeAll(async () => {
  review = await openReview({ ...chain, office: true });
  const { store, clock, folder } = review;
  vandal = new DatabaseSync(join(folder, "boardcast.db"));
  vandal.exec("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=5000");
  const pass = async (one: ReviewCase) => {
    await review.desk.review(review.caller("rev"), one.id, "");
    return one;
  };
  past = await signedAfter(await pass(await submitted(review, "mai", goodDocument("过去"))));
  clock.set(at("2017-11-09T09:00"));
  const schedule = { boards: ["B1"], from: at("2017-11-09T09:00"), until: at("2017-12-08T18:00"), cron: null };
  const now = { schedule: { ...schedule, priority: 5 } };
  done = await signedAfter(await pass(await submitted(review, "mai", goodDocument("现在", now))));
  waits = await submitted(review, "mai", goodDocument("等审核", now));
  const shape = { width: 8, height: 8, colour: "mono" } as const;
  const bytes = encodeProgramme({ shape, base: 1, endMs: 10, messages: [], spans: [] });
  programme = createHash("sha256").update(bytes).digest("hex");
  const packed = await store.play.prepare([{ hash: programme, bytes }]);
  await store.change("system", async (tx) => {
    await tx.people.putAccount(account, "account/added", {});
    await tx.people.putAccount({ ...account, id: "z2", login: "wang" }, "account/added", {});
    const deputy = { id: "d1", of: "z1", deputy: "z2", role: "signer" as const, from: 1, until: 9e12 };
    await tx.people.putDeputy(deputy, {});
    await tx.play.keep(packed, 1);
    const data = { programme, from: 1, until: 11, via: "line", before: null, notices: [] };
    await tx.record({ action: "play/told", subject: "B1", data }, "play");
  });
  for (const table of tables) vandal.exec(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
});
beforeEach(() => {
  for (const table of tables) vandal.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}`);
});
afterAll(async () => {
  vandal?.close();
  await review?.close();
});

async function signedAfter(one: ReviewCase) {
  for (const { board } of one.pixels) await review.desk.look(review.caller("sig"), one.id, board);
  const [made] = await review.desk.sign(review.caller("sig"), [one.id], secret("sig-pass"));
  if (!made) throw new Error("not signed");
  return made;
}

async function said(): Promise<readonly string[]> {
  const { faults } = await verifyStore(review.store, review.key, { good: [], faults: [] });
  for (const fault of faults) expect(remedy(fault).zh).not.toBe("");
  return faults.map((fault) => sentence(fault).en);
}

test("what nobody touched is whole", async () => {
  expect(await said()).toEqual([]);
});

const altered = (id: string) => [`Review case ${id} is not as the register has it`];
test("every column of a case", async () => {
  const set = (what: string, id = waits.id) => vandal.exec(`UPDATE review_case SET ${what} WHERE id = '${id}'`);
  const restore = () => vandal.exec("DELETE FROM review_case; INSERT INTO review_case SELECT * FROM kept_review_case");
  const changes = [
    // The office's review left out, a signature that nobody gave, and one taken back.
    "state = 'signature'",
    "state = 'signed'",
    "state = 'returned'",
    "number = 7",
    "notice = 'other'",
    "version = version + 1",
    ...["$.revision", "$.form"].map((path) => `body = json_set(body, '${path}', '${"0".repeat(64)}')`),
    `body = json_set(body, '$.pixels[0].message', '${"0".repeat(64)}')`,
    "body = json_remove(body, '$.pixels[0]')",
  ];
  for (const change of changes) {
    set(change);
    const faults = await said();
    const unreadable = [`Review case ${waits.id} is no longer there, or cannot be read`];
    expect([altered(waits.id), unreadable], change).toContainEqual(faults);
    restore();
  }
  set("state = 'signature'", done.id);
  expect(await said()).toEqual(altered(done.id));
  restore();
  vandal.exec(`DELETE FROM review_case WHERE id = '${done.id}'`);
  expect(await said()).toEqual([`Review case ${done.id} is no longer there, or cannot be read`]);
  restore();
  set("id = '2017-09999'");
  expect(await said()).toEqual([
    "Review case 2017-09999 is not in the register",
    `Review case ${waits.id} is no longer there, or cannot be read`,
  ]);
});

test("accounts and deputies", async () => {
  const changes = [`roles = '["administrator"]'`, "password = 'y'", "name = '李四'", "must_change = 1"];
  for (const change of changes) {
    vandal.exec(`UPDATE account SET ${change} WHERE id = 'z1'`);
    expect(await said(), change).toEqual(["Account zhang is not as the register has it"]);
    vandal.exec("DELETE FROM account; INSERT INTO account SELECT * FROM kept_account");
  }
  vandal.exec("DELETE FROM account WHERE id = 'z1'");
  expect(await said()).toEqual(["Account z1 is no longer there, or cannot be read"]);
  vandal.exec("INSERT INTO account SELECT * FROM kept_account WHERE id = 'z1'");
  vandal.exec("UPDATE account SET id = 'z9', login = 'z9', login_key = 'z9' WHERE id = 'z1'");
  expect(await said()).toEqual([
    "Account z9 is not in the register",
    "Account z1 is no longer there, or cannot be read",
  ]);
  vandal.exec("DELETE FROM account; INSERT INTO account SELECT * FROM kept_account");
  for (const change of ["UPDATE deputy SET until_at = until_at + 1", "DELETE FROM deputy"]) {
    vandal.exec(change);
    expect(await said()).toEqual(["Deputy d1 is no longer there, or cannot be read"]);
  }
  expect(accountState(account)).toHaveLength(64);
});

test("the message of a seal in force: gone, or other bytes under its name; of the past nobody asks", async () => {
  const { message } = done.pixels[0] as { message: string };
  const fault = [`The message of a seal in force, ${message} is no longer there, or cannot be read`];
  for (const change of ["DELETE FROM message", "UPDATE message SET deflated = zeroblob(9)"]) {
    vandal.exec(`${change} WHERE hash = x'${message}'`);
    expect(await said()).toEqual(fault);
  }
  vandal.exec("DELETE FROM message; INSERT INTO message SELECT * FROM kept_message");
  vandal.exec(`DELETE FROM message WHERE hash = x'${past.pixels[0]?.message}'`);
  expect(await said()).toEqual([]);
});

test("a programme that the play log names", async () => {
  for (const change of ["UPDATE programme SET deflated = zeroblob(9)", "DELETE FROM programme"]) {
    vandal.exec(change);
    expect(await said()).toEqual([`The programme in the play log, ${programme} is no longer there, or cannot be read`]);
  }
});
