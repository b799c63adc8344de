/**
 * One connection to a panel: what is asked, waited for and heard on it, until it is lost. There may be a thousand, idle most
 * of the time: no promise and no timer is made for an exchange, and each has one timer, for whatever is due next.
 *
 *     resting     nothing to say; looks again when something is wanted, and at its time
 *     queueing    has something to say, and waits for its turn on a line that others are on
 *     asked       waits for the answer, or for its time-out
 *     over        lost, or stopped
 */
import type { Duplex } from "node:stream";
import { monotonicMs } from "../../time/clock.ts";
import type { Exchange, Goal, ReplyBytes } from "../contract.ts";
import type { Turn } from "../links/link.ts";
import { Ahead } from "./ahead.ts";
import { Alarm } from "./alarm.ts";
import { Ear } from "./ear.ts";
import type { Known } from "./known.ts";
import { type Asked, askedNow, goalOf, type LoopParts, messageOf, type Said, soon, timingOf } from "./loop-parts.ts";
import { sendPaced } from "./send-paced.ts";
import { clearanceMs, type Play } from "./target.ts";

const pollEveryMs = 5000;
/** So many unanswered exchanges in a row, and the line counts as dead. */
const silencesMax = 3;

export class Session<State, Reply extends ReplyBytes> {
  readonly #parts: LoopParts<State, Reply>;
  readonly #known: Known<State, Reply>;
  readonly #stream: Duplex;
  readonly #ended: (answered: boolean) => void;
  readonly #ear: Ear<State, Reply>;
  readonly #alarm = new Alarm(() => this.#safely(() => this.#due()));
  #phase: "resting" | "queueing" | "asked" | "over" = "resting";
  #state: State;
  #asked: Asked<Reply> | null = null;
  #turn: Turn | null = null;
  #seq: number;
  #nextPollMs = 0;
  #silences = 0;
  #heardMs = 0;
  #answered = false;
  readonly #ahead: Ahead;
  #waking = false;
  /** Lines that answer before a write returns are heard within it; what follows then waits for it to return. */
  #going: "no" | "yes" | "again" = "no";

  /** `ended` is told once, whether the panel ever answered as it should. `seq`: its first exchange's number. */
  constructor(
    parts: LoopParts<State, Reply>,
    known: Known<State, Reply>,
    stream: Duplex,
    seq: number,
    ended: (answered: boolean) => void,
  ) {
    this.#parts = parts;
    this.#known = known;
    this.#stream = stream;
    this.#ended = ended;
    this.#seq = seq;
    this.#state = parts.driver.connect(parts.panel, seq);
    this.#ear = new Ear(parts.driver, stream);
    this.#ahead = new Ahead(parts.link.backToBack ?? false, known);
  }

  /** The next exchange's number. */
  get seq(): number {
    return this.#seq;
  }

  begin(): void {
    const closed = () => this.#lost("closed by the other side");
    this.#stream.on("data", this.#hear);
    this.#stream.on("error", (error) => this.#lost(messageOf(error)));
    this.#stream.once("close", closed);
    this.#stream.once("end", closed);
    this.#safely(() => this.#go());
  }

