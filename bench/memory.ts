/** What a notice that is over costs in memory: the book of an office with few, and with very many, read from its disk. */
import { setFlagsFromString } from "node:v8";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { Book } from "../src/daemon/book.ts";
import { loadOrCreateKey } from "../src/notices/seal.ts";
import { openStore } from "../src/store/index.ts";
import type { Bench, Sizes } from "./harness.ts";
import { use } from "./peers/agree.ts";
import { archiveOf } from "./peers/archive.ts";

function heapBytes(): number {
  setFlagsFromString("--expose_gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

export async function benches({ few, many }: Sizes): Promise<readonly Bench[]> {
  const books: { readonly count: number; readonly bytes: number; readonly book: Book }[] = [];
  for (const count of [few, many]) {
    const { folder } = await archiveOf(count);
    const { publicKey } = loadOrCreateKey(join(folder, "signing.key"));
    const store = await openStore(folder);
    const before = heapBytes();
    const book = new Book(store.notices, publicKey, "real");
    await book.reload();
    await store.close();
    const bytes = heapBytes() - before;
    if (book.all().length !== count) throw new Error(`${book.all().length} of ${count} notices`);
    books.push({ count, bytes, book });
  }
  const [small, large] = books as [(typeof books)[0], (typeof books)[0]];
  const perNotice = () => (large.bytes - small.bytes) / (large.count - small.count);
  return [
    {
      name: "memory of notices that are over",
      unit: "us",
      contenders: books.map(({ count, book }) => ({
        name: `one looked up, of ${count}`,
        perRun: 100,
        run: () => {
          for (let n = 0; n < 100; n++) use(book.record(`N${(n * 7919) % count}`)?.revisionNumber ?? 0);
        },
      })),
      gates: [{ name: `bytes a notice, ${few} to ${many}`, value: perNotice, atMost: 400 }],
    },
  ];
}
