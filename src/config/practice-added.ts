/** Boards that somebody added while practising: beside the nine samples, each with a simulated panel, kept in the data folder. */
import { join } from "node:path";
import { listText } from "./edit-text.ts";
import { readSite } from "./read.ts";
import type { BoardDocument } from "./schema.ts";
import { SiteFileError } from "./site-file-error.ts";
import type { BoardConfig, LinkConfig, Site } from "./types.ts";

export const practiceAddedName = "practice-boards.yaml";

/** The first of them: from then on it is edited as an installation file is. */
export const firstAdded = (office: string, board: BoardDocument): string =>
  `# 演练里自己加的公开栏，显示屏都是模拟的 · Boards added while practising; their panels are simulated\noffice: ${JSON.stringify(office)}\nboards:\n${listText(board, "  ")}\n`;

/** Throws a `SiteFileError` where somebody wrote on it and made a mistake. `folder`: of the data. */
export function withAdded(site: Site, text: string, folder: string): Site {
  const read = readSite(text, join(folder, practiceAddedName), true);
  if (!read.ok) throw new SiteFileError(read.faults);
  const taken = new Set(site.boards.map(({ id }) => id));
  const { boards, cabinets = [] } = read.site;
  return {
    ...site,
    boards: [...site.boards, ...boards.filter(({ id }) => !taken.has(id)).map((board) => simulated(board, folder))],
    cabinets: [...(site.cabinets ?? []), ...cabinets.filter(({ id }) => !taken.has(id))],
  };
}

/** No line of practice leaves this computer: ports and paths are those of the panels that the daemon starts. */
function simulated(board: BoardConfig, folder: string): BoardConfig {
  const link = ((): LinkConfig => {
    switch (board.link.kind) {
      case "tcp-out":
        return { ...board.link, host: "127.0.0.1", port: 0, bus: `${board.link.host}:${board.link.port}` };
      case "udp":
        return { ...board.link, host: "127.0.0.1", port: 0 };
      case "tcp-in":
        return { ...board.link, port: 0 };
      case "serial":
        return { ...board.link, path: "", bus: board.link.path };
      case "carried":
        return { ...board.link, folder: join(folder, "usb", board.id) };
      case "browser":
        return board.link;
    }
  })();
  const { driver, ...own } = board;
  // The simulated panels speak our own protocol; what streams goes out to nobody.
  return { ...own, ...(driver && link.kind === "udp" && { driver }), link };
}
