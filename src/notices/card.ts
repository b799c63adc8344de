/** 装卡: a panel whose card is reached by nobody but a person with a stick; what stands on it is kept as sheets are (`posting.ts`). */
import type { Instant, MessageHash } from "../message/types.ts";
import type { BoardId, Content, NoticeId, Schedule } from "./types.ts";

/** As the words of people name a board's card beside its sheets. No board is called so: ids have no colon. */
export const cardPlace = (board: BoardId): string => `${prefix}${board}`;
const prefix = "card:";

/** The board itself, of its card or of its sheets. */
export const boardOfCard = (place: string): BoardId => (place.startsWith(prefix) ? place.slice(prefix.length) : place);

/**
 * Why a signed notice is not carried. `warning`: it is over before somebody has walked there twice, and would then be wrong;
 * `short`: it stands for less than a day; `changes`: its dots are the clock's or the day's; `no-room`: more urgent ones fill
 * the load; `gone`: its pixels are not in the store; `refused`: its seal does not verify.
 */
export type LeftOut = "warning" | "short" | "changes" | "no-room" | "gone" | "refused";

const dayMs = 86_400_000;

/** What is known of it from the revision alone. */
export function notCarried({ alert, displayKind }: Content, { from, until }: Schedule): LeftOut | null {
  if (alert !== null || displayKind === "emergency") return "warning";
  if (displayKind === "clock") return "changes";
  return until - from < dayMs ? "short" : null;
}

/** What a load has of a notice, as it is remembered until somebody says that a later one was put in. */
export interface CarriedSheet {
  readonly notice: NoticeId;
  /** Of the first revision that has these pixels there. */
  readonly number: number;
  readonly message: MessageHash;
  /** How long it lasts once through, ms. */
  readonly durationMs: number;
}

/** A load that was made: it lay ready from `at` on, and may have been put in by anybody. */
export interface MadeLoad {
  /** 64 hex digits. */
  readonly load: string;
  readonly at: Instant;
  readonly items: readonly CarriedSheet[];
}

/** What somebody said who put a load in. */
export interface LoadedWord {
  readonly load: string;
  readonly at: Instant;
  readonly name: string;
  readonly words: string;
  /** SHA-256 of the photo; null: none was taken. */
  readonly photo: string | null;
}

export interface CardMemory {
  /** Since the one that was put in last, that one too; the newest last, at most `limits.cardLoads`. */
  readonly made: readonly MadeLoad[];
  /** Of loads that had to be forgotten: what may be on the card all the same. */
  readonly earlier: readonly CarriedSheet[];
  readonly loaded: LoadedWord | null;
}

export const noMemory: CardMemory = { made: [], earlier: [], loaded: null };

const sheetName = ({ notice, number }: Pick<CarriedSheet, "notice" | "number">) => `${notice} ${number}`;

/** What may be on the card, whatever anybody said of it: of all that was made since somebody last put one in, that one too. */
export function maybeOn({ made, earlier }: Pick<CardMemory, "made" | "earlier">): readonly CarriedSheet[] {
  const all = [...earlier, ...made.flatMap(({ items }) => items)];
  return [...new Map(all.map((one) => [sheetName(one), one])).values()];
}

/** With a load that has just been made. */
export function withMade(
  memory: CardMemory,
  load: MadeLoad,
  most: { readonly loads: number; readonly sheets: number },
): CardMemory {
  const made = [...memory.made, load];
  const gone = made.slice(0, Math.max(0, made.length - most.loads));
  const earlier = maybeOn({ made: gone, earlier: memory.earlier });
  return { ...memory, made: made.slice(-most.loads), earlier: earlier.slice(-most.sheets) };
}

/** Somebody put this load in; what was made before it, and not after, is on the card no more. */
export function withLoaded(memory: CardMemory, { load }: MadeLoad, word: LoadedWord): CardMemory {
  const index = memory.made.findLastIndex((one) => one.load === load);
  return { made: memory.made.slice(Math.max(0, index)), earlier: [], loaded: word };
}

export const isSameSheet = (
  one: Pick<CarriedSheet, "notice" | "number">,
  other: Pick<CarriedSheet, "notice" | "number">,
): boolean => sheetName(one) === sheetName(other);
