/** A real office's data folder with very many notices that are over, as the disk has them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PreparedEntry } from "../../src/notices/store.ts";
import { loadOrCreateKey } from "../../src/notices/seal.ts";
import { openStore } from "../../src/store/index.ts";
import { messagesOf, practice, signedNotices } from "./office.ts";

export interface Archive {
  readonly folder: string;
  readonly config: string;
}

/** Written in changes of so many notices. */
const portion = 1000;

/** The same for archives of every size: making the screens' takes longest. */
let pictures: ReturnType<typeof messagesOf> | null = null;

const written = new Map<number, Promise<Archive>>();

/** One of a size for the whole run: writing it takes longer than measuring. */
export function archiveOf(count: number): Promise<Archive> {
  const archive = written.get(count) ?? archiveAnew(count);
  written.set(count, archive);
  return archive;
}

async function archiveAnew(count: number): Promise<Archive> {
  const place = mkdtempSync(join(tmpdir(), "boardcast-bench-"));
  process.once("exit", () => rmSync(place, { recursive: true, force: true }));
  const site = practice();
  const key = loadOrCreateKey(join(place, "signing.key"));
  pictures ??= messagesOf(site);
  const messages = pictures;
  const store = await openStore(place);
  await store.settings.set("mode", "real");
  const records = signedNotices(count, key, messages);
  const bytes = new Map([...messages.values()].flat().map(({ hash, bytes: its }) => [hash, its]));
  const stored = new Set<string>();
  for (let from = 0; from < records.length; from += portion) {
    const prepared: PreparedEntry[] = [];
    for (const { id, content, revision, schedule, makerId, importedAt, seal } of records.slice(from, from + portion)) {
      const fresh = (seal?.body.pixels ?? []).filter(({ message }) => !stored.has(message));
      for (const { message } of fresh) stored.add(message);
      const its = fresh.map(({ message: hash }) => ({ hash, bytes: bytes.get(hash) ?? new Uint8Array() }));
      prepared.push(
        await store.notices.prepare({
          ...{ id, content, revision, schedule, makerId, importedAt, seal },
          messages: its,
        }),
      );
    }
    await store.change("bench", async (tx) => {
      for (const one of prepared) await tx.notices.save(one);
    });
  }
  await store.close();
  const config = join(place, "boardcast.yaml");
  const boards = site.boards.map(({ id, shape: { width, height, colour } }) => {
    const panel = `{ width: ${width}, height: ${height}, colour: ${colour} }`;
    return `  - { id: ${id}, name: ${id}, place: 门口, device: lcd, panel: ${panel}, link: { kind: browser } }`;
  });
  const file = `office: 街道办事处\nreview: none\nboards:\n${boards.join("\n")}\n`;
  writeFileSync(config, file);
  return { folder: place, config };
}
