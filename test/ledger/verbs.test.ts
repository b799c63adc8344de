/**
 * Everything is on record: each verb that may be used in a change, alone in one. It puts its own row into the ledger
 * ("records"), or is rolled back because its caller has not ("asks"), or writes nothing ("reads"). A new verb without a
 * line here fails.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { revisionHash } from "../../src/notices/revision.ts";
import type { CapSender } from "../../src/notices/cap/store.ts";
import type { PreparedEntry } from "../../src/notices/store.ts";
import type { Verbs } from "../../src/store/index.ts";
import { parseRecords, record } from "../store/small-office.ts";
import { type Office, openOffice } from "./chain.ts";
import { openedCase as opened } from "./opened-case.ts";

type Does = "records" | "asks" | "reads";
type Table = {
  readonly [Group in keyof Verbs]: {
    readonly [Verb in keyof Verbs[Group]]: readonly [Does, (verb: Verbs[Group]) => Promise<unknown>];
  };
};

let office: Office;
let entry: PreparedEntry;
const hash = "ab".repeat(32);
const bytes = Uint8Array.of(1, 2, 3);
const seal = {
  body: { by: "P03", kind: "signed", at: 7, form: null, revision: hash } as never,
  signature: "00".repeat(64),
};
const packed = [{ hash: Uint8Array.from(Buffer.from(hash, "hex")), deflated: bytes }];
const person = { account: "a1", name: "甲" };
const draft = {
  notice: "d1",
  version: 1,
  state: "open",
  held: null,
  owner: person,
  unit: "处",
  hands: [person],
  edits: null,
  document: {},
  since: 1,
  changedAt: 1,
} as never;
const received = { sender: "s", identifier: "i", sent: 1, digest: hash, state: "waiting", title: "题" } as never;
const sender = { sender: "s", fingerprint: hash, certificate: "" } as never as CapSender;
const account = {
  id: "b1",
  login: "b1",
  name: "乙",
  unit: "处",
  roles: ["maker"],
  boards: null,
  active: true,
  mustChange: false,
  password: null,
} as never;
const [word, sheet] = [
  { at: 1, by: "x", name: "x", words: "", photo: null },
  { notice: "n", number: 1, board: "B1" },
];
const session = { id: "s", hash, account: "b1", openedAt: 1, seenAt: 1, address: "::1", agent: "test" };
const token = { id: "t", hash, account: "b1", name: "t", scopes: [], createdAt: 1, expiresAt: 2 };
const deputy = { id: "p", of: "b1", deputy: "b1", role: "signer", from: 1, until: 2 } as never;

const order = { kind: "notice", notice: "n", by: "乙", reason: "误发", at: 5 } as const;
const doer = { by: "b1", name: "乙" };
const dark = { board: "B1", since: 1, reason: "错字", ...doer };
const maintenance = { board: "B1", pattern: "red", since: 1, until: 2, reason: "换模组", ...doer };
const report = { board: "B1", at: 1, text: "下半屏不亮", ...doer };

const ended = {
  notice: "n",
  title: "t",
  number: 1,
  kind: "公示",
  required: 7,
  unit: "day",
  from: 1,
  until: 2,
  stopped: false,
  actual: 1,
  interruptions: { watchedFrom: null, days: [] },
  recordedAt: 2,
  result: null,
} as const;

/** Before every line: one of each thing, so that what takes away has something to take. */
const both = ["n", "m"].map((notice) => ({ notice, number: 1 }));

async function furnish(): Promise<void> {
  await office.store.change("system", async (tx) => {
    for (const id of ["n", "m"]) await tx.notices.save({ ...entry, entry: { ...entry.entry, id } });
    await tx.people.putAccount(account, "account/added", {});
    await tx.people.putSession(session);
    await tx.people.knowDevice("b1", hash, 1, 5);
    await tx.people.putDeputy(deputy, {});
    await tx.people.putToken(token);
    await tx.people.putLink({ hash, account: "b1", expiresAt: 9 });
    await tx.cases.add(opened(1), packed);
    await tx.cases.addDraft(draft);
    await tx.cases.addPictures([{ hash: new Uint8Array(32).fill(9), deflated: bytes }]);
    await tx.play.keep(packed, 1);
    await tx.notices.seal("m", 1, seal);
    await tx.takedowns.open({ ...order, boards: [{ board: "B1", darkBy: 9 }] });
    await tx.boards.darken(dark);
    await tx.boards.maintain(maintenance);
    await tx.boards.report(report);
    await tx.record({ action: "test/noted", subject: "s", data: {} }, "play");
  });
}

