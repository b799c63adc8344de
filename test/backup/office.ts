/** A data folder with signed notices in it, on disk as the daemon would have it. */
import { openStore } from "../../src/store/index.ts";
import { importRecords, keyIn, record, signDefaults } from "../store/small-office.ts";

export { scratch } from "../store/small-office.ts";

export async function importAs(folder: string): Promise<void> {
  const key = keyIn(folder);
  const store = await openStore(folder);
  await signDefaults(store, key);
  await importRecords(store, key, [record("N1"), record("N2", { boards: ["B1", "B2"] }), record("N3")]);
  await importRecords(store, key, [record("N2", { boards: ["B1", "B2"], body: "改过的字" })]);
  await store.notices.withdraw("N3", Date.UTC(2017, 10, 6), "写错了");
  await store.close();
}
