/** A process of its own that imports signed notices, one transaction each: `writer.ts FOLDER NAME COUNT`. */
import { openStore } from "../../src/store/index.ts";
import { importRecords, keyIn, record } from "./small-office.ts";

const [folder = "", name = "", count = "0"] = process.argv.slice(2);
const store = await openStore(folder);
for (let index = 0; index < Number(count); index++)
  await importRecords(store, keyIn(folder), [record(`${name}-${index}`)]);
await store.close();
