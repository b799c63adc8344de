/** The daemon's own jobs, in the order in which one heartbeat does them. */
import type { Backups } from "../api/backup-routes.ts";
import type { Reports } from "../api/report-routes.ts";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { BoardFacts } from "../panels/contract.ts";
import { openBackups } from "./backups.ts";
import type { Desk } from "./desk.ts";
import { createJobs, type Job, type Jobs } from "./jobs.ts";
import { backupBySelf, backupJobs } from "./jobs/backup.ts";
import { daily } from "./jobs/daily.ts";
import { reportJob, reportsOf } from "./jobs/report.ts";
import { forgetOld } from "./play-log.ts";
import { selfCommand } from "./self.ts";

export interface OpenJobsParts {
  readonly desk: Pick<Desk, "site" | "store" | "clock" | "book" | "calendar">;
  readonly folder: string;
  /** null: what is practised with is not backed up. */
  readonly siteFile: string | null;
  /** Other areas' jobs. */
  readonly more: readonly Job[];
  faults(board: string): BoardFacts["faults"];
  changed(): void;
  failed(error: unknown): void;
}

export function openJobs(parts: OpenJobsParts): {
  readonly jobs: Jobs;
  readonly reports: Reports;
  readonly backups: Backups;
} {
  const { desk, folder, siteFile, more, faults, changed, failed } = parts;
  const { site, store, clock, book, calendar } = desk;
  const passphraseFile = site.backup?.passphraseFile ?? null;
  const keep = site.backup?.keep ?? limits.backupsKept;
  const nightly =
    site.practice || siteFile === null
      ? []
      : backupJobs({
          ...{ folder, zone: site.zone, passphraseFile, settings: store.settings },
          keep,
          make: backupBySelf(selfCommand(), [
            ...["--data", folder, "--config", siteFile],
            ...(passphraseFile === null ? ["--unsealed"] : ["--passphrase-file", passphraseFile]),
          ]),
        });
  const report = reportJob({
    ...{ site, folder, store, clock, calendar, faults },
    titleOf: (notice) => book.titleOf(notice),
    notes: nightly.length > 0 && passphraseFile === null ? [notSealed] : [],
  });
  const retention: Job = {
    name: "retention",
    due: daily("wall", site.zone, retentionMinute),
    // The play log itself is cut by the daily look at the ledger, which proves it first.
    run: () => forgetOld(store),
  };
  const list = [...more, report, ...nightly, retention];
  return {
    jobs: createJobs({ list, settings: store.settings, clock, changed, failed }),
    reports: reportsOf(folder),
    backups: openBackups({
      ...{ folder, zone: site.zone, store, keep, sealed: passphraseFile !== null, nightly: nightly.length > 0 },
      failed,
      make: (file, passphrase) => {
        const sealing = passphraseFile === null ? ["--unsealed"] : ["--passphrase-file", passphraseFile];
        return backupBySelf(selfCommand(), [
          ...["--data", folder, ...(siteFile === null ? ["--practice"] : ["--config", siteFile])],
          ...(passphrase === undefined ? sealing : []),
        ])(file, passphrase);
      },
    }),
  };
}

const retentionMinute = 3 * 60 + 10;

const notSealed: Sentence = {
  zh: "每夜备份没有加密\uff0c能读数据文件夹的人都能打开\uff1b要加密请在安装文件里写 backup.passphraseFile。",
  en: "The nightly backups are not sealed: whoever may read the data folder can open them. To seal them, name backup.passphraseFile in the installation file.",
};
