/** 首次上屏: when a notice was first on any board, by what boards had been told and not by what was planned. */
import { type ToldThen, toldOf } from "../ledger/play-was.ts";
import type { PlayAction, PlayStore } from "../ledger/play-store.ts";
import type { LedgerRow } from "../ledger/types.ts";
import { limits } from "../limits.ts";
import { decodeProgramme, type Instant, lookup, type Window } from "../message/index.ts";
import type { NoticeId } from "../notices/types.ts";

/** Of those in `wanted` that were shown within `time`, the first instant; the others are not in the answer. */
export async function firstShown(
  play: Pick<PlayStore, "during" | "programme">,
  boards: readonly string[],
  wanted: ReadonlySet<NoticeId>,
  time: Window,
): Promise<ReadonlyMap<NoticeId, Instant>> {
  const found = new Map<NoticeId, Instant>();
  if (wanted.size === 0 || time.until <= time.from) return found;
  for (const board of boards) {
    const ends: Instant[] = [];
    for await (const { boardAt, data } of rowsOf(play, board, "play/ended", time))
      ends.push(typeof data.to === "number" ? data.to : boardAt);
    let last: ToldThen | null = null;
    for await (const row of rowsOf(play, board, "play/told", time)) {
      const told = toldOf(row);
      if (told === null) continue;
      if (last !== null) await take(last, Math.min(last.until, told.from, endOf(last, ends)));
      last = told;
      // What comes later on this board is earlier for none.
      if (found.size === wanted.size && Math.max(...found.values()) <= told.from) break;
    }
    if (last !== null) await take(last, Math.min(last.until, time.until, endOf(last, ends)));
  }
  return found;

  /** The board had it from `told.from` to `until`. */
  async function take(told: ToldThen, until: Instant): Promise<void> {
    const sought = told.notices.filter(({ id }) => wanted.has(id) && told.from < (found.get(id) ?? until));
    if (sought.length === 0) return;
    const bytes = await play.programme(told.programme);
    const decoded = bytes && decodeProgramme(bytes);
    // Its bytes are gone or altered: nobody can say what of it was lit, and when.
    if (!decoded?.ok) return;
    const { programme } = decoded;
    const left = new Set(sought);
    for (let at = told.from; at < until && left.size > 0; ) {
      const { message, until: next } = lookup(programme, at);
      const index = message === null ? -1 : programme.messages.indexOf(message);
      for (const one of left) {
        if (!one.messages.includes(index)) continue;
        found.set(one.id, Math.min(at, found.get(one.id) ?? at));
        left.delete(one);
      }
      at = next;
    }
  }
}

const endOf = ({ from }: ToldThen, ends: readonly Instant[]): Instant =>
  ends.find((end) => end >= from) ?? Number.POSITIVE_INFINITY;

/** All of a board in a time, read in portions. */
export async function* rowsOf(
  play: Pick<PlayStore, "during">,
  board: string,
  action: PlayAction,
  time: Window,
): AsyncGenerator<LedgerRow> {
  for (let after: { boardAt: number; seq: number } | null = null; ; ) {
    const rows: readonly LedgerRow[] = await play.during(board, action, time, after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limits.ledgerRowsAtOnce) return;
    after = { boardAt: last.boardAt, seq: last.seq };
  }
}
