import type { Duplex } from "node:stream";

/** One way to a panel. Opening waits for as long as it takes; `signal` ends the wait. */
export interface Link {
  /** For people and faults: "tcp 192.0.2.7:5005". */
  readonly where: string;
  /** The line's speed where it matters for time-outs; null on sockets. */
  readonly bitsPerSecond: number | null;
  /** Rejects with an error that says why; the caller dials again after a while. */
  open(signal: AbortSignal): Promise<Duplex>;
  /** Another speed from the next byte on, bits a second; absent: it has none. Rejects where the port does not take it. */
  retune?(stream: Duplex, bitsPerSecond: number): Promise<void>;
  /** Gives up ports and listeners. */
  stop(): Promise<void>;
}