const table: Table = {
  notices: {
    get: ["reads", (verb) => verb.get("n")],
    revision: ["reads", (verb) => verb.revision("n", 1)],
    warnings: ["reads", (verb) => verb.warnings("w")],
    save: ["records", (verb) => verb.save({ ...entry, entry: { ...entry.entry, id: "other" } })],
    seal: ["records", (verb) => verb.seal("n", 1, seal)],
    withdraw: ["records", (verb) => verb.withdraw("n", 5)],
    supersede: ["records", (verb) => verb.supersede("n", 5)],
    takeOff: ["records", (verb) => verb.takeOff("m", ["B1"], 5)],
    reschedule: ["records", (verb) => verb.reschedule("n", 1, { ...entry.entry.schedule, weight: 9 })],
  },
  settings: { get: ["reads", (verb) => verb.get("k")], set: ["asks", (verb) => verb.set("k", "v")] },
  ledger: { cutPlay: ["asks", (verb) => verb.cutPlay(1)] },
  play: {
    keep: ["asks", (verb) => verb.keep([{ hash: bytes, deflated: bytes }], 1)],
    drop: ["asks", (verb) => verb.drop(100)],
  },
  cases: {
    get: ["reads", (verb) => verb.get("2017-0001")],
    of: ["reads", (verb) => verb.of("n")],
    open: ["reads", (verb) => verb.open()],
    list: ["reads", (verb) => verb.list()],
    looks: ["reads", (verb) => verb.looks("2017-0001")],
    naming: ["reads", (verb) => verb.naming(hash)],
    registered: ["reads", (verb) => verb.registered("n")],
    personalLeftOver: ["reads", (verb) => verb.personalLeftOver()],
    unnamedPictures: ["reads", (verb) => verb.unnamedPictures()],
    dropPictures: ["asks", (verb) => verb.dropPictures(["09".repeat(32)])],
    next: ["asks", (verb) => verb.next("2017")],
    add: ["asks", (verb) => verb.add({ ...(opened(1) as object), id: "2017-0002", notice: "m" } as never, packed)],
    addPictures: ["asks", (verb) => verb.addPictures(packed)],
    erase: ["asks", (verb) => verb.erase(both, { messages: [hash], pictures: [] })],
    put: ["asks", (verb) => verb.put(opened(2))],
    draft: ["reads", (verb) => verb.draft("d1")],
    addDraft: ["asks", (verb) => verb.addDraft({ ...(draft as object), notice: "d2" } as never)],
    putDraft: ["asks", (verb) => verb.putDraft({ ...(draft as object), version: 2 } as never)],
    dropDraft: ["asks", (verb) => verb.dropDraft("d1", 1)],
  },
  boards: {
    darken: ["records", (verb) => verb.darken({ ...dark, since: 2 })],
    resume: ["records", (verb) => verb.resume("B1", doer, "已改正", 3)],
    maintain: ["records", (verb) => verb.maintain({ ...maintenance, until: 3 })],
    endMaintenance: ["records", (verb) => verb.endMaintenance("B1", doer, "person", 3)],
    report: ["records", (verb) => verb.report(report)],
    answerReport: ["records", (verb) => verb.answerReport("B1", 1, doer, "已修好", 3)],
  },
  publicity: {
    get: ["reads", (verb) => verb.get("n")],
    put: ["asks", (verb) => verb.put(ended)],
  },
  postings: {
    of: ["reads", (verb) => verb.of("n")],
    say: ["asks", (verb) => verb.say(sheet, "posted", word, null)],
    again: [
      "asks",
      async (verb) => [await verb.say(sheet, "taken", word, null), await verb.again(sheet, word, "posted", word, null)],
    ],
  },
  indices: {
    list: ["reads", (verb) => verb.list()],
    give: ["asks", (verb) => verb.give("n", { unit: "01", class: "A", year: 2017 })],
    void: [
      "asks",
      async (verb) => {
        await verb.give("n", { unit: "01", class: "A", year: 2017 });
        return verb.void({ class: "A", year: 2017, serial: 1 }, { by: "x", name: "x", reason: "x", at: 1 });
      },
    ],
  },
  issues: {
    get: ["reads", (verb) => verb.get(2017, 1)],
    list: ["reads", (verb) => verb.list()],
    next: ["reads", (verb) => verb.next(2017)],
    add: ["asks", (verb) => verb.add({ year: 2017, number: 1, closedAt: 1, by: "x", name: "x", note: "", boards: [] })],
  },
  takedowns: {
    about: ["reads", (verb) => verb.about("1")],
    open: ["records", (verb) => verb.open({ ...order, boards: [] })],
    expect: ["records", (verb) => verb.expect("1", [{ board: "B2", darkBy: null }])],
    done: ["records", (verb) => verb.done("1", "B1", { at: 7, how: "read-back" })],
    close: ["records", (verb) => verb.close("1", 7)],
  },
  received: {
    get: ["reads", (verb) => verb.get(1)],
    named: ["reads", (verb) => verb.named("s", "i")],
    letGo: ["reads", (verb) => verb.letGo("s", "i")],
    sameBytes: ["reads", (verb) => verb.sameBytes("s", "i", "0".repeat(64))],
    referring: ["reads", (verb) => verb.referring({ sender: "s", identifier: "i", sent: 1 })],
    list: ["reads", (verb) => verb.list()],
    waiting: ["reads", (verb) => verb.waiting()],
    bytes: ["reads", (verb) => verb.bytes(1)],
    senders: ["reads", (verb) => verb.senders()],
    add: ["asks", (verb) => verb.add(received, [], bytes)],
    put: ["asks", async (verb) => verb.put({ ...(await verb.add(received, [], bytes)), title: "另" })],
    putSender: ["asks", (verb) => verb.putSender(sender)],
    dropSender: ["asks", (verb) => verb.putSender(sender).then(() => verb.dropSender("s", sender.fingerprint))],
  },
  people: {
    any: ["reads", (verb) => verb.any()],
    accounts: ["reads", (verb) => verb.accounts()],
    account: ["reads", (verb) => verb.account("b1")],
    resetOf: ["reads", (verb) => verb.resetOf("b1")],
    accountByLogin: ["reads", (verb) => verb.accountByLogin("b1")],
    session: ["reads", (verb) => verb.session(hash)],
    sessionsOf: ["reads", (verb) => verb.sessionsOf("b1")],
    deputies: ["reads", (verb) => verb.deputies()],
    token: ["reads", (verb) => verb.token(hash)],
    tokensOf: ["reads", (verb) => verb.tokensOf("b1")],
    link: ["reads", (verb) => verb.link(hash)],
    knows: ["reads", (verb) => verb.knows("b1", hash)],
    putAccount: ["records", (verb) => verb.putAccount(account, "account/changed", {})],
    putSession: ["asks", (verb) => verb.putSession({ ...session, id: "s2", hash: "cd".repeat(32) })],
    endSessions: ["asks", (verb) => verb.endSessions({ account: "b1" })],
    dropSessions: ["asks", (verb) => verb.dropSessions({ seenAt: 100, openedAt: 100 })],
    knowDevice: ["asks", (verb) => verb.knowDevice("b1", "cd".repeat(32), 2, 5)],
    forgetDevices: ["asks", (verb) => verb.forgetDevices("b1")],
    putDeputy: ["records", (verb) => verb.putDeputy({ ...(deputy as object), id: "p2" } as never, {})],
    endDeputy: ["records", (verb) => verb.endDeputy("p", {})],
    putToken: ["asks", (verb) => verb.putToken({ ...token, id: "t2", hash: "cd".repeat(32) })],
    dropTokens: ["asks", (verb) => verb.dropTokens("b1")],
    putLink: ["asks", (verb) => verb.putLink({ hash: "cd".repeat(32), account: "b1", expiresAt: 9 })],
    takeLink: ["asks", (verb) => verb.takeLink(hash)],
  },
};

