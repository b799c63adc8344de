/** The lines of all boards: those of several panels, and serial ports, have one owner each, whoever comes to talk on them. */
import type { BoardConfig, LinkConfig } from "../../config/types.ts";
import { type Bus, makeBus } from "../links/bus.ts";
import type { Link } from "../links/link.ts";
import { linkFor, sharedLine } from "../links/list.ts";
import type { AnyDriver } from "../drivers.ts";

export class Lines {
  readonly #host: string;
  /** How many boards are on each. */
  readonly #users = new Map<string, number>();
  readonly #buses = new Map<string, Bus>();

  /** `host`: where dialling-in panels find us. */
  constructor(boards: readonly Pick<BoardConfig, "link">[], host: string) {
    this.#host = host;
    for (const { link } of boards) {
      const key = sharedLine(link);
      if (key !== null) this.#users.set(key, this.#usersOf(key) + 1);
    }
  }

  /** A board's way to its panel; null: it has no line. */
  of(link: LinkConfig, driver: AnyDriver): Link | null {
    const key = sharedLine(link);
    // A stream owns its line, and a card at an address of its own is alone there.
    if (key === null || "streams" in driver || (link.kind !== "serial" && this.#usersOf(key) < 2))
      return linkFor(link, this.#host, "streams" in driver ? driver.streams.group : undefined);
    const known = this.#buses.get(key);
    if (known) return known.seat();
    const line = linkFor(link, this.#host);
    if (line === null) return null;
    const bus = makeBus(line);
    this.#buses.set(key, bus);
    return bus.seat();
  }

  isShared(link: LinkConfig): boolean {
    const key = sharedLine(link);
    return key !== null && this.#usersOf(key) > 1;
  }

  /** For a panel that is no board yet, on a line that may have others; null: a line of its own is opened. */
  beside(link: LinkConfig): Link | null {
    const bus = this.#buses.get(sharedLine(link) ?? "");
    return bus?.seat() ?? null;
  }

  #usersOf(key: string): number {
    return this.#users.get(key) ?? 0;
  }
}
