/** The program as it is shipped, built once a run, by the first test that runs it as a process of its own. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folderVariable = "BOARDCAST_TEST_BUILD";
const patienceMs = 120_000;

/** Vitest's global set-up: names the run's folder, below the project so that its packages are found; takes it away at the end. */
export default function nameFolder(): () => void {
  const folder = fileURLToPath(new URL(`.out/run-${process.pid}`, import.meta.url));
  process.env[folderVariable] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** The run's folder, which may not be there yet. */
export const runFolder = (): string => process.env[folderVariable] ?? "";

/** Path of `boardcast.js`. */
export async function builtProgram(): Promise<string> {
  const place = await once("built", async (folder) => {
    execFileSync(process.execPath, [`${root}/src/cli/build.mjs`, `${folder}/dist`], { stdio: "inherit" });
  });
  return `${place}/dist/boardcast.js`;
}

/**
 * A program of the tests that runs as a process of its own, below test/: all of them in one bundle, since each start from
 * sources takes a second of processor time for reading them.
 */
export async function ownProcess(name: string): Promise<string> {
  const place = await once("processes", async (folder) => {
    const { build } = await import("esbuild");
    await build({
      absWorkingDir: root,
      entryPoints: processes.map((one) => `test/${one}.ts`),
      outbase: "test",
      outdir: folder,
      ...{ bundle: true, splitting: true, packages: "external", platform: "node", format: "esm", target: "node20" },
      logLevel: "error",
    });
  });
  return `${place}/${name}.js`;
}

const processes = [
  "backup/backer",
  "backup/writer",
  "ledger/migrating-process",
  "ledger/noting-process",
  "office/signing-process",
  "office/withdrawing-process",
  "store/writer",
];

/** The folder in which `make` made something. Test files run in workers of their own: the first makes it, the others wait. */
export async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const run = runFolder();
  const folder = `${run}/${name}`;
  const done = `${run}/${name}.done`;
  mkdirSync(run, { recursive: true });
  let first = true;
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    first = false;
  }
  if (first) {
    try {
      await make(folder);
      writeFileSync(done, "");
    } catch (error) {
      writeFileSync(done, String(error));
      throw error;
    }
  }
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
    const failure = existsSync(done) ? readFileSync(done, "utf8") : null;
    if (failure === "") return folder;
    if (failure !== null) throw new Error(`${name}: ${failure}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name}: not made within ${patienceMs} ms`);
}
