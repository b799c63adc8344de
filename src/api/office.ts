/** What the API and the CLI may ask of a running office. The daemon implements it; routes only translate. */
import type { BoardConfig, Cabinet } from "../config/types.ts";
import type { Fault, Sentence } from "../fault.ts";
import type { Frame, Instant, Message, MessageHash, Shape } from "../message/types.ts";
import type { BoardFacts, Capabilities } from "../panels/contract.ts";
import type { Deadline } from "../notices/deadlines.ts";
import type { Content, Schedule, SealBody } from "../notices/types.ts";
import type { Reason } from "../playlist/types.ts";
import type { BoardProgramme, PreviewState } from "../preview/types.ts";
import type { FitReportJson } from "./fit-schemas.ts";
import type { Suspension } from "./outlook.ts";

/** Why a notice is not told of: it is not signed; not to be shown before some time to come; taken off the boards. */
export type Withheld = "unsigned" | "not-yet" | "withdrawn";

export interface Office {
  readonly name: string;
  readonly practice: boolean;
  readonly zone: string;
  readonly clockId: string;
  /** 只张贴纸质件的公开栏; absent: none. */
  readonly cabinets?: readonly Cabinet[];
  /** Board clock. */
  now(): Instant;
  boards(): readonly BoardView[];
  /** Of the same boards what the installation file says, and nothing that has to be looked up. Absent: as `boards` has it. */
  configs?(): readonly BoardConfig[];
  /** null: no such board. At most 400 days. */
  playlist(board: string, from: Instant, until: Instant): Promise<PlaylistView | null>;
  /** The programme of the civil day that holds `at`. */
  programme(board: string, at: Instant): Promise<BoardProgramme | null>;
  frame(board: string, at: Instant): Promise<Frame | null>;
  /** Whether what was lit then is past and had personal information: not for everybody to see again. */
  personalThen?(board: string, at: Instant): Promise<boolean>;
  /** The same of a message: only notices whose time is over have it, or such as were never signed and wait no more. */
  personalPast?(message: MessageHash): Promise<boolean>;
  /** The canonical bytes, raw-deflated at rest (zlib "deflate" content coding), or null. */
  message(hash: MessageHash): Promise<Uint8Array | null>;
  /** By id, those behind `after`: of decades, as many as are asked for. `newest`: the last ids first; `words`: so, and of those that have them. */
  notices(
    at: Instant,
    after?: string | null,
    find?: { readonly newest?: boolean; readonly words?: string },
  ): AsyncIterable<NoticeView>;
  /** One of them with its text and pixels, whoever may read these; null: no such notice. */
  notice?(id: string): Promise<NoticeSheet | null>;
  /**
   * How a notice fits a board, a slot of its schedule being what it has; null: no such notice. What has never been on the
   * boards, or was taken back, is not for everybody to read.
   */
  fitOf(notice: string, board: BoardConfig): Promise<FitView | Withheld | null>;
  /**
   * The same of a text that is not stored, on each panel asked about, in their order; what is wrong with the text comes back
   * as `refused`. FaultError `input/busy` while too many wait.
   */
  fitsOfDraft(draft: Draft): Promise<readonly FitView[] | { readonly refused: readonly Refused[] }>;
  /** The whole of what `/preview` sends; `lines` false: without addresses, and the words of cards, in its faults. */
  preview(lines?: boolean): PreviewState;
  /** Called at most `limits.previewPerSecond` times a second, after something changed. Returns its unsubscribe. */
  onChange(listener: () => void): () => void;
  health(): Health;
}

/** A text to be looked at. `content`: of a notice's content what is there. */
export interface Draft {
  readonly content: unknown;
  /** Boards, or any panels. `pitchMm`: from dot to dot. */
  readonly on: readonly (BoardConfig | (Pick<BoardConfig, "shape" | "glyphs"> & { readonly pitchMm: number | null }))[];
  /** The messages are to be sent on whole. */
  readonly packed: boolean;
  /** What a slot gives it, ms. */
  readonly hasMs: number | null;
}

export interface Refused {
  /** "body": where in the content. */
  readonly place: string;
  readonly why: Sentence;
}

