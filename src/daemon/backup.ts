/** Backup and restore of a whole office, between the data folder and one file. */
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { mkdir, rm } from "node:fs/promises";
import type { Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { checkpointFile, readCheckpoints } from "../ledger/checkpoints.ts";
import type { Entry } from "../ledger/types.ts";
import { loadOrCreateKey, type SigningKey } from "../notices/seal.ts";
import {
  aboutBackup,
  BackupBroken,
  openStore,
  proveBackup,
  putSiteFile,
  type Restored,
  type Store,
  restoreBackup,
  writeBackup,
} from "../store/index.ts";
import { lifeOf } from "../playlist/playlist.ts";
import { type Instant, wallClock } from "../time/clock.ts";
import { Book } from "./book.ts";
import { signingOf, verifyStore } from "./verify.ts";

export interface BackUp {
  readonly site: Pick<Site, "office" | "practice">;
  readonly folder: string;
  /** The installation file; null in practice. */
  readonly siteFile: string | null;
  readonly file: string;
  /** Empty: not sealed. */
  readonly passphrase: string;
}

/**
 * With its row in the register, which the backup already holds; then read back to its end, which has a row of its own, about
 * the file. What is not whole is no backup: it is taken away. Returns the file's bytes.
 */
export async function backUp({ site, folder, siteFile, file, passphrase }: BackUp): Promise<number> {
  const { installation } = loadOrCreateKey(join(folder, "signing.key"));
  await noted(folder, { action: "backup/made", subject: "office", data: { file: basename(file), installation } });
  const about = { office: site.office, practice: site.practice, at: wallClock.now(), installation };
  const bytes = await writeBackup({ folder, siteFile, file, passphrase, about });
  try {
    await proveBackup(file, passphrase, folder);
  } catch (error) {
    await rm(file, { force: true });
    throw error instanceof BackupBroken ? refused(file, error.why) : error;
  }
  await noted(folder, { action: "backup/checked", subject: basename(file), data: { bytes, installation } });
  return bytes;
}

async function noted(folder: string, entry: Entry): Promise<void> {
  const store = await openStore(folder);
  try {
    await store.change("console", (tx) => tx.record(entry));
  } finally {
    await store.close();
  }
}

/** false, too, for what is no backup: whoever restores it is told then. */
export async function isUnsealed(file: string): Promise<boolean> {
  try {
    return (await aboutBackup(file)).unsealed === true;
  } catch {
    return false;
  }
}

export interface PutBack {
  readonly file: string;
  readonly passphrase: string;
  readonly replace: boolean;
  /** Of the data, for what the backup is of. */
  folder(practice: boolean): string;
  /** What the backup must be of; null: whichever. */
  readonly wanted: "practice" | "real" | null;
  /** Where the installation file is to be. One that is there stays, and the backup's is beside the data. */
  readonly siteFile: string;
}

export interface PutBackResult extends Pick<Restored, "aside"> {
  readonly office: string;
  readonly folder: string;
  /** Of the register. */
  readonly rows: number;
  /** The ledger was not whole when the backup was made. */
  readonly broken: boolean;
  readonly siteFile: string | null;
  /** When the backup was made: whatever was decided later is undone. */
  readonly madeAt: Instant;
  /** What each board shows now, or would within its slots: a notice that was withdrawn later is among them. */
  readonly shown: readonly ShownAgain[];
}

export interface ShownAgain {
  readonly board: string;
  readonly notices: readonly { readonly id: string; readonly title: string }[];
}

interface Settled {
  readonly rows: number;
  readonly broken: boolean;
  readonly shown: readonly ShownAgain[];
}

/** FaultError `backup/refused` for what is not to be restored: nothing has happened then. All sessions are ended. */
export async function putBack(parts: PutBack): Promise<PutBackResult> {
  const { file, passphrase, replace, wanted } = parts;
  try {
    const about = await aboutBackup(file);
    if (wanted !== null && about.practice !== (wanted === "practice"))
      throw refused(file, about.practice ? "practice" : "real");
    const folder = resolve(parts.folder(about.practice));
    await mkdir(dirname(folder), { recursive: true });
    let ledger: Settled = { rows: 0, broken: false, shown: [] };
    const settle = async (fresh: string) => {
      ledger = await settled(fresh, file, about);
    };
    const restored = await restoreBackup({ file, passphrase, folder, replace, settle });
    const siteFile =
      restored.siteFile === null
        ? null
        : (await putSiteFile(restored.siteFile, parts.siteFile))
          ? parts.siteFile
          : restored.siteFile;
    const { office, at: madeAt } = restored.header;
    return { office, madeAt, folder, ...ledger, siteFile, aside: restored.aside };
  } catch (error) {
    throw error instanceof BackupBroken ? refused(file, error.why) : error;
  }
}

const refused = (file: string, why: BackupBroken["why"] | "practice" | "real") =>
  new FaultError({ code: "backup/refused", file: basename(file), why });

/** An office in its new folder: its own key, its chain looked at, nobody signed in, no password of then good for longer than it takes to change it. */
async function settled(
  folder: string,
  file: string,
  { installation, practice }: { readonly installation: string; readonly practice: boolean },
): Promise<Settled> {
  const key = loadOrCreateKey(join(folder, "signing.key"));
  if (key.installation !== installation) throw new BackupBroken("damaged");
  const store = await openStore(folder);
  try {
    const checkpoints = join(folder, checkpointFile);
    const kept = existsSync(checkpoints)
      ? await readCheckpoints(checkpoints, signingOf(key))
      : { good: [], faults: [] };
    const { register, faults } = await verifyStore(store, key, kept);
    const rows = register.rows;
    const now = wallClock.now();
    await store.change("console", async (tx) => {
      await tx.people.dropSessions({ seenAt: now + 1, openedAt: now + 1 });
      // Whoever has left since, or handed over, has the password of then.
      for (const one of await tx.people.accounts())
        if (one.password !== null && !one.mustChange)
          await tx.people.putAccount({ ...one, mustChange: true }, "account/changed", { why: "restored" });
      await tx.record({ action: "backup/restored", subject: "office", data: { file: basename(file), rows } });
    });
    return { rows, broken: faults.length > 0, shown: await shownIn(store, key, practice) };
  } finally {
    await store.close();
  }
}

/** By board, in the order of ids. */
async function shownIn(store: Store, key: SigningKey, practice: boolean): Promise<readonly ShownAgain[]> {
  const offset = practice ? Number((await store.settings.get("practice.clock-offset-ms")) ?? 0) : 0;
  const now = wallClock.now() + offset;
  const book = new Book(store.notices, key.publicKey, practice ? "practice" : "real", [], { now: () => now });
  await book.reload();
  const boards = new Map<string, { id: string; title: string }[]>();
  for (const { id } of book.all())
    for (const { board, candidate } of book.places(id)) {
      const life = lifeOf(candidate);
      if (candidate.blocked !== null || now < life.from || life.until <= now) continue;
      const list = boards.get(board) ?? [];
      boards.set(board, list);
      list.push({ id, title: candidate.title });
    }
  return [...boards].sort(([one], [other]) => (one < other ? -1 : 1)).map(([board, notices]) => ({ board, notices }));
}
