/**
 * What a notice that is over costs in memory: all that a daemon keeps of an office's notices, with few that are over and
 * with very many, read from its disk. What may still be shown is the same in both. Told as well: what asking for one costs.
 */
import { setFlagsFromString } from "node:v8";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { Book } from "../src/daemon/book.ts";
import { BoardWatch } from "../src/daemon/board-watch.ts";
import { Publicity } from "../src/daemon/publicity.ts";
import { loadOrCreateKey } from "../src/notices/seal.ts";
import { openStore } from "../src/store/index.ts";
import { changingCalendar } from "../src/time/calendar.ts";
import type { Bench, Sizes } from "./harness.ts";
import { use } from "./peers/agree.ts";
import { archiveOf } from "./peers/archive.ts";
import { officeNow, practice } from "./peers/office.ts";

const perRun = 20;

function heapBytes(): number {
  setFlagsFromString("--expose_gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

/** Book, periods and board history of an office, as its daemon has them once it has looked at everything. */
async function officeOf(count: number) {
  const { folder } = await archiveOf(count);
  const { publicKey } = loadOrCreateKey(join(folder, "signing.key"));
  const store = await openStore(folder);
  const site = practice();
  const parts = { site, store, clock: { now: () => officeNow }, calendar: changingCalendar(site.calendar) };
  const before = heapBytes();
  const book = new Book(store.notices, publicKey, "real", site.boards, parts.clock);
  await book.reload();
  const periods = new Publicity({ ...parts, book });
  await periods.run();
  const facts = (): never => ({ confirmed: null }) as never;
  const clocks = { faults: [], look: async () => false };
  const watch = new BoardWatch({ ...parts, book, facts, clocks, changed: () => {} });
  await watch.look();
  const bytes = heapBytes() - before;
  const all = (await store.notices.ids(null, count + 1)).length;
  if (all !== count) throw new Error(`${all} of ${count} notices`);
  return { count, bytes, book, kept: book.all().length, held: [periods, watch] };
}

export async function benches({ few, many }: Sizes): Promise<readonly Bench[]> {
  // Code, tables and SQLite's own memory come with the first one, whatever its size.
  await officeOf(few);
  const [small, large] = [await officeOf(few), await officeOf(many)];
  const over = (office: typeof small) => office.count - office.kept;
  const perNotice = () => (large.bytes - small.bytes) / Math.max(1, over(large) - over(small));
  return [
    {
      name: "memory of notices that are over",
      unit: "us",
      contenders: [small, large].map(({ count, book }) => ({
        name: `one looked up, of ${count}`,
        perRun,
        run: async () => {
          for (let n = 0; n < perRun; n++) {
            const id = `N${(n * 7919) % count}`;
            use((await book.of([id])).record(id)?.revisionNumber ?? 0);
          }
        },
      })),
      gates: [
        { name: `bytes a notice, ${few} to ${many}`, value: perNotice, atMost: 400 },
        { name: `held whole, of ${few}`, value: () => small.kept },
        { name: `held whole, of ${many}`, value: () => large.kept },
      ],
    },
  ];
}
