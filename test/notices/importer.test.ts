/** From record to store: what is signed, what stays a draft, and that doing it twice changes nothing. */
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Book } from "../../src/daemon/book.ts";
import type { SigningKey } from "../../src/notices/seal.ts";
import type { Store } from "../../src/store/index.ts";
import { openStore } from "../../src/store/index.ts";
import { at, importRecords, keyIn, practice, record, scratch } from "../store/small-office.ts";

let place: ReturnType<typeof scratch>;
let store: Store;
let key: SigningKey;
beforeEach(async () => {
  place = scratch();
  store = await openStore(place.folder);
  key = keyIn(place.folder);
});
afterEach(async () => {
  await store.close();
  place.remove();
});

/** Every row of every table but the list of migrations, whose times are the wall's. */
function contents(): Record<string, unknown[]> {
  const reader = new DatabaseSync(join(place.folder, "boardcast.db"));
  const names = reader.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
  const rows = names.map(({ name }) => [name, reader.prepare(`SELECT * FROM "${name}"`).all()] as const);
  reader.close();
  return Object.fromEntries(rows);
}

const signer = { kind: "imported", by: "王主任" } as const;
const warning = (id: string, alert: object, change = {}) =>
  record(id, { priority: 0, displayKind: "emergency", alert, boards: ["B1", "B2"], ...change });
const alarm = warning("alarm", { msgType: "Alert", identifier: "1" });
const cancel = warning("cancel", { msgType: "Cancel", identifier: "2", references: "1" }, { from: "2017-11-06T09:00" });

describe("importing twice", () => {
  test.each([
    ["in practice", practice],
    ["signed by somebody", signer],
    ["as drafts", null],
  ])("%s changes nothing", async (_how, signAs) => {
    const records = [
      record("a"),
      record("b", { boards: ["B1", "B2"] }),
      record("draft", { review: { state: "draft" } }),
      record("secret", { openness: "不予公开", opennessReason: "工作秘密" }),
      record("phone", { body: "13800138000" }),
      alarm,
      cancel,
      record("bad", { priority: 11 }),
    ];
    const first = await importRecords(store, key, records, signAs);
    const before = contents();
    const second = await importRecords(store, key, records, signAs, at("2017-11-06T09:30"));
    expect(contents()).toEqual(before);
    expect(first).toMatchObject({ added: 7, revised: 0, unchanged: 0, sealed: signAs === null ? 0 : 4 });
    expect(second).toMatchObject({ added: 0, revised: 0, unchanged: 7, sealed: 0 });
    expect(second.refused.map(({ id }) => id)).toEqual(["bad"]);
  });
});

describe("who has signed", () => {
  test("practice believes the file's signer and time", async () => {
    await importRecords(store, key, [record("a")]);
    expect((await store.notices.get("a"))?.seal?.body).toMatchObject({
      kind: "practice",
      by: "P03",
      at: at("2017-11-06T07:00"),
    });
  });

  test("--signed-by signs in that name, at this moment", async () => {
    await importRecords(store, key, [record("a")], signer);
    expect((await store.notices.get("a"))?.seal?.body).toMatchObject({
      kind: "imported",
      by: "王主任",
      at: at("2017-11-06T08:30"),
    });
  });

  test("without either, what the file says of approval is ignored, reported, and the notice is a draft", async () => {
    const { notes, sealed } = await importRecords(store, key, [record("a")], null);
    expect(sealed).toBe(0);
    expect((await store.notices.get("a"))?.seal).toBeNull();
    expect(notes).toMatchObject([
      { id: "a", why: { zh: expect.stringContaining("未予采信"), en: expect.stringContaining("not believed") } },
    ]);
  });

  test.each([
    ["a draft in the file", { review: { state: "draft" } }, /未经签发/],
    ["without review", { review: undefined }, /未经签发/],
    ["not for disclosure", { openness: "依申请公开", opennessReason: "个人档案" }, /只登记/],
    ["with a number that is not masked", { body: "电话13800138000" }, /138\*\*\*\*8000/],
  ])("nobody's signature helps: %s", async (_what, change, why) => {
    const { notes, sealed, added } = await importRecords(store, key, [record("a", change)], signer);
    expect({ added, sealed }).toEqual({ added: 1, sealed: 0 });
    expect(notes[0]?.why.zh).toMatch(why);
    expect(JSON.stringify(notes)).not.toContain("13800138000");
  });

  test.each(["", "   ", "字".repeat(201)])("nobody's name %j is no signature", async (by) => {
    await expect(importRecords(store, key, [record("a")], { kind: "imported", by })).rejects.toThrow(
      /签发人.* \/ the signer/,
    );
    expect(await store.notices.get("a")).toBeNull();
  });

  test("a draft is sealed when it comes again signed", async () => {
    await importRecords(store, key, [record("a")], null);
    expect(await importRecords(store, key, [record("a")], signer)).toMatchObject({ added: 0, revised: 0, sealed: 1 });
    expect((await store.notices.get("a"))?.revisionNumber).toBe(1);
  });
});

