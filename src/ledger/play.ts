/**
 * 播放记录, being written: what becomes known of each board is made into rows, programmes and not frames. A board that goes
 * on as it should has a row for each programme that it is told and one each `limits.playStillMs` while it is confirmed.
 * Pure: the instants are handed in, the rows handed back.
 */
import { limits } from "../limits.ts";
import type { Instant } from "../time/clock.ts";
import type { Entry, LedgerData, LedgerValue } from "./types.ts";

/** 64 hex digits: SHA-256 of the programme's canonical bytes. */
export type ProgrammeHash = string;

/** How a board gets its programme. Only a line may be read back; of the others nothing is ever confirmed. */
export type Via = "line" | "file" | "page";

/** A notice behind some of a programme's messages. */
export interface NoticeOf {
  readonly id: string;
  /** The revision's number; null for a default picture that is none any more, and for blank. */
  readonly number: number | null;
  /** Indexes into the programme's messages. */
  readonly messages: readonly number[];
}

export type PlayFact = { readonly board: string; readonly at: Instant } & (
  | {
      readonly kind: "told";
      readonly programme: ProgrammeHash;
      /** From then on the programme is black. */
      readonly until: Instant;
      readonly via: Via;
      readonly notices: readonly NoticeOf[];
    }
  | { readonly kind: "ended"; readonly why: string }
  | { readonly kind: "dark"; readonly on: boolean }
  /** null: black, as wanted. */
  | { readonly kind: "confirmed"; readonly programme: ProgrammeHash | null }
  | { readonly kind: "wrong"; readonly why: string }
);

/** A stretch in which each read-back agreed, no two further apart than `limits.playGapMs`. Both ends were read back. */
export interface Run {
  readonly programme: ProgrammeHash | null;
  readonly from: Instant;
  readonly to: Instant;
}

/** What a board was told and, as far as the record goes, still has. */
export interface Told {
  readonly programme: ProgrammeHash;
  readonly from: Instant;
  readonly via: Via;
}

interface State {
  told: Told | null;
  run: Run | null;
  dark: boolean;
  /** Its lack of confirmation has a row already. */
  missing: boolean;
  seen: Instant;
}

export class PlayRecorder {
  private readonly boards = new Map<string, State>();

  /** `before`: what boards were told before this start and may still play; `seen`: the last time known of then. */
  constructor(
    before: ReadonlyMap<string, { readonly told: Told | null; readonly dark: boolean }> = new Map(),
    seen = 0,
  ) {
    for (const [board, { told, dark }] of before) Object.assign(this.state(board, seen), { told, dark });
  }

  private state(board: string, at: Instant): State {
    const known = this.boards.get(board);
    if (known) return known;
    const made: State = { told: null, run: null, dark: false, missing: false, seen: at };
    this.boards.set(board, made);
    return made;
  }

  /** What is confirmed and has no row yet. */
  run(board: string): Run | null {
    return this.boards.get(board)?.run ?? null;
  }

  /** The rows that a fact makes, in order. */
  note(fact: PlayFact): readonly Entry[] {
    const state = this.state(fact.board, fact.at);
    const rows: Entry[] = [];
    // The clock was set back: what was on ended when it was last seen, not before it began.
    const end = Math.max(fact.at, state.seen);
    if (fact.at < state.seen - limits.playGapMs) rows.push(...closed(fact.board, state));
    state.seen = fact.at;
    switch (fact.kind) {
      case "told":
        rows.push(...told(fact, state, end));
        break;
      case "ended":
        rows.push(...closed(fact.board, state));
        if (state.told)
          rows.push(row("ended", fact.board, { programme: state.told.programme, to: end, why: fact.why }));
        state.told = null;
        break;
      case "dark":
        if (state.dark === fact.on) break;
        rows.push(...closed(fact.board, state), row(fact.on ? "dark" : "lit", fact.board, { from: fact.at }));
        state.dark = fact.on;
        break;
      case "confirmed":
        rows.push(...confirmed(fact, state));
        break;
      case "wrong":
        rows.push(...closed(fact.board, state), ...missed(fact.board, state, fact.at, fact.why));
    }
    return rows;
  }

  /** About once a second. `why`: what stands in the way of a board, a fault's code. */
  look(now: Instant, why: (board: string) => string | null): readonly Entry[] {
    const rows: Entry[] = [];
    for (const [board, state] of this.boards) {
      const last = state.run?.to ?? state.told?.from ?? now;
      if (now - last <= limits.playGapMs || !isReadBack(state.told?.via)) continue;
      rows.push(...closed(board, state), ...missed(board, state, last, why(board) ?? "no-read-back"));
    }
    return rows;
  }

  /** The end of the log's own work: what is confirmed until now gets its rows. */
  close(): readonly Entry[] {
    return [...this.boards].flatMap(([board, state]) => closed(board, state));
  }
}

/** A file that somebody carries says nothing; panels and pages do. */
const isReadBack = (via: Via | undefined): boolean => via === "line" || via === "page";

function told(fact: PlayFact & { readonly kind: "told" }, state: State, end: Instant): readonly Entry[] {
  const { board, at, programme, until, via, notices } = fact;
  if (state.told?.programme === programme) return [];
  const before = state.told && { programme: state.told.programme, to: end };
  const rows = [...closed(board, state)];
  const kept = fitting(notices);
  const more = notices.length - kept.length;
  const data = { programme, from: at, until, via, before, notices: kept.map(noticeData), ...(more > 0 && { more }) };
  rows.push(row("told", board, data));
  state.told = { programme, from: at, via };
  state.missing = false;
  return rows;
}

/** A programme of hundreds of notices with long names has more than a row holds: then the row says how many it leaves out. */
function fitting(notices: readonly NoticeOf[]): readonly NoticeOf[] {
  let left: number = limits.ledgerDataBytes - 1024;
  const end = notices.findIndex((one) => {
    left -= JSON.stringify(noticeData(one)).length + 1;
    return left < 0;
  });
  return end < 0 ? notices : notices.slice(0, end);
}

const noticeData = ({ id, number, messages }: NoticeOf): LedgerData => ({ id, number, messages: [...messages] });

function confirmed(fact: PlayFact & { readonly kind: "confirmed" }, state: State): readonly Entry[] {
  const { board, at, programme } = fact;
  state.missing = false;
  const { run } = state;
  const joins = run !== null && run.programme === programme && at >= run.to && at - run.to <= limits.playGapMs;
  if (!joins) {
    const rows = closed(board, state);
    state.run = { programme, from: at, to: at };
    return rows;
  }
  state.run = { ...run, to: at };
  if (at - run.from < limits.playStillMs) return [];
  const rows = closed(board, state);
  // The next row begins where this one ends, so that together they say one unbroken stretch.
  state.run = { programme, from: at, to: at };
  return rows;
}

/** The row of what was confirmed until now. */
function closed(board: string, state: State): readonly Entry[] {
  const { run } = state;
  state.run = null;
  return run === null ? [] : [row("confirmed", board, { programme: run.programme, from: run.from, to: run.to })];
}

/** Told and not confirmed: once, until it is confirmed again. */
function missed(board: string, state: State, from: Instant, why: string): readonly Entry[] {
  if (state.missing) return [];
  state.missing = true;
  return [row("unconfirmed", board, { programme: state.told?.programme ?? null, from, why })];
}

function row(what: string, board: string, data: Readonly<Record<string, LedgerValue>>): Entry {
  return { action: `play/${what}`, subject: board, data };
}
