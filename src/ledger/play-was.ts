/** 某一刻显示了什么 (R54): answered from the play log's rows alone, so that it stays the answer whatever was changed since. */
import { limits } from "../limits.ts";
import { decodeProgramme, type Instant, lookup, type MessageHash, type Programme } from "../message/index.ts";
import type { NoticeOf, ProgrammeHash, Run, Via } from "./play.ts";
import type { PlayStore } from "./play-store.ts";
import type { LedgerRow, LedgerValue } from "./types.ts";

/** What a board had been told at an instant. */
export interface ToldThen {
  readonly programme: ProgrammeHash;
  /** The row's place in the chain. */
  readonly seq: number;
  readonly from: Instant;
  /** Until then the board had it: another was told, or it lost it; or until then it will, by the programme's own end. */
  readonly until: Instant;
  readonly via: Via;
  /** Behind the whole programme. */
  readonly notices: readonly NoticeOf[];
  /** Notices that the row had no room for. */
  readonly more: number;
}

/**
 * `yes`: read back before and after, never `limits.playGapMs` apart; `no`: asked, and no right answer; `unknown`: nothing is
 * ever read back from it, or nobody asked.
 */
export type Confirmation =
  | { readonly state: "yes"; readonly from: Instant; readonly to: Instant }
  | { readonly state: "no"; readonly since: Instant; readonly why: string }
  | { readonly state: "unknown"; readonly why: "no-read-back" | "no-record" };

export type WasThen =
  | { readonly known: false; readonly why: "before-log" | "future" | "nothing-told"; readonly logFrom: Instant | null }
  | {
      readonly known: true;
      readonly told: ToldThen;
      /** 紧急关屏: black, whatever the programme said. */
      readonly dark: boolean;
      readonly confirmed: Confirmation;
      /** null: its bytes are not kept any more, or are not what their name says. */
      readonly programme: Programme | null;
      /** What the programme had at the instant; null: black. */
      readonly message: MessageHash | null;
      /** The notices behind that message: one, unless several have the very same dots. */
      readonly notices: readonly NoticeOf[];
    };

/** `now`: the board clock; `open`: what is confirmed and not yet written. */
export async function wasOn(
  store: PlayStore,
  board: string,
  at: Instant,
  now: Instant,
  open: Run | null = null,
): Promise<WasThen> {
  const first = await store.first();
  const logFrom = first?.boardAt ?? null;
  if (at > now) return { known: false, why: "future", logFrom };
  const told = await toldAt(store, board, at);
  if (told === null)
    return { known: false, why: logFrom === null || at < logFrom ? "before-log" : "nothing-told", logFrom };
  const { row, end } = told;
  const rows = await store.within(board, row.seq, end, limits.ledgerRowsAtOnce);
  const dark = await darkAt(store, board, row.seq, rows, at);
  const bytes = await store.programme(row.programme);
  const decoded = bytes === null ? null : decodeProgramme(bytes);
  const programme = decoded?.ok ? decoded.programme : null;
  const message = programme === null || dark ? null : lookup(programme, placeIn(programme, row.via, at)).message;
  const index = message === null ? -1 : (programme?.messages.indexOf(message) ?? -1);
  return {
    known: true,
    told: row,
    dark,
    confirmed: confirmation(rows, { ...row, programme: dark ? null : row.programme }, at, end, open),
    programme,
    message,
    notices: row.notices.filter(({ messages }) => messages.includes(index)),
  };
}

/** Where a programme is at `at`: a card goes round by itself what a person put in, past the programme's end, too. */
export function placeIn({ base, spans }: Programme, via: Via, at: Instant): Instant {
  const round = spans[0]?.turns.at(-1)?.endMs ?? 0;
  return via === "file" && round > 0 ? base + ((at - base) % round) : at;
}

/** A row is written after what it tells of: a moment, or as long as the disk refused it. */
const lateMs = 10 * 60_000;

/** The row that holds `at`, the one written last where several do; `end`: the seq at which another took its place. */
async function toldAt(store: PlayStore, board: string, at: Instant) {
  const found = [...(await store.before(board, "play/told", at + lateMs, limits.playCandidates))];
  for (const row of found.sort((one, other) => other.seq - one.seq)) {
    const read = toldOf(row);
    if (read === null || read.from > at) continue;
    const next = await ending(store, board, row.seq);
    // What a person put in has no end of its own.
    const ends = read.via === "file" ? Math.max(read.until, at + 1) : read.until;
    const until = Math.min(ends, next?.to ?? Number.POSITIVE_INFINITY);
    if (at < until) return { row: { ...read, until }, end: next?.seq ?? Number.MAX_SAFE_INTEGER };
  }
  return null;
}

