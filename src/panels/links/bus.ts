/**
 * One owner of a port on which several panels are: RS-485, or a serial server behind one TCP connection. It opens the port
 * once, gives each panel a stream of its own, and one panel at a time the line (`turns.ts`), which then alone writes and is
 * heard. What comes while it is nobody's turn answers nothing.
 */
import { Duplex } from "node:stream";
import { limits } from "../../limits.ts";
import { monotonicMs } from "../../time/clock.ts";
import { closed } from "./closed.ts";
import type { Link, Turn } from "./link.ts";
import { type Standing, Turns, type Waiting } from "./turns.ts";

/** A port that could not be opened is tried again by whoever asks, but no sooner. */
const redialMs = 1000;
/** Unanswered in a row by one, and nothing from all the others either: it is the line that is dead. */
const silencesMost = 3;
/** Between two exchanges: transceivers take their time to let go of the line (SPEC §1), and a byte may be late. */
const gapMs = 4;
const gapBytes = 4;
/** A line that never falls silent is spoken on nevertheless. */
const quietWithinMs = 250;

export interface Bus {
  /** A panel's way to the line. To be asked for once for each panel. */
  seat(): Link;
}

interface Asked extends Waiting {
  readonly seat: Seat;
  give(turn: Turn | null): void;
}

export function makeBus(line: Link, random: () => number = Math.random): Bus {
  const turns = new Turns();
  const stopping = new AbortController();
  const seats = new Map<Seat, Standing>();
  let seated = 0;
  let opening = 0;
  let port: Duplex | null = null;
  let dialling: Promise<Duplex> | null = null;
  let closing: Promise<void> = Promise.resolve();
  let failed: { readonly error: unknown; readonly untilMs: number } | null = null;
  let asked: readonly Asked[] = [];
  let speaker: Seat | null = null;
  let timer: NodeJS.Timeout | undefined;
  let freeMs = 0;
  let quietMs = 0;
  let seq = 1 + Math.floor(random() * 0xfffe);

  /** Whoever is alone on the line waits for nobody. */
  function gap(): number {
    if (seated < 2) return 0;
    return gapMs + (line.bitsPerSecond === null ? 0 : (gapBytes * 10_000) / line.bitsPerSecond);
  }

  function dial(): Promise<Duplex> {
    if (port) return Promise.resolve(port);
    if (failed && monotonicMs() < failed.untilMs) return Promise.reject(failed.error);
    dialling ??= closing
      .then(() => line.open(stopping.signal))
      .then(opened, (error: unknown) => {
        failed = { error, untilMs: monotonicMs() + redialMs };
        throw error;
      })
      .finally(() => {
        dialling = null;
      });
    return dialling;
  }

  function opened(stream: Duplex): Duplex {
    port = stream;
    failed = null;
    turns.anew();
    stream.on("data", heard);
    stream.on("error", () => lost(stream));
    stream.once("end", () => lost(stream));
    stream.once("close", () => lost(stream));
    // All who waited for it may have been stopped meanwhile.
    if (stream.destroyed || opening === 0) lost(stream);
    return stream;
  }

  /** For all of them: each learns of it as of a line of its own, and dials again. */
  function lost(stream: Duplex): void {
    if (port !== stream) return;
    port = null;
    closing = closed(stream);
    for (const seat of seats.keys()) seat.destroy();
  }

  function heard(bytes: Buffer): void {
    quietMs = Math.max(quietMs, monotonicMs() + gap());
    if (speaker && !speaker.destroyed && !speaker.push(Buffer.from(bytes))) port?.pause();
  }

  function write(seat: Seat, bytes: Buffer, done: () => void): void {
    // Between turns, or after the line: said to nobody.
    if (seat === speaker && port && !port.destroyed) port.write(bytes, () => done());
    else done();
  }

  function take(stream: Duplex, standing: Standing, urgent: () => boolean): Promise<Turn | null> {
    if (!(stream instanceof Seat) || !seats.has(stream)) return Promise.resolve(null);
    return new Promise((resolve) => {
      asked = [...asked, { seat: stream, standing, urgent, give: resolve }];
      look();
    });
  }

  function look(): void {
    clearTimeout(timer);
    if (speaker || asked.length === 0 || !port) return;
    const now = monotonicMs();
    const full = port.writableLength > 0 ? now + gap() : 0;
    const readyMs = Math.min(Math.max(quietMs, full), freeMs + quietWithinMs);
    const next = readyMs > now ? readyMs - now : turns.next(asked, now);
    if (typeof next !== "number") begin(next, now);
    else if (Number.isFinite(next)) timer = setTimeout(look, Math.ceil(next));
  }

  function begin(one: Asked, beganMs: number): void {
    const { seat } = one;
    asked = asked.filter((other) => other !== one);
    speaker = seat;
    seq = (seq % 0xffff) + 1;
    let over = false;
    const done = (answered: boolean | null) => {
      if (over) return;
      over = true;
      speaker = null;
      freeMs = monotonicMs();
      turns.over(one, answered, freeMs - beganMs, freeMs);
      if (answered !== null) quietMs = freeMs + gap();
      port?.resume();
      if (answered === false && isDead(one.standing) && port) lost(port);
      look();
    };
    seat.release = () => done(null);
    one.give({ seq, done });
  }

  function isDead({ silences }: Standing): boolean {
    return silences >= silencesMost && [...seats.values()].every((other) => other.silences > 0);
  }

  async function left(seat: Seat): Promise<void> {
    seats.delete(seat);
    seat.release();
    for (const one of asked.filter((other) => other.seat === seat)) one.give(null);
    asked = asked.filter((other) => other.seat !== seat);
    look();
    await emptied();
  }

  /** The port is given up with the last one that is on it. */
  async function emptied(): Promise<void> {
    if (seats.size === 0 && opening === 0 && port) lost(port);
    if (!port) await closing;
  }

  return {
    seat(): Link {
      const standing = turns.join();
      seated++;
      const stopped = new AbortController();
      let mine: Seat | null = null;
      return {
        where: line.where,
        bitsPerSecond: line.bitsPerSecond,
        turns: { take: (stream, urgent) => take(stream, standing, urgent), look },
        async open(signal) {
          opening++;
          try {
            await before(dial(), AbortSignal.any([signal, stopped.signal]));
            if (!port) throw new Error("closed by the other side");
            mine = new Seat({ write, left, resume: () => port?.resume() });
            seats.set(mine, standing);
            return mine;
          } finally {
            opening--;
            void emptied();
          }
        },
        async stop() {
          if (stopped.signal.aborted) return;
          stopped.abort();
          turns.leave(standing);
          seated--;
          mine?.destroy();
          if (seated > 0) return;
          clearTimeout(timer);
          stopping.abort();
          await dialling?.catch(() => {});
          if (port) lost(port);
          await closing;
          await line.stop();
        },
      };
    },
  };
}

interface Line {
  write(seat: Seat, bytes: Buffer, done: () => void): void;
  left(seat: Seat): Promise<void>;
  resume(): void;
}

/** A panel's own end of the line, from `open` until it, or the line, is closed. */
class Seat extends Duplex {
  readonly #line: Line;
  /** Gives the turn back, where it has it. */
  release: () => void = () => {};

  constructor(line: Line) {
    super({ readableHighWaterMark: limits.busBacklogBytes, writableHighWaterMark: limits.busBacklogBytes });
    this.#line = line;
  }

  override _read(): void {
    this.#line.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#line.write(this, bytes, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    void this.#line.left(this).then(() => done(error));
  }
}

/** What comes first: the work's end, or the signal's. */
function before<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error("stopped"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
