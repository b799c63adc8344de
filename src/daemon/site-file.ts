/** An installation file put in the place of another, and the ones of before. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import { wallClock } from "../time/clock.ts";

export interface Draft {
  /** In one step: whoever reads meanwhile has the old file or the new one. Throws the operating system's error. */
  put(): void;
  drop(): void;
}

/** Whole and on disk, beside the file that it is for. An empty text stands for no file. Throws the operating system's error. */
export function draftBeside(path: string, text: string): Draft {
  // Where the file is a link to one that is kept elsewhere, that one is what people edit.
  const file = existsSync(path) ? realpathSync(path) : path;
  const draft = `${file}.${process.pid}.part`;
  if (text === "") return { put: () => rmSync(file, { force: true }), drop: () => {} };
  rmSync(draft, { force: true });
  const handle = openSync(draft, "wx", existsSync(file) ? statSync(file).mode & 0o777 : 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return { put: () => renameSync(draft, file), drop: () => rmSync(draft, { force: true }) };
}

/** What to throw where it could not be put there: the operating system's errors as a fault, anything else as it is. */
export function unwritable(path: string, error: unknown): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  const detail = "code" in error ? String(error.code) : error.message;
  return new FaultError({ code: "installation/unwritable", file: basename(path), detail });
}

/** The file as it was, into the data folder; its name there. The oldest make room. */
export function keepCopy(folder: string, name: string, text: string): string {
  const place = join(folder, "installation");
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const kept = readdirSync(place)
    .filter((one) => one.endsWith(".yaml"))
    .sort();
  for (const old of kept.slice(0, Math.max(0, kept.length + 1 - limits.configCopies))) rmSync(join(place, old));
  const stamp = new Date(wallClock.now()).toISOString().replace(/[:.]/g, "-");
  const copy = `${stamp} ${name}`.replace(/(\.ya?ml)?$/, ".yaml");
  writeFileSync(join(place, copy), text, { mode: 0o600 });
  return copy;
}
