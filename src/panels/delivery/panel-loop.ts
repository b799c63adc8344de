/** One panel's own loop: dial, ask, wait, time out, dial again. It shares nothing with the others, so a dead panel delays none. */
import type { Duplex } from "node:stream";
import type { Fault } from "../../fault.ts";
import { monotonicMs } from "../../time/clock.ts";
import type { BoardFacts, Exchange, Goal, Holding, Outcome, PanelStatus, ReplyBytes, Wanted } from "../contract.ts";
import { closed } from "../links/closed.ts";
import type { Turn } from "../links/link.ts";
import { backoffMs, pause } from "./backoff.ts";
import { disagreement, FaultList, factAt } from "./facts.ts";
import { converse } from "./converse.ts";
import { inbox, messageOf } from "./inbox.ts";
import { type Counters, type LoopParts, type PanelLoop, Sleeper } from "./loop-parts.ts";
import { clearanceMs, type Play, Target } from "./target.ts";

const pollEveryMs = 5000;
/** So many unanswered exchanges in a row, and the line counts as dead. */
const silencesMax = 3;

export type { Counters, LoopParts, PanelLoop } from "./loop-parts.ts";

export function startPanelLoop<State, Reply extends ReplyBytes>(
  parts: LoopParts<State, Reply>,
  first: Wanted,
): PanelLoop {
  const { panel, link, driver, clock } = parts;
  const random = parts.random ?? Math.random;
  const counters: Counters = { exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 };
  const faults = new FaultList();
  const stopping = new AbortController();
  const fault = (one: Fault) => faults.add(one, clock.now());
  const oneTurn = driver.capabilities.kind === "message";
  const target = new Target({ seals: parts.seals, now: () => clock.now(), monotonicMs, judged, oneTurn }, first);
  let readBack: Holding["readBack"] = null;
  let darkened = false;
  let switchedAt = 0;
  let darkSeen: number | null = null;
  let told: Target["plays"] = null;
  let connection: BoardFacts["link"] = "connecting";
  const idle = new Sleeper();
  // Late replies of the connection before must not answer questions of the next.
  let seq = 1 + Math.floor(random() * 0xfffe);

  function judged(found: readonly Fault[]): void {
    if (found.length === 0) faults.clear("seal/refused", "message/altered");
    for (const one of found) fault(one);
    if (found.length > 0) parts.refused?.(found);
  }

  async function run(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      connection = "connecting";
      parts.changed();
      try {
        const stream = await link.open(stopping.signal);
        counters.connections++;
        connection = driver.capabilities.oneWay ? "one-way" : "connected";
        faults.clear("link/refused", "link/lost");
        parts.changed();
        if (await session(stream)) attempt = -1;
      } catch (error) {
        if (stopping.signal.aborted) break;
        fault({ code: "link/refused", board: panel.board, where: link.where, detail: messageOf(error) });
      }
      connection = "waiting";
      parts.changed();
      if (stopping.signal.aborted) break;
      await pause(backoffMs(Math.max(0, attempt), random), stopping.signal);
    }
    connection = "down";
  }

  /** One connection, until it is lost; true if the panel ever answered on it as it should. */
  async function session(stream: Duplex): Promise<boolean> {
    const replies = inbox<Reply>(stream, driver.createReader(), (reply) => driver.unasked?.(reply) ?? null);
    const end = () => replies.close("stopped");
    stopping.signal.addEventListener("abort", end, { once: true });
    let state = driver.connect(panel, seq);
    let nextPollMs = 0;
    let silences = 0;
    let answered = false;
    let turn: Turn | null = null;
    const look = (number?: number) => {
      const wanted = target.cleared();
      const goal: Goal = {
        ...{ wanted, dark: target.dark(), pollDue: monotonicMs() >= nextPollMs, now: clock.now() },
        ...(number !== undefined && { seq: number }),
        ...(parts.flash && { flash: parts.flash.now() }),
      };
      return { goal, offered: target.offered, step: driver.ask(state, goal) };
    };
    try {
      while (!stopping.signal.aborted && replies.open()) {
        let { goal, offered, step } = look();
        if (!step) {
          const { now } = goal;
          // A poll that is due, and of which it makes nothing, is no reason to ask again at once.
          const pollMs = goal.pollDue ? clearanceMs : nextPollMs - monotonicMs();
          const wakesMs = (driver.wakes?.(state, goal) ?? Infinity) - now;
          const dueMs = Math.min(pollMs, target.boundary() - now, wakesMs, clearanceMs);
          await idle.sleep(Math.max(1, dueMs), replies.onClosed);
          continue;
        }
        if (link.turns) {
          idle.wake = link.turns.look;
          turn = await link.turns.take(stream, () => target.dark() && !darkened);
          idle.wake = () => {};
          if (!turn) {
            replies.close("closed by the other side");
            break;
          }
          // What was to be said may have changed meanwhile, and the time of day has.
          ({ goal, offered, step } = look(turn.seq));
          if (!step) {
            turn.done(null);
            continue;
          }
        }
        state = step.state;
        const { exchange } = step;
        const { dark } = goal;
        seq = (exchange.seq % 0xffff) + 1;
        const askedAt = clock.now();
        const askedMs = monotonicMs();
        counters.exchanges++;
        counters.bytesOut += exchange.bytes.length;
        if (offered && exchange.activates === offered.id) target.asks(offered);
        const said = await converse(stream, replies, exchange, (reply: Reply) => accepted(state, exchange, reply));
        if (said === "silence") {
          state = driver.silence(state, exchange);
          if (!replies.open()) break;
          if (turn) replies.renew(driver.createReader());
          turn?.done(false);
          counters.timeouts++;
          fault({ code: "link/no-answer", board: panel.board, where: link.where, label: exchange.label });
          parts.changed();
          if (++silences >= silencesMax) break;
          continue;
        }
        turn?.done(true);
        silences = 0;
        answered = true;
        faults.clear("link/no-answer");
        const heardAt = askedAt + Math.round(monotonicMs() - askedMs);
        const timing = { askedAt, heardAt };
        const outcome =
          said === "sent"
            ? (driver.sent?.(state, exchange, timing) ?? { state, faults: [] })
            : driver.reply(state, exchange, said.reply, timing);
        state = learn(outcome, offered, dark);
        if (outcome.status || outcome.polled) nextPollMs = monotonicMs() + pollEveryMs;
        else if (outcome.activated !== undefined || outcome.restarted || outcome.dark !== undefined) nextPollMs = 0;
        if (outcome.reconnect) return false;
      }
      if (!stopping.signal.aborted)
        fault({ code: "link/lost", board: panel.board, where: link.where, detail: replies.reason() });
      return answered;
    } finally {
      stopping.signal.removeEventListener("abort", end);
      turn?.done(null);
      replies.leave();
      await closed(stream);
    }
  }

  function accepted(state: State, exchange: Exchange, reply: Reply): boolean {
    const kind = driver.accepts(state, exchange, reply);
    if (kind === "noise") {
      counters.noise++;
      fault({ code: "wire/noise", board: panel.board, bytes: reply.length });
    }
    return kind === "yes";
  }

  /** `offered` and `dark`: what the question was about. */
  function learn(outcome: Outcome<State>, offered: Play | null, dark: boolean): State {
    let { state } = outcome;
    if (outcome.limits) target.learn(outcome.limits);
    if (outcome.restarted) target.found(null);
    parts.flash?.wrote(outcome.flashWrites ?? 0, outcome.flashHolds);
    witnessed();
    if (outcome.dark !== undefined) darken(outcome.dark);
    if (outcome.polled && outcome.dark && target.wanted.dark) darkSeen ??= clock.now();
    if (outcome.activated !== undefined) {
      counters.activations++;
      if (outcome.activated === offered?.id) target.took(offered);
      // A card that reads nothing back has nothing better to say than that it took it.
      if (oneTurn) faults.clear("wire/refused", "wire/noise", "panel/full", "panel/card", "panel/shape");
    }
    witnessed();
    for (const one of outcome.faults) fault(one);
    if (outcome.status && !heard(outcome.status, dark)) state = driver.doubt(state);
    if (outcome.status || outcome.activated !== undefined || outcome.dark !== undefined || outcome.faults.length > 0)
      parts.changed();
    return state;
  }

  /** False: the panel plays the right programme, and yet lights something else. */
  function heard(status: PanelStatus, dark: boolean): boolean {
    target.found(status.programme);
    witnessed();
    darken(status.why === "dark");
    const { plays, wanted } = target;
    const current = dark ? { wanted: { ...wanted, dark }, id: "" } : plays?.id === status.programme ? plays : null;
    // About to be made light or dark, or something that is being replaced: nothing to compare with.
    if (!current || darkened !== dark) return true;
    const wrong = disagreement(current.wanted, current.id, status);
    const { board } = panel;
    if (wrong) {
      fault(wrong);
      parts.witness?.({ board, at: status.panelTime, kind: "wrong", why: wrong.code });
      return false;
    }
    if (dark && wanted.dark) darkSeen ??= status.heardAt;
    if (status.clockRight) {
      // Its clock may be a little behind ours: nothing is confirmed before it was told, made dark or lit again.
      const at = Math.max(status.panelTime, switchedAt, dark ? 0 : (plays?.since ?? 0));
      parts.witness?.({ board, at, kind: "confirmed", programme: dark ? null : current.id });
      readBack = { wanted: current.wanted, at };
      faults.clear("panel/frame", "panel/clock", "panel/shape", "panel/version", "wire/noise");
      if (target.plays?.id === target.offered?.id) faults.clear("wire/refused", "panel/full");
    }
    return true;
  }

  /** Whether what plays is another since the last time that it was looked at. */
  function witnessed(): void {
    const { plays } = target;
    if (plays === told) return;
    told = plays;
    const about = { board: panel.board, at: plays?.since ?? clock.now() };
    if (plays === null) parts.witness?.({ ...about, kind: "ended", why: "bare" });
    else parts.witness?.({ ...about, kind: "told", wanted: plays.wanted, programme: plays.id, via: "line" });
  }

  function darken(on: boolean): void {
    if (on === darkened) return;
    darkened = on;
    switchedAt = clock.now();
    parts.witness?.({ board: panel.board, at: switchedAt, kind: "dark", on });
  }

  const running = run();
  return {
    counters,
    want(next) {
      if (!next.dark || !target.wanted.dark) darkSeen = null;
      target.want(next);
      idle.wake();
    },
    facts: () => {
      const now = clock.now();
      const { plays } = target;
      return {
        intended: factAt(target.wanted, now, now),
        sent: plays ? factAt({ ...plays.wanted, dark: darkened }, now, plays.since) : null,
        confirmed: readBack && factAt(readBack.wanted, readBack.at, readBack.at),
        faults: faults.all(),
        dark: darkSeen,
        link: connection,
      };
    },
    holding: () => ({ ...target.holding(), readBack, via: "line" }),
    async stop() {
      stopping.abort();
      idle.wake();
      await link.stop();
      await running;
    },
  };
}
