/** A backup every night into `backups/` of the data folder, and the watch over whether there is a good one. */
import { spawn } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { FaultError } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { SettingStore } from "../../notices/store.ts";
import { aboutBackup, BackupBroken } from "../../store/index.ts";
import type { Instant } from "../../time/clock.ts";
import { dateAt } from "../../time/zone.ts";
import type { Job } from "../jobs.ts";
import { daily } from "./daily.ts";

export interface BackupJobParts {
  readonly folder: string;
  readonly zone: string;
  /** Newest ones that stay. */
  readonly keep: number;
  /** null: not sealed; whoever may read the data folder can open it. */
  readonly passphraseFile: string | null;
  readonly settings: SettingStore;
  /** Makes a whole one, or throws. */
  make(file: string): Promise<void>;
}

const minute = 2 * 60 + 10;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nightly = /^\d{4}-\d{2}-\d{2}(?:-unsealed)?\.backup(?:\.unfinished)?$/;
/** Named by the day and the second; kept apart from the nights', or seven of an afternoon would push a week of them out. */
export const byHand = /^\d{4}-\d{2}-\d{2}-\d{6}-by-hand(?:-unsealed)?\.backup(?:\.unfinished)?$/;
const begun = "backup.watched-since";

export const backupsIn = (folder: string) => join(folder, "backups");

/** Of this kind, by name; of a folder that is not there, none. */
export async function namesIn(folder: string, pattern: RegExp): Promise<readonly string[]> {
  const all = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return all.filter((name) => pattern.test(name)).sort();
}

/** Newest ones stay, at most `keep`; half ones are of something that was cut short, and go. */
export async function dropOld(folder: string, kept: readonly string[], keep: number): Promise<void> {
  const whole = kept.filter((one) => one.endsWith(".backup"));
  const gone = [...kept.filter((one) => !whole.includes(one)), ...whole.slice(0, Math.max(0, whole.length - keep))];
  for (const one of gone) await rm(join(folder, one), { force: true });
}

export function backupJobs(parts: BackupJobParts): readonly Job[] {
  const { zone, keep, passphraseFile, settings, make } = parts;
  const folder = backupsIn(parts.folder);

  /** By name: those of a day to come were made by a wrong clock, and are neither counted nor thrown away. */
  async function names(now: Instant): Promise<readonly string[]> {
    const today = dateAt(zone, now);
    return (await namesIn(folder, nightly)).filter((name) => name.slice(0, today.length) <= today);
  }

  /** When the newest that is a backup was made, at night or because somebody asked; null: none. That each was whole was known before it had its name. */
  async function newest(now: Instant): Promise<Instant | null> {
    let found: Instant | null = null;
    for (const name of [...(await names(now)), ...(await namesIn(folder, byHand))]) {
      if (!name.endsWith(".backup")) continue;
      try {
        const { at } = await aboutBackup(join(folder, name));
        if (at <= now || nightly.test(name)) found = Math.max(found ?? at, at);
      } catch (error) {
        if (!(error instanceof BackupBroken)) throw error;
      }
    }
    return found;
  }

  /** Since when nights were there to back up in; a clock that was set back begins anew. */
  async function since(now: Instant): Promise<Instant> {
    const kept = Number((await settings.get(begun)) ?? Number.NaN);
    if (kept <= now) return kept;
    await settings.set(begun, String(now));
    return now;
  }

  const backup: Job = {
    name: "backup",
    due: daily("wall", zone, minute),
    async run({ wall }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${dateAt(zone, wall)}${passphraseFile === null ? "-unsealed" : ""}.backup`;
      await make(join(folder, name));
      await dropOld(folder, await names(wall), keep);
    },
  };
  const watch: Job = {
    name: "backup-age",
    due: ({ wall }, last) => last === null || wall - last.wall >= hourMs,
    async run({ wall }) {
      const from = await since(wall);
      const made = await newest(wall);
      if (wall - (made ?? from) > limits.backupDays * dayMs)
        throw new FaultError({ code: "job/no-backup", since: made === null ? null : dateAt(zone, made) });
    },
  };
  return [backup, watch];
}

/**
 * By this program as a process of its own: copying a large database takes its thread for seconds.
 * `words`: what stands after `backup FILE`.
 */
export const backupBySelf =
  (self: readonly string[], words: readonly string[]) =>
  (file: string, passphrase?: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const [command = "", ...flags] = self;
      // Others of this computer may read a command line, not an environment.
      const env = { ...process.env, ...(passphrase !== undefined && { BOARDCAST_BACKUP_PASSPHRASE: passphrase }) };
      const child = spawn(command, [...flags, "backup", file, ...words], { env, stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      child.stderr.on("data", (bytes: Buffer) => {
        said = `${said}${bytes.toString("utf8")}`.slice(0, 2000);
      });
      child.once("error", reject);
      child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(said.trim() || `code ${code}`))));
    });
