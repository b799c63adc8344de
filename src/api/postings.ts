/** What the API asks of posting places. The daemon implements it; routes only translate. */
import type { PictureRefusal } from "./ledger.ts";
import type { Instant } from "../message/types.ts";
import type { PaperWord, PostingEnd, PostingState, WordKind } from "../notices/posting.ts";
import type { PaperSize } from "../config/types.ts";
import type { Caller } from "../people/types.ts";

export interface PostingView {
  readonly notice: string;
  readonly number: number;
  readonly title: string;
  readonly board: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  readonly paper: PaperSize;
  readonly state: PostingState;
  /** When it is to hang, [from, until); board clock. */
  readonly from: Instant;
  readonly until: Instant;
  readonly ends: PostingEnd;
  /** Of what was signed for it, 64 hex digits. */
  readonly message: string;
  readonly posted: PaperWord | null;
  readonly taken: PaperWord | null;
  /** Since when somebody is waited for; null: nobody is. */
  readonly since: Instant | null;
  /** For longer than an office day. */
  readonly late: boolean;
}

export interface Said {
  readonly words: string;
  /** A picture's bytes as uploaded; null: none. */
  readonly photo: Uint8Array | null;
}

export interface Postings {
  /** What waits for somebody, the longest first. */
  waiting(): readonly PostingView[];
  /** What waits for somebody first, the longest; then what hangs, what is to come, and what was, the newest first. */
  list(): Promise<readonly PostingView[]>;
  /** FaultErrors `paper/…`, `review/role`, `review/others-boards`, `notice/picture-…`. */
  say(caller: Caller, notice: string, board: string, kind: WordKind, said: Said): Promise<PostingView>;
  /** A JPEG. null: no such word, or it has no photo. */
  photo(caller: Caller, at: SheetAsked, kind: WordKind): Promise<Uint8Array | PictureRefusal | null>;
  /** What was signed, to be printed: a PDF. FaultErrors `paper/unknown`, `paper/gone`. */
  sheet(caller: Caller, at: SheetAsked): Promise<Uint8Array | PictureRefusal>;
  /** Of what is still in review, marked 样张. FaultErrors `review/unknown`, `paper/unknown`, `paper/gone`. */
  sample(caller: Caller, id: string, board: string): Promise<Uint8Array>;
}

export interface SheetAsked {
  readonly notice: string;
  readonly number: number;
  readonly board: string;
}
