/** 下发: keeps every board on what it should show, and knows only what it was told. */
import type { BoardConfig, LinkConfig } from "../../config/types.ts";
import type { Fault } from "../../fault.ts";
import type { Clock } from "../../time/clock.ts";
import type { BoardFacts, FlashCount, Holding, PlayEvent, Wanted } from "../contract.ts";
import { driverOf } from "../drivers.ts";
import type { CellFont } from "../onbon-k/cells.ts";
import type { Link } from "../links/link.ts";
import type { PageHouse } from "../pages.ts";
import type { Seals } from "./clear.ts";
import { Lines } from "./lines.ts";
import { type Counters, type PanelLoop, startPanelLoop } from "./panel-loop.ts";
import { pageBoard } from "./page-board.ts";
import { startStreamLoop } from "./stream-loop.ts";
import { carriedBoard, type OnCard } from "./without-line.ts";

export type { OnCard } from "./without-line.ts";
export { lightsUntil, type Seals } from "./clear.ts";

export interface Delivery {
  /** The newest wins: what is under way for an older one is dropped. */
  want(wanted: Wanted): void;
  facts(board: string): BoardFacts;
  holding(board: string): Holding;
  /** null: no such board, or no pages play it. */
  pages(board: string): PageHouse | null;
  counters(board: string): Readonly<Counters>;
  /** The line that has to be tried for a panel that is no board yet, where ours are on it; null: none is. */
  beside(link: LinkConfig): Link | null;
  stop(): Promise<void>;
}

export interface DeliveryParts {
  readonly boards: readonly BoardConfig[];
  readonly seals: Seals;
  readonly clock: Clock;
  /** Where dialling-in panels find us. */
  readonly listenHost: string;
  /** A board for pages that no page plays is a fault (it is not in practice, until one has come). */
  readonly pagesExpected?: boolean;
  /** So long a page may go on with what an earlier daemon gave it; absent: there was none. */
  readonly holdMs?: number;
  /** Of a board that a person carries things to: what people say is on its card; null, absent: nobody has said anything. */
  onCard?(board: string): OnCard | null;
  /** Called whenever a fact of any board may have changed. */
  changed(): void;
  /** Told of what the last look objected to, each time that it objects to something wanted. */
  refused?(board: string, faults: readonly Fault[]): void;
  /** Of a board whose card keeps a picture in flash; absent: none may be written. */
  flash?(board: string): FlashCount;
  /** Our drawings of characters, for cards that draw them by themselves; absent: such a card is sent nothing. */
  readonly font?: CellFont;
  /** For the play log; in the order in which things become known of a board. */
  witness?(event: PlayEvent): void;
}

export function createDelivery(parts: DeliveryParts): Delivery {
  const { clock, seals, changed } = parts;
  const loops = new Map<string, PanelLoop>();
  const houses = new Map<string, PageHouse>();
  const lines = new Lines(parts.boards, parts.listenHost);
  for (const config of parts.boards) loops.set(config.id, start(config));

  function start(config: BoardConfig): PanelLoop {
    const nothing: Wanted = {
      board: config.id,
      programme: { shape: config.shape, base: clock.now(), endMs: 0, messages: [], spans: [] },
      owners: [],
      messages: new Map(),
      dark: false,
    };
    const { link: place } = config;
    const refused = (faults: readonly Fault[]) => parts.refused?.(config.id, faults);
    const witness = (event: PlayEvent) => parts.witness?.(event);
    if (place.kind === "carried") return carriedBoard(nothing, clock, () => parts.onCard?.(config.id) ?? null, changed);
    const driver = driverOf(config, parts.font);
    const link = lines.of(place, driver);
    if (!link || place.kind === "browser") {
      const house = pageBoard(nothing, {
        ...{ seals, clock, expected: parts.pagesExpected ?? false, changed, refused, witness },
        ...(parts.holdMs !== undefined && { holdMs: parts.holdMs }),
      });
      houses.set(config.id, house);
      return house;
    }
    const panel = {
      board: config.id,
      shape: config.shape,
      address: "address" in place ? place.address : 1,
      where: link.where,
      bitsPerSecond: link.bitsPerSecond,
      ...(lines.isShared(place) && { shared: true as const }),
    };
    const line = { panel, link, seals, clock, changed, refused, witness };
    if ("streams" in driver) return startStreamLoop({ ...line, driver: driver.streams }, nothing);
    // Not spread: there may be a thousand, and what is made by spreading is looked up anew each time that it is read.
    const asks = driver.asks;
    const flash = parts.flash?.(config.id);
    return startPanelLoop(
      { panel, link, driver: asks, seals, clock, random: Math.random, changed, refused, witness, flash },
      nothing,
    );
  }
  const loop = (board: string) => {
    const found = loops.get(board);
    if (!found) throw new Error(`no board ${board}`);
    return found;
  };
  return {
    want: (wanted) => loop(wanted.board).want(wanted),
    facts: (board) => loop(board).facts(),
    holding: (board) => loop(board).holding(),
    pages: (board) => houses.get(board) ?? null,
    counters: (board) => loop(board).counters,
    beside: (link) => lines.beside(link),
    async stop() {
      await Promise.all([...loops.values()].map((one) => one.stop()));
    },
  };
}
