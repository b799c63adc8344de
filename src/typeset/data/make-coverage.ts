/**
 * Remakes `coverage.json`, what each face has of the usual character lists, its fallbacks included:
 *
 *     npx tsx src/typeset/data/make-coverage.ts
 */
import { writeFileSync } from "node:fs";
import { coverageTable } from "../fonts/coverage.ts";

writeFileSync(new URL("./coverage.json", import.meta.url), `${JSON.stringify(coverageTable(), null, 2)}\n`);
