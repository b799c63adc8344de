/**
 * `node test/count.mjs REPORT CODE`: the last line of `.ci/run`, "N passed, N failed", from vitest's JSON report and
 * the exit code of `npm ci && npm test`. Plain JavaScript without packages: it also speaks when `npm ci` failed.
 * Skipped tests and files that could not be loaded count as failed; so does a run in which nothing was tested.
 */
import { readFileSync } from "node:fs";

const [path = "", code = "1"] = process.argv.slice(2);
const troubles = [];
let passed = 0;
let failed = 0;

const text = readFileSync(path, "utf8");
if (text.trim() === "") troubles.push("no test ran: packages, checks or the test runner itself failed, see above");
else {
  const report = JSON.parse(text);
  for (const file of report.testResults) {
    const name = file.name.slice(file.name.lastIndexOf("/test/") + 1);
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === "passed") passed += 1;
      else {
        failedHere += 1;
        troubles.push(`${test.status === "failed" ? "failed" : "not run"}: ${name} > ${test.fullName}`);
      }
    }
    if (file.status === "failed" && failedHere === 0) {
      failedHere = 1;
      troubles.push(`could not be run: ${name}`);
    }
    failed += failedHere;
  }
  if (passed === 0) troubles.push("no test passed");
}
if (code !== "0" && troubles.length === 0) troubles.push(`npm test ended with code ${code} though each test passed`);
if (failed === 0 && troubles.length > 0) failed = 1;

for (const trouble of troubles) console.log(`FAILED ${trouble}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
