/** On which days a notice was seen lit: told, on by the programme, and read back so from at least one board. */
import { runOf, type ToldThen, toldOf } from "../ledger/play-was.ts";
import type { PlayStore } from "../ledger/play-store.ts";
import type { Run } from "../ledger/play.ts";
import { limits } from "../limits.ts";
import { decodeProgramme, type Instant, lookup, type Programme, type Window } from "../message/index.ts";
import type { NoticeId } from "../notices/types.ts";
import { instantOf } from "../time/zone.ts";
import { rowsOf } from "./first-shown.ts";

/** A programme is told at most this long before it ends. */
const toldAheadMs = 86_400_000;

/** Of `days` (civil, of `zone`) those within `time` on which one of `boards` is known to have shown it. */
export async function litDays(
  play: Pick<PlayStore, "during" | "programme">,
  boards: readonly string[],
  notice: NoticeId,
  days: readonly number[],
  time: Window,
  zone: string,
): Promise<ReadonlySet<number>> {
  const lit = new Set<number>();
  const left = () => days.filter((day) => !lit.has(day));
  for (const board of boards) {
    if (left().length === 0) break;
    const told = await toldTo(play, board, time);
    const runs: Run[] = [];
    // A stretch has its row when it ends, at most this much later.
    const until = time.until + limits.playStillMs + limits.playGapMs;
    for await (const { data } of rowsOf(play, board, "play/confirmed", { from: time.from, until }))
      runs.push(...runOf(data));
    for (const { from, until, then } of told) {
      const its = then.notices.find(({ id }) => id === notice);
      if (its === undefined) continue;
      const read = runs.filter(
        ({ programme, to, from: begins }) => programme === then.programme && to > from && begins < until,
      );
      if (read.length === 0) continue;
      const programme = await programmeOf(play, then.programme);
      if (programme === null) continue;
      const messages = new Set(its.messages.map((index) => programme.messages[index]));
      for (const day of left()) {
        const begin = Math.max(instantOf(zone, day, 0), time.from, from);
        const end = Math.min(instantOf(zone, day + 1, 0), time.until, until);
        if (read.some((run) => isOn(programme, messages, Math.max(begin, run.from), Math.min(end, run.to))))
          lit.add(day);
      }
    }
  }
  return lit;
}

interface Had extends Window {
  readonly then: ToldThen;
}

/** What a board had, and when: until another was told, or it was known to have lost it. */
async function toldTo(play: Pick<PlayStore, "during">, board: string, time: Window): Promise<readonly Had[]> {
  const window = { from: time.from - toldAheadMs, until: time.until };
  const ends: Instant[] = [];
  for await (const { boardAt, data } of rowsOf(play, board, "play/ended", window))
    ends.push(typeof data.to === "number" ? data.to : boardAt);
  const told: ToldThen[] = [];
  for await (const row of rowsOf(play, board, "play/told", window)) {
    const read = toldOf(row);
    if (read !== null) told.push(read);
  }
  return told.map((then, index) => {
    const lost = ends.find((end) => end >= then.from) ?? Number.POSITIVE_INFINITY;
    const next = told[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return { from: then.from, until: Math.min(then.until, next, lost), then };
  });
}

async function programmeOf(play: Pick<PlayStore, "programme">, hash: string): Promise<Programme | null> {
  const bytes = await play.programme(hash);
  const decoded = bytes && decodeProgramme(bytes);
  return decoded?.ok ? decoded.programme : null;
}

function isOn(programme: Programme, messages: ReadonlySet<string | undefined>, from: Instant, until: Instant): boolean {
  for (let at = from; at < until; ) {
    const { message, until: next } = lookup(programme, at);
    if (message !== null && messages.has(message)) return true;
    at = next;
  }
  return false;
}
