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
  /** Loads of before, which nobody needs to carry any more; a stick of then can still be put in. The newest last. */
  readonly past: readonly MadeLoad[];
  readonly loaded: LoadedWord | null;
}

export const noMemory: CardMemory = { made: [], earlier: [], past: [], loaded: null };

const sheetName = ({ notice, number }: Pick<CarriedSheet, "notice" | "number">) => `${notice} ${number}`;

/** What may be on the card, whatever anybody said of it: of all that was made since somebody last put one in, that one too. */
export function maybeOn({ made, earlier }: Pick<CardMemory, "made" | "earlier">): readonly CarriedSheet[] {
  const all = [...earlier, ...made.flatMap(({ items }) => items)];
  return [...new Map(all.map((one) => [sheetName(one), one])).values()];
}

/** What the card goes round, by the word of who put it in last; null: nobody has said anything yet. */
export function loadedItems({ made, past, loaded }: CardMemory): readonly CarriedSheet[] | null {
  if (loaded === null) return null;
  return [...past, ...made].findLast(({ load }) => load === loaded.load)?.items ?? null;
}

interface Most {
  readonly loads: number;
  readonly sheets: number;
}

/** With a load that has just been made. What was put in last is not forgotten for it. */
export function withMade(memory: CardMemory, load: MadeLoad, most: Most): CardMemory {
  const made = [...memory.made, load];
  const first = made.findIndex((one) => one.load === memory.loaded?.load);
  const gone: MadeLoad[] = [];
  for (let at = first === 0 ? 1 : 0; made.length > most.loads; ) gone.push(...made.splice(at, 1));
  const earlier = maybeOn({ made: gone, earlier: memory.earlier });
  return { ...memory, made, earlier: earlier.slice(-most.sheets), past: pastOf(memory.past, gone, most) };
}

/** Somebody put this load in; what was made before it, and not after, is on the card no more. */
export function withLoaded(memory: CardMemory, load: MadeLoad, word: LoadedWord, most: Most): CardMemory {
  const index = memory.made.findLastIndex((one) => one.load === load.load);
  // A stick of before: what was put in last is off the card, and what lies ready since may still be put in.
  const rest = memory.made[0]?.load === memory.loaded?.load ? memory.made.slice(1) : memory.made;
  const made = index < 0 ? [load, ...rest] : memory.made.slice(index);
  const gone = memory.made.filter((one) => !made.includes(one));
  return { made, earlier: [], past: pastOf(memory.past, gone, most), loaded: word };
}

/** Each once, the newest last. */
function pastOf(past: readonly MadeLoad[], gone: readonly MadeLoad[], { loads }: Most): readonly MadeLoad[] {
  const all = new Map<string, MadeLoad>();
  for (const one of [...past, ...gone]) {
    all.delete(one.load);
    all.set(one.load, one);
  }
  return [...all.values()].slice(-loads);
}

export const isSameSheet = (
  one: Pick<CarriedSheet, "notice" | "number">,
  other: Pick<CarriedSheet, "notice" | "number">,
): boolean => sheetName(one) === sheetName(other);
