/**
 * 张贴: a signed notice that hangs on paper waits for a person twice: 待张贴 → 已张贴 → 待撤下 → 已撤下. Whether it should hang
 * follows from the notice alone, signed, within its window, not withdrawn; that it does is what somebody says who stood there.
 */
import type { Instant, MessageHash } from "../message/types.ts";
import { boardOfCard } from "./card.ts";
import type { PackedBytes } from "./store.ts";
import type { BoardId, NoticeId, Schedule } from "./types.ts";

/** What somebody says who stood there. */
export interface PaperWord {
  /** Board clock. */
  readonly at: Instant;
  readonly by: string;
  readonly name: string;
  /** What they add; "": nothing. */
  readonly words: string;
  /** SHA-256 of the photo as it is kept; null: none was taken. */
  readonly photo: string | null;
}

/** A sheet at a place: of a notice's revision `number`, the first one that has these pixels there. */
export interface SheetKey {
  readonly notice: NoticeId;
  readonly number: number;
  /** Or `cardPlace` of a board whose card a person carries things to. */
  readonly board: BoardId;
}

export interface Hanging {
  readonly posted: PaperWord | null;
  readonly taken: PaperWord | null;
}

export interface SheetWords extends SheetKey, Hanging {
  /** The same sheet's hangings before this one, oldest first, at most `limits.postingsBefore`. Absent: it hung once at most. */
  readonly before?: readonly Hanging[];
}

export type WordKind = "posted" | "taken";

export interface PostingStore {
  /** All that somebody has said of these, by notice. */
  of(notices: readonly NoticeId[]): Promise<readonly SheetWords[]>;
  /** Notices with a sheet that nobody has said was taken down. */
  hanging(): Promise<readonly NoticeId[]>;
  /** Of all others than these: sheets that were taken down, the last first, at most `most`. */
  past(most: number, except: readonly NoticeId[]): Promise<readonly SheetWords[]>;
  /** A photo as it is stored. */
  pack(bytes: Uint8Array): Promise<{ readonly sha256: string; readonly packed: PackedBytes }>;
}

/** In a change; the caller records what they mean. */
export interface PostingVerbs {
  of(notice: NoticeId): Promise<readonly SheetWords[]>;
  /** The first word counts. false: there is one. */
  say(sheet: SheetKey, kind: WordKind, word: PaperWord, photo: PackedBytes | null): Promise<boolean>;
  /** Of a hanging after the one that ended with the word `over`, whose words go to `before`. false: that is not the last word. */
  again(sheet: SheetKey, over: PaperWord, kind: WordKind, word: PaperWord, photo: PackedBytes | null): Promise<boolean>;
}

/** Why its time is over. */
export type PostingEnd = "period" | "withdrawn" | "superseded";

/** One signed revision on a board with a posting place, in the order of their numbers. */
export interface SignedSheet extends SheetKey {
  readonly title: string;
  readonly message: MessageHash;
  /** [from, until): when it is to hang; none at all where `until` is not after `from`. */
  readonly from: Instant;
  readonly until: Instant;
  readonly ends: PostingEnd;
}

/**
 * `planned`: its time has not come; `to-post` 待张贴; `hanging` 已张贴; `to-take-down` 待撤下; `taken-down` 已撤下;
 * `missed`: its time went by and nobody said that it was posted.
 */
export type PostingState = "planned" | "to-post" | "hanging" | "to-take-down" | "taken-down" | "missed";

export interface Posting extends SignedSheet, Hanging {
  /** It hung before and was taken down with this word, then was moved back: `posted` and `taken` are of the hanging since. */
  readonly over: PaperWord | null;
  /** Where it hung before: from when on it was to hang the first time. Absent: that is `from`. */
  readonly first?: Instant;
  /** An order to take it down waits for this place: nobody said that it was posted, but somebody may have posted it. */
  readonly asked: boolean;
}

/** An operator's move, of any revision of the notice: from when on it is to be where. */
export interface Move {
  readonly number: number;
  readonly at: Instant;
  readonly before: Pick<Schedule, "boards" | "until">;
  readonly after: Pick<Schedule, "boards" | "until">;
}

/**
 * A revision with the pixels of the one before, signed before that one's time was over, is the same sheet: nobody takes it
 * down to put up another. `sheets`: of one notice on one board, by number.
 *
 * That it was taken down is said of a hanging whose time was over: where it stands past that word, it hangs anew.
 */
export function postingsOf(
  sheets: readonly SignedSheet[],
  words: readonly SheetWords[],
  moves: readonly Move[] = [],
): readonly Posting[] {
  const joined: SignedSheet[] = [];
  for (const sheet of sheets) {
    const last = joined.at(-1);
    if (last && last.message === sheet.message && last.until >= sheet.from && sheet.until > sheet.from)
      joined[joined.length - 1] = { ...sheet, number: last.number, from: last.from };
    else joined.push(sheet);
  }
  return joined.flatMap((sheet): readonly Posting[] => {
    const said = words.find(({ number, board }) => number === sheet.number && board === sheet.board);
    // Withdrawn, or replaced, before its time had come: there was never anything to post.
    if (sheet.until <= sheet.from && !said) return [];
    const { posted = null, taken = null } = said ?? {};
    if (taken === null || taken.at >= sheet.until) return [{ ...sheet, posted, taken, over: null, asked: false }];
    const back = moves.filter(
      (move) => taken.at <= move.at && move.at < sheet.until && bringsBack(move, boardOfCard(sheet.board)),
    );
    const from = Math.max(sheet.from, taken.at, ...back.map(({ at }) => at));
    return [{ ...sheet, from, first: sheet.from, posted: null, taken: null, over: taken, asked: false }];
  });
}

function bringsBack({ at, before, after }: Move, board: BoardId): boolean {
  const stands = ({ boards, until }: Move["after"]) => boards.includes(board) && at < until;
  return stands(after) && !stands(before);
}

export function postingState({ from, until, posted, taken, asked }: Posting, now: Instant): PostingState {
  if (taken !== null) return "taken-down";
  if (posted !== null) return now < until ? "hanging" : "to-take-down";
  if (now < from) return "planned";
  if (now < until) return "to-post";
  return asked ? "to-take-down" : "missed";
}

/** Since when somebody is waited for; null: nobody is. */
export function waitsSince(posting: Posting, now: Instant): Instant | null {
  const state = postingState(posting, now);
  return state === "to-post" ? posting.from : state === "to-take-down" ? posting.until : null;
}

/** Office hours, eight a day, after which a sheet that nobody confirmed is told of (R26). */
export const paperHours = 8;
