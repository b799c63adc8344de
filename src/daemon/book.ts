/** All notices in memory with what their seals are worth: candidates for the playlist, verdicts for delivery. */
import type { KeyObject } from "node:crypto";
import type { BoardConfig } from "../config/types.ts";
import type { Instant, MessageHash, Window } from "../message/types.ts";
import { allowsOn } from "../notices/categories.ts";
import { verdict, verifySeal } from "../notices/seal.ts";
import type { NoticeList, NoticeStore } from "../notices/store.ts";
import type { BoardId, NoticeId, NoticeRecord, Schedule, SealVerdict } from "../notices/types.ts";
import { Lives } from "../playlist/lives.ts";
import type { BlockReason, Candidate, Rule } from "../playlist/types.ts";
import { Pieces } from "../time/pieces.ts";

export interface Placed {
  readonly board: BoardId;
  readonly candidate: Candidate;
}

/**
 * Why a signed notice may not be shown without anybody having altered it: "draft" with a seal is a template, signed to be
 * filled in; a board may have been limited to other categories since.
 */
const harmless: ReadonlySet<BlockReason> = new Set(["draft", "category"]);

export class Book {
  private readonly store: Pick<NoticeStore, "list">;
  private readonly publicKey: KeyObject;
  private readonly mode: "real" | "practice";
  private readonly allows: ReadonlyMap<BoardId, BoardConfig["allows"]>;
  /** Oldest first; the last is the newest sealed one, or the draft if none is sealed. */
  private revisions: ReadonlyMap<NoticeId, readonly NoticeRecord[]> = new Map();
  private byNotice: ReadonlyMap<NoticeId, readonly Placed[]> = new Map();
  private byBoard: ReadonlyMap<BoardId, readonly Candidate[]> = new Map();
  private broken: ReadonlyMap<BoardId, readonly Candidate[]> = new Map();
  private lives: ReadonlyMap<BoardId, Lives> = new Map();
  private reading: Promise<void> = Promise.resolve();
  private asked: Promise<void> | null = null;
  /** Rows that could not be read back; they light nothing. */
  unreadable: NoticeList["unreadable"] = [];
  /** Grows with each reload; programmes computed from an older one are stale. */
  version = 0;

  /**
   * `mode`: in a real office what was signed in practice is worth nothing, whoever's key it has. `boards`: of those that
   * are limited to some categories, which.
   */
  constructor(
    store: Pick<NoticeStore, "list">,
    publicKey: KeyObject,
    mode: "real" | "practice" = "practice",
    boards: readonly Pick<BoardConfig, "id" | "allows">[] = [],
  ) {
    this.store = store;
    this.publicKey = publicKey;
    this.mode = mode;
    this.allows = new Map(boards.map(({ id, allows }) => [id, allows]));
  }

  /**
   * Reads everything again: after an import or any change of the store. One reading at a time; what is asked for while one
   * goes on is answered by the next.
   */
  reload(): Promise<void> {
    this.asked ??= this.reading.then(() => {
      this.asked = null;
      return this.read();
    });
    this.reading = this.asked.catch(() => {});
    return this.asked;
  }

  /**
   * Reads those alone whose schedules reach beyond `after`: all that boards can show from then on, and little of what an
   * office has. Of the others nothing is known before the next `reload`.
   */
  reloadLiving(after: Instant): Promise<void> {
    const made = this.reading.then(() => this.read(after));
    this.reading = made.catch(() => {});
    return made;
  }

  private async read(after?: Instant): Promise<void> {
    const { records, earlier, unreadable } = await this.store.list(after);
    const pieces = new Pieces();
    const all = new Map<NoticeId, NoticeRecord[]>();
    for (const record of [...earlier, ...records]) {
      put(all, record.id, record);
      await pieces.rest();
    }
    const revisions = new Map<NoticeId, readonly NoticeRecord[]>();
    const byNotice = new Map<NoticeId, Placed[]>();
    const byBoard = new Map<BoardId, Candidate[]>();
    const broken = new Map<BoardId, Candidate[]>();
    for (const [id, each] of all) {
      const chain = chained(each, this.publicKey, this.worthOf);
      revisions.set(
        id,
        chain.map(({ record }) => record),
      );
      for (const { record, worth } of chain) {
        for (const board of record.schedule.boards) {
          const candidate = candidateOf(record, board, worth, this.allows.get(board));
          put(byBoard, board, candidate);
          put(byNotice, id, { board, candidate });
          if (candidate.blocked !== null && record.seal !== null && !harmless.has(candidate.blocked))
            put(broken, board, candidate);
        }
      }
      await pieces.rest();
    }
    const lives = new Map<BoardId, Lives>();
    for (const [board, candidates] of byBoard) {
      lives.set(board, new Lives(candidates));
      await pieces.rest();
    }
    this.unreadable = unreadable;
    this.revisions = revisions;
    this.byNotice = byNotice;
    this.byBoard = byBoard;
    this.broken = broken;
    this.lives = lives;
    this.version++;
  }

  /** Each notice's newest sealed revision, or its draft. */
  all(): readonly NoticeRecord[] {
    return [...this.revisions.values()].flatMap((revisions) => revisions.slice(-1));
  }

  /** Whether any of its revisions has personal information. */
  isPersonal(id: NoticeId): boolean {
    return (this.revisions.get(id) ?? []).some(({ content }) => content.personal === true);
  }

