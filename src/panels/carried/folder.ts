/**
 * A folder on a stick, replaced as a whole: written beside, every file and then the folder brought to the disk, looked at
 * again, and only then put in the place of the one before. A stick that is pulled out meanwhile has the old folder or the
 * new one, or at worst neither under its name; never half of one.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { type CarriedFile, isCarriedName } from "./zip.ts";

/** What says of a folder that it is one of ours. */
export const manifestName = "manifest.json";

export type FolderFault = Extract<Fault, { code: "card/folder" }>;

/** Sticks are slow, and have room; what they have not is ours to tell. null: it is there, read back byte for byte. */
export async function replaceFolder(
  parent: string,
  name: string,
  files: readonly CarriedFile[],
): Promise<FolderFault | null> {
  const [target, fresh, old] = [join(parent, name), join(parent, `${name}.new`), join(parent, `${name}.old`)];
  const refused = (why: FolderFault["why"], detail: string): FolderFault => ({
    ...{ code: "card/folder", folder: target, why, detail },
  });
  if (!files.every((file) => isCarriedName(file.name))) throw new RangeError("a name that leads elsewhere");
  try {
    await mkdir(parent, { recursive: true });
    // Whatever else somebody keeps on their stick under such a name is theirs.
    for (const place of [target, fresh, old])
      if (!(await isOurs(place))) return { ...refused("not-ours", ""), folder: place };
    // What was left half done by who went before: the new one was never whole, the old one had its place taken.
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
    await mkdir(fresh);
    // The manifest first: were it last, a folder that was left half done would look like a stranger's.
    const ordered = [...files].sort((one, other) => rank(one) - rank(other));
    for (const file of ordered) await writeThrough(join(fresh, file.name), file.bytes);
    for (const folder of foldersOf(files)) await settle(join(fresh, folder));
    const wrong = await differing(fresh, files);
    if (wrong !== null) return refused("read-back", wrong);
    if (await isThere(target)) await rename(target, old);
    await rename(fresh, target);
    await settle(parent);
    await rm(old, { recursive: true, force: true });
    return null;
  } catch (error) {
    return refused("write", error instanceof Error ? error.message : String(error));
  }
}

/** Takes away what `replaceFolder` made, if anything: what must not be carried out of the house. */
export async function removeFolder(parent: string, name: string): Promise<void> {
  for (const place of [name, `${name}.new`, `${name}.old`].map((one) => join(parent, one)))
    if (await isOurs(place)) await rm(place, { recursive: true, force: true });
}

/** The first file that is not as it should be, or is too much; null: all is there, and nothing else. */
export async function differing(folder: string, files: readonly CarriedFile[]): Promise<string | null> {
  const wanted = new Map(files.map(({ name, bytes }) => [name, bytes]));
  for (const [name, bytes] of wanted) {
    const there = await readFile(join(folder, name)).catch(() => null);
    if (there === null || Buffer.compare(there, bytes) !== 0) return name;
  }
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const one of found) {
    const name = join(one.parentPath, one.name)
      .slice(folder.length + 1)
      .replaceAll("\\", "/");
    if (one.isFile() && !wanted.has(name)) return name;
  }
  return null;
}

const rank = ({ name }: CarriedFile) => (name === manifestName ? 0 : 1);

/** "" and every folder in it that a file's name names, the deepest first. */
function foldersOf(files: readonly CarriedFile[]): readonly string[] {
  const all = new Set(files.map(({ name }) => dirname(name)).filter((folder) => folder !== "."));
  return [...[...all].sort((one, other) => other.length - one.length), ""];
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Names are on the disk, too. Windows, and some file systems of sticks, know no such thing for folders. */
async function settle(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EISDIR", "EPERM", "EINVAL", "EACCES", "ENOTSUP", "EBADF"].includes(code)) throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** It is not there, or has our manifest. */
async function isOurs(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null) return true;
  if (!found.isDirectory()) return false;
  if ((await readdir(path)).length === 0) return true;
  const manifest = await stat(join(path, manifestName)).catch(() => null);
  if (manifest === null || manifest.size > limits.carriedBytes) return false;
  const text = await readFile(join(path, manifestName), "utf8");
  return text.includes('"kind": "boardcast-card"');
}
