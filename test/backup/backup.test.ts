/** One file with all of an office: whole or refused, and the same boards elsewhere. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backUp, putBack } from "../../src/daemon/backup.ts";
import { Book } from "../../src/daemon/book.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { encodeProgramme } from "../../src/message/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { at, site } from "../store/small-office.ts";
import { FaultError } from "../../src/fault.ts";
import { loadOrCreateKey, verdict } from "../../src/notices/seal.ts";
import { openStore } from "../../src/store/index.ts";
import { ownProcess } from "../built.ts";
import { importAs, scratch } from "./office.ts";
import { isLong } from "../some.ts";

const passphrase = "一句只有本办公室知道的话";
const about = { office: "青石港办事处", practice: false };
let place: ReturnType<typeof scratch>;
let folder: string;
let file: string;

beforeAll(async () => {
  place = scratch();
  folder = join(place.folder, "office");
  file = join(place.folder, "office.backup");
  mkdirSync(folder);
  await importAs(folder);
  writeFileSync(join(place.folder, "boardcast.yaml"), "office: 青石港办事处\n");
  await backUp({ site: about, folder, siteFile: join(place.folder, "boardcast.yaml"), file, passphrase });
});
afterAll(() => place.remove());

const restoreTo = (name: string, changed: Partial<Parameters<typeof putBack>[0]> = {}) =>
  putBack({
    file,
    passphrase,
    replace: false,
    folder: () => join(place.folder, name),
    wanted: null,
    siteFile: join(place.folder, `${name}.yaml`),
    ...changed,
  });

const whyRefused = (error: unknown) => (error as FaultError).fault as { readonly code: string; readonly why?: string };

/** What each notice may light: revision, verdict, message hashes. */
async function boardsOf(where: string) {
  const store = await openStore(where);
  try {
    const { publicKey } = loadOrCreateKey(join(where, "signing.key"));
    const { records } = await store.notices.list();
    const seen = [];
    for (const record of records) {
      const worth = verdict(record, publicKey);
      const pixels = worth.ok ? [...worth.pixels] : worth.why;
      const bytes = worth.ok
        ? await Promise.all([...worth.pixels.values()].map((hash) => store.messages.get(hash)))
        : [];
      seen.push({ id: record.id, revision: record.revision, pixels, bytes });
    }
    return seen;
  } finally {
    await store.close();
  }
}

/** What its boards would be told, bytes and all, by the daemon's own parts. */
async function programmesOf(where: string) {
  const store = await openStore(where);
  try {
    const { publicKey } = loadOrCreateKey(join(where, "signing.key"));
    const book = new Book(store.notices, publicKey, "practice");
    await book.reload();
    const programmes = new Programmes(site, workCalendar(site.calendar), book, new MessageShelf(store.messages, 1e6));
    const told = [];
    for (const board of site.boards)
      for (const from of [at("2017-11-06T09:00"), at("2017-12-31T23:00")]) {
        const { programme } = await programmes.plan(board, from, from + 7_200_000);
        told.push({ board: board.id, messages: programme.messages, bytes: encodeProgramme(programme) });
      }
    return told;
  } finally {
    await store.close();
  }
}

