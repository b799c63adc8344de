/** Some notices with what their seals are worth: candidates for the playlist, verdicts for delivery. Never altered. */
import type { KeyObject } from "node:crypto";
import type { BoardConfig } from "../config/types.ts";
import type { Instant, MessageHash, Window } from "../message/types.ts";
import { verdict, verifySeal } from "../notices/seal.ts";
import type { NoticeList } from "../notices/store.ts";
import type { BoardId, NoticeId, NoticeRecord, SealVerdict } from "../notices/types.ts";
import { Lives } from "../playlist/lives.ts";
import type { BlockReason, Candidate } from "../playlist/types.ts";
import { Pieces } from "../time/pieces.ts";
import { candidateOf, earliest } from "./candidate.ts";

export interface Placed {
  readonly board: BoardId;
  readonly candidate: Candidate;
}

export interface Judging {
  readonly publicKey: KeyObject;
  /** In a real office what was signed in practice is worth nothing, whoever's key it has. */
  readonly mode: "real" | "practice";
  /** Of boards that are limited to some categories, which. */
  readonly allows: ReadonlyMap<BoardId, BoardConfig["allows"]>;
}

/**
 * Why a signed notice may not be shown without anybody having altered it: "draft" with a seal is a template, signed to be
 * filled in; a board may have been limited to other categories since.
 */
const harmless: ReadonlySet<BlockReason> = new Set(["draft", "category"]);

interface Held {
  /** Oldest first; the last is the newest sealed one, or the draft if none is sealed. */
  readonly revisions: ReadonlyMap<NoticeId, readonly NoticeRecord[]>;
  readonly byNotice: ReadonlyMap<NoticeId, readonly Placed[]>;
  readonly byBoard: ReadonlyMap<BoardId, readonly Candidate[]>;
  readonly broken: ReadonlyMap<BoardId, readonly Candidate[]>;
  readonly lives: ReadonlyMap<BoardId, Lives>;
}

const none: Held = {
  revisions: new Map(),
  byNotice: new Map(),
  byBoard: new Map(),
  broken: new Map(),
  lives: new Map(),
};

export class NoticeSet {
  private readonly judging: Judging;
  private readonly held: Held;
  /** Rows that could not be read back; they light nothing. */
  readonly unreadable: NoticeList["unreadable"];

  constructor(judging: Judging, held: Held = none, unreadable: NoticeList["unreadable"] = []) {
    this.judging = judging;
    this.held = held;
    this.unreadable = unreadable;
  }

