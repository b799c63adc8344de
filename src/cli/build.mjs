/**
 * `npm run build`: the program into dist/boardcast.js (verbs in files of their own), the page into dist/web, data and
 * fixtures beside them. Both at once; says nothing unless something fails. Packages are bundled: a start that looks up and
 * reads some 500 files of theirs takes half as long again.
 */
import { cp, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Another folder (absolute, or below the project) may be named: tests build beside a program that runs from dist/. */
const dist = resolve(root, process.argv[2] ?? "dist");

/** Packages with machine code or files of their own beside them, and what others ask for only where it is installed. */
const outside = [
  "@hyzyla/pdfium",
  "@node-rs/argon2",
  "@photostructure/sqlite",
  "serialport",
  "sharp",
  "bufferutil",
  "utf-8-validate",
  "tsx",
];
const bannerOfRequire =
  'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

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
    external: outside,
    legalComments: "linked",
    // For packages that are CommonJS: they require Node's own modules.
    banner: { js: bannerOfRequire },
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    logLevel: "error",
  });
}

async function buildPage() {
  // Whatever the caller's is, tests' "test" above all: else Vue's development build would be shipped, or tried.
  process.env.NODE_ENV = "production";
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
