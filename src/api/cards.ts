/** What the API asks of signs that a person carries a stick to. The daemon implements it; routes only translate. */
import type { Instant } from "../message/types.ts";
import type { LeftOut, LoadedWord } from "../notices/card.ts";
import type { Caller } from "../people/types.ts";

/** By no word of anybody: `to-carry` 待装卡, `to-take-off` 卡上有该撤的; `said` 人工确认已装入, which is all that is ever known. */
export type CardState = "to-carry" | "to-take-off" | "said" | "dark";

export interface CardItem {
  readonly notice: string;
  readonly number: number;
  readonly title: string;
  readonly message: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Nobody has said yet that it is on the card. */
  readonly isNew: boolean;
  readonly isDefault: boolean;
}

export interface CardView {
  readonly board: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  readonly state: CardState;
  /** What is to be on it now: `loadId`, and how people read that. */
  readonly load: string;
  readonly code: string;
  /** In the order of the card. */
  readonly items: readonly CardItem[];
  /** On it by somebody's word, or perhaps, and no more to be there. `perhaps`: it was ready to be carried, and nobody said so. */
  readonly off: readonly {
    readonly notice: string;
    readonly title: string;
    readonly until: Instant;
    readonly perhaps: boolean;
  }[];
  readonly left: readonly { readonly notice: string; readonly title: string; readonly why: LeftOut }[];
  /** Loads that were made and may be said to have been put in, the newest first. `older`: a stick of before. */
  readonly made: readonly {
    readonly load: string;
    readonly code: string;
    readonly at: Instant;
    readonly older: boolean;
  }[];
  readonly loaded: (LoadedWord & { readonly code: string }) | null;
  /** Since when somebody is waited for; null: nobody is. */
  readonly since: Instant | null;
  /** By when what is to be put in is of no use any more; null: nothing is. */
  readonly until: Instant | null;
  /** For longer than an office day. */
  readonly late: boolean;
}

export interface LoadedSaid {
  /** A load's id or its code, as on the slip. */
  readonly load: string;
  readonly words: string;
  /** Whoever says so knows that it has what is over, saw it on the sign, and will load it anew. */
  readonly knowing: boolean;
  /** A picture's bytes as uploaded; null: none. */
  readonly photo: Uint8Array | null;
}

export interface Cards {
  /** Each board that is carried to; who waits the longest first. */
  list(): readonly CardView[];
  /** The folder as a ZIP. FaultErrors `card/unknown`, `card/dark`. */
  archive(board: string): Promise<Uint8Array>;
  /** 装卡单, to be printed. FaultErrors as of `archive`. */
  slip(board: string): Promise<string>;
  /** A picture of the folder, PNG; null: there is none of that name. FaultErrors as of `archive`. */
  picture(board: string, file: string): Promise<Uint8Array | null>;
  /** Somebody put it in. FaultErrors `card/…`, `review/role`, `review/others-boards`, `notice/picture-…`. */
  say(caller: Caller, board: string, said: LoadedSaid): Promise<CardView>;
  /** A JPEG of who put in the last load; null: none was taken. */
  photo(board: string): Promise<Uint8Array | null>;
}
