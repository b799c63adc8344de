import type { LinkConfig } from "../../config/types.ts";
import type { StreamDriver } from "../contract.ts";
import type { Link } from "./link.ts";
import { serialLink } from "./serial.ts";
import { tcpIn } from "./tcp-in.ts";
import { tcpOut } from "./tcp-out.ts";
import { udpLink } from "./udp.ts";

/**
 * The line that a board's configuration names; null for boards without one (LCD pages, carried files). `host`: where we
 * listen; `group`: to which multicast group each datagram goes, where the driver has several.
 */
export function linkFor(config: LinkConfig, host: string, group?: StreamDriver<unknown>["group"]): Link | null {
  switch (config.kind) {
    case "tcp-out":
      return tcpOut(config.host, config.port, config.baud);
    case "tcp-in":
      return tcpIn(config.port, host, config.baud);
    case "serial":
      return serialLink(config.path, config.baud, config.bits);
    case "udp":
      return udpLink(config.host, config.port, { from: config.from, group });
    case "browser":
    case "carried":
      return null;
  }
}

/** Who is on a board's line beside it, in the order of the file; nobody: the line is its own. */
export function sharersOf<Board extends { readonly id: string; readonly link: LinkConfig }>(
  { id, link }: Board,
  boards: readonly Board[],
): readonly Board[] {
  const key = sharedLine(link);
  return key === null ? [] : (byLine(boards).get(key) ?? []).filter((other) => other.id !== id);
}

type Grouped<Board> = ReadonlyMap<string, readonly Board[]>;
const grouped = new WeakMap<readonly unknown[], Grouped<unknown>>();

/** A list of boards is never altered, and each of a thousand of them is asked about. */
function byLine<Board extends { readonly link: LinkConfig }>(boards: readonly Board[]): Grouped<Board> {
  const known = grouped.get(boards) as Grouped<Board> | undefined;
  if (known) return known;
  const made = new Map<string, Board[]>();
  for (const board of boards) {
    const key = sharedLine(board.link);
    if (key === null) continue;
    const others = made.get(key);
    if (others) others.push(board);
    else made.set(key, [board]);
  }
  grouped.set(boards, made);
  return made;
}

/** Equal of two boards: they are on one line, which several may be on. null: the line is one board's. */
export function sharedLine(link: LinkConfig): string | null {
  if (link.kind !== "serial" && link.kind !== "tcp-out") return null;
  if (link.bus !== undefined) return `bus ${link.bus}`;
  if (link.kind === "serial") return link.path === "" ? null : `serial ${link.path}`;
  return link.port !== 0 ? `tcp ${link.host.toLowerCase()}:${link.port}` : null;
}
