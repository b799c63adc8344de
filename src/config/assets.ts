/** Where the files that come with the program are, run from source (src/config/) or from the bundle (dist/). */
import { existsSync } from "node:fs";

/** A file of `fixtures/`, e.g. "sample-notices.json". */
export function assetUrl(name: string): URL {
  return firstThatExists([`./fixtures/${name}`, `../../fixtures/${name}`]);
}

/** The built page, or null where nobody built it. */
export function webFolderUrl(): URL | null {
  const found = firstThatExists(["./web/index.html", "../../dist/web/index.html"]);
  return existsSync(found) ? new URL(".", found) : null;
}

function firstThatExists(candidates: readonly [string, ...string[]]): URL {
  const urls = candidates.map((candidate) => new URL(candidate, import.meta.url));
  return urls.find((url) => existsSync(url)) ?? new URL(candidates[0], import.meta.url);
}
