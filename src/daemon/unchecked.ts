/**
 * Boards that were added from the page and have not stood before anybody yet. The last picture of the guided check lights
 * every dot: with it somebody has gone through all of it. Both are in the register, so that no start forgets it.
 */
import type { Site } from "../config/types.ts";
import { limits } from "../limits.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Store } from "../store/index.ts";
import type { Instant } from "../message/types.ts";

export interface UncheckedParts {
  readonly site: Pick<Site, "boards">;
  readonly store: Pick<Store, "ledger">;
}

const lastPicture = "all";

export class Unchecked {
  private readonly parts: UncheckedParts;
  /** Since when; boards that were checked, or are of the first installation, are not looked for again. */
  private waiting: ReadonlyMap<string, Instant> | null = null;
  /** Rows up to here are known, by board. */
  private readonly known = new Map<string, number>();

  constructor(parts: UncheckedParts) {
    this.parts = parts;
  }

  faults(board: string): BoardFacts["faults"] {
    const at = this.waiting?.get(board);
    return at === undefined ? [] : [{ fault: { code: "board/unchecked", board }, at }];
  }

  /** true: it is otherwise than before. */
  async look(): Promise<boolean> {
    const before = this.waiting;
    // What is carried to by hand lights nothing while somebody stands there.
    const all = this.parts.site.boards.filter(({ link }) => link.kind !== "carried").map(({ id }) => id);
    const next = new Map<string, Instant>();
    for (const board of before === null ? all : before.keys()) {
      const since = await this.sinceWhen(board, before?.get(board) ?? null);
      if (since !== null) next.set(board, since);
    }
    this.waiting = next;
    return next.size !== (before?.size ?? 0);
  }

  private async sinceWhen(board: string, before: Instant | null): Promise<Instant | null> {
    let since = before;
    for (;;) {
      const rows = await this.parts.store.ledger.about("register", board, this.known.get(board) ?? 0);
      for (const { seq, action, boardAt, data } of rows) {
        this.known.set(board, seq);
        if (action === "installation/board-added") since = boardAt;
        if (action === "board/maintained" && data.pattern === lastPicture) since = null;
      }
      if (rows.length < limits.ledgerRowsAtOnce) return since;
    }
  }
}
