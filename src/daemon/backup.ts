/** Backup and restore of a whole office, between the data folder and one file. */
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { mkdir } from "node:fs/promises";
import type { Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { checkpointFile, readCheckpoints } from "../ledger/checkpoints.ts";
import { loadOrCreateKey } from "../notices/seal.ts";
import {
  aboutBackup,
  BackupBroken,
  openStore,
  putSiteFile,
  type Restored,
  restoreBackup,
  writeBackup,
} from "../store/index.ts";
import { wallClock } from "../time/clock.ts";
import { signingOf, verifyStore } from "./verify.ts";

export interface BackUp {
  readonly site: Pick<Site, "office" | "practice">;
  readonly folder: string;
  /** The installation file; null in practice. */
  readonly siteFile: string | null;
  readonly file: string;
  readonly passphrase: string;
}

/** With its row in the register, which the backup already holds. Returns the file's bytes. */
export async function backUp({ site, folder, siteFile, file, passphrase }: BackUp): Promise<number> {
  const { installation } = loadOrCreateKey(join(folder, "signing.key"));
  const store = await openStore(folder);
  try {
    const data = { file: basename(file), installation };
    await store.change("console", (tx) => tx.record({ action: "backup/made", subject: "office", data }));
  } finally {
    await store.close();
  }
  const about = { office: site.office, practice: site.practice, at: wallClock.now(), installation };
  return writeBackup({ folder, siteFile, file, passphrase, about });
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
    let ledger = { rows: 0, broken: false };
    const settle = async (fresh: string) => {
      ledger = await settled(fresh, file, about.installation);
    };
    const restored = await restoreBackup({ file, passphrase, folder, replace, settle });
    const siteFile =
      restored.siteFile === null
        ? null
        : (await putSiteFile(restored.siteFile, parts.siteFile))
          ? parts.siteFile
          : restored.siteFile;
    return { office: restored.header.office, folder, ...ledger, siteFile, aside: restored.aside };
  } catch (error) {
    throw error instanceof BackupBroken ? refused(file, error.why) : error;
  }
}

const refused = (file: string, why: BackupBroken["why"] | "practice" | "real") =>
  new FaultError({ code: "backup/refused", file: basename(file), why });

/** An office in its new folder: its own key, its chain looked at, nobody signed in. */
async function settled(folder: string, file: string, installation: string): Promise<{ rows: number; broken: boolean }> {
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
      await tx.record({ action: "backup/restored", subject: "office", data: { file: basename(file), rows } });
    });
    return { rows, broken: faults.length > 0 };
  } finally {
    await store.close();
  }
}
