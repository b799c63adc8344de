/** A process of its own that imports signed notices until its standard input ends: `writer.ts FOLDER`. */
import { openStore } from "../../src/store/index.ts";
import { importRecords, keyIn, record } from "../store/small-office.ts";

const [folder = ""] = process.argv.slice(2);
const store = await openStore(folder);
let over = false;
process.stdin.on("end", () => {
  over = true;
});
process.stdin.resume();
for (let index = 0; !over; index++) {
  await importRecords(store, keyIn(folder), [record(`busy-${index}`)]);
  if (index === 2) console.log("writing");
}
await store.close();
