/**
 * 撤下令: something has to go from boards, and somebody waits for each board to say that it has gone (promise 2).
 *
 * An order is opened in the same change as what it is about, so that no crash leaves one without the other. The daemon's watch
 * (`daemon/takedowns.ts`) writes down what becomes known, board by board, until nothing is left to wait for. Orders are for
 * what people decide and want to see done: withdrawals, cancelled warnings, 紧急关屏. A notice whose time is over, that a
 * newer signed revision replaces or whose schedule an operator cuts has none: delivery tells the panels in the same way, and
 * what is not confirmed stands on the tile.
 */
import type { Instant } from "../message/types.ts";
import type { BoardId, NoticeId } from "./types.ts";

/** A number in decimal digits, from "1" on. */
export type TakedownId = string;
/** Withdrawn by somebody; cancelled by its sender; the board itself made dark. */
export type TakedownKind = "notice" | "cancelled" | "dark";

/**
 * How it is known that a board no longer shows it: read back from the panel; somebody says so who stood there. Or why nobody
 * waits for it any more, which is not a confirmation: what it had is over by its own clock, on a board from which nothing is
 * ever read back; a board that was to be dark was lit again before anybody knew that it was.
 */
export type TakedownHow = "read-back" | "by-hand" | "ran-out" | "resumed";

/** What is known of a board when something is to go from it. */
export interface Expected {
  readonly board: BoardId;
  /** By then it shows it no more by itself, reached or not, by the programme that it has; null: not by itself. */
  readonly darkBy: Instant | null;
}

export interface TakedownBoard extends Expected {
  /** null: not known to be gone. `read-back`: the panel's own time of the read-back. */
  readonly doneAt: Instant | null;
  readonly how: TakedownHow | null;
  /** `by-hand`: who, and what they say; `resumed`: who; else empty. */
  readonly words: string;
}

export interface TakedownOrder {
  readonly kind: TakedownKind;
  /** null: of `dark` alone. */
  readonly notice: NoticeId | null;
  /** As people call them: a name, "console", a sender. The register has the account. */
  readonly by: string;
  readonly reason: string;
  /** Board clock. */
  readonly at: Instant;
}

export interface Takedown extends TakedownOrder {
  readonly id: TakedownId;
  /** By board. None: it was lit nowhere. */
  readonly boards: readonly TakedownBoard[];
  /** Nothing to wait for any more; null: open. */
  readonly closedAt: Instant | null;
}

/** What the daemon knows of panels, for who opens an order: asked before the change, which may wait for nothing else. */
export interface OnPanels {
  /** Boards that show a notice, or would go on to by themselves. `notice` null: every board that may be lit at all. */
  showing(notice: NoticeId | null): Promise<readonly Expected[]>;
}

/** In a change; each puts its row into the register. */
export interface TakedownVerbs {
  about(id: TakedownId): Promise<Takedown | null>;
  /** Never closed by this: also an order without boards waits until the daemon has looked once more. */
  open(order: TakedownOrder & { readonly boards: readonly Expected[] }): Promise<TakedownId>;
  /** More boards, or other times, than were known at first; a board that is done stays done. */
  expect(id: TakedownId, boards: readonly Expected[]): Promise<void>;
  /** The first word counts. false: no such board in that order, or done already. */
  done(
    id: TakedownId,
    board: BoardId,
    what: { readonly at: Instant; readonly how: TakedownHow; readonly words?: string },
  ): Promise<boolean>;
  /** false: no such order, or closed already. */
  close(id: TakedownId, at: Instant): Promise<boolean>;
}

export interface TakedownStore {
  /** Oldest first, at most `limits.takedownsAtOnce`. */
  open(): Promise<readonly Takedown[]>;
  about(id: TakedownId): Promise<Takedown | null>;
  /** The newest first, `before` this one; at most `limits.takedownsAtOnce`. */
  list(before?: TakedownId): Promise<readonly Takedown[]>;
}
