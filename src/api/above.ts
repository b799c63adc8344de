/** What stands above the boards' schedules, as the API asks for it: 紧急关屏, 维护, 报修. The daemon implements it. */
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import type { BoardReport, MaintenanceState } from "../panels/board-state.ts";
import type { Caller } from "../people/types.ts";

/**
 * `waiting`: told, and it has some seconds to answer. `unconfirmed`: it has not, or nothing is ever read back from it: somebody
 * has to go there. `carry`: a person has to carry the new file there.
 */
export type DarkProgress = "confirmed" | "waiting" | "unconfirmed" | "carry";

export interface DarkView {
  readonly board: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  readonly since: Instant;
  readonly by: string;
  readonly reason: string;
  readonly state: DarkProgress;
  /** Read back; board clock. */
  readonly confirmedAt: Instant | null;
  /** By then its programme is over, reached or not; null: it is confirmed, or has no clock of its own. */
  readonly darkBy: Instant | null;
  readonly says: Sentence;
}

export interface Above {
  /** Boards that are dark, in the order of the installation file. */
  dark(): readonly DarkView[];
  maintenance(): readonly MaintenanceState[];
  /** That wait for an answer, the oldest first. */
  reports(): readonly BoardReport[];
  /** Names of the test pictures that a board's panel can show. */
  patterns(board: string): readonly string[];
  /**
   * Panels are told before anything is written; when this resolves it is on disk. Boards that are dark already stay as they
   * are. FaultError `board/unknown`; `board/dark-unkept`: dark now, but not on disk.
   */
  darken(caller: Caller, boards: "all" | readonly string[], reason: string): Promise<void>;
  /** On disk first. FaultError `board/others`, `board/not-dark`, `board/unknown`. */
  resume(caller: Caller, boards: "all" | readonly string[], reason: string): Promise<void>;
  /** FaultError `board/dark`, `board/warning`, `board/pattern`, `board/others`. */
  maintain(
    caller: Caller,
    board: string,
    asked: { readonly pattern: string; readonly ms: number; readonly reason: string },
  ): Promise<void>;
  endMaintenance(caller: Caller, board: string): Promise<void>;
  report(caller: Caller, board: string, text: string): Promise<BoardReport>;
  answer(caller: Caller, board: string, number: number, words: string): Promise<void>;
  /** 屏卡: to be printed and hung beside the board. HTML. FaultError `board/unknown`. */
  card(board: string): string;
}
