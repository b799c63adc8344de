/**
 * A panel that lights what was sent last, and answers nothing: its own loop. Each picture goes out when it is due and the
 * line is free; what could not go is left out, the newest comes next. That it was lit nobody says.
 */
import type { Duplex } from "node:stream";
import type { Fault } from "../../fault.ts";
import type { Frame } from "../../message/index.ts";
import { type Clock, monotonicMs } from "../../time/clock.ts";
import type { BoardFacts, Cleared, PanelIdentity, PlayEvent, StreamDriver, Wanted } from "../contract.ts";
import { closed } from "../links/closed.ts";
import type { Link } from "../links/link.ts";
import { backoffMs, pause } from "./backoff.ts";
import { lit, type Seals } from "./clear.ts";
import { FaultList, factAt } from "./facts.ts";
import { type Counters, messageOf, type PanelLoop } from "./loop-parts.ts";
import { Target } from "./target.ts";

/** A line that takes nothing for so long is dropped, and opened anew. */
const stuckMs = 5000;
/** What of the far end's last words is looked at: it is to say very little. */
const heardCharacters = 64;
/** So long the far end has to say that it is back at our speed, and so often it is told. */
const [backMs, backTimes] = [100, 3];
/** A stream holds whatever it is sent: nothing is ever cut to fit. */
const roomy = { ramBytes: Infinity, messages: Infinity, programmeBytes: Infinity };

export interface StreamParts<State> {
  readonly panel: PanelIdentity;
  readonly link: Link;
  readonly driver: StreamDriver<State>;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly random?: () => number;
  changed(): void;
  /** Told of what the last look objected to. */
  refused?(faults: readonly Fault[]): void;
  /** For the play log. */
  witness?(event: PlayEvent): void;
}

export function startStreamLoop<State>(parts: StreamParts<State>, first: Wanted): PanelLoop {
  const { panel, link, driver, clock } = parts;
  const random = parts.random ?? Math.random;
  const counters: Counters = { exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 };
  const faults = new FaultList();
  const stopping = new AbortController();
  const target = new Target({ seals: parts.seals, now: () => clock.now(), monotonicMs, judged, oneTurn: false }, first);
  target.learn(roomy);
  const gapMs = 1000 / driver.perSecond;
  let connection: BoardFacts["link"] = "connecting";
  let darkened = false;
  let told: string | null = null;

  function judged(found: readonly Fault[]): void {
    if (found.length === 0) faults.clear("seal/refused", "message/altered");
    for (const one of found) faults.add(one, clock.now());
    if (found.length > 0) parts.refused?.(found);
  }

  async function run(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      connection = "connecting";
      try {
        const stream = await link.open(stopping.signal);
        counters.connections++;
        connection = "one-way";
        parts.changed();
        if (await session(stream)) attempt = -1;
      } catch (error) {
        if (stopping.signal.aborted) break;
        const detail = messageOf(error);
        faults.add({ code: "link/refused", board: panel.board, where: link.where, detail }, clock.now());
      }
      connection = "waiting";
      parts.changed();
      await pause(backoffMs(Math.max(0, attempt), random), stopping.signal);
    }
    connection = "down";
  }

  /** One opening of the line, until it breaks; true if it ever took a picture. */
  async function session(stream: Duplex): Promise<boolean> {
    let broken: string | null = null;
    const breaks = (why: string) => {
      broken ??= why;
    };
    stream.on("error", (error) => breaks(messageOf(error)));
    stream.once("close", () => breaks("closed"));
    let heard = "";
    // What comes back is for nobody, except that the line has another speed now.
    stream.on("data", (bytes: Buffer) => {
      heard = (heard + bytes.toString("latin1")).slice(-heardCharacters);
    });
    /** True: the far end had lost our speed, and was told; what it made of the bytes since is not known. */
    const broughtBack = async () => {
      const { bitsPerSecond } = panel;
      if (bitsPerSecond === null || !link.retune) return false;
      const found = driver.astray?.(heard, bitsPerSecond);
      for (let time = 0; found && time < backTimes && broken === null; time++) {
        heard = "";
        await link.retune(stream, found.bitsPerSecond);
        await taken(stream, [found.back], stuckMs);
        await pause(backMs, stopping.signal);
        await link.retune(stream, bitsPerSecond);
        if (heard !== "") break;
      }
      heard = found ? "" : heard;
      return found != null;
    };
    let state = driver.start(panel);
    let last: Uint8Array | null = null;
    let lastMs = 0;
    let took = false;
    try {
      while (!stopping.signal.aborted && broken === null) {
        if (await broughtBack()) [state, last] = [driver.start(panel), null];
        const atMs = monotonicMs();
        let lineMs = 0;
        const shown = due();
        if (shown && (atMs - lastMs >= driver.refreshMs || last === null || !same(last, shown.frame.pixels))) {
          const made = driver.frame(state, shown.frame);
          state = made.state;
          const size = made.packets.reduce((sum, { length }) => sum + length, 0);
          lineMs = onLineMs(size, panel.bitsPerSecond);
          counters.bytesOut += size;
          counters.exchanges++;
          if (!(await taken(stream, made.packets, stuckMs + lineMs))) breaks(`nothing taken for ${stuckMs} ms`);
          else if (broken === null) {
            [last, lastMs, took] = [shown.frame.pixels, atMs, true];
            sent(shown.wanted);
          }
        }
        // What the operating system has taken from us is not yet on the line: the next picture is made when it can be.
        await pause(Math.max(1, Math.max(gapMs, lineMs) - (monotonicMs() - atMs)), stopping.signal);
      }
      if (broken === null) await goodbye(stream, driver.end(state));
      else {
        const detail: string = broken;
        faults.add({ code: "link/lost", board: panel.board, where: link.where, detail }, clock.now());
      }
      return took;
    } finally {
      await flushed(stream);
      await closed(stream);
    }
  }

  /** It has a moment to leave, on a slow line a long one; what the port has not sent by then is lost when it closes. */
  async function goodbye(stream: Duplex, packets: readonly Uint8Array[]): Promise<void> {
    const size = packets.reduce((sum, { length }) => sum + length, 0);
    const lineMs = Math.min(stuckMs, onLineMs(size, panel.bitsPerSecond));
    const fromMs = monotonicMs();
    await taken(stream, packets, 500 + lineMs);
    const leftMs = lineMs - (monotonicMs() - fromMs);
    if (leftMs > 0) await pause(leftMs, new AbortController().signal);
  }

  /** What is to be lit now; null: nothing is decided, and what the panel has is not touched. */
  function due(): { readonly frame: Cleared<Frame>; readonly wanted: Wanted | null } | null {
    const cleared = target.cleared() ?? target.playsOn();
    if (target.dark()) return { frame: lit(null, panel.shape, clock.now()), wanted: null };
    return cleared && { frame: lit(cleared, panel.shape, clock.now()), wanted: cleared };
  }

  /** The line took it. `wanted` null: black. */
  function sent(wanted: Wanted | null): void {
    faults.clear("link/refused", "link/lost");
    const about = { board: panel.board, at: clock.now() };
    if ((wanted === null) !== darkened) {
      darkened = wanted === null;
      parts.witness?.({ ...about, kind: "dark", on: darkened });
      parts.changed();
    }
    const { offered } = target;
    if (wanted === null || !offered || offered.wanted !== wanted || offered.id === told) return;
    told = offered.id;
    counters.activations++;
    target.took(offered);
    parts.witness?.({ ...about, kind: "told", wanted, programme: offered.id, via: "line" });
    parts.changed();
  }

  const running = run();
  return {
    counters,
    want: (next) => target.want(next),
    facts: () => {
      const now = clock.now();
      const { plays } = target;
      return {
        intended: factAt(target.wanted, now, now),
        sent: plays ? factAt({ ...plays.wanted, dark: darkened }, now, plays.since) : null,
        confirmed: null,
        faults: faults.all(),
        link: connection,
      };
    },
    holding: () => ({ ...target.holding(), readBack: null, via: "line" }),
    async stop() {
      stopping.abort();
      await running;
      await link.stop();
    },
  };
}