  /** Whether a message is that of a revision with personal information whose time is over. */
  isPersonalPast(message: MessageHash, at: Instant): boolean {
    const ended = ({ schedule, withdrawnAt, supersededAt }: NoticeRecord) =>
      Math.min(schedule.until, withdrawnAt ?? Number.POSITIVE_INFINITY, supersededAt ?? Number.POSITIVE_INFINITY) <= at;
    const its = [...this.revisions.values()]
      .flat()
      .filter(({ content, seal }) => content.personal && seal?.body.pixels.some((one) => one.message === message));
    return its.length > 0 && its.every(ended);
  }

  /** Whether any revision's seal names it. */
  isSealed(message: MessageHash): boolean {
    const names = ({ seal }: NoticeRecord) => seal?.body.pixels.some((one) => one.message === message) ?? false;
    return [...this.revisions.values()].some((revisions) => revisions.some(names));
  }

  /** When the edit was signed from which its deadline counts (R02); null: it counts from the beginning. */
  changedAt(id: NoticeId): Instant | null {
    const revisions = this.revisions.get(id) ?? [];
    const date = revisions.at(-1)?.content.changedOn;
    if (date === undefined) return null;
    return revisions.find(({ content, seal }) => seal !== null && content.changedOn === date)?.seal?.body.at ?? null;
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
    return record ? this.worthOf(record) : { ok: false, why: "unknown-notice" };
  }

  private readonly worthOf = (record: NoticeRecord): SealVerdict => {
    const practised = record.seal?.body.kind === "practice" && this.mode === "real";
    return practised ? { ok: false, why: "seal-broken" } : verdict(record, this.publicKey);
  };

  /** The newest of a notice's revisions that has these dots on this board: its number. */
  numberOf(id: NoticeId, board: BoardId, message: MessageHash): number | null {
    const has = ({ seal }: NoticeRecord) =>
      seal?.body.pixels.some((one) => one.board === board && one.message === message) ?? false;
    return (this.revisions.get(id) ?? []).findLast(has)?.revisionNumber ?? null;
  }

  /** Every revision of every notice that names this board; `durationMs` is not known yet (0). */
  candidates(board: BoardId): readonly Candidate[] {
    return this.byBoard.get(board) ?? [];
  }

  /** Those of them that live within `window`, whatever their slots: the cost is theirs, not the archive's. */
  alive(board: BoardId, window: Window): readonly Candidate[] {
    return this.lives.get(board)?.during(window) ?? [];
  }

  /** Those of them that are sealed and still may not be shown: somebody may have altered them. */
  refused(board: BoardId): readonly Candidate[] {
    return this.broken.get(board) ?? [];
  }

  /** One notice's candidates, revision after revision, on every board that it names. */
  places(id: NoticeId): readonly Placed[] {
    return this.byNotice.get(id) ?? [];
  }
}

function put<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

interface Judged {
  readonly record: NoticeRecord;
  readonly worth: SealVerdict;
}

/**
 * A notice's sealed revisions, each superseded when the next was sealed. One whose own seal is broken still supersedes
 * those before it, from the beginning of time: damage takes down, it never brings back.
 */
function chained(
  revisions: readonly NoticeRecord[],
  publicKey: KeyObject,
  worthOf: (record: NoticeRecord) => SealVerdict,
): Judged[] {
  const chain: Judged[] = [];
  let end: Instant | null = null;
  for (const revision of [...revisions].reverse()) {
    const record: NoticeRecord = { ...revision, supersededAt: earliest(revision.supersededAt, end) };
    const worth = worthOf(record);
    chain.unshift({ record, worth });
    const { id, seal } = record;
    const genuine = seal !== null && (worth.ok || (seal.body.notice === id && verifySeal(seal, publicKey)));
    end = earliest(end, genuine ? seal.body.at : 0);
  }
  return chain;
}

function earliest(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function candidateOf(
  record: NoticeRecord,
  board: BoardId,
  judged: SealVerdict,
  allows: BoardConfig["allows"],
): Candidate {
  const { schedule, content } = record;
  const off = record.takenOff?.[board] ?? null;
  const common = {
    notice: record.id,
    title: content.title,
    withdrawnAt: earliest(record.withdrawnAt, off),
    supersededAt: record.supersededAt,
    ...(off !== null && (record.withdrawnAt === null || off < record.withdrawnAt) && { takenOff: true as const }),
    rule: ruleOf(schedule),
    ...(schedule.pinned && { pinned: true as const }),
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
  // A board says its own default picture, and passes on every warning, whatever it is limited to.
  const { displayKind } = content;
  const allowed = displayKind === "default" || displayKind === "emergency" || allowsOn(allows, content);
  const signed = envelope.boards.includes(board) ? (judged.pixels.get(board) ?? null) : null;
  const blocked = signed !== null ? null : envelope.boards.includes(board) ? "no-pixels" : "other-board";
  return {
    ...common,
    // Operators move a notice inside its envelope; what lies outside it is cut off here, whatever the row says.
    window: {
      from: Math.max(schedule.from, envelope.from),
      until: Math.min(schedule.until, envelope.until),
    },
    signedAt: judged.signedAt,
    priority: Math.max(schedule.priority, envelope.bestPriority),
    message: allowed ? signed : null,
    blocked: allowed ? blocked : (blocked ?? "category"),
  };
}

function ruleOf({ cron, slotMinutes, calendar, hours, weekdays, exceptions }: Schedule): Rule {
  return {
    cron,
    slotMinutes,
    calendar,
    ...(hours && { hours }),
    ...(weekdays && { weekdays }),
    ...(exceptions && { exceptions }),
  };
}
