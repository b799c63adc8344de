/** A store with some rows in both chains, somebody who can write to its file, and what `verify` says of it. */
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { signingOf, verifyStore } from "../../src/daemon/verify.ts";
import { sentence } from "../../src/fault.ts";
import { type Chain, type Checkpoint, rowHash, signCheckpoint } from "../../src/ledger/index.ts";
import type { SigningKey } from "../../src/notices/seal.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { keyIn, scratch } from "../store/small-office.ts";

export interface Office {
  readonly folder: string;
  readonly store: Store;
  readonly key: SigningKey;
  readonly vandal: InstanceType<typeof DatabaseSync>;
  /** English sentences; `kept`: the checkpoints that count. */
  verified(kept?: readonly Checkpoint[]): Promise<readonly string[]>;
  checkpoint(chain?: Chain): Promise<Checkpoint>;
  close(): Promise<void>;
}

/** The clocks of the next change. */
export const clock = { wallAt: 1_700_000_000_000 };

export async function openOffice(): Promise<Office> {
  const { folder, remove } = scratch();
  const key = keyIn(folder);
  const store = await openStore(folder, () => ({ boardAt: 1_500_000_000_000, wallAt: clock.wallAt }));
  const vandal = new DatabaseSync(join(folder, "boardcast.db"));
  vandal.exec("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=5000");
  return {
    folder,
    store,
    key,
    vandal,
    async verified(kept = []) {
      const { faults } = await verifyStore(store, key, { good: kept, faults: [] });
      return faults.map((fault) => sentence(fault).en);
    },
    checkpoint: async (chain = "register") => signCheckpoint(await store.ledger.head(chain), 1, signingOf(key)),
    async close() {
      vandal.close();
      await store.close();
      remove();
    },
  };
}

/** One change that says something of itself. */
export const note = (store: Store, index: number, chain: Chain = "register") =>
  store.change("system", (tx) =>
    tx.record({ action: "test/noted", subject: `s${index % 3}`, data: { index, says: `第 ${index} 行` } }, chain),
  );

export interface Raw {
  readonly chain: Chain;
  readonly seq: number;
  readonly board_at: number;
  readonly wall_at: number;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly data: string;
  readonly hash: Uint8Array;
}

export const rawRows = ({ vandal }: Pick<Office, "vandal">, chain: Chain = "register") =>
  vandal.prepare("SELECT * FROM ledger WHERE chain = ? ORDER BY seq").all(chain) as unknown as Raw[];

/** Every hash from `seq` on worked out anew, as anybody can who has read the source. */
export function rehash({ vandal }: Pick<Office, "vandal">, seq: number): void {
  const all = rawRows({ vandal });
  let before = Buffer.from(all.find((row) => row.seq === seq - 1)?.hash ?? new Uint8Array(32)).toString("hex");
  for (const row of all.filter((one) => one.seq >= seq)) {
    before = rowHash(before, {
      chain: row.chain,
      seq: row.seq,
      boardAt: row.board_at,
      wallAt: row.wall_at,
      by: row.by,
      action: row.action as `${string}/${string}`,
      subject: row.subject,
      data: JSON.parse(row.data),
    });
    vandal
      .prepare("UPDATE ledger SET hash = ? WHERE chain = 'register' AND seq = ?")
      .run(Buffer.from(before, "hex"), row.seq);
  }
}
