/**
 * `npm run build`: the program into dist/boardcast.js (packages stay outside, verbs in files of their own), the page into
 * dist/web, data and fixtures beside them. Both at once; says nothing unless something fails.
 */
import { cp, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Another folder (absolute, or below the project) may be named: tests build beside a program that runs from dist/. */
const dist = resolve(root, process.argv[2] ?? "dist");

async function buildProgram() {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: {
      boardcast: "src/cli/main.ts",
      "typeset-thread": "src/typeset/thread.ts",
      "picture-thread": "src/typeset/pictures/picture-thread.ts",
    },
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: "[name]-[hash]",
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    logLevel: "error",
  });
}

async function buildPage() {
  const { build } = await import("vite");
  await build({ root: `${root}/src/web`, logLevel: "error", build: { outDir: `${dist}/web`, emptyOutDir: true } });
}

await rm(dist, { recursive: true, force: true });
await Promise.all([
  buildProgram(),
  buildPage(),
  cp(`${root}/src/typeset/data`, `${dist}/data`, { recursive: true, filter: (path) => !path.endsWith(".ts") }),
  cp(`${root}/fixtures`, `${dist}/fixtures`, { recursive: true }),
]);