export type FitView = { readonly shape: Shape } & (
  | { readonly ok: false; readonly faults: readonly Fault[] }
  | {
      readonly ok: true;
      /** Without its pixels, where `packed` was asked for. */
      readonly message: Message;
      /** Its bytes, zlib; null: not asked for, or more than `limits.draftMessageBytes` with those before it. */
      readonly packed: Uint8Array | null;
      /** The text of each page as laid out. */
      readonly lines: readonly (readonly string[])[];
      readonly report: FitReportJson;
    }
);

/** What people want to know of a board's contents; the default picture is none. */
export interface BoardHistory {
  /** When something last came or went. */
  readonly changed: Instant | null;
  /** Of what may be on it now, what has been there the longest. */
  readonly oldest: { readonly notice: string; readonly since: Instant } | null;
}

export interface BoardView {
  readonly config: BoardConfig;
  /** How the simulated or real panel is reached, for people: "TCP 127.0.0.1:40123(模拟)". */
  readonly linkNote: Sentence;
  /** The line is one with other boards, where this one has a number of its own. Absent: it is its own. */
  readonly shared?: { readonly number: number; readonly with: readonly string[] };
  /** What its card can promise. */
  readonly capabilities: Capabilities;
  readonly facts: BoardFacts;
  /** Absent: not kept here. */
  readonly history?: BoardHistory;
}

export interface PlaylistView {
  readonly board: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly intervals: readonly {
    readonly start: Instant;
    readonly end: Instant;
    readonly priority: number | null;
    /** Of a board that is dark or in maintenance these are what its schedule has, and not what is lit. */
    readonly notices: readonly string[];
    readonly suspended: Suspension["kind"] | null;
  }[];
  /** What stands above the schedule in that span, in order. */
  readonly suspensions: readonly Suspension[];
  /** Every notice that names this board and was not over for two days at `from`, and why it is shown or hidden then. */
  readonly reasons: readonly {
    readonly notice: string;
    readonly title: string;
    readonly reason: Reason;
    /** It may be on by its schedule, which does not count. */
    readonly suspended: Suspension["kind"] | null;
    /** By people's words it is on the card that they put in: shown, whatever its schedule has. */
    readonly onCard?: true;
    readonly sentence: Sentence;
  }[];
}

export interface NoticeView {
  readonly id: string;
  readonly title: string;
  readonly revision: string;
  readonly track: string;
  readonly openness: string;
  /** Who signs it off; absent: nobody does. */
  readonly org?: string;
  readonly state: "draft" | "signed" | "withdrawn" | "refused";
  readonly boards: readonly string[];
  /** Withdrawn from single boards, and since when; absent: from none. */
  readonly takenOff?: Readonly<Record<string, Instant>>;
  readonly from: Instant;
  readonly until: Instant;
  readonly priority: number;
  readonly dueOn: string | null;
  readonly late: boolean | null;
  /** 索引号; absent: it has none. */
  readonly index?: string;
  /** Absent: it has none, or nobody knows a year that it runs into. */
  readonly deadline?: Deadline;
  /** It tells people of a rule that has changed since. */
  readonly outdated?: Sentence;
  /** A warning that one person sent out, and nobody has countersigned yet. */
  readonly awaits?: "countersignature";
  readonly displayable: boolean;
  /** Why not displayable. */
  readonly why: Sentence | null;
}

/** One notice, by its revision that counts now. */
export interface NoticeSheet {
  readonly view: NoticeView;
  /** Of the revision. */
  readonly number: number;
  readonly content: Content;
  readonly schedule: Schedule;
  /** The schedule's rule in words. */
  readonly rule: Sentence;
  /** By the seal; none while it does not verify. */
  readonly pixels: readonly { readonly board: string; readonly message: MessageHash }[];
  /** From when on it may have been on a board; null: it may not be shown. */
  readonly publicSince: Instant | null;
  /** What the seal says, in people's names; null: it is not signed. */
  readonly signed: {
    readonly by: Sentence;
    readonly at: Instant;
    readonly kind: SealBody["kind"];
    /** Number of the secrecy review form. */
    readonly form: string | null;
    /** Who signed by pen, where the sheet was scanned. */
    readonly leader: string | null;
  } | null;
  /** Of this revision; null: it came in another way. */
  readonly case: string | null;
}

export interface Health {
  readonly ok: boolean;
  readonly clock: Instant;
  readonly boards: number;
  readonly confirmed: number;
  readonly faults: number;
  /** "checking": not looked at yet. */
  readonly ledger: "whole" | "broken" | "checking";
}
