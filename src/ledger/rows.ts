import { limits } from "../limits.ts";
import type { Chain, LedgerRow } from "./types.ts";

/** All rows of a chain up to one, read in portions. */
export async function* rowsOf(
  ledger: { rows(chain: Chain, after: number): Promise<readonly LedgerRow[]> },
  chain: Chain,
  upTo: number,
): AsyncGenerator<LedgerRow> {
  for (let after = 0; after < upTo; ) {
    const rows = await ledger.rows(chain, after);
    for (const row of rows) if (row.seq <= upTo) yield row;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limits.ledgerRowsAtOnce) return;
    after = last.seq;
  }
}
