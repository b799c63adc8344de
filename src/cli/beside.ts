/** Files beside a file that was named on the command line. */
import { open, realpath, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Reads files in the folder of `file`, or below it, wherever links lead; null for what is not there. At most `bytesMax` and
 * one more of each: enough to say that it is too large.
 */
export function readerBeside(file: string, bytesMax: number): (name: string) => Promise<Uint8Array | null> {
  return async (name) => {
    try {
      const folder = await realpath(path.dirname(file));
      const found = await realpath(path.join(folder, name));
      // A pipe would keep whoever opens it waiting.
      if (!isBelow(folder, found) || !(await stat(found)).isFile()) return null;
      const handle = await open(found);
      try {
        const { size } = await handle.stat();
        const bytes = new Uint8Array(Math.min(size, bytesMax + 1));
        const { bytesRead } = await handle.read(bytes);
        return bytes.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    } catch {
      return null;
    }
  };
}

/** Both absolute. On Windows another drive or share has no way to it from here: what is "relative" is absolute then. */
export function isBelow(folder: string, file: string, { relative, isAbsolute, sep } = path): boolean {
  const way = relative(folder, file);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
