/**
 * One file with all that an office is: database, signing key, checkpoints, installation file. Made while the daemon runs;
 * put back whole or not at all.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isSound, snapshotDatabase } from "../sqlite/snapshot.ts";
import { holdFolder } from "../sqlite/lock.ts";
import { type BackupFile, backupFiles, bytesAsFiles, filesAsBytes } from "./files.ts";
import { BackupBroken, type BackupHeader, newHeader, readHeader, readSealed, writeSealed } from "./sealed-stream.ts";

export { BackupBroken, type BackupHeader } from "./sealed-stream.ts";

export interface BackupParts {
  readonly folder: string;
  /** The installation file; null in practice. */
  readonly siteFile: string | null;
  /** Must not exist yet, or is replaced when the new one is whole. */
  readonly file: string;
  readonly passphrase: string;
  readonly about: Pick<BackupHeader, "office" | "practice" | "at" | "installation">;
}

/** Bytes of the file. It has its name only when it is whole and on disk. */
export async function writeBackup({ folder, siteFile, file, passphrase, about }: BackupParts): Promise<number> {
  const draft = `${file}.unfinished`;
  const copies = await mkdtemp(join(folder, "backup-"));
  try {
    const snapshot = join(copies, "boardcast.db");
    snapshotDatabase(join(folder, "boardcast.db"), snapshot);
    const places = new Map<BackupFile, string>();
    for (const name of backupFiles) {
      const place = name === "boardcast.db" ? snapshot : name === "boardcast.yaml" ? siteFile : join(folder, name);
      if (place !== null && existsSync(place)) places.set(name, place);
    }
    const handle = await open(draft, "w", 0o600);
    try {
      await writeSealed(handle, newHeader(about, passphrase === ""), passphrase, filesAsBytes(places));
      await handle.sync();
      const { size } = await handle.stat();
      await rename(draft, file);
      await keepName(dirname(file));
      return size;
    } finally {
      await handle.close();
    }
  } finally {
    await rm(draft, { force: true });
    await rm(copies, { recursive: true, force: true });
  }
}

/**
 * Read back to its end and taken apart as a restore would do it, into `folder`, where nothing of it stays: every piece is
 * what was written, what an office needs is there, and its database is sound. Throws BackupBroken.
 */
export async function proveBackup(file: string, passphrase: string, folder: string): Promise<void> {
  const copies = await mkdtemp(join(folder, "backup-"));
  const handle = await open(file, "r");
  try {
    await takenApart(readSealed(handle, passphrase), copies);
  } finally {
    await handle.close();
    await rm(copies, { recursive: true, force: true });
  }
}

async function takenApart(bytes: AsyncIterable<Buffer>, folder: string): Promise<ReadonlySet<BackupFile>> {
  const found = await bytesAsFiles(bytes, folder);
  for (const needed of ["boardcast.db", "signing.key"] as const)
    if (!found.has(needed)) throw new BackupBroken("damaged");
  if (!isSound(join(folder, "boardcast.db"))) throw new BackupBroken("damaged");
  return found;
}

/** What a file says of itself; not yet proved. Throws BackupBroken. */
export async function aboutBackup(file: string): Promise<BackupHeader> {
  const handle = await open(file, "r");
  try {
    return (await readHeader(handle)).header;
  } finally {
    await handle.close();
  }
}

export interface RestoreParts {
  readonly file: string;
  readonly passphrase: string;
  /** The data folder to be; what is there must be empty, or `replace` puts it aside. */
  readonly folder: string;
  readonly replace: boolean;
  /** Asked of the office in its new folder, before that has its place: throws if it is not to be had. */
  settle(folder: string): Promise<void>;
}

export interface Restored {
  readonly header: BackupHeader;
  /** Where the installation file of the backup lies now; null if it had none. */
  readonly siteFile: string | null;
  /** Where what was in the folder before lies now. */
  readonly aside: string | null;
}

/** Throws BackupBroken for a file that is not whole, EALREADY where a daemon runs, ENOTEMPTY without `replace`. */
export async function restoreBackup({ file, passphrase, folder, replace, settle }: RestoreParts): Promise<Restored> {
  const taken = existsSync(folder) && (await readdir(folder)).length > 0;
  if (taken && !replace) throw Object.assign(new Error(folder), { code: "ENOTEMPTY" });
  if (taken) (holdFolder(folder) ?? inUse(folder))();
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}.restoring-`);
  try {
    const handle = await open(file, "r");
    try {
      const { header } = await readHeader(handle);
      const found = await takenApart(readSealed(handle, passphrase), fresh);
      await settle(fresh);
      const aside = taken ? await freeName(`${folder}.before-restore`) : null;
      if (aside !== null) await rename(folder, aside);
      else if (existsSync(folder)) await rmdir(folder);
      await rename(fresh, folder);
      await keepName(dirname(folder));
      return { header, siteFile: found.has("boardcast.yaml") ? join(folder, "boardcast.yaml") : null, aside };
    } finally {
      await handle.close();
    }
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

function inUse(folder: string): never {
  const what = `${basename(folder)}: 守护进程正在用这个数据文件夹，请先停下它 / a daemon is using this data folder: stop it first`;
  throw Object.assign(new Error(what), { code: "EALREADY" });
}

async function freeName(path: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? path : `${path}-${count}`;
    if (!existsSync(name)) return name;
  }
}

/** Puts a folder's names on disk. */
async function keepName(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The installation file of a backup to where the office is started from, unless there is one. */
export async function putSiteFile(from: string, to: string): Promise<boolean> {
  if (existsSync(to)) return false;
  await copyFile(from, to);
  return true;
}
