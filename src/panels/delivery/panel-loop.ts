/** One panel's own loop: dial, talk (`session.ts`), dial again. It shares nothing with the others, so a dead panel delays none. */
import type { Duplex } from "node:stream";
import type { BoardFacts, Holding, ReplyBytes, Wanted } from "../contract.ts";
import { closed } from "../links/closed.ts";
import { backoffMs, pause } from "./backoff.ts";
import { Known } from "./known.ts";
import { type Counters, type LoopParts, messageOf, type PanelLoop } from "./loop-parts.ts";
import { Session } from "./session.ts";

export type { Counters, LoopParts, PanelLoop } from "./loop-parts.ts";

export function startPanelLoop<State, Reply extends ReplyBytes>(
  parts: LoopParts<State, Reply>,
  first: Wanted,
): PanelLoop {
  return new AskingLoop(parts, first);
}

class AskingLoop<State, Reply extends ReplyBytes> implements PanelLoop {
  readonly #parts: LoopParts<State, Reply>;
  readonly #known: Known<State, Reply>;
  readonly #random: () => number;
  /** While a line is open. */
  #session: Session<State, Reply> | null = null;
  /** While none is: ends the dialling, or the wait before it. */
  #patience: AbortController | null = null;
  /** What is under way of it; a line that is open is waited for by nobody. */
  #working: Promise<void>;
  #stopped = false;
  /** Late replies of the connection before must not answer questions of the next. */
  #seq: number;

  constructor(parts: LoopParts<State, Reply>, first: Wanted) {
    this.#parts = parts;
    this.#known = new Known(parts, first);
    this.#random = parts.random ?? Math.random;
    this.#seq = 1 + Math.floor(this.#random() * 0xfffe);
    this.#working = this.#dial(0);
  }

  get counters(): Readonly<Counters> {
    return this.#known.counters;
  }

  want(next: Wanted): void {
    this.#known.want(next);
    this.#session?.wake();
  }

  facts(): BoardFacts {
    return this.#known.facts();
  }

  holding(): Holding {
    return this.#known.holding();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#patience?.abort();
    this.#session?.stop();
    await this.#parts.link.stop();
    await this.#working;
  }

  /** Until a line is open; `attempt` counts from 0. */
  async #dial(attempt: number): Promise<void> {
    const { panel, link } = this.#parts;
    for (let tried = attempt; !this.#stopped; tried++) {
      this.#is("connecting");
      this.#patience = new AbortController();
      try {
        const stream = await link.open(this.#patience.signal);
        if (!this.#stopped) {
          this.#talk(stream, tried);
          return;
        }
        await closed(stream);
      } catch (error) {
        if (this.#stopped) break;
        this.#known.fault({ code: "link/refused", board: panel.board, where: link.where, detail: messageOf(error) });
      }
      await this.#wait(tried);
    }
    this.#known.link = "down";
  }

  #talk(stream: Duplex, attempt: number): void {
    this.#patience = null;
    this.#known.counters.connections++;
    this.#known.settled("link/refused", "link/lost");
    this.#is(this.#parts.driver.capabilities.oneWay ? "one-way" : "connected");
    const session = new Session(this.#parts, this.#known, stream, this.#seq, (answered) => {
      this.#seq = session.seq;
      this.#session = null;
      this.#working = this.#again(stream, answered ? 0 : attempt, answered);
    });
    this.#session = session;
    session.begin();
  }

  /** The line is lost; one on which the panel answered was a good one. */
  async #again(stream: Duplex, attempt: number, answered: boolean): Promise<void> {
    await closed(stream);
    await this.#wait(attempt);
    await this.#dial(answered ? 0 : attempt + 1);
  }

  async #wait(attempt: number): Promise<void> {
    this.#is("waiting");
    if (this.#stopped) return;
    this.#patience ??= new AbortController();
    await pause(backoffMs(attempt, this.#random), this.#patience.signal);
  }

  #is(link: BoardFacts["link"]): void {
    this.#known.link = link;
    this.#parts.changed();
  }
}
