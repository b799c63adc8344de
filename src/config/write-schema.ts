/** `npx tsx src/config/write-schema.ts`: writes `boardcast.schema.json` anew after a change of `schema.ts`. */
import { writeFileSync } from "node:fs";
import { siteJsonSchema } from "./schema.ts";

writeFileSync(new URL("boardcast.schema.json", import.meta.url), `${JSON.stringify(siteJsonSchema(), null, 2)}\n`);
