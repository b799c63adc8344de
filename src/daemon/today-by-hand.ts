/** What of today's things is done where a sheet hangs or a sign stands: posting, taking down, carrying a stick. */
import type { CardView } from "../api/cards.ts";
import type { PostingView } from "../api/postings.ts";
import type { TodayGroup, TodayItem } from "../api/today.ts";
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";

export const handRoles = ["operator", "maker", "signer"] as const;

export interface OpenByHand {
  readonly now: Instant;
  /** Sheets that are to be posted, or taken down. */
  readonly postings: readonly Pick<
    PostingView,
    "notice" | "title" | "board" | "place" | "posted" | "since" | "until" | "late"
  >[];
  /** Signs that a stick is to be carried to. */
  readonly cards: readonly Pick<
    CardView,
    "board" | "name" | "place" | "custodian" | "state" | "items" | "off" | "since" | "until" | "late"
  >[];
}

export const nothing = {
  ...{ notice: null, case: null, draft: false, boards: [], number: null },
  ...{ since: null, until: null, late: false, people: [], says: null, remedy: null },
} as const;

const same = (words: string): Sentence => ({ zh: words, en: words });

/** `people`: who may do it too. */
export function handLines(
  { now, postings, cards }: OpenByHand,
  isMine: (board: string) => boolean,
  people: readonly string[],
): readonly (readonly [TodayGroup, TodayItem])[] {
  return [
    ...postings.filter(({ board }) => isMine(board)).map((one) => postingLine(one, now, people)),
    ...cards.filter(({ board }) => isMine(board)).map((one) => cardLine(one, people)),
  ];
}

/** What is to be posted has an end by which it is of no use any more; what is to be taken down had its end. */
function postingLine(
  { notice, title, board, place, posted, since, until, late }: OpenByHand["postings"][number],
  now: Instant,
  people: readonly string[],
): readonly [TodayGroup, TodayItem] {
  const isOver = until <= now;
  const perhaps = {
    zh: `没有人登记已张贴\uff1b若已张贴\uff0c请取下\uff1a${place}`,
    en: `Nobody confirmed that it was posted; if it was, take it down: ${place}`,
  };
  const says = isOver && posted === null ? perhaps : same(place);
  const about = { title, notice, boards: [board], since, late, says, people };
  return posted === null && !isOver
    ? ["post", { ...nothing, ...about, kind: "post", until }]
    : ["take-down", { ...nothing, ...about, kind: "take-down" }];
}

/** One way there for all of it: the folder is replaced as a whole. */
function cardLine(
  { board, place, custodian, state, items, off, since, until, late }: OpenByHand["cards"][number],
  people: readonly string[],
): readonly [TodayGroup, TodayItem] {
  const fresh = items.filter(({ isNew }) => isNew).length;
  const parts = {
    zh: [...(fresh > 0 ? [`新装 ${fresh} 条`] : []), ...(off.length > 0 ? [`撤下 ${off.length} 条`] : [])],
    en: [...(fresh > 0 ? [`${fresh} to put in`] : []), ...(off.length > 0 ? [`${off.length} to take off`] : [])],
  };
  const says = {
    zh: [...parts.zh, `${place}\uff08保管人 ${custodian}\uff09`].join("\uff0c"),
    en: [...parts.en, `${place} (custodian ${custodian})`].join(", "),
  };
  const about = { title: "", boards: [board], since, until, late, says, people };
  return [state === "to-take-off" ? "take-down" : "post", { ...nothing, ...about, kind: "carry" }];
}
