import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `.ci/run` counts from this file. */
const report = process.env.BOARDCAST_TEST_REPORT;

const root = fileURLToPath(new URL("..", import.meta.url));

/** Those that put something of their own in place of a module, or count what is made once in a program. */
export const alone = [
  "test/api/people.test.ts",
  "test/daemon/many-boards.test.ts",
  "test/daemon/year.test.ts",
  "test/store/altered.test.ts",
  "test/store/bound-values.test.ts",
  "test/house/benches.test.ts",
  "test/typeset/first-asker.test.ts",
  "test/typeset/work-counted.test.ts",
  // It makes itself known to Playwright, for all browsers.
  "test/web/old-chromium.test.ts",
];

/** What a page does next may take a busy machine longer than the usual second. */
const common = {
  setupFiles: ["test/same-bytes.ts"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
};

/** Threads from one bundle: see there. */
const bundled = fileURLToPath(new URL("typeset/bundled-thread.ts", import.meta.url));
const resolve = { alias: [{ find: /^\.\/thread-source\.ts$/, replacement: bundled }] };

export default defineConfig({
  root,
  test: {
    globalSetup: ["test/skipped.ts", "test/built.ts"],
    // Two cores: of the time of those that start programs and browsers a third is waiting.
    maxWorkers: 3,
    allowOnly: false,
    passWithNoTests: false,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    projects: [
      // One worker runs file after file: read anew for each, the program and its packages take half of all time.
      {
        root,
        resolve,
        test: { ...common, name: "together", include: ["test/**/*.test.ts"], exclude: alone, isolate: false },
      },
      { root, resolve, test: { ...common, name: "alone", include: alone } },
    ],
  },
});