describe("a backup", () => {
  test("put back elsewhere is the same office: same notices, same message hashes, same bytes", async () => {
    const done = await restoreTo("elsewhere");
    expect(done).toMatchObject({ office: about.office, broken: false, aside: null });
    const before = await boardsOf(folder);
    expect(before.filter(({ pixels }) => typeof pixels !== "string").length).toBeGreaterThan(0);
    expect(await boardsOf(done.folder)).toEqual(before);
    const told = await programmesOf(folder);
    expect(told.every(({ messages }) => messages.length > 0)).toBe(true);
    expect(await programmesOf(done.folder)).toEqual(told);
    expect(readFileSync(done.siteFile ?? "", "utf8")).toBe("office: 青石港办事处\n");
    expect(statSync(join(done.folder, "signing.key")).mode & 0o077).toBe(0);
  });

  test("is taken while another process writes, and is of one moment", async () => {
    const writer = spawn(process.execPath, [await ownProcess("backup/writer"), folder], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(writer.stdout, "data");
    const busy = join(place.folder, "busy.backup");
    await backUp({ site: about, folder, siteFile: null, file: busy, passphrase });
    writer.stdin.end();
    await once(writer, "exit");
    const done = await restoreTo("from-busy", { file: busy });
    expect(done.broken).toBe(false);
    const store = await openStore(done.folder);
    const { seq } = await store.ledger.head("register");
    await store.close();
    // Rows of the import, of the writer, of the backup and of putting it back.
    expect(done.rows).toBeGreaterThan(2);
    expect(seq).toBe(done.rows + 1);
  });

  test("says nothing of what it holds to who has no passphrase", async () => {
    const bytes = readFileSync(file);
    const key = readFileSync(join(folder, "signing.key"), "latin1").split("\n")[1] ?? "";
    expect(key.length).toBeGreaterThan(20);
    expect(bytes.includes(key)).toBe(false);
    expect(bytes.includes("SQLite format 3")).toBe(false);
    expect(statSync(file).mode & 0o077).toBe(0);
    const refused = await restoreTo("guessed", { passphrase: "一句只有本办公室知道的话。" }).catch(whyRefused);
    expect(refused).toMatchObject({ code: "backup/refused", why: "passphrase" });
    expect(existsSync(join(place.folder, "guessed"))).toBe(false);
  });

  test(
    "damaged anywhere, cut off anywhere or added to is refused whole, and leaves what was there",
    async () => {
      const whole = readFileSync(file);
      const damaged = join(place.folder, "damaged.backup");
      const there = await boardsOf(join(place.folder, "elsewhere"));
      const damage = fc.oneof(
        fc.record({ how: fc.constant("flip" as const), at: fc.nat(whole.length - 1), bit: fc.nat(7) }),
        fc.record({ how: fc.constant("cut" as const), at: fc.nat(whole.length - 1) }),
        fc.record({ how: fc.constant("add" as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
      );
      await fc.assert(
        fc.asyncProperty(damage, async (what) => {
          const bytes = Buffer.from(whole);
          if (what.how === "flip") bytes[what.at] = (bytes[what.at] ?? 0) ^ (1 << what.bit);
          writeFileSync(damaged, what.how === "add" ? Buffer.concat([bytes, what.bytes]) : bytes);
          if (what.how === "cut") truncateSync(damaged, what.at);
          const refused = await restoreTo("elsewhere", { file: damaged, replace: true }).catch(
            (error: unknown) => error,
          );
          expect(refused, JSON.stringify(what)).toBeInstanceOf(FaultError);
          expect(whyRefused(refused).code).toBe("backup/refused");
        }),
        { numRuns: isLong ? 250 : 12 },
      );
      expect(await boardsOf(join(place.folder, "elsewhere"))).toEqual(there);
      expect(readdirSync(place.folder).filter((name) => /restoring|before-restore|unfinished/.test(name))).toEqual([]);
    },
    isLong ? 600_000 : 60_000,
  );

  test("does not go over data that is there unless told; then that is kept aside", async () => {
    await expect(restoreTo("elsewhere")).rejects.toMatchObject({ code: "ENOTEMPTY" });
    const done = await restoreTo("elsewhere", { replace: true });
    expect(done.aside).toBe(join(place.folder, "elsewhere.before-restore"));
    expect(existsSync(join(done.aside ?? "", "boardcast.db"))).toBe(true);
  });

  test("of practice never becomes a real office, nor the other way round (R53)", async () => {
    const refused = await restoreTo("mixed", { wanted: "practice" }).catch(whyRefused);
    expect(refused).toMatchObject({ code: "backup/refused", why: "real" });
    const practice = join(place.folder, "practice.backup");
    await backUp({ site: { ...about, practice: true }, folder, siteFile: null, file: practice, passphrase });
    expect(await restoreTo("mixed", { file: practice, wanted: "real" }).catch(whyRefused)).toMatchObject({
      why: "practice",
    });
  });

  test("holds the page's certificate: who has trusted it goes on trusting it", async () => {
    writeFileSync(join(folder, "certificate.pem"), "a certificate\n", { mode: 0o600 });
    const again = join(place.folder, "certificate.backup");
    await backUp({ site: about, folder, siteFile: null, file: again, passphrase });
    const done = await restoreTo("certified", { file: again });
    expect(readFileSync(join(done.folder, "certificate.pem"), "utf8")).toBe("a certificate\n");
  });

  test("tells what it lights again, and asks everybody for a new password", async () => {
    const source = await openStore(folder);
    const account = { ...{ id: "e".repeat(32), login: "yi", name: "乙", unit: "", boards: null }, active: true };
    const kept = { roles: ["maker" as const], mustChange: false, password: "$argon2id$of-then" };
    await source.change("system", (tx) => tx.people.putAccount({ ...account, ...kept }, "account/added", {}));
    const [record] = (await source.notices.list()).records.filter(({ seal }) => seal !== null);
    if (!record) throw new Error("nothing signed");
    await source.close();
    const again = join(place.folder, "shown.backup");
    await backUp({ site: about, folder, siteFile: null, file: again, passphrase });
    const done = await restoreTo("shown", { file: again });
    expect(done.madeAt).toBeLessThanOrEqual(Date.now());
    const store = await openStore(done.folder);
    expect((await store.people.account(account.id))?.mustChange).toBe(true);
    await store.close();
    expect(Array.isArray(done.shown)).toBe(true);
  });

  test("ends all sessions", async () => {
    const source = await openStore(folder);
    const now = Date.now();
    const account = {
      id: "d".repeat(32),
      login: "jia",
      name: "甲",
      unit: "",
      roles: ["maker" as const],
      boards: null,
      active: true,
      mustChange: false,
      password: null,
    };
    const session = {
      id: "a".repeat(32),
      hash: "b".repeat(64),
      account: "d".repeat(32),
      openedAt: now,
      seenAt: now,
      address: "127.0.0.1",
      agent: "",
    };
    await source.change("system", async (tx) => {
      await tx.people.putAccount(account, "account/added", {});
      await tx.people.putSession(session);
      await tx.record({ action: "session/opened", subject: session.account, data: {} });
    });
    await source.close();
    const again = join(place.folder, "sessions.backup");
    await backUp({ site: about, folder, siteFile: null, file: again, passphrase });
    const done = await restoreTo("signed-out", { file: again });
    const store = await openStore(done.folder);
    expect(await store.people.sessionsOf(session.account)).toEqual([]);
    await store.close();
    const kept = await openStore(folder);
    expect(await kept.people.sessionsOf(session.account)).toHaveLength(1);
    await kept.close();
  });
});

describe("killed in the middle", () => {
  test.each([3, 12])("%i ms after it began, there is the backup before or none, never half", async (ms) => {
    const target = join(place.folder, `killed-${ms}.backup`);
    const child = spawn(process.execPath, [await ownProcess("backup/backer"), folder, target, passphrase], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, ms));
    child.kill("SIGKILL");
    await once(child, "exit");
    if (existsSync(target)) {
      const done = await restoreTo(`killed-${ms}`, { file: target });
      expect(done.broken).toBe(false);
    }
    const store = await openStore(folder);
    expect((await store.notices.list()).unreadable).toEqual([]);
    await store.close();
  });
});
