/**
 * What a page of an LCD plays: the programme it was given, by the daemon's clock, and black whenever it is not sure. It knows
 * neither network nor canvas: what it is given, and what it says is due, is all.
 */
import { decodeProgramme, lookup, programmeId } from "../../message/index.ts";
import type { Instant, MessageHash, MessageSource, Programme } from "../../message/types.ts";
import type { ShowState } from "../../preview/show-types.ts";
import { messagesBetween } from "../player/ahead.ts";

export interface Playing {
  readonly programme: Programme;
  readonly id: string;
}

export interface StageParts {
  /** null: nobody has told us the time, or it cannot be believed any more. */
  readonly now: () => Instant | null;
  /** Here and now, or undefined; then it has been asked for. */
  readonly messages: MessageSource;
}

export class Stage {
  readonly #parts: StageParts;
  #plays: Playing | null = null;
  #next: Playing | null = null;
  #dark = false;
  #blind = false;

  constructor(parts: StageParts) {
    this.#parts = parts;
  }

  get plays(): Playing | null {
    return this.#plays;
  }

  take({ dark, blind, programme }: Pick<ShowState, "dark" | "blind" | "programme">): void {
    this.#dark = dark;
    this.#blind = blind;
    if (programme === null) return;
    const decoded = decodeProgramme(bytesOf(programme));
    // What makes no sense is never shown; the daemon hears that it is not played.
    if (!decoded.ok) return;
    const next = { programme: decoded.programme, id: programmeId(decoded.programme) };
    if (next.id === this.#plays?.id) this.#next = null;
    else this.#next = next;
    this.look();
  }

  /** Now and then: what was asked for may be here. One pointer swap, once all of it is (promise 4). */
  look(): void {
    const now = this.#parts.now();
    if (this.#next === null || now === null) return;
    const { programme } = this.#next;
    const end = programme.base + programme.endMs;
    const lasts = this.#plays !== null && this.#plays.programme.base + this.#plays.programme.endMs > now;
    // Beside something that plays there is time; a black board begins with what is due at this moment.
    const { message } = lookup(programme, now);
    const due = lasts ? messagesBetween(programme, now, end) : new Set(message === null ? [] : [message]);
    if (!this.#allHere(due)) return;
    this.#plays = this.#next;
    this.#next = null;
  }

  #allHere(hashes: ReadonlySet<MessageHash>): boolean {
    let all = true;
    for (const hash of hashes) if (this.#parts.messages(hash) === undefined) all = false;
    return all;
  }

  /** The rest of what it plays, asked for in the order of its turns. True: all of it is here. */
  fetchAhead(): boolean {
    const now = this.#parts.now();
    if (now === null || this.#plays === null) return false;
    const { programme } = this.#plays;
    return this.#allHere(messagesBetween(programme, now, programme.base + programme.endMs));
  }

  /** What is due at `at`; `bare`, `dark`: black, whatever anybody programmed. */
  due(at: Instant | null): {
    readonly why: "turn" | "blank" | "dark" | "bare";
    readonly programme: Programme | null;
    readonly message: MessageHash | null;
  } {
    if (this.#dark) return { why: "dark", programme: null, message: null };
    if (at === null || this.#blind || this.#plays === null) return { why: "bare", programme: null, message: null };
    const { programme } = this.#plays;
    const { message } = lookup(programme, at);
    return { why: message === null ? "blank" : "turn", programme, message };
  }

  /** Is it black only because nothing more was told: is its programme over, or has it none? */
  isOver(at: Instant | null): boolean {
    if (this.#dark) return false;
    if (at === null || this.#blind || this.#plays === null) return true;
    const { base, endMs } = this.#plays.programme;
    return at >= base + endMs;
  }

  get isBlind(): boolean {
    return this.#blind;
  }
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}
