/** What a checked installation file means. */
import { cardSerial } from "./cards.ts";
import { cardCells, driverLinks, toDriver } from "./driver.ts";
import { parseDuration } from "./duration.ts";
import { parseHours, parseQuiet } from "./hours.ts";
import type { BoardDocument, SiteDocument } from "./schema.ts";
import type { BoardConfig, Cabinet, LinkConfig, Listen, Site } from "./types.ts";

/** As it is looked for where nothing else is said. */
export const siteFileName = "boardcast.yaml";

export const defaults = {
  zone: "Asia/Shanghai",
  host: "127.0.0.1",
  port: 8080,
  holdMs: 2 * 3_600_000,
  readingCharactersPerSecond: 5,
  baud: 115200,
  address: 1,
  /** Of our own protocol, and of cards that have none of their own. */
  tcpPort: 5005,
  paper: "A4",
  /** Red, as nearly all mono signs are. */
  monoLedColour: "#ff2a12",
} as const;

const allDay = { fromMinute: 0, untilMinute: 24 * 60, days: "everyday" } as const;

/** Only for a document that `read.ts` found faultless. */
export function toSite(document: SiteDocument): Site {
  const cabinets = document.boards.filter((board) => deviceOf(board) === "paper").map(toCabinet);
  return {
    practice: false,
    office: document.office,
    zone: document.zone ?? defaults.zone,
    calendar: toCalendar(document.calendar),
    boards: document.boards.flatMap(toBoard),
    ...(cabinets.length > 0 && { cabinets }),
    listen: toListen(document.listen ?? {}),
    holdMs: (document.hold === undefined ? null : parseDuration(document.hold)) ?? defaults.holdMs,
    readingCharactersPerSecond: document.reading ?? defaults.readingCharactersPerSecond,
    ...(document.disclosure && { disclosure: document.disclosure.promises }),
    ...(document.backup && { backup: document.backup }),
    ...(document.review && { review: document.review }),
  };
}

function toCalendar(calendar: SiteDocument["calendar"] = { kind: "state-council" }): Site["calendar"] {
  const { kind, overrides } = calendar === "none" ? { kind: calendar } : calendar;
  return { kind, overrides: overrides ?? [] };
}

function toListen({ host, port, tls, names, proxy }: NonNullable<SiteDocument["listen"]>): Listen {
  return {
    host: host ?? defaults.host,
    port: port ?? defaults.port,
    ...(tls && { tls }),
    ...(names && { names }),
    ...(proxy && { proxy }),
  };
}

/** An LCD's screen is what a browser plays. */
export const deviceOf = ({
  device,
  link,
}: Pick<BoardDocument, "device" | "link">): NonNullable<BoardDocument["device"]> =>
  device ?? (link?.kind === "browser" ? "lcd" : "led");

const toCabinet = ({ id, name, place, paper, allows, custodian }: BoardDocument): Cabinet => ({
  ...{ id, name: name ?? id, place: place ?? "", paper: paper ?? defaults.paper, custodian: custodian ?? "" },
  ...(allows && { allows }),
});

/** None of a cabinet: `check.ts` has seen that every other board has a panel and a line. */
function toBoard(board: BoardDocument): readonly BoardConfig[] {
  const { panel, link, name = board.id } = board;
  const device = deviceOf(board);
  if (device === "paper" || !panel || !link) return [];
  const { width, height, colour, led } = panel;
  const driver = board.driver && toDriver(board.driver);
  const cells = driver && cardCells(driver);
  const glyphs = cells?.glyphs ?? board.glyphs;
  const made: BoardConfig = {
    id: board.id,
    name,
    place: board.place ?? "",
    model: board.model ?? "",
    device,
    ...(device === "paper+led" && { paper: board.paper ?? defaults.paper }),
    shape: { width, height, colour },
    ledColour: colour === "mono" ? (led ?? defaults.monoLedColour).toLowerCase() : null,
    ...(glyphs && { glyphs }),
    ...(cells && { cells }),
    ...(driver && { driver }),
    link: toLink(link, board.driver),
    hours: (board.hours === undefined ? null : parseHours(board.hours)) ?? allDay,
    ...(board.quiet && { quiet: board.quiet.flatMap((text) => parseQuiet(text) ?? []) }),
    ...(board.allows && { allows: board.allows }),
    defaultLines: board.default ?? [name],
    custodian: board.custodian ?? "",
  };
  return [made];
}

/** What is left out of a written link has its usual value. */
export function toLink(link: NonNullable<BoardDocument["link"]>, driver?: BoardDocument["driver"]): LinkConfig {
  switch (link.kind) {
    case "tcp-out": {
      const port = link.port ?? ((driver && driverLinks[driver.kind].port) || defaults.tcpPort);
      return { ...link, port, address: link.address ?? defaults.address };
    }
    case "tcp-in":
      return { ...link, address: link.address ?? defaults.address };
    case "serial": {
      const usual = driver?.kind === "alpha" ? cardSerial.alpha : undefined;
      const bits = link.bits ?? usual?.bits;
      const baud = link.baud ?? usual?.baud ?? defaults.baud;
      return { ...link, baud, ...(bits && { bits }), address: link.address ?? defaults.address };
    }
    case "udp":
      return { ...link, port: link.port ?? ((driver && driverLinks[driver.kind].port) || 0) };
    case "browser":
    case "carried":
      return link;
  }
}