  /** Something else is wanted. The last of several wishes of one moment counts. */
  wake(): void {
    if (this.#phase === "queueing") this.#parts.link.turns?.look();
    if (this.#phase !== "resting" || this.#waking) return;
    this.#waking = true;
    void soon.then(this.#woken);
  }

  readonly #woken = (): void => {
    this.#waking = false;
    if (this.#phase === "resting") this.#safely(() => this.#go());
  };

  stop(): void {
    this.#end(this.#answered);
  }

  /** What a driver, or whoever is told of its panel, throws costs this line and no other. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      const { panel, link } = this.#parts;
      const detail = messageOf(error);
      this.#known.fault({ code: "link/refused", board: panel.board, where: link.where, detail });
      this.#end(false);
    }
  }

  /** Says what there is to say. */
  #go(): void {
    if (this.#going !== "no") {
      this.#going = "again";
      return;
    }
    do {
      this.#going = "yes";
      this.#ask();
    } while ((this.#going as string) === "again" && this.#phase !== "over");
    this.#going = "no";
  }

  #look(seq?: number) {
    const { target } = this.#known;
    const goal = goalOf(this.#parts, target, monotonicMs() >= this.#nextPollMs, this.#ahead.bytes, seq);
    return { goal, offered: target.offered, step: this.#parts.driver.ask(this.#state, goal) };
  }

  #ask(): void {
    const { link } = this.#parts;
    const { goal, offered, step } = this.#look();
    if (!step) this.#rest(goal);
    else if (!link.turns) this.#say(step, goal.dark, offered);
    else {
      this.#phase = "queueing";
      const { target } = this.#known;
      const urgent = () => target.dark() && !this.#known.darkened;
      void link.turns.take(this.#stream, urgent).then((turn) => this.#safely(() => this.#take(turn)));
    }
  }

  /** What was to be said may have changed meanwhile, and the time of day has. */
  #take(turn: Turn | null): void {
    if (this.#phase === "over") turn?.done(null);
    else if (turn === null) this.#lost("closed by the other side");
    else {
      const { goal, offered, step } = this.#look(turn.seq);
      if (step) {
        this.#turn = turn;
        this.#say(step, goal.dark, offered);
      } else {
        turn.done(null);
        this.#go();
      }
    }
  }

  #rest(goal: Goal): void {
    this.#phase = "resting";
    const ms = monotonicMs();
    // A poll that is due, and of which it makes nothing, is no reason to ask again at once.
    const pollMs = goal.pollDue ? clearanceMs : this.#nextPollMs - ms;
    const wakesMs = (this.#parts.driver.wakes?.(this.#state, goal) ?? Infinity) - goal.now;
    const dueMs = Math.min(pollMs, this.#known.target.boundary() - goal.now, wakesMs, clearanceMs);
    this.#alarm.by(ms + Math.max(1, dueMs));
  }

  #say(step: { readonly state: State; readonly exchange: Exchange }, dark: boolean, offered: Play | null): void {
    const { exchange } = step;
    const { counters, target } = this.#known;
    const askedMs = monotonicMs();
    this.#phase = "asked";
    this.#state = step.state;
    const questions = exchange.questions ?? 1;
    this.#seq = ((exchange.seq - 1 + questions) % 0xffff) + 1;
    counters.exchanges += questions;
    counters.bytesOut += exchange.bytes.length;
    if (offered && exchange.activates === offered.id) target.asks(offered);
    const asked: Asked<Reply> = askedNow(exchange, offered, dark, this.#parts.clock.now(), askedMs);
    // Listening first: on some lines the answer is there before the write returns.
    this.#asked = asked;
    if (!exchange.unanswered) this.#alarm.by(askedMs + exchange.timeoutMs);
    // One question at a time, and the line is dropped after a few without an answer: no more than these can queue up.
    if (!exchange.parts && !exchange.unanswered) this.#stream.write(exchange.bytes);
    else {
      asked.sending = new AbortController();
      void sendPaced(this.#stream, exchange, asked.sending.signal).then((took) =>
        this.#safely(() => this.#sent(asked, took)),
      );
    }
  }

  #sent(asked: Asked<Reply>, took: boolean): void {
    if (this.#asked !== asked) return;
    asked.sending = null;
    if (asked.exchange.unanswered) this.#conclude(took ? "sent" : "silence");
    else if (asked.said) this.#conclude(asked.said);
  }

  readonly #hear = (bytes: Uint8Array): void => {
    this.#safely(() => {
      this.#heardMs = monotonicMs();
      if (this.#ear.hear(bytes, this.#takes)) this.#go();
    });
  };

  /** A panel speaks only when asked: what comes while nobody waits answers nothing, and is dropped. True: nobody waits any more. */
  readonly #takes = (reply: Reply): boolean => {
    const asked = this.#asked;
    if (!asked || asked.said || asked.exchange.unanswered) return false;
    const kind = this.#parts.driver.accepts(this.#state, asked.exchange, reply);
    if (kind === "noise") this.#known.noise(reply.length);
    if (kind !== "yes") return false;
    if (asked.sending) asked.said = { reply };
    return !asked.sending && this.#learns(asked, reply, this.#heardMs);
  };

  #conclude(said: Said<Reply>): void {
    const asked = this.#asked;
    if (!asked) return;
    if (asked.sending) asked.said ??= said;
    else if (said === "silence") this.#silent(asked.exchange);
    else if (this.#learns(asked, said === "sent" ? null : said.reply, monotonicMs())) this.#go();
  }

  #silent(exchange: Exchange): void {
    const { driver, panel, link, changed } = this.#parts;
    this.#asked = null;
    this.#state = driver.silence(this.#state, exchange);
    this.#ahead.lost(exchange);
    // Its rest will never come.
    if (this.#turn) this.#ear.forget();
    this.#giveBack(false);
    this.#known.counters.timeouts++;
    this.#known.fault({ code: "link/no-answer", board: panel.board, where: link.where, label: exchange.label });
    changed();
    if (++this.#silences >= silencesMax) this.#lost("no answer");
    else this.#go();
  }

  /** `reply` null: it was sent, and nobody answers. True: all of it is answered, and the line is open. */
  #learns(asked: Asked<Reply>, reply: Reply | null, heardMs: number): boolean {
    const { driver } = this.#parts;
    const { exchange } = asked;
    this.#giveBack(true);
    this.#silences = 0;
    this.#answered = true;
    this.#known.settled("link/no-answer");
    const state = this.#state;
    const timing = timingOf(asked, heardMs);
    const outcome =
      reply === null
        ? (driver.sent?.(state, exchange, timing) ?? { state, faults: [] })
        : driver.reply(state, exchange, reply, timing);
    this.#state = this.#known.learn(outcome, asked.offered, asked.dark);
    if (outcome.status || outcome.polled) this.#nextPollMs = heardMs + pollEveryMs;
    else if (outcome.activated !== undefined || outcome.restarted || outcome.dark !== undefined) this.#nextPollMs = 0;
    if (outcome.reconnect) this.#end(false);
    // It may have been stopped by those who were told.
    if (this.#phase === "over") return false;
    asked.firstMs ??= heardMs;
    asked.sinceMs = heardMs;
    if (outcome.missed) this.#ahead.lost(exchange);
    if (outcome.more) return false;
    this.#asked = null;
    this.#ahead.answered(asked, heardMs);
    return true;
  }

  #giveBack(answered: boolean | null): void {
    const turn = this.#turn;
    this.#turn = null;
    turn?.done(answered);
  }

  /** An alarm that comes too early looks, and goes on waiting. */
  #due(): void {
    if (this.#phase === "resting") this.#go();
    if (!this.#asked || this.#asked.exchange.unanswered) return;
    const dueMs = this.#asked.sinceMs + this.#asked.exchange.timeoutMs;
    if (monotonicMs() < dueMs) this.#alarm.by(dueMs);
    else this.#conclude("silence");
  }

  #lost(why: string): void {
    if (this.#phase === "over") return;
    const { panel, link } = this.#parts;
    this.#known.fault({ code: "link/lost", board: panel.board, where: link.where, detail: why });
    this.#end(this.#answered);
  }

  #end(answered: boolean): void {
    if (this.#phase === "over") return;
    this.#phase = "over";
    this.#alarm.stop();
    this.#stream.off("data", this.#hear);
    this.#asked?.sending?.abort();
    this.#asked = null;
    this.#giveBack(null);
    this.#ended(answered);
  }
}
