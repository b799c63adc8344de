/** The files of a data folder as one run of bytes: for each its name's number, its length, itself. Names are never read from it. */
import { createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";
import { BackupBroken } from "./sealed-stream.ts";

/** What a data folder is made of. Add at the end: their numbers are in the backups. */
export const backupFiles = [
  "boardcast.db",
  "signing.key",
  "ledger-checkpoints.jsonl",
  "boardcast.yaml",
  "certificate.pem",
] as const;
export type BackupFile = (typeof backupFiles)[number];

const entryBytes = 8;
const end = 0xffff;

/** `places`: where each one is; what is not there is left out. */
export async function* filesAsBytes(places: ReadonlyMap<BackupFile, string>): AsyncGenerator<Uint8Array> {
  for (const [number, name] of backupFiles.entries()) {
    const path = places.get(name);
    if (path === undefined) continue;
    const { size } = await stat(path);
    const head = Buffer.alloc(entryBytes);
    head.writeUInt16BE(number);
    head.writeUIntBE(size, 2, 6);
    yield head;
    const file = await open(path);
    let sent = 0;
    try {
      // Exactly what was announced: a log that grows meanwhile has its end in the next backup.
      for (const portion = Buffer.alloc(256 * 1024); sent < size; ) {
        const { bytesRead } = await file.read(portion, 0, Math.min(portion.length, size - sent), sent);
        if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
        sent += bytesRead;
        yield Buffer.from(portion.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  }
  const last = Buffer.alloc(entryBytes);
  last.writeUInt16BE(end);
  yield last;
}

/** Writes what `bytes` holds into `folder`, each with mode 600. Throws BackupBroken for what `filesAsBytes` did not write. */
export async function bytesAsFiles(bytes: AsyncIterable<Buffer>, folder: string): Promise<ReadonlySet<BackupFile>> {
  const found = new Set<BackupFile>();
  let waiting: Buffer = Buffer.alloc(0);
  let left = 0;
  let ended = false;
  let file: ReturnType<typeof createWriteStream> | null = null;
  const finish = async () => {
    if (file === null) return;
    file.end();
    await once(file, "close");
    file = null;
  };
  for await (const portion of bytes) {
    waiting = waiting.length === 0 ? portion : Buffer.concat([waiting, portion]);
    for (;;) {
      if (ended && waiting.length > 0) throw new BackupBroken("damaged");
      if (left > 0) {
        const part = waiting.subarray(0, left);
        if (part.length === 0) break;
        if (!file?.write(part)) await once(file as NonNullable<typeof file>, "drain");
        left -= part.length;
        waiting = waiting.subarray(part.length);
        continue;
      }
      await finish();
      if (waiting.length < entryBytes) break;
      const number = waiting.readUInt16BE();
      const size = waiting.readUIntBE(2, 6);
      waiting = waiting.subarray(entryBytes);
      if (number === end) {
        ended = true;
        continue;
      }
      const name = backupFiles[number];
      if (name === undefined || found.has(name)) throw new BackupBroken("damaged");
      found.add(name);
      left = size;
      file = createWriteStream(join(folder, name), { mode: 0o600, flush: true });
    }
  }
  await finish();
  if (!ended || left > 0 || waiting.length > 0) throw new BackupBroken("damaged");
  return found;
}
