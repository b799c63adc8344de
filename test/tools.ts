/** Tools that some tests need (tools.txt), found or loudly missed; never quietly. */
import { accessSync, appendFileSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where `needTool` writes down what was absent, for the end of the run; set by `skipped.ts`. */
export const skippedFileVariable = "BOARDCAST_SKIPPED_FILE";

export type ToolName = "chromium" | "chromium86" | "curl" | "olad" | "socat";

/**
 * The tool's path; null when this computer lacks it, after saying so. Throws instead when BOARDCAST_NO_SKIP=1, as in
 * `.ci/run`. Use: `describe.skipIf(needTool("socat") === null)("serial …", …)`.
 */
export function needTool(name: ToolName): string | null {
  const commands = toolTable().get(name);
  if (commands === undefined) throw new Error(`${name} is not in test/tools.txt: give it a line there`);
  const path = commands.map(find).find((found) => found !== null) ?? null;
  if (path === null) missing(name);
  return path;
}

/** name → commands, as tools.txt has them. */
export function toolTable(): ReadonlyMap<string, readonly string[]> {
  const lines = readFileSync(new URL("tools.txt", import.meta.url), "utf8").split("\n");
  const rows = lines.filter((line) => line.trim() !== "" && !line.startsWith("#")).map((line) => line.split(/\s+/));
  return new Map(rows.map(([name = "", commands = ""]) => [name, commands.split(",")]));
}

function find(command: string): string | null {
  // Not of the system: what install-tools.sh put beside the tests.
  if (command.includes("/")) return executable(fileURLToPath(new URL(command, import.meta.url)));
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = executable(join(folder, command));
    if (path !== null) return path;
  }
  return null;
}

function executable(path: string): string | null {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? path : null;
  } catch {
    return null;
  }
}

function missing(name: ToolName): void {
  const line = `SKIPPED: tests that need ${name}: install it with test/install-tools.sh`;
  // Nobody can install there what was never built for it: said, and no more.
  const none = name === "chromium86" && !(process.platform === "linux" && process.arch === "x64");
  if (process.env.BOARDCAST_NO_SKIP === "1" && !none)
    throw new Error(`${line} (BOARDCAST_NO_SKIP=1: nothing may be skipped)`);
  console.warn(line);
  const file = process.env[skippedFileVariable];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}
