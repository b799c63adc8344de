/**
 * What an LCD's computer keeps on its own disk: the programme, its messages, the time. Each file is whole or not at all, is
 * checked when it is read, and what fails the check is as if it had never been there.
 */
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { limits } from "../../limits.ts";
import { decodeMessage, type MessageHash } from "../../message/index.ts";
import type { ShowState } from "../../preview/show-types.ts";
import type { KeptClock } from "./host-clock.ts";

/** As it came from the daemon, with what belongs to it. `programme`: base64 of the canonical bytes. */
export interface KeptProgramme extends Pick<ShowState, "board" | "clockId" | "utcOffsetMin" | "dark"> {
  readonly programme: string;
  /** Board clock when the daemon was heard last of it. */
  readonly heardAt: number;
}

export class Keep {
  readonly #folder: string;
  readonly #messages: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#messages = join(folder, "messages");
  }

  async open(): Promise<void> {
    await mkdir(this.#messages, { recursive: true, mode: 0o700 });
  }

  readProgramme(): Promise<KeptProgramme | null> {
    return this.#read<KeptProgramme>("programme.json", 2 * limits.programmeBytes);
  }

  async writeProgramme(programme: KeptProgramme): Promise<void> {
    await this.#write("programme.json", programme);
  }

  readClock(): Promise<KeptClock | null> {
    return this.#read<KeptClock>("clock.json", 4096);
  }

  async writeClock(clock: KeptClock): Promise<void> {
    await this.#write("clock.json", clock);
  }

  /** The page's own name for itself, kept over restarts. */
  async name(make: () => string): Promise<string> {
    const kept = await this.#read<{ readonly name: string }>("name.json", 4096);
    if (kept !== null) return kept.name;
    const name = make();
    await this.#write("name.json", { name });
    return name;
  }

  /** Canonical bytes, or null: not here, or not (any more) what the name says; then it is taken out. */
  async message(hash: MessageHash): Promise<Uint8Array | null> {
    const path = this.#pathOf(hash);
    const bytes = await readUpTo(path, limits.messageBytes);
    if (bytes === null) return null;
    const sum = createHash("sha256").update(bytes).digest("hex");
    if (sum === hash && decodeMessage(bytes, () => sum).ok) return bytes;
    await rm(path, { force: true });
    return null;
  }

  /** False: these are not the bytes of that name. */
  async putMessage(hash: MessageHash, bytes: Uint8Array): Promise<boolean> {
    if (createHash("sha256").update(bytes).digest("hex") !== hash) return false;
    await writeWhole(this.#pathOf(hash), bytes);
    return true;
  }

  /** Takes out what no programme names any more, and what a cut left half written. */
  async prune(needed: ReadonlySet<MessageHash>): Promise<void> {
    for (const file of await readdir(this.#messages))
      if (!needed.has(file)) await rm(join(this.#messages, file), { force: true });
  }

  #pathOf(hash: MessageHash): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError("not a message's name");
    return join(this.#messages, hash);
  }

  async #read<T>(name: string, bytesMax: number): Promise<T | null> {
    const bytes = await readUpTo(join(this.#folder, name), bytesMax);
    if (bytes === null) return null;
    const text = Buffer.from(bytes).toString();
    const cut = text.indexOf("\n");
    const body = text.slice(cut + 1);
    if (cut !== 64 || text.slice(0, cut) !== sumOf(body)) return null;
    return JSON.parse(body) as T;
  }

  #write(name: string, value: unknown): Promise<void> {
    const body = JSON.stringify(value);
    return writeWhole(join(this.#folder, name), Buffer.from(`${sumOf(body)}\n${body}`));
  }
}

const sumOf = (text: string): string => createHash("sha256").update(text).digest("hex");

async function readUpTo(path: string, bytesMax: number): Promise<Uint8Array | null> {
  try {
    if ((await stat(path)).size > bytesMax) return null;
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** On the disk before it has its name: a power cut leaves what was there, or this. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.part`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
