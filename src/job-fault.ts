/** What the daemon does by itself and could not do: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type JobFault =
  /** It is tried again, later each time. */
  | { readonly code: "job/failed"; readonly job: string; readonly why: string }
  /** Still at it after its time; it is not begun anew before it ends. */
  | { readonly code: "job/hangs"; readonly job: string; readonly minutes: number }
  /** The last good backup is of `since` (YYYY-MM-DD); null: there is none at all. */
  | { readonly code: "job/no-backup"; readonly since: string | null };

export const isJobFault = (fault: { readonly code: string }): fault is JobFault => fault.code.startsWith("job/");

const names: Readonly<Record<string, Sentence>> = {
  backup: { zh: "每夜备份", en: "the nightly backup" },
  report: { zh: "每日报告", en: "the daily report" },
  retention: { zh: "到期清理", en: "the clearing away of what need not be kept" },
  ledger: { zh: "台账核验", en: "the look at the ledger" },
};

function nameOf(job: string): Sentence {
  const { zh, en } = names[job] ?? { zh: "日常工作", en: "a job" };
  return { zh: `${zh}\uff08${job}\uff09`, en: `${en} (${job})` };
}

/** What happened. */
export function jobSentence(fault: JobFault): Sentence {
  switch (fault.code) {
    case "job/failed":
      return {
        zh: `${nameOf(fault.job).zh}没有做成：${fault.why}`,
        en: `It failed to do ${nameOf(fault.job).en}: ${fault.why}`,
      };
    case "job/hangs":
      return {
        zh: `${nameOf(fault.job).zh}做了 ${fault.minutes} 分钟还没有做完`,
        en: `It has been at ${nameOf(fault.job).en} for ${fault.minutes} minutes`,
      };
    case "job/no-backup":
      return fault.since === null
        ? { zh: "还没有一份好的备份", en: "There is no good backup yet" }
        : { zh: `最近一份好的备份是 ${fault.since} 的`, en: `The last good backup is of ${fault.since}` };
  }
}

/** What you can do. */
export function jobRemedy(fault: JobFault): Sentence {
  switch (fault.code) {
    case "job/failed":
      return {
        zh: "系统隔一会儿再试，其他工作照常。请看磁盘是否已满、数据文件夹是否可写。",
        en: "It is tried again after a while; everything else goes on. Check that the disk has room and that the data folder can be written.",
      };
    case "job/hangs":
      return {
        zh: "其他工作照常。请看磁盘是否正常；不行就重启守护进程。",
        en: "Everything else goes on. Check the disk; if that does not help, start the daemon again.",
      };
    case "job/no-backup":
      return {
        zh: "请看数据文件夹里的 backups 是否可写，或现在手工备份：boardcast backup。",
        en: "Check that backups in the data folder can be written, or make one now: boardcast backup.",
      };
  }
}
