import type { Duplex } from "node:stream";

/** One way to a panel. Opening waits for as long as it takes; `signal` ends the wait. */
export interface Link {
  /** For people and faults: "tcp 192.0.2.7:5005". */
  readonly where: string;
  /** Of the serial line, on this computer or behind a serial server: its time counts; null: a socket to the panel itself. */
  readonly bitsPerSecond: number | null;
  /**
   * Rejects with an error that says why; the caller dials again after a while. Of what it gives, the bytes of a `data` event
   * are another line's again when its listeners have returned.
   */
  open(signal: AbortSignal): Promise<Duplex>;
  /** Another speed from the next byte on, bits a second; absent: it has none. Rejects where the port does not take it. */
  retune?(stream: Duplex, bitsPerSecond: number): Promise<void>;
  /**
   * What is said back to back arrives, at the far end's own pace, whatever it answers meanwhile: bytes pass both ways at once,
   * and who is slow holds up who is quick. Absent: not so.
   */
  readonly backToBack?: true;
  /** Absent: nobody else is on the line. */
  readonly turns?: TurnTaking;
  /** Gives up ports and listeners. */
  stop(): Promise<void>;
}

/** Of a socket: a panel at its end takes what is said back to back; one behind a serial server of so many bits a second has a line. */
export const throughServer = (baud: number | undefined): Pick<Link, "bitsPerSecond" | "backToBack"> =>
  baud === undefined ? { bitsPerSecond: null, backToBack: true } : { bitsPerSecond: baud };

/** Several panels are on the line: who wants to say something waits for its turn, and is heard while it has it. */
export interface TurnTaking {
  /**
   * To be taken before the bytes are made: it may be long in coming. `urgent`: must be dark, and is not known to be; asked
   * again each time that a turn is given. null: the stream is closed.
   */
  take(stream: Duplex, urgent: () => boolean): Promise<Turn | null>;
  /** Something may have become urgent. */
  look(): void;
}

export interface Turn {
  /** The line's own number for this exchange, 1-65535: a late reply of any panel on it has another. */
  readonly seq: number;
  /** `answered` null: nothing was asked after all, or the line is gone. */
  done(answered: boolean | null): void;
}