beforeAll(async () => {
  office = await openOffice();
  const [one] = parseRecords([record("n")]).accepted;
  if (!one) throw new Error("refused");
  const { content, schedule } = one;
  const revision = revisionHash(content);
  const sparse = { makerId: null, importedAt: 0, seal: null, messages: [] };
  entry = await office.store.notices.prepare({ id: "n", content, revision, schedule, ...sparse });
  await furnish();
  const names = office.vandal.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as {
    name: string;
  }[];
  ours = names.map(({ name }) => name).filter((name) => !/^(kysely|sqlite)_/.test(name));
  for (const name of ours) office.vandal.exec(`CREATE TEMP TABLE kept_${name} AS SELECT * FROM main.${name}`);
});
let ours: readonly string[] = [];
beforeEach(() => {
  for (const name of ours)
    office.vandal.exec(`DELETE FROM main.${name}; INSERT INTO main.${name} SELECT * FROM kept_${name}`);
});
afterAll(() => office.close());

const everything = () => ours.map((name) => office.vandal.prepare(`SELECT * FROM main.${name} ORDER BY 1, 2`).all());

test("the table has every verb that there is, and no other", async () => {
  let verbs: Record<string, string[]> = {};
  await office.store.change("system", async ({ record: _, ...groups }) => {
    verbs = Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, Object.keys(group).sort()]));
  });
  // What a verb's object has beside its verbs is nobody's to call: the types do not name it.
  const listed = Object.fromEntries(Object.entries(table).map(([name, group]) => [name, Object.keys(group).sort()]));
  expect(Object.keys(verbs).sort()).toEqual(Object.keys(listed).sort());
  for (const [name, group] of Object.entries(listed)) expect(verbs[name]).toEqual(expect.arrayContaining(group));
});

const lines = Object.entries(table).flatMap(([group, verbs]) =>
  Object.entries(verbs as Record<string, readonly [Does, (verbs: unknown) => Promise<unknown>]>).map(
    ([verb, [does, call]]) => [`${group}.${verb}`, does, group as keyof Verbs, call] as const,
  ),
);

test.each(lines)("%s %s", async (_, does, group, call) => {
  const before = everything();
  const { seq } = await office.store.ledger.head("register");
  const changed = office.store.change("system", (tx) => call(tx[group]));
  if (does === "asks") await expect(changed).rejects.toThrow("a change without a ledger row");
  else await changed;
  expect((await office.store.ledger.head("register")).seq > seq).toBe(does === "records");
  if (does !== "records") expect(everything()).toEqual(before);
});
