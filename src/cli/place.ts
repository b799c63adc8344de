/** Which installation a command is about: its site, and the folder that holds its data. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { assetUrl } from "../config/assets.ts";
import { practiceSite } from "../config/practice.ts";
import { defaults, siteFileName } from "../config/site.ts";
import type { Site } from "../config/types.ts";

export interface PlaceOptions {
  readonly config?: string | undefined;
  readonly practice?: boolean | undefined;
  readonly data?: string | undefined;
  readonly port?: number | undefined;
}

export interface Place {
  readonly site: Site;
  readonly folder: string;
}

/**
 * `--config FILE`, else `boardcast.yaml` here, else practice. Data is in `data/office` or `data/practice` unless said: what
 * was signed while practising must never reach a real board.
 */
export async function findPlace(options: PlaceOptions): Promise<Place> {
  const file = siteFileOf(options);
  const folder = dataFolder(options, file === null);
  if (file !== null) {
    // Loaded here, not above: practice has no YAML to read.
    const { loadSite } = await import("../config/read.ts");
    return { folder, site: withPort(await loadSite(file), options.port) };
  }
  const fixture: unknown = JSON.parse(await readFile(assetUrl("sample-notices.json"), "utf8"));
  const site = practiceSite(fixture, { port: options.port ?? defaults.port, folder });
  const added = join(folder, "practice-boards.yaml");
  if (!existsSync(added)) return { folder, site };
  const { withAdded } = await import("../config/practice-added.ts");
  return { folder, site: withAdded(site, await readFile(added, "utf8"), folder) };
}

/** The installation file; null: this is practice. */
export function siteFileOf(options: PlaceOptions): string | null {
  if (options.practice === true) return null;
  return options.config ?? (existsSync(siteFileName) ? siteFileName : null);
}

/** Of practice: where the same start would find an office of one's own, with data apart from what was practised; null: nowhere. */
export const newSiteFile = ({ practice, data }: PlaceOptions): string | null =>
  practice === true || data !== undefined ? null : resolve(siteFileName);

export const dataFolder = (options: PlaceOptions, practice: boolean): string =>
  resolve(options.data ?? join("data", practice ? "practice" : "office"));

function withPort(site: Site, port: number | undefined): Site {
  return port === undefined ? site : { ...site, listen: { ...site.listen, port } };
}
