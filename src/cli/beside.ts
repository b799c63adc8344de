/** Files beside a file that was named on the command line. */
import { open, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/**
 * Reads files in the folder of `file`, or below it, wherever links lead; null for what is not there. At most `bytesMax` and
 * one more of each: enough to say that it is too large.
 */
export function readerBeside(file: string, bytesMax: number): (name: string) => Promise<Uint8Array | null> {
  return async (name) => {
    try {
      const folder = await realpath(dirname(file));
      const path = await realpath(join(folder, name));
      const inside = relative(folder, path);
      if (inside === ".." || inside.startsWith(`..${sep}`)) return null;
      const handle = await open(path);
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
