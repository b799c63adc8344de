/** Backups that somebody asks for: on record, read back, and beside those of the nights. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backupRoutes } from "../../src/api/backup-routes.ts";
import { backupsSchema } from "../../src/api/backup-schemas.ts";
import { backUp } from "../../src/daemon/backup.ts";
import { openBackups } from "../../src/daemon/backups.ts";
import { backupJobs, backupsIn } from "../../src/daemon/jobs/backup.ts";
import { nobody } from "../../src/people/types.ts";
import { aboutBackup, openStore, proveBackup } from "../../src/store/index.ts";
import { serve } from "../api/fake-office.ts";
import { filesAsBytes } from "../../src/store/backup/files.ts";
import { newHeader, writeSealed } from "../../src/store/backup/sealed-stream.ts";
import { importAs } from "../backup/office.ts";
import { at, scratch, zone } from "../store/small-office.ts";

let place: ReturnType<typeof scratch>;
beforeEach(() => {
  place = scratch();
});
afterEach(() => place.remove());

test("one made by hand: on record with who asked, named by the second, sealed by what was typed, read back; it ends the alarm and pushes out no night", async () => {
  const folder = join(place.folder, "office");
  mkdirSync(folder);
  await importAs(folder);
  const store = await openStore(folder);
  let time = at("2017-11-09T12:00:05");
  const site = { office: "处", practice: false };
  const backups = openBackups({
    ...{ folder, zone, store, keep: 2, sealed: false, nightly: true, wall: { now: () => time } },
    make: async (file, passphrase = "") => {
      await backUp({ site, folder, siteFile: null, file, passphrase });
    },
    failed: (error) => Promise.reject(error),
  });
  const caller = { ...nobody, account: "a1", name: "系统管理员" };
  try {
    const night = join(backupsIn(folder), "2017-11-02-unsealed.backup");
    mkdirSync(backupsIn(folder));
    const about = { v: 1, office: "处", practice: false, at: at("2017-11-02T02:10"), installation: "0".repeat(32) };
    writeFileSync(night, `boardcast-backup ${JSON.stringify({ ...about, salt: "", cost: 15, unsealed: true })}\n`);
    const settings = { get: async () => String(at("2017-11-01T00:00")), set: async () => {} };
    const [, watch] = backupJobs({
      ...{ folder, zone, keep: 3, passphraseFile: null, settings, make: () => Promise.reject(new Error("not asked")) },
    });
    await expect(watch?.run({ board: 0, wall: time })).rejects.toThrow();
    expect(await backups.begin(caller, "一句只有本办公室知道的话")).toBe(true);
    expect(await backups.begin(caller, null)).toBe(false);
    expect((await backups.view()).going.state).toBe("running");
    await backups.settled();
    const [newest, ...others] = (await backups.view()).files;
    const name = "2017-11-09-120005-by-hand.backup";
    expect(newest).toMatchObject({ name, sealed: true, made: "by-hand", checkedAt: expect.any(Number) });
    expect(others).toMatchObject([{ made: "nightly", sealed: false, checkedAt: null }]);
    const [ordered, made] = (await store.ledger.about("register", "office")).slice(-2);
    expect(ordered).toMatchObject({ by: "a1", action: "backup/ordered", data: { file: name, name: caller.name } });
    expect(made).toMatchObject({ action: "backup/made", data: { file: name } });
    expect(await backups.fetch(caller, name)).toEqual({ path: join(backupsIn(folder), name), sealed: true });
    expect((await store.ledger.about("register", name)).map(({ action, by }) => [action, by])).toEqual([
      ["backup/checked", "console"],
      ["backup/fetched", "a1"],
    ]);
    for (const strange of ["../signing.key", "signing.key", `${name}.unfinished`])
      expect(await backups.fetch(caller, strange)).toBeNull();
    const real = await aboutBackup(join(backupsIn(folder), name));
    await expect(watch?.run({ board: 0, wall: real.at })).resolves.toBeUndefined();
    for (let more = 0; more < 2; more++) {
      time += 1000;
      await backups.begin(caller, null);
      await backups.settled();
    }
    expect(readdirSync(backupsIn(folder)).sort()).toEqual([
      ...["2017-11-02-unsealed.backup", "2017-11-09-120006-by-hand-unsealed.backup"],
      "2017-11-09-120007-by-hand-unsealed.backup",
    ]);
    expect((await backups.fetch(caller, "2017-11-02-unsealed.backup"))?.sealed).toBe(false);
  } finally {
    await store.close();
  }
});

test("by the API: a sealed one may be taken away, one that is not stays; short passphrases and a second one meanwhile are refused", async () => {
  mkdirSync(backupsIn(place.folder));
  const about = { v: 1, office: "处", practice: false, at: 1, installation: "0".repeat(32), salt: "", cost: 15 };
  const put = (name: string, more: object) =>
    writeFileSync(join(backupsIn(place.folder), name), `boardcast-backup ${JSON.stringify({ ...about, ...more })}\n`);
  put("2017-11-02.backup", {});
  // A backup, but not one of that folder.
  put("../outside.backup", {});
  put("2017-11-01-unsealed.backup", { unsealed: true });
  const store = await openStore(place.folder);
  const asked: (string | undefined)[] = [];
  let finish = () => {};
  const backups = openBackups({
    ...{ folder: place.folder, zone, store, keep: 2, sealed: true, nightly: true },
    make: (_, passphrase) => {
      asked.push(passphrase);
      return new Promise<void>((_done, reject) => {
        finish = () => reject(new Error("磁盘已满"));
      });
    },
    failed: () => {},
  });
  const callerOf = async () => ({ ...nobody, account: "a1", roles: new Set(["administrator" as const]), reads: true });
  const server = await serve({ doors: { callerOf }, routes: backupRoutes(backups) });
  const post = (body: object) =>
    server.get("/api/v1/backups", {
      ...{ method: "POST", headers: { "content-type": "application/json" } },
      body: JSON.stringify(body),
    });
  try {
    const status = async (name: string) =>
      (await server.get(`/api/v1/backups/${encodeURIComponent(name)}/file`)).status;
    expect(await status("2017-11-01-unsealed.backup")).toBe(403);
    expect([await status("2017-11-03.backup"), await status("../outside.backup")]).toEqual([404, 404]);
    const taken = await server.get("/api/v1/backups/2017-11-02.backup/file");
    expect(taken.headers.get("content-disposition")).toBe('attachment; filename="2017-11-02.backup"');
    expect(await taken.text()).toContain("boardcast-backup");
    expect((await post({ passphrase: "十一个字的口令还不够长" })).status).toBe(400);
    expect(backupsSchema.parse(await (await post({})).json()).going.state).toBe("running");
    expect((await post({})).status).toBe(409);
    expect(asked).toEqual([undefined]);
    finish();
    await backups.settled();
    const { going, files } = backupsSchema.parse(await (await server.get("/api/v1/backups")).json());
    expect(going).toMatchObject({ state: "failed", why: { zh: "磁盘已满" } });
    expect(files.map(({ name, sealed }) => [name, sealed])).toEqual([
      ["2017-11-01-unsealed.backup", false],
      ["2017-11-02.backup", true],
    ]);
  } finally {
    await server.close();
    await store.close();
  }
});

test("what cannot be read back is no backup", async () => {
  const folder = join(place.folder, "office");
  mkdirSync(folder);
  await importAs(folder);
  const file = join(place.folder, "x.backup");
  await backUp({ site: { office: "处", practice: false }, folder, siteFile: null, file, passphrase: "" });
  await expect(proveBackup(file, "", folder)).resolves.toBeUndefined();
  const bytes = readFileSync(file);
  bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  await expect(proveBackup(file, "", folder)).rejects.toThrow("backup: ");
  expect(readdirSync(folder).filter((name) => name.startsWith("backup-"))).toEqual([]);
  // Every byte as it was written, and yet no database.
  writeFileSync(join(folder, "boardcast.db"), "SQLite format 3\0 and nothing more");
  const handle = await open(file, "w");
  const about = { office: "处", practice: false, at: 1, installation: "0".repeat(32) };
  const places = new Map((["boardcast.db", "signing.key"] as const).map((name) => [name, join(folder, name)]));
  await writeSealed(handle, newHeader(about, true), "", filesAsBytes(places));
  await handle.close();
  await expect(proveBackup(file, "", folder)).rejects.toThrow("damaged");
});
