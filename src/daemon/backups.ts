/** The backups of the data folder as somebody asks for them: listed, one made now in a process of its own, one fetched. */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { BackupFileView, Backups, BackupView } from "../api/backup-routes.ts";
import { aboutBackup, BackupBroken, type Store } from "../store/index.ts";
import { type Clock, wallClock } from "../time/clock.ts";
import { formatCivil } from "../time/zone.ts";
import { backupsIn, byHand, dropOld, namesIn } from "./jobs/backup.ts";

export interface BackupsParts {
  /** The data folder. */
  readonly folder: string;
  readonly zone: string;
  readonly store: Pick<Store, "change" | "ledger">;
  /** Newest ones made by hand that stay. */
  readonly keep: number;
  /** Whether the installation file names a passphrase. */
  readonly sealed: boolean;
  readonly nightly: boolean;
  readonly wall?: Clock;
  /** Makes a whole one and has it read back, or throws. */
  make(file: string, passphrase?: string): Promise<void>;
  failed(error: unknown): void;
}

const whole = /^\d{4}-\d{2}-\d{2}(?:-\d{6}-by-hand)?(?:-unsealed)?\.backup$/;

export function openBackups(parts: BackupsParts): Backups & { settled(): Promise<void> } {
  const { zone, store, keep, sealed, nightly, wall = wallClock, make, failed } = parts;
  const folder = backupsIn(parts.folder);
  let going: BackupView["going"] = { state: "idle", since: null, why: null };
  let current = "";
  let work: Promise<void> = Promise.resolve();

  async function fileView(name: string): Promise<BackupFileView | null> {
    const path = join(folder, name);
    try {
      const { at, unsealed } = await aboutBackup(path);
      const rows = await store.ledger.about("register", name);
      const checked = rows.filter(({ action }) => action === "backup/checked").at(-1);
      const made = byHand.test(name) ? "by-hand" : "nightly";
      const { size: bytes } = await stat(path);
      return { name, at, bytes, sealed: unsealed !== true, made, checkedAt: checked?.wallAt ?? null };
    } catch (error) {
      // It went meanwhile, or is something else that has such a name.
      if (error instanceof BackupBroken || (error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  async function made(name: string, passphrase: string | null): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await make(join(folder, name), passphrase ?? undefined);
    await dropOld(folder, await namesIn(folder, byHand), keep);
  }

  return {
    async view() {
      const files: BackupFileView[] = [];
      for (const name of await namesIn(folder, whole)) {
        // Until it has been read back it is none.
        const file = going.state === "running" && name === current ? null : await fileView(name);
        if (file !== null) files.push(file);
      }
      files.sort((one, other) => other.at - one.at);
      return { folder, nightly, sealing: sealed, files, going };
    },
    async begin(caller, passphrase) {
      if (going.state === "running") return false;
      const since = wall.now();
      going = { state: "running", since, why: null };
      const second = formatCivil(zone, since).slice(0, 19).replace("T", "-").replace(/:/g, "");
      const isSealed = sealed || passphrase !== null;
      const name = `${second}-by-hand${isSealed ? "" : "-unsealed"}.backup`;
      try {
        const data = { file: name, name: caller.name, sealed: isSealed };
        await store.change(caller.account ?? caller.via, (tx) =>
          tx.record({ action: "backup/ordered", subject: "office", data }),
        );
      } catch (error) {
        going = { state: "idle", since: null, why: null };
        throw error;
      }
      current = name;
      work = made(name, passphrase).then(
        () => {
          going = { state: "idle", since: null, why: null };
        },
        (error: unknown) => {
          const said = (error instanceof Error ? error.message : String(error)).slice(0, 300);
          going = { state: "failed", since: wall.now(), why: { zh: said, en: said } };
          failed(error);
        },
      );
      return true;
    },
    async fetch(caller, name) {
      const file = whole.test(name) ? await fileView(name) : null;
      if (file === null) return null;
      const { sealed: isSealed, bytes } = file;
      if (isSealed)
        await store.change(caller.account ?? caller.via, (tx) =>
          tx.record({ action: "backup/fetched", subject: name, data: { bytes, name: caller.name } }),
        );
      return { path: join(folder, name), sealed: isSealed };
    },
    settled: () => work,
  };
}
