import { join } from "node:path";
import { loadOrCreateKey } from "../notices/seal.ts";
import { openStore } from "../store/index.ts";
import { Proof } from "./proof.ts";

/** The proof of a data folder that has a database and a key, with or without a daemon that runs on it. Changes nothing. */
export async function withProof<T>(folder: string, use: (proof: Proof) => Promise<T>): Promise<T> {
  const key = loadOrCreateKey(join(folder, "signing.key"));
  const store = await openStore(folder);
  try {
    return await use(new Proof(store, key, folder, () => {}));
  } finally {
    await store.close();
  }
}
