/** What `ws /preview` sends: small states, a whole one first; messages are pulled by hash from `GET /api/v1/messages/:hash`. */
import type { Sentence } from "../fault.ts";
import type { Instant, Programme } from "../message/types.ts";
import type { BoardFacts } from "../panels/contract.ts";

export interface PreviewState {
  readonly v: 1;
  /** Changes when the board clock is another one (restart with a new practice start, a step): the browser steps instead of slewing. */
  readonly clockId: string;
  /** Board clock when this was written. */
  readonly now: Instant;
  readonly boards: readonly PreviewBoard[];
}

/** A state on the line: where all programmes are those that were sent on it last, boards come without. */
export interface PreviewUpdate extends Omit<PreviewState, "boards"> {
  readonly boards: readonly (PreviewBoard | Omit<PreviewBoard, keyof BoardProgramme>)[];
}

/** What one board plays: the programme, who is behind each turn, and what to say of them. */
export interface BoardProgramme {
  readonly programme: Programme;
  /** `owners[span][turn]` is a notice id; default pictures are `default:<board>`. */
  readonly owners: readonly (readonly string[])[];
  /** Every id in `owners`. `why`: "每小时第 0、30 分起播 5 分钟 · 优先级 5". */
  readonly notices: Readonly<Record<string, { readonly title: string; readonly why: Sentence }>>;
  /**
   * Of a sign that a person carries a stick to: when somebody said that they put this in, which its card goes round until
   * somebody puts in something else; null: nobody has said anything yet. Absent: any other board, which plays its schedule.
   */
  readonly loaded?: Instant | null;
}

/** What a sign that a person carries a stick to waits for, by its schedule and people's words. */
export interface CardStands {
  readonly state: "to-carry" | "to-take-off" | "said" | "dark";
  /** Notices to be put in, and such that are over and go round there all the same, or perhaps. */
  readonly put: number;
  readonly off: number;
  /** For a whole office day. */
  readonly late: boolean;
}

export interface PreviewBoard extends BoardProgramme {
  readonly id: string;
  readonly facts: BoardFacts;
  /** Absent: nothing. */
  readonly above?: BoardAbove;
  /** Absent: nobody carries a stick to it. */
  readonly card?: CardStands;
}

/** What stands above a board's schedule: 紧急关屏, 维护, and what people reported of it. */
export interface BoardAbove {
  readonly dark: { readonly since: Instant; readonly by: string; readonly reason: string } | null;
  readonly maintenance: {
    readonly pattern: string;
    readonly until: Instant;
    readonly by: string;
    readonly reason: string;
  } | null;
  readonly reports: readonly {
    readonly number: number;
    readonly at: Instant;
    readonly by: string;
    readonly text: string;
  }[];
}

/** Client to server, to estimate the clock: `{ping: clientMs}`; answered at once by `{pong: clientMs, now, clockId}`. */
export interface PreviewPing {
  readonly ping: number;
}
export interface PreviewPong {
  readonly pong: number;
  readonly now: Instant;
  readonly clockId: string;
}
