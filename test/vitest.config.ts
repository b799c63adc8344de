import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** `.ci/run` counts from this file. */
const report = process.env.BOARDCAST_TEST_REPORT;

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/skipped.ts", "test/built.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only fight the simulated panels for them.
    maxWorkers: 2,
    allowOnly: false,
    passWithNoTests: false,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
