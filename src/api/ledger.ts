/** What the API may ask of the ledger and its sheets. The daemon implements it; routes only translate. */
import type { Sentence } from "../fault.ts";
import type { BoardMonth, BoardPages, CaseForm, Foot, MonthItem, monthTotals } from "../ledger/reports/index.ts";
import type { LinkHealth } from "../ledger/health.ts";
import type { Chain, LedgerRow } from "../ledger/types.ts";
import type { LedgerCheck } from "./ledger-check.ts";
import type { Bitmap, Frame, Instant, Window } from "../message/types.ts";
import type { Caller } from "../people/types.ts";

export interface Span {
  readonly from: Instant | null;
  readonly until: Instant | null;
}

/** `rows`: every row; `lines`: the paper ledger's form. */
export type ExportOf =
  | { readonly chain: Chain; readonly form: "rows"; readonly format: "csv" | "jsonl" }
  | {
      readonly chain: "register";
      readonly form: "lines";
      readonly format: "csv" | "html";
    };

export interface SearchOf extends Span {
  readonly words: string;
  readonly person: string;
  readonly board: string | null;
}

export interface SearchView {
  /** With what it did and who did it, in words. */
  readonly rows: readonly (LedgerRow & { readonly what: Sentence; readonly who: Sentence })[];
  /** Go on before this row; null: all was looked at. */
  readonly before: number | null;
}

/** Text in pieces, each bounded. */
export type Pieces = AsyncIterable<string>;

export interface LedgerOffice {
  /** null: no such board. */
  was(board: string, at: Instant, caller: Caller): Promise<WasView | null>;
  /** How a board that there is was reached; null: more rows than one question looks at. */
  health(board: string, window: Window): Promise<LinkHealth | null>;
  /** Rows `after` < seq, in order, at most `limits.ledgerRowsAtOnce`. */
  rows(chain: Chain, after: number, most: number): Promise<readonly LedgerRow[]>;
  /** The last rows `before` this one, null: of all; in order, as many as above. */
  lastRows(chain: Chain, before: number | null, most: number): Promise<readonly LedgerRow[]>;
  /** A notice's, an account's, a board's: rows `after` < seq, in order. */
  rowsOf(chain: Chain, subject: string, after: number): Promise<readonly LedgerRow[]>;
  /** Of the register, the newest first. `person`: a part of a name or of a login. */
  search(asked: SearchOf, before: number | null, most: number): Promise<SearchView>;
  /** Whether all is as it was written. */
  readonly check: LedgerCheck;
  /**
   * Up to the chain's end at this moment, and on record before its first byte. null: more lines than a sheet holds; a
   * shorter time is needed.
   */
  export(asked: ExportOf, span: Span, caller: Caller): Promise<Pieces | null>;
  /** `month`: 2017-12. The items by unit, those late, and the screens' uptime; null as above. */
  month(month: string, caller: Caller, format: "html" | "csv"): Promise<Pieces | null>;
  /** The same figures; on record as well. */
  monthData(month: string, caller: Caller): Promise<MonthData | null>;
  /** The sheets' stylesheet. */
  readonly style: string;
}

/** The picture may not be seen by this caller, or by nobody any more. */
export interface PictureRefusal {
  readonly status: 403 | 410;
  readonly why: Sentence;
}

export interface WasView {
  readonly board: string;
  readonly at: Instant;
  /** In one sentence, whatever the answer. */
  readonly said: Sentence;
  /** The oldest row that is kept. */
  readonly logFrom: Instant | null;
  /** null: nothing is known of that time. */
  readonly told: {
    readonly programme: string;
    readonly seq: number;
    readonly from: Instant;
    readonly until: Instant;
    readonly via: "line" | "file" | "page";
  } | null;
  readonly dark: boolean;
  readonly confirmed: {
    readonly state: "yes" | "no" | "unknown";
    readonly from: Instant | null;
    readonly to: Instant | null;
    readonly said: Sentence;
  };
  readonly message: string | null;
  readonly notices: readonly {
    readonly id: string;
    readonly number: number | null;
    readonly title: string;
    readonly why: Sentence;
  }[];
  /** null where nothing is known. */
  readonly picture: { readonly frame: Frame } | PictureRefusal | null;
}

/** What a printed month says, before it is words. */
export interface MonthData {
  readonly totals: ReturnType<typeof monthTotals>;
  readonly items: readonly MonthItem[];
  readonly boards: readonly BoardMonth[];
  readonly notes: readonly string[];
  readonly foot: Foot;
}

export interface CaseFormData {
  readonly form: CaseForm;
  readonly boards: readonly BoardPages[];
  readonly foot: Foot;
}

/** The forms of cases; who keeps cases hands them in. */
export interface CaseSheets {
  /** null: there is no such case. */
  form(notice: string, number: number, caller: Caller): Promise<Pieces | null>;
  /** The form as data, pages by their addresses; null as above. */
  formData(notice: string, number: number, caller: Caller): Promise<CaseFormData | null>;
  /** A page of what was typeset for a board, or of a strip the piece `part` of it; null: there is none. */
  page(
    at: {
      readonly notice: string;
      readonly number: number;
      readonly board: string;
      readonly page: number;
      readonly part: number;
    },
    caller: Caller,
  ): Promise<{ readonly bitmap: Bitmap; readonly ledColour: string | null } | PictureRefusal | null>;
}
