/** All notices in memory with what their seals are worth: candidates for the playlist, verdicts for delivery. */
import type { KeyObject } from "node:crypto";
import type { Instant } from "../message/types.ts";
import { verdict, verifySeal } from "../notices/seal.ts";
import type { NoticeList, NoticeStore } from "../notices/store.ts";
import type { BoardId, NoticeId, NoticeRecord, SealVerdict } from "../notices/types.ts";
import type { Candidate } from "../playlist/types.ts";

export class Book {
  private readonly store: NoticeStore;
  private readonly publicKey: KeyObject;
  /** Oldest first; the last is the newest sealed one, or the draft if none is sealed. */
  private revisions: ReadonlyMap<NoticeId, readonly NoticeRecord[]> = new Map();
  private byBoard: ReadonlyMap<BoardId, readonly Candidate[]> = new Map();
  /** Rows that could not be read back; they light nothing. */
  unreadable: NoticeList["unreadable"] = [];
  /** Grows with each reload; programmes computed from an older one are stale. */
  version = 0;

  constructor(store: NoticeStore, publicKey: KeyObject) {
    this.store = store;
    this.publicKey = publicKey;
  }

  /** Reads everything again: after an import or any change of the store. */
  async reload(): Promise<void> {
    const { records, earlier, unreadable } = await this.store.list();
    const revisions = new Map<NoticeId, NoticeRecord[]>();
    for (const record of [...earlier, ...records])
      revisions.set(record.id, [...(revisions.get(record.id) ?? []), record]);
    const byBoard = new Map<BoardId, Candidate[]>();
    let judged = 0;
    for (const [id, all] of revisions) {
      const chain = chained(all, this.publicKey);
      revisions.set(id, chain);
      for (const record of chain) {
        const worth = verdict(record, this.publicKey);
        for (const board of record.schedule.boards) {
          const list = byBoard.get(board) ?? [];
          list.push(candidateOf(record, board, worth));
          byBoard.set(board, list);
        }
      }
      judged += chain.length;
      if (judged >= judgedAtOnce) {
        judged = 0;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    this.unreadable = unreadable;
    this.revisions = revisions;
    this.byBoard = byBoard;
    this.version++;
  }

  /** Each notice's newest sealed revision, or its draft. */
  all(): readonly NoticeRecord[] {
    return [...this.revisions.values()].flatMap((revisions) => revisions.slice(-1));
  }

  record(id: NoticeId): NoticeRecord | undefined {
    return this.revisions.get(id)?.at(-1);
  }

  /**
   * What the revision that is in force at `at` is worth; without it, the newest. Checked anew on each call: this is what
   * delivery asks just before bytes leave.
   */
  verdict(id: NoticeId, at: Instant = Number.POSITIVE_INFINITY): SealVerdict {
    const revisions = this.revisions.get(id) ?? [];
    const record = revisions.find(({ supersededAt }) => supersededAt !== null && at < supersededAt) ?? revisions.at(-1);
    return record ? verdict(record, this.publicKey) : { ok: false, why: "unknown-notice" };
  }

  /** Every revision of every notice that names this board; `durationMs` is not known yet (0). */
  candidates(board: BoardId): readonly Candidate[] {
    return this.byBoard.get(board) ?? [];
  }
}

/** Signatures checked before others get a turn: about 10 ms of work. */
const judgedAtOnce = 50;

/**
 * A notice's sealed revisions, each superseded when the next was sealed. One whose own seal is broken still supersedes
 * those before it, from the beginning of time: damage takes down, it never brings back.
 */
function chained(revisions: readonly NoticeRecord[], publicKey: KeyObject): NoticeRecord[] {
  const chain: NoticeRecord[] = [];
  let end: Instant | null = null;
  for (const record of [...revisions].reverse()) {
    chain.unshift({ ...record, supersededAt: earliest(record.supersededAt, end) });
    const { seal } = record;
    const genuine = seal !== null && seal.body.notice === record.id && verifySeal(seal, publicKey);
    end = earliest(end, genuine ? seal.body.at : 0);
  }
  return chain;
}

function earliest(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function candidateOf(record: NoticeRecord, board: BoardId, judged: SealVerdict): Candidate {
  const { schedule, content } = record;
  const common = {
    notice: record.id,
    title: content.title,
    withdrawnAt: record.withdrawnAt,
    supersededAt: record.supersededAt,
    rule: { cron: schedule.cron, slotMinutes: schedule.slotMinutes, calendar: schedule.calendar },
    weight: schedule.weight,
    durationMs: 0,
  };
  if (!judged.ok)
    return {
      ...common,
      window: { from: schedule.from, until: schedule.until },
      signedAt: null,
      priority: schedule.priority,
      message: null,
      blocked: judged.why,
    };
  const { envelope } = judged;
  const message = envelope.boards.includes(board) ? (judged.pixels.get(board) ?? null) : null;
  return {
    ...common,
    // Operators move a notice inside its envelope; what lies outside it is cut off here, whatever the row says.
    window: {
      from: Math.max(schedule.from, envelope.from),
      until: Math.min(schedule.until, envelope.until),
    },
    signedAt: judged.signedAt,
    priority: Math.max(schedule.priority, envelope.bestPriority),
    message,
    blocked: message === null ? (envelope.boards.includes(board) ? "no-pixels" : "other-board") : null,
  };
}