describe("a changed record is a new revision", () => {
  const changed = (change: object) =>
    importRecords(store, key, [record("a", change as Record<string, unknown>)], practice, at("2017-11-06T09:00"));
  const lives = async () => {
    const book = new Book(store.notices, key.publicKey);
    await book.reload();
    return book.candidates("B1").map(({ signedAt, supersededAt, blocked }) => ({ signedAt, supersededAt, blocked }));
  };
  beforeEach(() => importRecords(store, key, [record("a")]).then(() => undefined));

  test("signed later: the one before stays until then, in the past for ever (R02)", async () => {
    const signedAt = "2017-11-06T08:45";
    expect(await changed({ body: "新", review: { state: "approved", signedAt } })).toMatchObject({
      revised: 1,
      sealed: 1,
    });
    expect(await lives()).toEqual([
      { signedAt: at("2017-11-06T07:00"), supersededAt: at(signedAt), blocked: null },
      { signedAt: at(signedAt), supersededAt: null, blocked: null },
    ]);
  });

  test("with the old signing time: signed by taking it in, or the past would change", async () => {
    await changed({ body: "新" });
    const now = at("2017-11-06T09:00");
    expect(await lives()).toMatchObject([{ supersededAt: now }, { signedAt: now, supersededAt: null }]);
  });

  test("of its schedule alone: too", async () => {
    await changed({ until: "2017-11-06T11:00" });
    expect((await lives()).length).toBe(2);
    expect((await store.notices.get("a"))?.revisionNumber).toBe(2);
  });

  test("as a draft: the signed one stays up, and is not touched", async () => {
    expect(await changed({ body: "新", review: { state: "draft" } })).toMatchObject({ revised: 1, sealed: 0 });
    expect(await lives()).toEqual([{ signedAt: at("2017-11-06T07:00"), supersededAt: null, blocked: null }]);
  });

  test("three of them follow each other without a gap", async () => {
    for (const [body, time] of [
      ["二", "08:10"],
      ["三", "08:20"],
    ])
      await changed({ body, review: { state: "approved", signedAt: `2017-11-06T${time}` } });
    const all = await lives();
    expect(all.map(({ supersededAt }) => supersededAt)).toEqual([
      ...all.slice(1).map(({ signedAt }) => signedAt),
      null,
    ]);
  });
});

describe("a cancellation takes down the warning that it names", () => {
  test.each([
    ["in one file", [[alarm, cancel]]],
    ["in one file, the other way round", [[cancel, alarm]]],
    ["in a later file", [[alarm], [cancel]]],
    ["in an earlier file", [[cancel], [alarm]]],
  ])("%s, from the moment that it may be shown itself", async (_how, files) => {
    for (const records of files) await importRecords(store, key, records);
    expect((await store.notices.get("alarm"))?.supersededAt).toBe(at("2017-11-06T09:00"));
    expect((await store.notices.get("cancel"))?.supersededAt).toBeNull();
  });

  test("not while it is a draft, nor if it names another or itself", async () => {
    await importRecords(store, key, [alarm]);
    await importRecords(store, key, [cancel], null);
    await importRecords(store, key, [
      warning("other", { msgType: "Cancel", identifier: "3", references: "9" }),
      warning("self", { msgType: "Cancel", identifier: "4", references: "4" }),
    ]);
    for (const id of ["alarm", "other", "self"]) expect((await store.notices.get(id))?.supersededAt, id).toBeNull();
  });
});
