/** Once per run: repeats at the very end which tools were absent, so that a green run never hides what it did not try. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skippedFileVariable } from "./tools.ts";

/** Vitest's global set-up; returns the tear-down. */
export default function watchSkipped(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "boardcast-skipped-"));
  const file = join(folder, "skipped.txt");
  writeFileSync(file, "");
  process.env[skippedFileVariable] = file;
  return () => {
    const lines = new Set(readFileSync(file, "utf8").split("\n").filter(Boolean));
    rmSync(folder, { recursive: true, force: true });
    if (lines.size > 0) console.warn(`\n${[...lines].sort().join("\n")}\n`);
  };
}
