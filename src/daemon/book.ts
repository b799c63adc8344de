/** All notices in memory with what their seals are worth: candidates for the playlist, verdicts for delivery. */
import type { KeyObject } from "node:crypto";
import type { Fault } from "../fault.ts";
import type { BoardId, NoticeId, NoticeRecord, SealVerdict } from "../notices/types.ts";
import { verdict } from "../notices/seal.ts";
import type { NoticeList, NoticeStore } from "../notices/store.ts";
import type { Candidate } from "../playlist/types.ts";

export class Book {
  private readonly store: NoticeStore;
  private readonly publicKey: KeyObject;
  private records: ReadonlyMap<NoticeId, NoticeRecord> = new Map();
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
    const { records, unreadable } = await this.store.list();
    this.unreadable = unreadable;
    const byBoard = new Map<BoardId, Candidate[]>();
    for (const record of records) {
      const judged = verdict(record, this.publicKey);
      for (const board of record.schedule.boards) {
        const list = byBoard.get(board) ?? [];
        list.push(candidateOf(record, board, judged));
        byBoard.set(board, list);
      }
    }
    this.records = new Map(records.map((record) => [record.id, record]));
    this.byBoard = byBoard;
    this.version++;
  }

  all(): readonly NoticeRecord[] {
    return [...this.records.values()];
  }

  record(id: NoticeId): NoticeRecord | undefined {
    return this.records.get(id);
  }

  /** Checked anew on each call: this is what delivery asks just before bytes leave. */
  verdict(id: NoticeId): SealVerdict {
    const record = this.records.get(id);
    return record ? verdict(record, this.publicKey) : { ok: false, why: "unknown-notice" };
  }

  /**
   * What was signed and cannot be shown as signed, or cannot be read back: somebody may have altered it. A draft is no alarm,
   * nor is a record that was only registered.
   */
  alarms(board: BoardId): readonly Fault[] {
    const refused = (notice: string, why: string): Fault => ({ code: "seal/refused", board, notice, why });
    const altered = this.candidates(board).flatMap(({ notice, blocked }) =>
      blocked !== null && this.records.get(notice)?.seal ? [refused(notice, blocked)] : [],
    );
    // Nobody knows any more which boards a damaged row was for: each says so.
    const own = ({ id }: { readonly id: string }) => !id.startsWith("default:") || id === `default:${board}`;
    return [...altered, ...this.unreadable.filter(own).map(({ id }) => refused(id, "unreadable"))];
  }

  /** Every notice that names this board; `durationMs` is not known yet (0). */
  candidates(board: BoardId): readonly Candidate[] {
    return this.byBoard.get(board) ?? [];
  }
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
