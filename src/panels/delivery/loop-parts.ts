import type { Fault } from "../../fault.ts";
import type { Clock } from "../../time/clock.ts";
import type {
  BoardFacts,
  FlashCount,
  Holding,
  PanelDriver,
  PanelIdentity,
  PlayEvent,
  ReplyBytes,
  Wanted,
} from "../contract.ts";
import type { Link } from "../links/link.ts";
import type { Seals } from "./clear.ts";

export interface Counters {
  exchanges: number;
  timeouts: number;
  bytesOut: number;
  connections: number;
  activations: number;
  noise: number;
}

export interface PanelLoop {
  want(wanted: Wanted): void;
  facts(): BoardFacts;
  holding(): Holding;
  readonly counters: Readonly<Counters>;
  stop(): Promise<void>;
}

export interface LoopParts<State, Reply extends ReplyBytes> {
  readonly panel: PanelIdentity;
  readonly link: Link;
  readonly driver: PanelDriver<State, Reply>;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly random?: () => number;
  changed(): void;
  /** Told of what the last look objected to. */
  refused?(faults: readonly Fault[]): void;
  /** For the play log. */
  witness?(event: PlayEvent): void;
  readonly flash?: FlashCount;
}

/** A loop that has nothing to do, until something happens. */
export class Sleeper {
  wake: () => void = () => {};

  /** Ends when it is woken, after `ms`, or with the line. */
  sleep(ms: number, onClosed: (listener: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        forget();
        this.wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
      const forget = onClosed(done);
    });
  }
}