  /** Judges `list` in pieces that hold up nobody. */
  static async from({ records, earlier, unreadable }: NoticeList, judging: Judging): Promise<NoticeSet> {
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
    for (const [id, each] of [...all].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const chain = chained(each, judging);
      revisions.set(
        id,
        chain.map(({ record }) => record),
      );
      for (const { record, worth } of chain) {
        for (const board of record.schedule.boards) {
          const candidate = candidateOf(record, board, worth, judging.allows.get(board));
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
    return new NoticeSet(judging, { revisions, byNotice, byBoard, broken, lives }, unreadable);
  }

  /** With those of `others` that it has not, in the order of their ids as if all had been read at once. */
  with(others: NoticeSet): NoticeSet {
    const [mine, theirs] = [this.held, others.held];
    const revisions = new Map(mine.revisions);
    const byNotice = new Map(mine.byNotice);
    for (const [id, one] of theirs.revisions) {
      if (mine.revisions.has(id)) continue;
      revisions.set(id, one);
      byNotice.set(id, others.places(id));
    }
    const joined = (which: "byBoard" | "broken") => {
      const all = new Map(mine[which]);
      for (const [board, candidates] of theirs[which]) {
        const fresh = candidates.filter(({ notice }) => !mine.revisions.has(notice));
        all.set(board, [...(mine[which].get(board) ?? []), ...fresh].sort(byId));
      }
      return all;
    };
    const byBoard = joined("byBoard");
    const lives = new Map(mine.lives);
    for (const board of theirs.byBoard.keys()) lives.set(board, new Lives(byBoard.get(board) ?? []));
    const unreadable = [...this.unreadable, ...others.unreadable];
    return new NoticeSet(this.judging, { revisions, byNotice, byBoard, broken: joined("broken"), lives }, unreadable);
  }

  /** How many notices it has. */
  get size(): number {
    return this.held.revisions.size;
  }

  has(id: NoticeId): boolean {
    return this.held.revisions.has(id);
  }

  /** Each notice's newest sealed revision, or its draft. */
  all(): readonly NoticeRecord[] {
    return [...this.held.revisions.values()].flatMap((revisions) => revisions.slice(-1));
  }

  /** Of one notice, oldest first. */
  revisionsOf(id: NoticeId): readonly NoticeRecord[] {
    return this.held.revisions.get(id) ?? [];
  }

  /** Whether any of its revisions has personal information. */
  isPersonal(id: NoticeId): boolean {
    return this.revisionsOf(id).some(({ content }) => content.personal === true);
  }

  /** Revisions with personal information whose seals name a message. */
  personalWith(message: MessageHash): readonly NoticeRecord[] {
    return [...this.held.revisions.values()].flat().filter((one) => one.content.personal && names(one, message));
  }

  /** Whether any revision's seal names it. */
  isSealed(message: MessageHash): boolean {
    return [...this.held.revisions.values()].some((revisions) => revisions.some((one) => names(one, message)));
  }

  /** When the edit was signed from which its deadline counts (R02); null: it counts from the beginning. */
  changedAt(id: NoticeId): Instant | null {
    const revisions = this.revisionsOf(id);
    const date = revisions.at(-1)?.content.changedOn;
    if (date === undefined) return null;
    return revisions.find(({ content, seal }) => seal !== null && content.changedOn === date)?.seal?.body.at ?? null;
  }

  record(id: NoticeId): NoticeRecord | undefined {
    return this.revisionsOf(id).at(-1);
  }

  /**
   * What the revision that is in force at `at` is worth; without it, the newest. Checked anew on each call: this is what
   * delivery asks just before bytes leave.
   */
  verdict(id: NoticeId, at: Instant = Number.POSITIVE_INFINITY): SealVerdict {
    const revisions = this.revisionsOf(id);
    const record = revisions.find(({ supersededAt }) => supersededAt !== null && at < supersededAt) ?? revisions.at(-1);
    return record ? worthOf(record, this.judging) : { ok: false, why: "unknown-notice" };
  }

  /** The newest of a notice's revisions that has these dots on this board: its number. */
  numberOf(id: NoticeId, board: BoardId, message: MessageHash): number | null {
    const has = ({ seal }: NoticeRecord) =>
      seal?.body.pixels.some((one) => one.board === board && one.message === message) ?? false;
    return this.revisionsOf(id).findLast(has)?.revisionNumber ?? null;
  }

  /** Every revision of every notice that names this board; `durationMs` is not known yet (0). */
  candidates(board: BoardId): readonly Candidate[] {
    return this.held.byBoard.get(board) ?? [];
  }

  /** Those of them that live within `window`, whatever their slots: the cost is theirs, not the archive's. */
  alive(board: BoardId, window: Window): readonly Candidate[] {
    return this.held.lives.get(board)?.during(window) ?? [];
  }

  /** Those of them that are sealed and still may not be shown: somebody may have altered them. */
  refused(board: BoardId): readonly Candidate[] {
    return this.held.broken.get(board) ?? [];
  }

  /** One notice's candidates, revision after revision, on every board that it names. */
  places(id: NoticeId): readonly Placed[] {
    return this.held.byNotice.get(id) ?? [];
  }
}

function worthOf(record: NoticeRecord, { mode, publicKey }: Judging): SealVerdict {
  const practised = record.seal?.body.kind === "practice" && mode === "real";
  return practised ? { ok: false, why: "seal-broken" } : verdict(record, publicKey);
}

const byId = (one: Candidate, other: Candidate) => (one.notice < other.notice ? -1 : one.notice > other.notice ? 1 : 0);

const names = ({ seal }: NoticeRecord, message: MessageHash): boolean =>
  seal?.body.pixels.some((one) => one.message === message) ?? false;

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
function chained(revisions: readonly NoticeRecord[], judging: Judging): Judged[] {
  const chain: Judged[] = [];
  let end: Instant | null = null;
  for (const revision of [...revisions].reverse()) {
    const record: NoticeRecord = { ...revision, supersededAt: earliest(revision.supersededAt, end) };
    const worth = worthOf(record, judging);
    chain.unshift({ record, worth });
    const { id, seal } = record;
    const genuine = seal !== null && (worth.ok || (seal.body.notice === id && verifySeal(seal, judging.publicKey)));
    end = earliest(end, genuine ? seal.body.at : 0);
  }
  return chain;
}
