/** The rows that the register holds one by one (`ledger/guarded.ts`): every column of them, as it lies there. */
import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { canonicalJson } from "../../canonical-json.ts";
import type { GuardedKind, GuardedRow, GuardedStore, RowState } from "../../ledger/guarded.ts";
import type { LedgerData } from "../../ledger/types.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

type Value = string | number | bigint | Uint8Array | null;
type Columns = Readonly<Record<string, Value>>;
/** The values of a key, in its order. */
export type Key = readonly (string | number)[];

interface Guarded {
  readonly table: keyof Tables;
  /** Its columns, beside `site`. */
  readonly key: readonly string[];
  /** Rows that belong to its own, and are registered with it; their key begins with the same columns. */
  readonly beside?: { readonly table: keyof Tables; readonly key: readonly string[] };
}

/**
 * A migration that adds a column to one of them registers its rows anew (`takeOver`): else `verify` finds a column that nobody
 * registered.
 */
export const guarded: Readonly<Record<GuardedKind, Guarded>> = {
  dark: { table: "board_dark", key: ["board"] },
  maintenance: { table: "board_maintenance", key: ["board"] },
  report: { table: "board_report", key: ["board", "number"] },
  publicity: { table: "publicity", key: ["notice"] },
  posting: { table: "posting", key: ["notice", "number", "board"] },
  received: {
    table: "received_warning",
    key: ["number"],
    beside: { table: "received_reference", key: ["number", "sender", "identifier", "sent"] },
  },
  sender: { table: "cap_sender", key: ["sender", "fingerprint"] },
};

/** Rows of warnings have what was read with them. */
const rowsAtOnce = 20;

/** null: there is no such row. */
export async function rowState(db: Database, site: string, kind: GuardedKind, key: Key): Promise<RowState | null> {
  const { table, key: columns, beside } = guarded[kind];
  const is = sql.join(
    columns.map((column, index) => sql`${sql.ref(column)} = ${key[index]}`),
    sql` AND `,
  );
  const of = (from: string, order: readonly string[]) =>
    sql<Columns>`SELECT * FROM ${sql.table(from)} WHERE site = ${site} AND ${is} ORDER BY ${refs(order)}`.execute(db);
  const [row] = (await of(table, columns)).rows;
  const belonging = beside ? (await of(beside.table, beside.key)).rows : [];
  if (row === undefined && belonging.length === 0) return null;
  return stateOf({
    ...(row && hashes(row)),
    ...(beside && { [beside.table]: hashOf(canonicalJson(belonging.map(hashes))) }),
  });
}

const refs = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));

const hashOf = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");

/** Column → SHA-256 of its value and of what kind that is. */
function hashes(row: Columns): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => column !== "site")
      .map(([column, value]) => [column, hashOf(textOf(value))]),
  );
}

function textOf(value: Value): string {
  if (value instanceof Uint8Array) return `blob ${hashOf(value)}`;
  return value === null ? "null" : `${typeof value === "string" ? "text" : "number"} ${value}`;
}

function stateOf(columns: Readonly<Record<string, string>>): RowState {
  const short = Object.entries(columns).map(([column, hash]) => [column, hash.slice(0, 8)] as const);
  return { hash: hashOf(canonicalJson(columns)), columns: Object.fromEntries(short) };
}

export function guardedStore(db: Database, site: string): GuardedStore {
  return {
    async *rows(kind) {
      for await (const key of keysOf(db, site, kind)) {
        const state = await rowState(db, site, kind, key);
        if (state !== null) yield { name: nameOf(key), state } satisfies GuardedRow;
      }
    },
  };
}

async function* keysOf(db: Database, site: string, kind: GuardedKind): AsyncIterable<Key> {
  const { table, key: columns, beside } = guarded[kind];
  const key = refs(columns);
  let behind: Key | null = null;
  for (;;) {
    const after: Key | null = behind;
    const from = (name: string): RawBuilder<Columns> =>
      sql`SELECT ${key} FROM ${sql.table(name)} WHERE site = ${site} ${
        after === null ? sql`` : sql`AND (${key}) > (${sql.join([...after])})`
      }`;
    const all: RawBuilder<Columns> =
      beside === undefined ? from(table) : sql`${from(table)} UNION ${from(beside.table)}`;
    const found: readonly Columns[] = (await sql<Columns>`${all} ORDER BY ${key} LIMIT ${rowsAtOnce}`.execute(db)).rows;
    for (const row of found) {
      behind = columns.map((column) => row[column] as string | number);
      yield behind;
    }
    if (found.length < rowsAtOnce) return;
  }
}

/** As verbs have it: what one of them wrote is in the register with the next row that the change records. */
export class Written {
  private readonly keys = new Map<string, readonly [GuardedKind, Key]>();
  private readonly db: Database;
  private readonly site: string;

  constructor(db: Database, site: string) {
    this.db = db;
    this.site = site;
  }

  /** Written, or deleted. */
  add(kind: GuardedKind, ...key: Key): void {
    this.keys.set(`${kind} ${nameOf(key)}`, [kind, key]);
  }

  get some(): boolean {
    return this.keys.size > 0;
  }

  /** Since the last row that told of any, as that row has it; {}: nothing. */
  async take(): Promise<LedgerData> {
    if (!this.some) return {};
    const rows: Partial<Record<GuardedKind, Record<string, RowState | null>>> = {};
    for (const [kind, key] of this.keys.values()) {
      const told = rows[kind] ?? {};
      told[nameOf(key)] = await rowState(this.db, this.site, kind, key);
      rows[kind] = told;
    }
    this.keys.clear();
    return { holds: rows as LedgerData };
  }
}

const nameOf = (key: Key): string => key.join(" ");

/** For migrations: all that there is of kinds that there are by then, a few rows at a time, to be registered as it was found. */
export async function* everyState(
  db: Database,
  site: string,
  kinds: readonly GuardedKind[],
): AsyncIterable<LedgerData> {
  const written = new Written(db, site);
  for (const kind of kinds) {
    let count = 0;
    for await (const key of keysOf(db, site, kind)) {
      written.add(kind, ...key);
      if (++count % rowsAtOnce === 0) yield await written.take();
    }
    if (written.some) yield await written.take();
  }
}
