/** Whatever ends a change half-way, the chain is whole and the tables are what it tells. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "@photostructure/sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { withProof } from "../../src/daemon/index.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { signSeal } from "../../src/notices/seal.ts";
import { openStore } from "../../src/store/index.ts";
import { openDatabase } from "../../src/store/sqlite/database.ts";
import { migrations } from "../../src/store/sqlite/migrations.ts";
import { ownProcess } from "../built.ts";
import { importRecords, parseRecords, record, scratch } from "../store/small-office.ts";
import { note, type Office, openOffice } from "./chain.ts";

const whole = (folder: string) => withProof(folder, async (proof) => (await proof.verify()).faults);

const id = fc.constantFrom("a", "b", "c");
const at = fc.integer({ min: 1, max: 99 });
const step = fc.record({
  crash: fc.boolean(),
  doing: fc.array(
    fc.oneof(
      fc.record({
        verb: fc.constant("save" as const),
        id,
        body: fc.constantFrom("一", "二", "三"),
        sealed: fc.boolean(),
      }),
      fc.record({ verb: fc.constantFrom("withdraw" as const, "supersede" as const), id, at }),
      fc.record({ verb: fc.constant("reschedule" as const), id, at }),
      fc.record({ verb: fc.constant("note" as const) }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
});

async function prepared({ store, key }: Office, notice: string, body: string, sealed: boolean) {
  const [one] = parseRecords([record(notice, { body })]).accepted;
  if (!one) throw new Error("refused");
  const { content, schedule } = one;
  const revision = revisionHash(content);
  const envelope = { boards: schedule.boards, from: schedule.from, until: schedule.until, bestPriority: 5 };
  const seal = sealed
    ? signSeal(
        {
          v: 1,
          installation: key.installation,
          revision,
          notice,
          envelope,
          pixels: [],
          form: null,
          by: "P03",
          at: 7,
          kind: "signed",
        },
        key,
      )
    : null;
  return store.notices.prepare({
    id: notice,
    content,
    revision,
    schedule,
    makerId: null,
    importedAt: 0,
    seal,
    messages: [],
  });
}

test("random changes, some of which fail in the end: the chain is whole, the tables are what it tells, nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const office = await openOffice();
      const { store } = office;
      try {
        for (const { crash, doing } of steps) {
          const head = await store.ledger.head("register");
          const entries = new Map<object, Awaited<ReturnType<typeof prepared>>>();
          for (const one of doing)
            if (one.verb === "save") entries.set(one, await prepared(office, one.id, one.body, one.sealed));
          const change = store.change("system", async (tx) => {
            for (const one of doing) {
              const entry = entries.get(one);
              const notice = one.verb === "note" ? null : await tx.notices.get(one.id);
              if (entry) await tx.notices.save(entry);
              else if (one.verb === "withdraw" || one.verb === "supersede") await tx.notices[one.verb](one.id, one.at);
              else if (one.verb === "reschedule" && notice) {
                const schedule = { ...notice.schedule, weight: one.at };
                await tx.notices.reschedule(one.id, notice.revisionNumber, schedule);
              } else if (one.verb === "note") await tx.record({ action: "test/noted", subject: "s", data: {} }, "play");
            }
            if (crash) throw new Error("crash");
          });
          if (crash) {
            await expect(change).rejects.toThrow("crash");
            expect(await store.ledger.head("register")).toEqual(head);
          } else await change;
          expect(await office.verified()).toEqual([]);
        }
      } finally {
        await office.close();
      }
    }),
    { numRuns: 15 },
  );
});

test("a verb that writes without a word is rolled back; a long change tells each step", async () => {
  const office = await openOffice();
  const silent = office.store.change("system", (tx) => tx.settings.set("k", "v"));
  await expect(silent).rejects.toThrow("without a ledger row");
  expect(await office.store.settings.get("k")).toBe(null);
  await note(office.store, 1);
  expect((await office.store.ledger.head("register")).seq).toBe(1);
  await office.close();
});

const process_ = async (name: string, ...words: string[]) =>
  spawn(process.execPath, [await ownProcess(`ledger/${name}`), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });

test.each([3, 12])("kill -9 after %i acknowledgements: none of them is lost, the chain is intact", async (most) => {
  const { folder, remove } = scratch();
  const child = await process_("noting-process", folder);
  const gone = once(child, "exit");
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === most) child.kill("SIGKILL");
  }
  expect((await gone)[1]).toBe("SIGKILL");
  expect(acknowledged.length).toBeGreaterThanOrEqual(most);
  expect(await whole(folder)).toEqual([]);
  const store = await openStore(folder);
  const rows = (await store.ledger.rows("register", 0)).map(({ action, subject }) => `${action} ${subject}`);
  expect(rows.slice(0, acknowledged.length)).toEqual(acknowledged);
  // At most the one that was under way, beside them.
  expect(rows.length - acknowledged.length).toBeLessThanOrEqual(1);
  const { records } = await store.notices.list();
  expect(records.length).toBe(rows.filter((row) => row.startsWith("notice/added")).length);
  await store.close();
  remove();
});

/** A data folder as it was before there was a ledger, with what `from` has. */
async function before(from: Office): Promise<ReturnType<typeof scratch>> {
  const place = scratch();
  copyFileSync(join(from.folder, "signing.key"), join(place.folder, "signing.key"));
  const later = Object.entries(migrations).filter(([name]) => name >= "0003");
  for (const [name] of later) delete migrations[name];
  const db = await openDatabase(join(place.folder, "boardcast.db"));
  Object.assign(migrations, Object.fromEntries(later));
  await db.destroy();
  const old = new DatabaseSync(join(place.folder, "boardcast.db"));
  old.exec(`ATTACH '${join(from.folder, "boardcast.db")}' AS new`);
  const down = (column: string) =>
    `(SELECT min(${column}) FROM new.revision r WHERE r.notice = n.id AND r.number = n.revisions)`;
  old.exec(
    `INSERT INTO notice SELECT site, id, revisions, ${down("withdrawn_at")}, ${down("superseded_at")} FROM new.notice n;
     INSERT INTO revision SELECT site, notice, number, hash, content, schedule, maker, imported_at FROM new.revision;
     INSERT INTO seal SELECT * FROM new.seal; INSERT INTO message SELECT * FROM new.message`,
  );
  old.close();
  return place;
}

