/** What the API and the CLI may ask of a running office. The daemon implements it; routes only translate. */
import type { BoardConfig } from "../config/types.ts";
import type { Sentence } from "../fault.ts";
import type { Frame, Instant, MessageHash } from "../message/types.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Reason } from "../playlist/types.ts";
import type { BoardProgramme, PreviewState } from "../preview/types.ts";

export interface Office {
  readonly name: string;
  readonly practice: boolean;
  readonly zone: string;
  readonly clockId: string;
  /** Board clock. */
  now(): Instant;
  boards(): readonly BoardView[];
  /** null: no such board. At most 400 days. */
  playlist(board: string, from: Instant, until: Instant): Promise<PlaylistView | null>;
  /** The programme of the civil day that holds `at`. */
  programme(board: string, at: Instant): Promise<BoardProgramme | null>;
  frame(board: string, at: Instant): Promise<Frame | null>;
  /** The canonical bytes, raw-deflated at rest (zlib "deflate" content coding), or null. */
  message(hash: MessageHash): Promise<Uint8Array | null>;
  notices(at: Instant): Promise<readonly NoticeView[]>;
  /** The whole of what `/preview` sends. */
  preview(): PreviewState;
  /** Called at most `limits.previewPerSecond` times a second, after something changed. Returns its unsubscribe. */
  onChange(listener: () => void): () => void;
  health(): Health;
}

export interface BoardView {
  readonly config: BoardConfig;
  /** How the simulated or real panel is reached, for people: "TCP 127.0.0.1:40123(模拟)". */
  readonly linkNote: Sentence;
  readonly facts: BoardFacts;
}

export interface PlaylistView {
  readonly board: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly intervals: readonly {
    readonly start: Instant;
    readonly end: Instant;
    readonly priority: number | null;
    readonly notices: readonly string[];
  }[];
  /** Every notice that names this board, and why it is shown or hidden at `from`. */
  readonly reasons: readonly {
    readonly notice: string;
    readonly title: string;
    readonly reason: Reason;
    readonly sentence: Sentence;
  }[];
}

export interface NoticeView {
  readonly id: string;
  readonly title: string;
  readonly revision: string;
  readonly track: string;
  readonly openness: string;
  readonly state: "draft" | "signed" | "withdrawn" | "refused";
  readonly boards: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
  readonly priority: number;
  readonly dueOn: string | null;
  readonly late: boolean | null;
  readonly displayable: boolean;
  /** Why not displayable. */
  readonly why: Sentence | null;
}

export interface Health {
  readonly ok: boolean;
  readonly clock: Instant;
  readonly boards: number;
  readonly confirmed: number;
  readonly faults: number;
}
