/** What is known of posting places, from notices, words and open orders: only of what somebody may still be asked about. */
import type { KeyObject } from "node:crypto";
import type { LedgerStore } from "../ledger/types.ts";
import { limits } from "../limits.ts";
import type { Move, Posting, SheetWords } from "../notices/posting.ts";
import type { Takedown } from "../notices/takedown.ts";
import { scheduleSchema } from "../notices/schedule-format.ts";
import type { NoticeId, NoticeRecord, Schedule } from "../notices/types.ts";
import type { Store } from "../store/index.ts";
import { asksForMoves, hasPaper, type PostingSite, postingsOfNotice } from "./posting-list.ts";

export interface ReadingParts {
  readonly site: PostingSite;
  readonly publicKey: KeyObject;
  readonly store: Pick<Store, "postings" | "takedowns"> & { readonly ledger: Pick<LedgerStore, "about"> };
  readonly book: {
    all(): readonly NoticeRecord[];
    /** Their revisions, oldest first, each superseded when the next was signed. */
    of(ids: readonly NoticeId[]): Promise<{ revisionsOf(id: NoticeId): readonly NoticeRecord[] }>;
  };
}

/** What is looked for: sheets at posting places, or what stands on cards. */
export interface Sought {
  has(record: NoticeRecord): boolean;
  readonly postings: typeof postingsOfNotice;
  /** Notices that are over and whose words were all said, and which are asked about all the same. Absent: none. */
  readonly also?: readonly NoticeId[];
}
const onPaper: Sought = { has: hasPaper, postings: postingsOfNotice };

/** Of what boards may still show, what hangs, and what an order waits for: that is all of it that can change. */
export async function readPostings(
  { site, publicKey, store, book }: ReadingParts,
  sought: Sought = onPaper,
): Promise<readonly Posting[]> {
  const orders = await store.takedowns.open();
  const living = book.all().map(({ id }) => id);
  const inMemory = new Set(living);
  const named = [
    ...(await store.postings.hanging()),
    ...orders.flatMap(({ notice }) => notice ?? []),
    ...(sought.also ?? []),
  ];
  const over = [...new Set(named)].filter((id) => !inMemory.has(id));
  const words = wordsByNotice(await store.postings.of([...living, ...over]));
  const known: Posting[] = [];
  for (const ids of [living, over]) {
    const revisions = await book.of(ids);
    for (const id of ids) {
      const chain = revisions.revisionsOf(id);
      if (!chain.some(sought.has)) continue;
      const its = words.get(id) ?? [];
      let postings = sought.postings(site, publicKey, chain, its);
      if (postings.some(asksForMoves))
        postings = sought.postings(site, publicKey, chain, its, await movesOf(store.ledger, id));
      known.push(...postings.map((posting) => ({ ...posting, asked: isAsked(posting, orders) })));
    }
  }
  return known;
}

export function wordsByNotice(words: readonly SheetWords[]): ReadonlyMap<NoticeId, readonly SheetWords[]> {
  const all = new Map<NoticeId, SheetWords[]>();
  for (const one of words) {
    const its = all.get(one.notice);
    if (its) its.push(one);
    else all.set(one.notice, [one]);
  }
  return all;
}

/** Withdrawn when its time had begun, and nobody has said either that it was posted or, to the order, that it has gone. */
function isAsked({ notice, board, posted, taken, ends, from, until }: Posting, orders: readonly Takedown[]): boolean {
  if (posted !== null || taken !== null || ends !== "withdrawn" || until <= from) return false;
  return orders.some(
    (order) =>
      order.kind !== "dark" &&
      order.notice === notice &&
      order.at >= until &&
      order.boards.find((row) => row.board === board)?.doneAt == null,
  );
}

async function movesOf(ledger: Pick<LedgerStore, "about">, notice: NoticeId): Promise<readonly Move[]> {
  const moves: Move[] = [];
  for (let after = 0; ; ) {
    const rows = await ledger.about("register", notice, after);
    for (const { action, boardAt, data } of rows) {
      if (action !== "notice/rescheduled" || typeof data.number !== "number") continue;
      const [before, now] = [readSchedule(data.before), readSchedule(data.after)];
      if (before && now) moves.push({ number: data.number, at: boardAt, before, after: now });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < limits.ledgerRowsAtOnce) return moves;
    after = last.seq;
  }
}

function readSchedule(text: unknown): Schedule | null {
  try {
    return typeof text === "string" ? (scheduleSchema.safeParse(JSON.parse(text)).data ?? null) : null;
  } catch {
    return null;
  }
}
