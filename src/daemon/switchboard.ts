/**
 * Between the planner and delivery: what stands above the schedule. A board that is dark gets nothing but dark, whatever is
 * planned; a board in maintenance gets its test picture until a given instant. It is read before the first plan, so that a
 * panel of a dark board never lights for a moment when the daemon starts.
 */
import type { BoardConfig } from "../config/types.ts";
import { type Instant, patternMessage, patternOwner, type Shape } from "../message/index.ts";
import type {
  BoardId,
  BoardReport,
  BoardStateStore,
  DarkState,
  Doer,
  MaintenanceEnd,
  MaintenanceState,
} from "../panels/board-state.ts";
import type { Wanted } from "../panels/contract.ts";
import type { BoardAbove } from "../preview/types.ts";
import type { Clock } from "../time/clock.ts";

export interface SwitchboardParts {
  readonly boards: readonly BoardConfig[];
  readonly clock: Clock;
  readonly store: BoardStateStore;
  deliver(wanted: Wanted): void;
  /** Whether a notice of this name is a warning: priority 0. */
  isWarning(notice: string): boolean;
  /** Maintenance is over and has to be put on record; the board has its programme back already. */
  ended(state: MaintenanceState, why: MaintenanceEnd, at: Instant): void;
  changed(): void;
}

export const systemDoer: Doer = { by: "system", name: "system" };