test("kill -9 in the middle of a migration: the next open is whole, and registers what there was", {
  timeout: 90_000,
}, async () => {
  const office = await openOffice();
  const { store, key } = office;
  await importRecords(
    store,
    key,
    Array.from({ length: 20 }, (_, index) => record(`n${index}`)),
  );
  await importRecords(store, key, [
    record("n1", { body: "新", review: { state: "approved", signedAt: "2017-11-06T08:10" } }),
  ]);
  await importRecords(store, key, [record("draft", { review: { state: "draft" } })]);
  await store.notices.withdraw("n0", 1_509_930_000_000);
  const dry = await before(office);
  const child = await process_("migrating-process", dry.folder);
  let said = "";
  for await (const text of child.stdout) said += String(text);
  dry.remove();
  const statements = Number(said);
  expect(statements).toBeGreaterThan(40);

  for (const part of [0.4, 0.8, 1]) {
    const place = await before(office);
    const killed = await process_("migrating-process", place.folder, String(Math.floor(statements * part)));
    expect((await once(killed, "exit"))[1], `at ${part} of ${statements}`).toBe("SIGKILL");
    expect(await whole(place.folder)).toEqual([]);
    const opened = await openStore(place.folder);
    const list = await opened.notices.list();
    const { records, earlier } = await store.notices.list();
    expect(list).toEqual({ records, earlier, unreadable: [] });
    const rows = await opened.ledger.rows("register", 0);
    expect(rows.filter(({ action }) => action === "notice/added").length).toBe(21);
    expect(rows.filter(({ action }) => action === "notice/withdrawn").length).toBe(1);
    await opened.close();
    place.remove();
  }
  await office.close();
});
