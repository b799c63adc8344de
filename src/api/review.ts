/** What the API may ask of review. The daemon implements it; routes only translate. */
import type { Message } from "../message/types.ts";
import type { Draft, ReviewCase, ReviewDesk, ReviewRules } from "../notices/review/index.ts";
import type { Content, Schedule, TakenOff } from "../notices/types.ts";
import type { Caller } from "../people/types.ts";

export interface Review extends ReviewDesk {
  readonly rules: ReviewRules;
  /** Those that this caller may read: of a contributor, their own unit's. */
  drafts(caller: Caller): Promise<readonly Draft[]>;
  draft(caller: Caller, notice: string): Promise<Draft>;
  /** The newest first; at most `limits.casesAtOnce`, before one of them. */
  cases(before?: string): Promise<readonly ReviewCase[]>;
  /** With the text that is signed. */
  case(caller: Caller, id: string): Promise<CaseView>;
  /** Of each of these that waits, the boards whose pages this caller has looked at as they are now. */
  looked(caller: Caller, cases: readonly ReviewCase[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The message as it is to be signed. */
  pages(caller: Caller, id: string, board: string): Promise<Message>;
  /** Pages `from` to `to` of that message, counted from 1, went out as pictures: with the last of them its board was looked at. */
  sent(caller: Caller, id: string, board: string, message: Message, from: number, to: number): Promise<void>;
  /** A page of a case's scan, a PNG; that this caller has looked at it is kept. */
  scan(caller: Caller, id: string, page: number): Promise<Uint8Array>;
}

export interface CaseView {
  readonly review: ReviewCase;
  /** null: the revision cannot be read back. */
  readonly content: Content | null;
  readonly schedule: Schedule | null;
  /** Of a revision that was signed: withdrawn from single boards, and since when. Absent: from none. */
  readonly takenOff?: TakenOff;
  /** What was signed of this notice before this one; null: nothing that this caller may read. */
  readonly before: Pick<CaseView, "content" | "schedule"> | null;
}
