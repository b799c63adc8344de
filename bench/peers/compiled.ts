/** A bench's own C program, compiled where a C compiler is. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Compiled {
  readonly program: string;
  /** The file is no longer needed; who runs it goes on. */
  forget(): void;
}

/** `source` lies beside this file. Null: there is no compiler, or it does not take it. */
export function compiled(source: string, ...options: readonly string[]): Compiled | null {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const program = join(folder, "program");
  const forget = () => rmSync(folder, { recursive: true });
  const path = fileURLToPath(new URL(source, import.meta.url));
  if (spawnSync("cc", [...options, "-o", program, path], { stdio: "ignore" }).status === 0) return { program, forget };
  forget();
  return null;
}
