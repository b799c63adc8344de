/** A line that is opened to ask who is there, before a board is made of it, and given up again. Nothing is lit by it. */
import type { Duplex } from "node:stream";
import { wallClock } from "../../time/clock.ts";
import type { Exchange, PanelDriver, ReplyBytes } from "../contract.ts";
import { closed } from "../links/closed.ts";
import type { Link } from "../links/link.ts";
import { Ear } from "./ear.ts";
import { messageOf } from "./loop-parts.ts";
import { sendPaced } from "./send-paced.ts";

/**
 * `line`: it cannot be opened, or nobody dialled in; `unsaid`: it is open, and no question got on it; `silent`: nothing of the
 * driver's protocol came back.
 */
export interface NobodyThere {
  readonly ok: false;
  readonly why: "line" | "unsaid" | "silent";
  readonly detail: string;
}

export interface Heard<State, Reply> {
  /** After the question. */
  readonly state: State;
  readonly exchange: Exchange;
  readonly askedAt: number;
  /** null: none in time, the line is gone, or none was to come. */
  readonly reply: Reply | null;
}

const closedByOthers = "closed by the other side";
const nothingWanted = { wanted: null, dark: false, pollDue: true } as const;

/** `openMs`: until the line has to be there, and then until all is said. The link is stopped afterwards. */
export async function visit<State, Reply extends ReplyBytes, Result>(
  driver: PanelDriver<State, Reply>,
  link: Link,
  openMs: number,
  talk: (visit: Visit<State, Reply>) => Promise<Result | null>,
): Promise<Result | NobodyThere> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), openMs);
  try {
    const stream = await link.open(patience.signal);
    timer.refresh();
    try {
      const there = new Visit(driver, link, stream, patience.signal);
      const answer = await talk(there);
      return answer ?? { ok: false, why: there.said ? "silent" : "unsaid", detail: there.ended ?? "no answer" };
    } finally {
      await closed(stream);
    }
  } catch (error) {
    return { ok: false, why: "line", detail: messageOf(error) };
  } finally {
    clearTimeout(timer);
    await link.stop();
  }
}

/** One after the other what the driver asks, in turns with whoever else is on the line. */
export class Visit<State, Reply extends ReplyBytes> {
  /** Why nothing more will come; null: it may. */
  ended: string | null = null;
  /** Something was asked: all of it went out on the line. */
  said = false;
  readonly #driver: PanelDriver<State, Reply>;
  readonly #link: Link;
  readonly #stream: Duplex;
  readonly #signal: AbortSignal;
  readonly #ear: Ear<State, Reply>;
  /** null: the line is gone. */
  #hears: (bytes: Uint8Array | null) => void = () => {};

  constructor(driver: PanelDriver<State, Reply>, link: Link, stream: Duplex, signal: AbortSignal) {
    this.#driver = driver;
    this.#link = link;
    this.#stream = stream;
    this.#signal = signal;
    this.#ear = new Ear(driver, stream);
    stream.on("data", (bytes: Uint8Array) => this.#hears(bytes));
    stream.on("error", (error) => this.#end(messageOf(error)));
    for (const event of ["close", "end"]) stream.once(event, () => this.#end(closedByOthers));
  }

  /** null: the driver has nothing to ask, or it could not be said, which ends it. */
  async ask(before: State): Promise<Heard<State, Reply> | null> {
    const turn = (await this.#link.turns?.take(this.#stream, () => false)) ?? null;
    if (turn === null && this.#link.turns) {
      this.#end(closedByOthers);
      return null;
    }
    const askedAt = wallClock.now();
    const asked = this.#driver.ask(before, { ...nothingWanted, now: askedAt, ...(turn && { seq: turn.seq }) });
    if (asked === null) {
      turn?.done(true);
      return null;
    }
    const { state, exchange } = asked;
    const answer = this.#answerTo(state, exchange);
    if (!(await sendPaced(this.#stream, exchange, this.#signal))) {
      this.#end(this.#signal.aborted ? "not in time" : "it takes nothing");
      turn?.done(null);
      return null;
    }
    // What closes may have taken nothing.
    this.said ||= this.ended === null || this.#stream.writableLength === 0;
    const reply = exchange.unanswered ? null : await answer;
    turn?.done(reply !== null || exchange.unanswered === true);
    if (reply === null && !exchange.unanswered) this.#ear.forget();
    return { state, exchange, askedAt, reply };
  }

  #answerTo(state: State, exchange: Exchange): Promise<Reply | null> {
    return new Promise((resolve) => {
      const done = (reply: Reply | null) => {
        clearTimeout(late);
        this.#hears = () => {};
        resolve(reply);
      };
      const late = setTimeout(() => done(null), exchange.timeoutMs);
      this.#hears = (bytes) => {
        if (bytes === null) return done(null);
        this.#ear.hear(bytes, (reply) => {
          const answers = this.#driver.accepts(state, exchange, reply) === "yes";
          if (answers) done(reply);
          return answers;
        });
      };
      if (this.ended !== null) done(null);
    });
  }

  #end(why: string): void {
    this.ended ??= why;
    this.#hears(null);
  }
}
