/** What can be wrong with a backup: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

/**
 * `not-a-backup`: another kind of file. `newer`: written by a later version. `passphrase`: not the one it was sealed with,
 * or damaged from its beginning. `damaged`: changed, cut off, or not what an office is made of.
 * `practice`, `real`: from the other kind of office, whose notices must never meet this one's.
 */
export type BackupFault = {
  readonly code: "backup/refused";
  readonly file: string;
  readonly why: "not-a-backup" | "newer" | "passphrase" | "damaged" | "practice" | "real";
};

const words: Readonly<Record<BackupFault["why"], { readonly what: Sentence; readonly remedy: Sentence }>> = {
  "not-a-backup": {
    what: { zh: "不是本系统的备份文件", en: "is not a backup of this system" },
    remedy: { zh: "请核对文件名。", en: "Check the file's name." },
  },
  newer: {
    what: { zh: "是更新的版本做的备份", en: "was made by a later version" },
    remedy: { zh: "请先升级本系统。", en: "Upgrade this system first." },
  },
  passphrase: {
    what: { zh: "口令不对，或文件开头已损坏", en: "has another passphrase, or is damaged at its beginning" },
    remedy: {
      zh: "请核对备份口令；仍不行就换一份备份。什么都没有恢复。",
      en: "Check the passphrase; if that is right, take another backup. Nothing was restored.",
    },
  },
  damaged: {
    what: { zh: "已损坏或不完整", en: "is damaged or not whole" },
    remedy: {
      zh: "请换一份备份。什么都没有恢复，原来的数据没有动。",
      en: "Take another backup. Nothing was restored; what was there is as it was.",
    },
  },
  practice: {
    what: { zh: "是演练的备份，不能用在正式系统里", en: "is of a practice office, and must not become a real one" },
    remedy: { zh: "恢复演练数据请加 --practice。", en: "Add --practice to restore practice data." },
  },
  real: {
    what: { zh: "是正式系统的备份，不能用于演练", en: "is of a real office, and must not be practised with" },
    remedy: {
      zh: "请去掉 --practice,或用 --config 指明安装文件。",
      en: "Leave out --practice, or name the installation file with --config.",
    },
  },
};

export const backupSentence = ({ file, why }: BackupFault): Sentence => ({
  zh: `${file} ${words[why].what.zh}`,
  en: `${file} ${words[why].what.en}`,
});

export const backupRemedy = ({ why }: BackupFault): Sentence => words[why].remedy;
