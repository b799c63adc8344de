/** A process of its own that imports, withdraws and notes until it is killed: `noting-process.ts FOLDER`. A line for each acknowledgement. */
import { writeSync } from "node:fs";
import { Proof } from "../../src/daemon/proof.ts";
import { openStore } from "../../src/store/index.ts";
import { importRecords, keyIn, record } from "../store/small-office.ts";

const [folder = ""] = process.argv.slice(2);
const store = await openStore(folder);
const proof = new Proof(store, keyIn(folder), folder, (error) => console.error(error));
const acknowledged = (what: string) => writeSync(1, `${what}\n`);
for (let index = 0; ; index++) {
  const id = `n${index}`;
  await importRecords(store, keyIn(folder), [record(id)]);
  acknowledged(`notice/added ${id}`);
  if (index % 2 === 0) {
    await store.notices.withdraw(id, 5, "kill");
    acknowledged(`notice/withdrawn ${id}`);
  }
  await proof.sign();
}
