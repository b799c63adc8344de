/** What belongs to the project: git's own list, with new files that nobody has ignored. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

function git(...words: readonly string[]): readonly string[] {
  // A clone made by another user (containers do this) is still ours to list.
  const text = execFileSync("git", ["-c", "safe.directory=*", ...words, "-z"], { cwd: root, encoding: "utf8" });
  return text.split("\0").filter(Boolean);
}

/** Paths from the root, without those deleted in the working tree. */
export function projectFiles(): readonly string[] {
  const gone = new Set(git("ls-files", "--deleted"));
  return git("ls-files", "--cached", "--others", "--exclude-standard").filter((path) => !gone.has(path));
}

/** Files below `folders` that git was told to leave out. */
export function ignoredFiles(...folders: readonly string[]): readonly string[] {
  return git("ls-files", "--others", "--ignored", "--exclude-standard", "--", ...folders);
}

export function read(path: string): string {
  return readFileSync(`${root}/${path}`, "utf8");
}

export interface Hit {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Lines that match, in order; `where` is what a failing test shows. */
export function linesMatching(paths: readonly string[], pattern: RegExp): readonly Hit[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .map((text, index) => ({ path, line: index + 1, text: text.trim() }))
      .filter(({ text }) => pattern.test(text)),
  );
}

export const where = ({ path, line, text }: Hit): string => `${path}:${line}: ${text.slice(0, 120)}`;
