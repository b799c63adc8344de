/** One panel's own loop: dial, ask, wait, time out, dial again. It shares nothing with the others, so a dead panel delays none. */
import type { Duplex } from "node:stream";
import type { Fault } from "../../fault.ts";
import { programmeId } from "../../message/index.ts";
import { type Clock, monotonicMs } from "../../time/clock.ts";
import type { BoardFacts, Exchange, Fact, PanelDriver, PanelIdentity, PanelStatus, Wanted } from "../contract.ts";
import type { Link } from "../links/link.ts";
import { backoffMs } from "./backoff.ts";
import { clear, type Clearance, type Seals } from "./clear.ts";
import { disagreement, FaultList, factAt } from "./facts.ts";
import { inbox, messageOf } from "./inbox.ts";

const pollEveryMs = 5000;
/** A clearance is worth this long; then seals and bytes are looked at again. */
const clearanceMs = 1000;
/** So many unanswered exchanges in a row, and the line counts as dead. */
const silencesMax = 3;

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
  readonly counters: Readonly<Counters>;
  stop(): Promise<void>;
}

export interface LoopParts<State> {
  readonly panel: PanelIdentity;
  readonly link: Link;
  readonly driver: PanelDriver<State>;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly random?: () => number;
  changed(): void;
  /** Told of what the last look objected to. */
  refused?(faults: readonly Fault[]): void;
}

export function startPanelLoop<State>(parts: LoopParts<State>, first: Wanted): PanelLoop {
  const { panel, link, driver, clock } = parts;
  const counters: Counters = { exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 };
  const faults = new FaultList();
  const stopping = new AbortController();
  // Until something is decided a panel goes on with what it has: a restarted daemon darkens nothing.
  let decided = false;
  let wanted = first;
  let wantedId = programmeId(first.programme);
  let clearance: { readonly made: Clearance; readonly atMs: number } | null = null;
  let playing: { readonly wanted: Wanted; readonly id: string; readonly since: number } | null = null;
  let confirmed: Fact | null = null;
  let connection: BoardFacts["link"] = "connecting";
  let wake: () => void = () => {};

  const fault = (one: Fault) => faults.add(one, clock.now());

  function cleared() {
    if (!decided) return null;
    if (!clearance || monotonicMs() - clearance.atMs > clearanceMs) {
      const made = clear(wanted, parts.seals, clock.now());
      clearance = { made, atMs: monotonicMs() };
      if (made.ok) faults.clear("seal/refused", "message/altered");
      else {
        for (const one of made.faults) fault(one);
        parts.refused?.(made.faults);
      }
    }
    return clearance.made.ok ? clearance.made.cleared : null;
  }

  async function run(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      connection = "connecting";
      parts.changed();
      try {
        const stream = await link.open(stopping.signal);
        counters.connections++;
        connection = "connected";
        faults.clear("link/refused", "link/lost");
        parts.changed();
        if (await session(stream)) attempt = -1;
      } catch (error) {
        if (stopping.signal.aborted) break;
        fault({ code: "link/refused", board: panel.board, where: link.where, detail: messageOf(error) });
      }
      connection = "waiting";
      parts.changed();
      await pause(backoffMs(Math.max(0, attempt), parts.random ?? Math.random));
    }
    connection = "down";
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stopping.signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      stopping.signal.addEventListener("abort", done, { once: true });
    });
  }

  /** One connection, until it is lost; true if the panel ever answered on it. */
  async function session(stream: Duplex): Promise<boolean> {
    const replies = inbox(stream, driver.createReader());
    const end = () => replies.close("stopped");
    stopping.signal.addEventListener("abort", end, { once: true });
    let state = driver.connect(panel);
    let nextPollMs = 0;
    let silences = 0;
    let answered = false;
    try {
      while (!stopping.signal.aborted && replies.open()) {
        const step = driver.ask(state, { wanted: cleared(), pollDue: monotonicMs() >= nextPollMs, now: clock.now() });
        if (!step) {
          await untilWoken(Math.max(1, Math.min(nextPollMs - monotonicMs(), clearanceMs)), replies.onClosed);
          continue;
        }
        state = step.state;
        const { exchange } = step;
        const askedAt = clock.now();
        replies.drain();
        counters.exchanges++;
        counters.bytesOut += exchange.bytes.length;
        stream.write(exchange.bytes);
        const line = await replies.next(exchange.timeoutMs, (reply) => accepted(state, exchange, reply));
        if (line === null) {
          counters.timeouts++;
          state = driver.silence(state, exchange);
          if (!replies.open()) break;
          fault({ code: "link/no-answer", board: panel.board, where: link.where, label: exchange.label });
          parts.changed();
          if (++silences >= silencesMax) break;
          continue;
        }
        silences = 0;
        answered = true;
        faults.clear("link/no-answer");
        const outcome = driver.reply(state, exchange, line, { askedAt, heardAt: clock.now() });
        state = outcome.state;
        if (outcome.activated !== undefined) {
          counters.activations++;
          nextPollMs = 0;
          took(outcome.activated);
        }
        if (outcome.status) {
          nextPollMs = monotonicMs() + pollEveryMs;
          heard(outcome.status, outcome.faults.length === 0);
        }
        for (const one of outcome.faults) fault(one);
        if (outcome.status || outcome.activated !== undefined || outcome.faults.length > 0) parts.changed();
        if (outcome.reconnect) {
          answered = false;
          break;
        }
      }
      if (!stopping.signal.aborted)
        fault({ code: "link/lost", board: panel.board, where: link.where, detail: replies.reason() });
      return answered;
    } finally {
      stopping.signal.removeEventListener("abort", end);
      replies.close("left");
      stream.destroy();
    }
  }

  function accepted(state: State, exchange: Exchange, reply: string): boolean {
    const kind = driver.accepts(state, exchange, reply);
    if (kind === "noise") {
      counters.noise++;
      fault({ code: "wire/noise", board: panel.board, bytes: reply.length });
    }
    return kind === "yes";
  }

  function took(id: string): void {
    if (id === wantedId) playing = { wanted, id, since: clock.now() };
  }

  function heard(status: PanelStatus, clockRight: boolean): void {
    // Found playing what we want, from before this daemon or this connection.
    if (status.programme === wantedId && playing?.id !== wantedId)
      playing = { wanted, id: wantedId, since: clock.now() };
    if (status.programme === null) playing = null;
    if (!decided) return;
    const current = wanted.dark ? wanted : playing?.id === status.programme ? playing.wanted : null;
    const wrong = current ? disagreement(current, playing?.id ?? wantedId, status) : null;
    if (current && !wrong && clockRight) {
      confirmed = factAt(current, status.panelTime, clock.now());
      faults.clear("panel/frame", "panel/clock", "wire/noise", "wire/refused", "panel/full");
    } else if (wrong) fault(wrong);
  }

  function untilWoken(ms: number, onClosed: (listener: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        forget();
        wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      wake = done;
      const forget = onClosed(done);
    });
  }

  const running = run();
  return {
    counters,
    want(next) {
      decided = true;
      wanted = next;
      wantedId = programmeId(next.programme);
      clearance = null;
      wake();
    },
    facts: () => {
      const now = clock.now();
      return {
        intended: factAt(wanted, now, now),
        sent: playing ? factAt(playing.wanted, now, playing.since) : null,
        confirmed,
        faults: faults.all(),
        link: connection,
      };
    },
    async stop() {
      stopping.abort();
      wake();
      await link.stop();
      await running;
    },
  };
}