export class Switchboard {
  private readonly parts: SwitchboardParts;
  private readonly darkBoards = new Map<BoardId, DarkState>();
  private readonly maintained = new Map<BoardId, { readonly state: MaintenanceState; readonly wanted: Wanted }>();
  private readonly planned = new Map<BoardId, Wanted>();
  private open: readonly BoardReport[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(parts: SwitchboardParts) {
    this.parts = parts;
  }

  /** What the store says, once, at the start: from then on only this process darkens, resumes and maintains. */
  async read(): Promise<void> {
    const { boards, store } = this.parts;
    const { dark, maintenance } = await store.of(boards.map(({ id }) => id));
    for (const state of dark) this.darken(state);
    const now = this.parts.clock.now();
    for (const state of maintenance) {
      // Over while nobody ran: it is not lit for a moment to be ended.
      const why = this.darkBoards.has(state.board) ? "dark" : endOf(state, now);
      if (why === null) this.maintain(state);
      else this.parts.ended(state, why, now);
    }
    this.open = await store.reports();
    this.look();
  }

  /** What the planner wants of a board. */
  want(wanted: Wanted): void {
    this.planned.set(wanted.board, wanted);
    this.push(wanted.board);
    if (this.maintained.has(wanted.board)) this.look();
  }

  darken(state: DarkState): void {
    this.darkBoards.set(state.board, state);
    this.push(state.board);
    this.end(state.board, "dark");
  }

  resume(board: BoardId): void {
    this.darkBoards.delete(board);
    this.push(board);
  }

  maintain(state: MaintenanceState): void {
    const wanted = patternWanted(this.shapeOf(state.board), state);
    if (wanted === null) return;
    this.maintained.set(state.board, { state, wanted });
    this.push(state.board);
    this.look();
  }

  /** The board's programme is back before anything is written down. `why` null: whoever asks writes it down. */
  end(board: BoardId, why: MaintenanceEnd | null): MaintenanceState | null {
    const found = this.maintained.get(board);
    if (!found) return null;
    this.maintained.delete(board);
    this.push(board);
    if (why !== null) this.parts.ended(found.state, why, this.parts.clock.now());
    return found.state;
  }

  /** Ends what is over, by the clock as it is now, and where a warning has come. */
  look(): void {
    const now = this.parts.clock.now();
    for (const [board, { state }] of [...this.maintained]) {
      const why = endOf(state, now);
      if (why !== null) this.end(board, why);
      else if (this.warningFrom(board, now) <= now) this.end(board, "warning");
    }
    if (this.timer) clearTimeout(this.timer);
    const next = Math.min(
      ...[...this.maintained.values()].map(({ state }) => Math.min(state.until, this.warningFrom(state.board, now))),
    );
    this.timer = Number.isFinite(next) ? setTimeout(() => this.look(), Math.max(1, next - now)) : null;
    this.timer?.unref();
    this.parts.changed();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  dark(board: BoardId): DarkState | null {
    return this.darkBoards.get(board) ?? null;
  }

  maintenance(board: BoardId): MaintenanceState | null {
    return this.maintained.get(board)?.state ?? null;
  }

  maintenanceUntil(board: BoardId): Instant | null {
    return this.maintained.get(board)?.state.until ?? null;
  }

  /** What stands instead of the planned programme; null: nothing. */
  instead(board: BoardId): Pick<Wanted, "programme" | "owners" | "messages"> | null {
    const dark = this.darkBoards.get(board);
    if (dark) {
      // It has no end that anybody knows: as long as a programme can be.
      const programme = { shape: this.shapeOf(board), base: dark.since, endMs: 0xffff_ffff, messages: [], spans: [] };
      return { programme, owners: [], messages: new Map() };
    }
    return this.maintained.get(board)?.wanted ?? null;
  }

  /** For the page: what stands above the board's schedule. */
  standing(board: BoardId): BoardAbove {
    const dark = this.dark(board);
    const maintenance = this.maintenance(board);
    return {
      dark: dark && { since: dark.since, by: dark.name, reason: dark.reason },
      maintenance: maintenance && {
        ...{ pattern: maintenance.pattern, until: maintenance.until },
        ...{ by: maintenance.name, reason: maintenance.reason },
      },
      reports: this.reports(board).map(({ number, at, name, text }) => ({ number, at, by: name, text })),
    };
  }

  reports(board: BoardId): readonly BoardReport[] {
    return this.open.filter((one) => one.board === board);
  }

  async readReports(): Promise<void> {
    this.open = await this.parts.store.reports();
    this.parts.changed();
  }

  /** Infinity: none is planned. */
  warningFrom(board: BoardId, now: Instant): Instant {
    const wanted = this.planned.get(board);
    if (!wanted) return Infinity;
    for (const [index, span] of wanted.programme.spans.entries()) {
      const { base } = wanted.programme;
      if (base + span.endMs <= now) continue;
      if (wanted.owners[index]?.some((notice) => this.parts.isWarning(notice))) return base + span.startMs;
    }
    return Infinity;
  }

  private push(board: BoardId): void {
    const planned = this.planned.get(board);
    const dark = this.darkBoards.has(board);
    const test = this.maintained.get(board)?.wanted;
    if (dark) {
      const nothing = { ...this.instead(board), board, dark: true } as Wanted;
      this.parts.deliver(planned ? { ...planned, dark: true } : nothing);
    } else if (test) this.parts.deliver(test);
    else if (planned) this.parts.deliver(planned);
    this.parts.changed();
  }

  private shapeOf(board: BoardId): Shape {
    const found = this.parts.boards.find(({ id }) => id === board);
    if (!found) throw new Error(`no board ${board}`);
    return found.shape;
  }
}

/** A clock that was set back would make it last longer than somebody is there. */
function endOf({ since, until }: MaintenanceState, now: Instant): MaintenanceEnd | null {
  return now >= until ? "time" : now < since ? "clock" : null;
}

/** One span with one turn, which ends when maintenance does: a daemon that dies meanwhile leaves no test picture. */
export function patternWanted(
  shape: Shape,
  { board, pattern, since, until }: Pick<MaintenanceState, "board" | "pattern" | "since" | "until">,
): Wanted | null {
  const message = patternMessage(pattern, shape, board);
  if (message === null) return null;
  const endMs = until - since;
  const turn = { message: 0, endMs: message.durationMs };
  return {
    board,
    programme: {
      shape,
      base: since,
      endMs,
      messages: [message.hash],
      spans: [{ startMs: 0, endMs, leadMs: 0, turns: [turn], utcOffsetMin: 0 }],
    },
    owners: [[patternOwner(pattern)]],
    messages: new Map([[message.hash, message]]),
    dark: false,
  };
}
