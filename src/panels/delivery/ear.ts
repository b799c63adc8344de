import type { Duplex } from "node:stream";
import { limits } from "../../limits.ts";
import type { PanelDriver, ReplyBytes, ReplyReader } from "../contract.ts";

/** What is heard of a panel on its line: its replies. To a word that is none (a heartbeat) it says at once what belongs to it. */
export class Ear<State, Reply extends ReplyBytes> {
  readonly #driver: PanelDriver<State, Reply>;
  readonly #stream: Duplex;
  #reader: ReplyReader<Reply>;

  constructor(driver: PanelDriver<State, Reply>, stream: Duplex) {
    this.#driver = driver;
    this.#stream = stream;
    this.#reader = driver.createReader();
  }

  /**
   * Replies that these bytes complete, in order, until `take` says that nothing more is waited for. What else comes with it
   * answers nothing. True: it said so.
   */
  hear(bytes: Uint8Array, take: (reply: Reply) => boolean): boolean {
    let over = false;
    for (const reply of this.#reader.read(bytes)) {
      const word = this.#driver.unasked?.(reply) ?? null;
      if (word !== null) this.#say(word);
      else if (!over) over = take(reply);
    }
    return over;
  }

  /** What was heard of a reply so far is forgotten: its rest will never come. */
  forget(): void {
    this.#reader = this.#driver.createReader();
  }

  /** To a panel that talks and does not listen nothing more is said. */
  #say(word: Uint8Array): void {
    const stream = this.#stream;
    if (stream.writableLength < limits.unaskedBacklogBytes && !stream.destroyed) stream.write(word);
  }
}
