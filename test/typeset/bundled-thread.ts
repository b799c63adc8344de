/**
 * In the place of `src/typeset/thread-source.ts` (vitest.config.ts): of all threads that tests begin, each would read its
 * sources through tsx anew. The same sources in one bundle, made by the first that needs it; `threads.test.ts` takes the other.
 */
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import type { ThreadName } from "../../src/typeset/thread-source.ts";
import { runFolder } from "../built.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export function workerFromSource(name: ThreadName, resourceLimits: ResourceLimits): Worker {
  return new Worker(`${bundleFolder()}/${name}.js`, { resourceLimits });
}

/** Whole or not at all: several workers may make it at once, and the first that is done is taken. */
function bundleFolder(): string {
  const folder = `${runFolder()}/threads`;
  if (existsSync(folder)) return folder;
  const mine = `${folder}-${process.pid}`;
  mkdirSync(mine, { recursive: true });
  buildSync({
    absWorkingDir: root,
    entryPoints: {
      "typeset-thread": "src/typeset/thread.ts",
      "picture-thread": "src/typeset/pictures/picture-thread.ts",
    },
    outdir: mine,
    ...{ bundle: true, splitting: true, packages: "external", platform: "node", format: "esm", target: "node20" },
    logLevel: "error",
  });
  cpSync(`${root}/src/typeset/data`, `${mine}/data`, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  try {
    renameSync(mine, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
