/** The installation file as the page works on it: boards are added, changed and retired there. The daemon implements it. */
import type { CardLeft } from "./card-schemas.ts";
import type { BoardChange } from "../config/edit.ts";
import type { DriverForm } from "../config/driver-forms.ts";
import type { BoardDocument } from "../config/schema.ts";
import type { DriverConfig } from "../config/types.ts";
import type { Shape } from "../message/types.ts";
import type { SiteFault } from "../config/site-file-error.ts";
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import type { Capabilities } from "../panels/contract.ts";
import type { Caller } from "../people/types.ts";

export interface InstallationView {
  /** `practice`: of the boards that somebody added to the samples; `none`: nothing can be kept. */
  readonly kind: "file" | "practice" | "none";
  /** Its name, for people; null: none. */
  readonly file: string | null;
  /** What is written takes effect by itself in some seconds, or when somebody starts the daemon anew. */
  readonly effect: "itself" | "restart";
  /** Something was written that has not taken effect yet. */
  readonly pending: boolean;
  /** As they are written: what is left out is not here. Those of practice that are samples are not. */
  readonly boards: readonly BoardDocument[];
  /** Serial ports of the daemon's computer. */
  readonly serialPorts: readonly string[];
  /** Of other makers' cards: how they are reached, what is asked of them, what they can promise. */
  readonly drivers: readonly (DriverForm & { readonly capabilities: Capabilities })[];
}

/** What still aims at a board. */
export interface TargetView {
  readonly notice: string;
  readonly title: string;
  readonly until: Instant;
  /** On no other board: nobody will see it any more. */
  readonly alone: boolean;
}

/** `before`: the file as it is has these mistakes, somebody wrote on it; `after`: it would have them. Nothing was written. */
export type Written =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly of: "before" | "after";
      readonly faults: readonly SiteFault[];
    };

/** Who answered at the end of a line; null: nobody, or the line is another board's, as `says` tells. */
export interface LineTried {
  readonly found: {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly colour: "mono" | "dual" | "rgb";
    readonly firmware: string;
  } | null;
  /** Somebody answered, and as it should be. Another maker's card may say nothing of itself. */
  readonly ok: boolean;
  readonly says: Sentence;
}

export interface Installation {
  view(): Promise<InstallationView>;
  /** Asks who is there, and lights nothing. Some seconds; where the panel dials, up to twenty. */
  tryLine(
    link: NonNullable<BoardDocument["link"]>,
    card?: { readonly driver: DriverConfig; readonly shape: Shape } | null,
  ): Promise<LineTried>;
  /** FaultError `board/unknown`. */
  targets(board: string): readonly TargetView[];
  /** On disk, with its row in the register, before this resolves. FaultErrors of `installation-fault.ts`. */
  add(caller: Caller, board: BoardDocument, reason: string): Promise<Written>;
  change(caller: Caller, board: string, set: BoardChange, reason: string): Promise<Written>;
  /**
   * Only of a board that is dark, and where no paper hangs. `card`: of one that is loaded by stick, what became of what is on
   * its card; FaultError `installation/loaded` without it.
   */
  retire(caller: Caller, board: string, reason: string, card: CardLeft | null): Promise<Written>;
  /** For which computers the page is answered from the next start on. FaultErrors as above, and `installation/alone`. */
  listen(caller: Caller, host: "0.0.0.0" | "127.0.0.1", reason: string): Promise<Written>;
  /** Once the answer has been sent: the daemon starts anew if it can. */
  begin(): void;
}
