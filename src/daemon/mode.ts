/** R53: what is practised with and what is real never meet. A data folder is the one or the other for ever. */
import { resolve, sep } from "node:path";
import type { BoardConfig, LinkConfig, Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import type { SettingStore } from "../notices/store.ts";
import { isLoopback } from "../people/index.ts";

const key = "mode";
/** Folders of before the mode was kept: only practice has a clock of its own. */
const practiceOnly = "practice.clock-offset-ms";

/** The first to open a folder says what it is; whoever opens it as the other is refused: `door/other-office`. */
export async function keepMode(
  settings: SettingStore,
  { practice }: Pick<Site, "practice">,
  folder: string,
): Promise<void> {
  const wanted = practice ? "practice" : "real";
  const kept = (await settings.get(key)) ?? ((await settings.get(practiceOnly)) === null ? null : "practice");
  if (kept !== null && kept !== wanted)
    throw new FaultError({ code: "door/other-office", folder, holds: kept === "practice" ? "practice" : "real" });
  if ((await settings.get(key)) === null) await settings.set(key, wanted);
}

/** Throws where a board of a practice office would be reached over anything but this computer's loopback or data folder. */
export function assertPracticeStaysHere(boards: readonly Pick<BoardConfig, "id" | "link">[], folder: string): void {
  for (const { id, link } of boards)
    if (!staysHere(link, folder)) throw new Error(`${id}: practice would open ${JSON.stringify(link)}`);
}

function staysHere(link: LinkConfig, folder: string): boolean {
  const inFolder = (path: string) => `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
  switch (link.kind) {
    case "tcp-out":
    case "udp":
      return isLoopback(link.host);
    case "serial":
      // Without socat there is no far end: the path is empty, and nothing can be opened.
      return link.path === "" || inFolder(link.path);
    case "carried":
      return inFolder(link.folder);
    case "tcp-in":
    case "browser":
      return true;
  }
}
