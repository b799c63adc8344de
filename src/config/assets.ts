/** Where the files that come with the program are, run from source (src/config/) or from the bundle (dist/). */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of `fixtures/`, e.g. "sample-notices.json". */
export function assetUrl(name: string): URL {
  const candidates = [`./fixtures/${name}`, `../../fixtures/${name}`].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((url) => existsSync(url));
  if (found === undefined)
    throw new Error(`fixtures/${name} is not here: was the build interrupted? Run npm run build.`);
  return found;
}

/** A built folder ("web"), as a path; null where nobody built it. */
export function assetFolder(name: string): string | null {
  const candidates = [`./${name}/`, `../../dist/${name}/`].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((url) => existsSync(new URL("index.html", url)));
  return found === undefined ? null : fileURLToPath(found);
}
