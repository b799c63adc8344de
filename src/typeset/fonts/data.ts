/** The packed font files: in `typeset/data/`, and beside the bundle. */
import { existsSync, readFileSync } from "node:fs";

/** Bytes of `data/NAME`. Beside this folder in the sources; beside the bundle in dist/, or one level up from it. */
export function readData(name: string): Buffer {
  const beside = new URL(`./data/${name}`, import.meta.url);
  return readFileSync(existsSync(beside) ? beside : new URL(`../data/${name}`, import.meta.url));
}