function same(some: Uint8Array, others: Uint8Array): boolean {
  return Buffer.compare(some, others) === 0;
}

/** Of so many bytes on a line of this speed: ten bits each. 0 where it has none. */
function onLineMs(bytes: number, bitsPerSecond: number | null): number {
  return bitsPerSecond === null ? 0 : Math.ceil((bytes * 10_000) / bitsPerSecond);
}

/** Writes all, and waits until the last has been taken: nothing queues up behind a slow line. False: not within `mostMs`. */
function taken(stream: Duplex, packets: readonly Uint8Array[], mostMs: number): Promise<boolean> {
  if (packets.length === 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const done = (took: boolean) => {
      clearTimeout(timer);
      stream.off("close", onClose);
      resolve(took);
    };
    const onClose = () => done(true);
    const timer = setTimeout(() => done(false), mostMs);
    stream.once("close", onClose);
    for (const [at, packet] of packets.entries())
      stream.write(packet, at === packets.length - 1 ? () => done(true) : undefined);
  });
}

/** False: it took nothing for too long. */
export function drained(stream: Duplex): Promise<boolean> {
  if (!stream.writableNeedDrain) return Promise.resolve(true);
  return new Promise((resolve) => {
    const done = (took: boolean) => {
      clearTimeout(timer);
      stream.off("drain", onDrain);
      stream.off("close", onClose);
      resolve(took);
    };
    const onDrain = () => done(true);
    const onClose = () => done(true);
    const timer = setTimeout(() => done(false), stuckMs);
    stream.once("drain", onDrain);
    stream.once("close", onClose);
  });
}

/** What was written last has a moment to leave. */
function flushed(stream: Duplex): Promise<void> {
  if (stream.destroyed || stream.writableLength === 0) return Promise.resolve();
  return Promise.race([
    new Promise<void>((resolve) => stream.write(new Uint8Array(0), () => resolve())),
    new Promise<void>((resolve) => setTimeout(resolve, 500).unref()),
  ]);
}
