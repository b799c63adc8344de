/** Looking through a chain for words, people, boards and days: from its end, in steps that hold nobody up. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Chain, LedgerFound, LedgerRow, LedgerValue, LedgerWanted } from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import { Pieces } from "../../time/pieces.ts";
import type { Database } from "./database.ts";
import { toRow } from "./ledger.ts";
import type { Tables } from "./tables.ts";

export interface Searched {
  readonly site: string;
  readonly chain: Chain;
  /** The chain's last row. */
  readonly end: number;
}

/**
 * The chain's primary key bounds each step, so that its cost does not grow with the chain: what a row says is text that no
 * index helps with. Some milliseconds a step (`ledgerRowsPerStep`), and others have their turn between two.
 */
export async function searchLedger(
  db: Database,
  { site, chain, end }: Searched,
  wanted: LedgerWanted,
  before: number | null,
  most: number,
): Promise<LedgerFound> {
  const rows: LedgerRow[] = [];
  const first = Math.min(before ?? Infinity, end + 1);
  const last = Math.max(1, first - limits.ledgerRowsSearched);
  const pieces = new Pieces();
  for (let until = first; until > last; ) {
    const from = Math.max(last, until - limits.ledgerRowsPerStep);
    const found = await db
      .selectFrom("ledger")
      .where("site", "=", site)
      .where("chain", "=", chain)
      .where("seq", ">=", from)
      .where("seq", "<", until)
      .where((of) => of.and(conditions(of, wanted)))
      .orderBy("seq", "desc")
      .selectAll()
      .execute();
    for (const one of found) {
      const row = toRow(chain, one);
      if (!isMeant(row, wanted)) continue;
      rows.push(row);
      if (rows.length === most) return { rows, before: row.seq > 1 ? row.seq : null };
    }
    until = from;
    await pieces.rest();
  }
  return { rows, before: last > 1 ? last : null };
}

type Ledger = Pick<Tables, "ledger">;

/** A first sieve: whatever is meant passes, and a little besides (a word that only names a part of the JSON). */
function conditions(of: ExpressionBuilder<Ledger, "ledger">, wanted: LedgerWanted): Expression<SqlBool>[] {
  const { words = "", actions = [], accounts = [], by, board, from, until } = wanted;
  const all: Expression<SqlBool>[] = [];
  if (from !== undefined) all.push(of("board_at", ">=", from));
  if (until !== undefined) all.push(of("board_at", "<", until));
  if (by !== undefined) all.push(by.length === 0 ? sql<SqlBool>`1 = 0` : of("by", "in", by));
  // In JSON a board stands in quotation marks: B1 is not B12.
  if (board !== undefined) all.push(of.or([of("subject", "=", board), holds("data", JSON.stringify(board))]));
  if (words !== "")
    all.push(
      of.or([
        holds("subject", words),
        holds("data", JSON.stringify(words).slice(1, -1)),
        ...(actions.length > 0 ? [of("action", "in", actions)] : []),
        ...(accounts.length > 0 ? [of("by", "in", accounts)] : []),
        ...(/^[1-9]\d{0,14}$/.test(words) ? [of("seq", "=", Number(words))] : []),
      ]),
    );
  return all;
}

/** `lower` folds ASCII alone, as the words are folded below. */
const holds = (column: "subject" | "data", text: string) =>
  sql<SqlBool>`instr(lower(${sql.ref(column)}), ${lowered(text)}) > 0`;

const lowered = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function isMeant(row: LedgerRow, { words = "", actions = [], accounts = [], board }: LedgerWanted): boolean {
  const said = [row.subject, ...textsOf(row.data)];
  if (board !== undefined && !said.includes(board)) return false;
  if (words === "" || actions.includes(row.action) || accounts.includes(row.by) || String(row.seq) === words)
    return true;
  return said.some((text) => isHeld(text, lowered(words)));
}

/** Any two digits stand in some hash: those are found by eight of theirs. */
const isHeld = (text: string, words: string) =>
  lowered(text).includes(words) && (words.length >= 8 || !/^[0-9a-f]{32,}$/.test(text));

function textsOf(value: LedgerValue): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  const values: readonly LedgerValue[] = Array.isArray(value) ? value : Object.values(value);
  return values.flatMap(textsOf);
}
