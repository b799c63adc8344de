/**
 * `cap-inbox/`: files that another program puts there are taken once they are complete, and moved to `cap-done/`, or to
 * `cap-refused/` with the reason beside them. It is looked at, not watched: network folders announce nothing. What a file is
 * called is never used as a path of ours.
 */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, opendir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Fault, FaultError, remedy, sentence } from "../fault.ts";
import { limits } from "../limits.ts";

export interface InboxParts {
  /** The data folder. */
  readonly folder: string;
  /** FaultError for what is refused. */
  take(bytes: Uint8Array, name: string): Promise<string>;
  /** One that was not even read: it is no plain file, or too large. */
  unread(fault: Fault, name: string): Promise<void>;
  failed(error: unknown): void;
}

export interface Inbox {
  /** Call it every few seconds: a file is taken when two looks in a row see the same of it. */
  look(): Promise<void>;
}

/** Names that programs give to what they have not finished. */
const unfinished = /^\.|\.(?:part|tmp|filepart|crdownload)$|~$/i;

export function createInbox({ folder, take, unread, failed }: InboxParts): Inbox {
  const places = {
    inbox: join(folder, "cap-inbox"),
    done: join(folder, "cap-done"),
    refused: join(folder, "cap-refused"),
  };
  let seen = new Map<string, string>();
  let made = false;
  let looking = false;

  async function make(): Promise<void> {
    for (const place of Object.values(places)) {
      await mkdir(place, { recursive: true, mode: 0o700 });
      if (!(await lstat(place)).isDirectory()) throw new Error(`${place}: 不是文件夹 / it is not a folder`);
    }
    made = true;
  }

  async function look(): Promise<void> {
    if (!made) await make();
    const now = new Map<string, string>();
    const folderNow = await opendir(places.inbox);
    for await (const { name } of folderNow) {
      if (unfinished.test(name)) continue;
      const found = await lstat(join(places.inbox, name)).catch(() => null);
      if (found) now.set(name, `${found.size} ${found.mtimeMs} ${found.ino} ${found.mode}`);
      if (now.size >= limits.capFilesAtOnce) break;
    }
    const before = seen;
    seen = now;
    for (const [name, looks] of now) {
      if (before.get(name) !== looks) continue;
      await takeIn(name);
      seen.delete(name);
    }
  }

  async function takeIn(name: string): Promise<void> {
    const file = join(places.inbox, name);
    const shown = name.slice(0, 100);
    try {
      const bytes = await read(file, shown).catch(async (error: unknown) => {
        if (error instanceof FaultError) await unread(error.fault, shown);
        throw error;
      });
      const said = await take(bytes, shown);
      await put(file, places.done, digestOf(bytes), `${shown}\n${said}\n`);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      const { fault } = error;
      const lines = [shown, sentence(fault).zh, remedy(fault).zh, sentence(fault).en, remedy(fault).en];
      await put(file, places.refused, digestOf(Buffer.from(name)), `${lines.join("\n")}\n`);
    }
  }

  /** Under a name of ours, which the newest of that name has; the oldest go. */
  async function put(file: string, place: string, name: string, said: string): Promise<void> {
    await rm(join(place, `${name}.xml`), { force: true, recursive: true });
    await rename(file, join(place, `${name}.xml`));
    await writeFile(join(place, `${name}.txt`), said, { mode: 0o600 });
    const kept = (await readdir(place)).filter((one) => one.endsWith(".txt"));
    if (kept.length <= limits.capFilesKept) return;
    const dated = await Promise.all(
      kept.map(async (one) => ({ stem: one.slice(0, -4), at: (await stat(join(place, one))).mtimeMs })),
    );
    dated.sort((one, other) => one.at - other.at || (one.stem < other.stem ? -1 : 1));
    for (const { stem } of dated.slice(0, dated.length - limits.capFilesKept))
      for (const end of ["xml", "txt"]) await rm(join(place, `${stem}.${end}`), { force: true, recursive: true });
  }

  return {
    async look() {
      if (looking) return;
      looking = true;
      try {
        await look();
      } catch (error) {
        made = false;
        failed(error);
      } finally {
        looking = false;
      }
    },
  };
}

const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

/** Never through a link, never more than a message may have. FaultError `warning/refused`. */
async function read(file: string, name: string): Promise<Uint8Array> {
  const refuse = (zh: string, en: string) =>
    new FaultError({ code: "warning/refused", where: name, what: { zh, en }, remedy: put });
  // A named pipe would be waited for: what it is is asked before it is opened, and again of what was opened.
  if (!(await lstat(file)).isFile()) throw refuse("不是普通文件", "it is not a plain file");
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = await handle.stat();
    if (!(await handle.stat()).isFile()) throw refuse("不是普通文件", "it is not a plain file");
    if (size > limits.capBytes)
      throw refuse(
        `文件太大\uff1a${size} 字节\uff0c最多 ${limits.capBytes}`,
        `${size} bytes, at most ${limits.capBytes}`,
      );
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await handle.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const put = {
  zh: "把正确的 CAP 1.2 文件再放进 cap-inbox。",
  en: "Put a correct CAP 1.2 file into cap-inbox again.",
};
