/** The program as it is shipped, built once a run, by the first test that runs it as a process of its own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folderVariable = "BOARDCAST_TEST_BUILD";
const buildTimeoutMs = 120_000;

/** Vitest's global set-up: names the run's folder, below the project so that its packages are found; takes it away at the end. */
export default function nameFolder(): () => void {
  const folder = fileURLToPath(new URL(`.out/run-${process.pid}`, import.meta.url));
  process.env[folderVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Path of `boardcast.js`. Test files run in workers of their own: one builds, the others wait. */
export async function builtProgram(): Promise<string> {
  const folder = process.env[folderVariable] ?? "";
  const done = `${folder}/done`;
  mkdirSync(fileURLToPath(new URL(".out", import.meta.url)), { recursive: true });
  try {
    mkdirSync(folder);
    execFileSync(process.execPath, [`${root}/src/cli/build.mjs`, `${folder}/dist`], { stdio: "inherit" });
    writeFileSync(done, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      writeFileSync(done, String(error));
      throw error;
    }
  }
  for (let waitedMs = 0; waitedMs < buildTimeoutMs; waitedMs += 50) {
    if (existsSync(done)) return `${folder}/dist/boardcast.js`;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the build did not finish");
}