/** When, by the row that says so, the board no longer had what it was told at `seq`. */
async function ending(store: PlayStore, board: string, seq: number): Promise<{ seq: number; to: Instant } | null> {
  for (let after = seq; ; ) {
    const rows = await store.within(board, after, Number.MAX_SAFE_INTEGER, endingRows);
    for (const { action, data, seq: at, boardAt } of rows) {
      const said = action === "play/ended" ? data : action === "play/told" ? group(data.before) : null;
      if (said === null && action !== "play/told") continue;
      return { seq: at, to: whole(said?.to) ?? boardAt };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < endingRows) return null;
    after = last.seq;
  }
}
/** A programme plays for an hour or two: this many rows stand between its beginning and its end, and rarely more. */
const endingRows = 32;

async function darkAt(
  store: PlayStore,
  board: string,
  seq: number,
  rows: readonly LedgerRow[],
  at: Instant,
): Promise<boolean> {
  let dark: boolean | null = null;
  for (const { action, data } of rows)
    if ((action === "play/dark" || action === "play/lit") && (whole(data.from) ?? Infinity) <= at)
      dark = action === "play/dark";
  if (dark !== null) return dark;
  const before = async (action: "play/dark" | "play/lit") =>
    (await store.before(board, action, at, limits.playCandidates)).find((row) => row.seq < seq)?.seq ?? 0;
  return (await before("play/dark")) > (await before("play/lit"));
}

function confirmation(
  rows: readonly LedgerRow[],
  told: { readonly programme: ProgrammeHash | null; readonly via: Via },
  at: Instant,
  end: number,
  open: Run | null,
): Confirmation {
  const runs = rows.flatMap(({ action, data }) => (action === "play/confirmed" ? runOf(data) : []));
  if (end === Number.MAX_SAFE_INTEGER && open !== null) runs.push(open);
  const run = runs.find(({ programme, from, to }) => programme === told.programme && from <= at && at <= to);
  if (run) return { state: "yes", from: run.from, to: run.to };
  if (told.via === "file") return { state: "unknown", why: "no-read-back" };
  const later = (since: Instant) => runs.some(({ from }) => since < from && from <= at);
  const missed = rows
    .filter(({ action }) => action === "play/unconfirmed")
    .map(({ data }) => ({ since: whole(data.from) ?? Infinity, why: String(data.why ?? "") }))
    .findLast(({ since }) => since <= at && !later(since));
  return missed ? { state: "no", ...missed } : { state: "unknown", why: "no-record" };
}

/** null: not a row that we wrote. */
export function toldOf({ seq, data }: LedgerRow): ToldThen | null {
  const { programme, via } = data;
  const [from, until] = [whole(data.from), whole(data.until)];
  if (typeof programme !== "string" || from === null || until === null) return null;
  if (via !== "line" && via !== "file" && via !== "page") return null;
  const notices = (Array.isArray(data.notices) ? data.notices : []) as readonly LedgerValue[];
  return { programme, seq, from, until, via, notices: notices.flatMap(noticeOf), more: whole(data.more) ?? 0 };
}

export function runOf(data: LedgerRow["data"]): Run[] {
  const [from, to] = [whole(data.from), whole(data.to)];
  if (from === null || to === null) return [];
  return [{ programme: typeof data.programme === "string" ? data.programme : null, from, to }];
}

function noticeOf(said: LedgerValue): NoticeOf[] {
  const one = group(said);
  if (one === null || typeof one.id !== "string" || !Array.isArray(one.messages)) return [];
  const messages = one.messages.flatMap((index) => whole(index) ?? []);
  return [{ id: one.id, number: whole(one.number), messages }];
}

const whole = (value: LedgerValue | undefined): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : null;

function group(value: LedgerValue | undefined): { readonly [key: string]: LedgerValue } | null {
  const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
  return isGroup ? (value as { readonly [key: string]: LedgerValue }) : null;
}
