/** How the command line speaks: 中文 first, English under it; mistakes go to standard error with their remedy. */
import { SiteFileError } from "../config/site-file-error.ts";
import { UnknownYear } from "../time/calendar.ts";
import { type Fault, FaultError, remedy, type Sentence, sentence } from "../fault.ts";

/** Where a verb writes; tests hand in their own. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** After what `out` was told; resolves when all of it is on its way, and its memory may be used again. */
  bytes(text: Uint8Array): Promise<void>;
}

export const terminal: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  // Without an answer in a failure: that is an "error" of the stream, and ends the program.
  bytes: (text) =>
    new Promise((resolve) => {
      process.stdout.write(text, (error) => {
        if (!error) resolve();
      });
    }),
};

/** 0: done; 1: something is wrong and was said; 2: the command line made no sense. */
export type ExitCode = 0 | 1 | 2;

/** A failure in words that are ready to be shown. */
export class Refusal extends Error {
  readonly what: Sentence;
  readonly remedy: Sentence;
  /** All that `what` only counts. */
  readonly details: readonly Detail[];
  constructor(what: Sentence, remedy: Sentence, details: readonly Detail[] = []) {
    super(what.en);
    this.name = "Refusal";
    this.what = what;
    this.remedy = remedy;
    this.details = details;
  }
}

export interface Detail {
  readonly what: Sentence;
  readonly remedy: Sentence;
}

export function sayFault(output: Output, fault: Fault): void {
  sayRefusal(output, sentence(fault), remedy(fault));
}

export function sayRefusal(output: Output, what: Sentence, todo: Sentence): void {
  output.err(`${what.zh}\n  ${todo.zh}\n${what.en}\n  ${todo.en}\n`);
}

function sayAll(output: Output, { what, remedy: todo, details }: Refusal): void {
  sayRefusal(output, what, todo);
  for (const detail of details)
    sayRefusal(output, { zh: `- ${detail.what.zh}`, en: `- ${detail.what.en}` }, detail.remedy);
}

/** Says whatever a verb threw; what is not one of our words keeps its stack, for a report. */
export function sayError(output: Output, error: unknown): void {
  const known = systemErrors[codeOf(error)];
  if (error instanceof Refusal) sayAll(output, error);
  else if (error instanceof FaultError) sayFault(output, error.fault);
  else if (error instanceof SiteFileError) for (const fault of error.faults) sayFault(output, fault);
  else if (error instanceof UnknownYear) sayFault(output, { code: "calendar/unknown", year: error.year });
  else if (error instanceof Error && known !== undefined) {
    sayRefusal(output, { zh: error.message, en: error.message }, known);
  } else {
    output.err("程序出错了，请把下面的内容报告给维护者。\nThis is our mistake; please report what follows.\n");
    output.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
}

/** SQLite's own name for what it met says more than the library's. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("sqliteCodeName" in error) return String(error.sqliteCodeName);
  return "code" in error ? String(error.code) : "";
}

const full: Sentence = {
  zh: "磁盘满了：请腾出空间再试；已收的不会丢。",
  en: "The disk is full: free some space and try again; what is stored already is safe.",
};
const readOnly: Sentence = {
  zh: "数据文件夹是只读的：请改权限，或用 --data 换一个文件夹。",
  en: "The data folder is read-only: change its permissions, or name another folder with --data.",
};
const damaged: Sentence = {
  zh: "数据库文件坏了：请从备份恢复整个数据文件夹。",
  en: "The database file is damaged: restore the whole data folder from a backup.",
};

/** What people can do about the operating system's and the database's refusals. */
const systemErrors: Readonly<Record<string, Sentence>> = {
  EADDRINUSE: {
    zh: "端口被占用：是不是已经启动了？否则用 --port 换一个端口。",
    en: "The port is taken: is it running already? Else choose another with --port.",
  },
  EACCES: { zh: "没有权限：请检查文件或端口的权限。", en: "Not permitted: check the file's or port's permissions." },
  ENOENT: { zh: "没有这个文件：请检查路径。", en: "No such file: check the path." },
  EISDIR: { zh: "这是文件夹，需要文件。", en: "That is a folder; a file is needed." },
  ENOTDIR: { zh: "路径中有一段不是文件夹。", en: "A part of the path is not a folder." },
  EALREADY: {
    zh: "它可能正在启动或停止：等几秒再试，或用 --data 指定另一个数据文件夹。",
    en: "It may be starting or stopping: try again in a few seconds, or name another folder with --data.",
  },
  ENOSPC: full,
  SQLITE_FULL: full,
  EROFS: readOnly,
  SQLITE_READONLY: readOnly,
  SQLITE_CANTOPEN: readOnly,
  SQLITE_BUSY: {
    zh: "数据库正被另一个程序写入：请稍后再试。",
    en: "Another program is writing to the database: try again in a moment.",
  },
  SQLITE_IOERR: {
    zh: "磁盘读写出错：请查磁盘是否有故障或已满。",
    en: "The disk could not be read or written: check whether it is failing or full.",
  },
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
};
