/** 建立本单位的系统: practice ends, and an office of its own begins at the same address. The daemon implements it. */
import type { FirstOffice } from "../config/first-office.ts";
import type { SiteFault } from "../config/site-file-error.ts";
import type { Fault } from "../fault.ts";

export interface FoundingWish extends FirstOffice {
  /** The first administrator; null where there is no review, and so no account. */
  readonly account: FirstAccount | null;
}

export interface FirstAccount {
  readonly name: string;
  readonly login: string;
  readonly password: string;
}

export interface Founding {
  /** Why no office can begin here, whatever is asked for: `installation/stands`, `installation/chosen`, `installation/unwritable`. */
  hindrance(): Fault | null;
  /**
   * Puts the installation file there, or says what is wrong with what was asked. FaultErrors: `hindrance`'s, `people/password`.
   */
  found(wish: FoundingWish): readonly SiteFault[];
  /** `restart`: whoever started the daemon has to start it again. */
  readonly effect: "itself" | "restart";
  /** Once the answer has been sent: the daemon starts anew if it can, and makes the first account then. */
  begin(): void;
}
