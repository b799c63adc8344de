/** What stands above a board's schedule: the dark switch (紧急关屏), maintenance (维护), and what people reported of it. */
import type { Instant } from "../message/types.ts";

export type BoardId = string;

/** Who did it: an account's id or "console", "system"; and how they were called then. */
export interface Doer {
  readonly by: string;
  readonly name: string;
}

/** Nothing is lit on the board until somebody resumes it. */
export interface DarkState extends Doer {
  readonly board: BoardId;
  /** By the board clock. */
  readonly since: Instant;
  readonly reason: string;
}

/** A test pattern stands on the board during [since, until); board clock. */
export interface MaintenanceState extends Doer {
  readonly board: BoardId;
  readonly pattern: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly reason: string;
}

/** 报修: shown beside the board until an operator answers it. */
export interface BoardReport extends Doer {
  readonly board: BoardId;
  /** From 1, of each board. */
  readonly number: number;
  readonly at: Instant;
  readonly text: string;
}

/** Why maintenance is over before, or at, its end. */
export type MaintenanceEnd = "time" | "person" | "warning" | "dark" | "clock";

/** In a change; each writes its row into the register. Subject of the row: the board. */
export interface BoardStateVerbs {
  darken(state: DarkState): Promise<void>;
  resume(board: BoardId, doer: Doer, reason: string, at: Instant): Promise<void>;
  /** Another pattern, or another end, takes the place of the one before. */
  maintain(state: MaintenanceState): Promise<void>;
  endMaintenance(board: BoardId, doer: Doer, why: MaintenanceEnd, at: Instant): Promise<void>;
  report(report: Omit<BoardReport, "number">): Promise<BoardReport>;
  /** False: there is no such report, or it was answered before. */
  answerReport(board: BoardId, number: number, doer: Doer, answer: string, at: Instant): Promise<boolean>;
}

export interface BoardStates {
  readonly dark: readonly DarkState[];
  readonly maintenance: readonly MaintenanceState[];
}

export interface BoardStateStore {
  /**
   * Dark is what the table or the register says is dark: no row that somebody deletes lights a board. Maintenance is what
   * both say: no row that somebody adds brings up a test picture.
   */
  of(boards: readonly BoardId[]): Promise<BoardStates>;
  /** Not answered yet, the oldest first. */
  reports(): Promise<readonly BoardReport[]>;
}
