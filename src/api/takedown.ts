/** What the API may ask about what was taken down. The daemon implements it; routes only translate. */
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import type { TakedownId, TakedownKind } from "../notices/takedown.ts";

/**
 * `waiting`: told, and its answer is on its way; `unreachable`: no line to it; `page`, `file`: given out, and nothing is ever
 * read back. The others are over.
 */
export type TakedownState =
  | "waiting"
  | "unreachable"
  /** Sent something else, and its card reads nothing back. */
  | "unread"
  | "page"
  | "file"
  | "confirmed"
  | "by-hand"
  | "paper"
  | "ran-out"
  | "resumed";

export interface TakedownBoardView {
  readonly board: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  readonly state: TakedownState;
  /** Gone by itself by then, by what is known to be on it; null: not by itself. */
  readonly darkBy: Instant | null;
  readonly doneAt: Instant | null;
  readonly said: Sentence;
}

export interface TakedownView {
  readonly id: TakedownId;
  readonly kind: TakedownKind;
  readonly notice: string | null;
  readonly title: string | null;
  /** Whether everybody may know of the notice: it is signed, and for everybody. Of boards that were switched dark: yes. */
  readonly displayable: boolean;
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
  /** null: some board has still to say that it has gone. */
  readonly closedAt: Instant | null;
  /** In one line. */
  readonly said: Sentence;
  readonly boards: readonly TakedownBoardView[];
}

export interface Takedowns {
  /** Those that wait for some board, oldest first. */
  open(): Promise<readonly TakedownView[]>;
  /** The newest first, `before` this one; at most `limits.takedownsAtOnce`. */
  list(before?: TakedownId): Promise<readonly TakedownView[]>;
  /** As it is now; null: no such order. */
  view(id: TakedownId): Promise<TakedownView | null>;
  /** As `view`, when all of its boards have said so or a moment has passed. */
  result(id: TakedownId): Promise<TakedownView | null>;
}
