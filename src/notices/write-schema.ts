/** `npx tsx src/notices/write-schema.ts`: writes `fixtures/notices.schema.json` anew after a change of `import-format.ts`. */
import { writeFileSync } from "node:fs";
import { importJsonSchema } from "./import-format.ts";

const place = new URL("../../fixtures/notices.schema.json", import.meta.url);
writeFileSync(place, `${JSON.stringify(importJsonSchema(), null, 2)}\n`);
