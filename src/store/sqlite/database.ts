/** One SQLite file, opened so that an acknowledged transaction survives a power cut: WAL with synchronous=FULL, asserted. */
import { DatabaseSync } from "@photostructure/sqlite";
import { Kysely, type Migration, Migrator, SqliteAdapter, SqliteDialect } from "kysely";
import { limits } from "../../limits.ts";
import { migrations } from "./migrations.ts";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
export type Connection = InstanceType<typeof DatabaseSync>;

const busyTimeoutMs = 5000;

/** Kysely runs migrations outside any transaction on SQLite; a crash between two tables would then be for ever. */
class TransactionalDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

/** Throws, with what to do, if the file cannot be trusted to keep what it acknowledges. */
export async function openDatabase(file: string): Promise<Database> {
  const connection = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    setPragmas(connection, file);
    const db = new Kysely<Tables>({ dialect: new TransactionalDialect({ database: adapted(connection) }) });
    await migrate(db, file);
    return db;
  } catch (error) {
    if (connection.isOpen) connection.close();
    throw error;
  }
}

/** The library is compiled with WAL's synchronous at NORMAL, which may lose commits at a power cut: set it and read it back at every open. */
export function setPragmas(connection: Connection, file: string): void {
  connection.exec("PRAGMA journal_mode=WAL");
  connection.exec("PRAGMA synchronous=FULL");
  connection.exec("PRAGMA foreign_keys=ON");
  // Personal pixels that are erased are not to be found in the file either.
  connection.exec("PRAGMA secure_delete=ON");
  const read = (name: string) => Object.values((connection.prepare(`PRAGMA ${name}`).get() ?? {}) as object)[0];
  for (const [name, wanted] of [
    ["journal_mode", "wal"],
    ["synchronous", 2],
    ["foreign_keys", 1],
  ] as const) {
    const found = read(name);
    if (found !== wanted)
      throw new Error(
        `${file}: PRAGMA ${name} 应为 ${wanted},实为 ${found};请把数据目录放在本机磁盘上 / PRAGMA ${name} should be ${wanted} but is ${found}; keep the data folder on a local disk`,
      );
  }
}

async function migrate(db: Database, file: string): Promise<void> {
  const provider = { getMigrations: async (): Promise<Record<string, Migration>> => migrations };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${file}: 数据库升级失败：${what};数据未动，请用备份或旧版本 / the database could not be migrated: ${what}; nothing was changed, use a backup or the earlier version`,
    );
  }
}

/** Kysely's SQLite dialect speaks better-sqlite3; this speaks node:sqlite. */
function adapted(connection: Connection) {
  const prepared = (text: string) => {
    // A transaction that begins by reading could not write once another process has: it waits for its turn at once.
    const statement = connection.prepare(text === "begin" ? "begin immediate" : text);
    // One integer beyond 2^53 would make the driver throw away the whole answer: as BigInt, its row alone is refused.
    statement.setReadBigInts(true);
    return statement;
  };
  const statements = new Map<string, Statement>();
  /** To understand a question takes SQLite longer than to answer it. */
  const known = (text: string) => {
    const statement = statements.get(text) ?? prepared(text);
    // The one that was asked for longest ago is the first.
    statements.delete(text);
    statements.set(text, statement);
    for (const oldest of statements.keys())
      if (statements.size > limits.statementsKept) statements.delete(oldest);
      else break;
    return statement;
  };
  const values = (parameters: readonly unknown[]) => parameters as Parameters<Statement["all"]>;
  /** At once and to its end; what it was asked with, a whole notice or somebody's number, is not kept with it. */
  const asked = <Answer>(text: string, parameters: readonly unknown[], ask: (statement: Statement) => Answer) => {
    const statement = known(text);
    try {
      return ask(statement);
    } finally {
      if (parameters.some((one) => typeof one === "string" || one instanceof Uint8Array)) letGo(statement);
    }
  };
  return {
    close() {
      // What is kept would keep the file open.
      statements.clear();
      connection.close();
    },
    prepare: (text: string) => ({
      reader: /^\s*(select|with|pragma)\b|\breturning\b/i.test(text),
      all: (parameters: readonly unknown[]) =>
        asked(text, parameters, (statement) => statement.all(...values(parameters)) as Row[]).map(withNumbers),
      run(parameters: readonly unknown[]) {
        // A full disk ends the transaction by itself; rolling back once more would hide what happened.
        if (text === "rollback" && !connection.isTransaction) return { changes: 0, lastInsertRowid: 0 };
        return asked(text, parameters, (statement) => statement.run(...values(parameters)));
      },
      *iterate(parameters: readonly unknown[]) {
        // Whoever asks the same is not to begin where this one was left.
        for (const row of prepared(text).iterate(...values(parameters)) as IterableIterator<Row>)
          yield withNumbers(row);
      },
    }),
  };
}

type Statement = ReturnType<Connection["prepare"]>;
type Row = Record<string, unknown>;

/** No value of SQLite's. */
const unbindable = Symbol("unbindable") as unknown as null;

/** The library has no word for it: a question asked anew forgets first what it was asked with, and with this it is refused before it is asked. */
function letGo(statement: Statement): void {
  try {
    statement.all(unbindable);
  } catch {
    // As wanted.
  }
}

/** BigInts that are safe integers as numbers; the others stay, for the reader of the row to refuse. */
function withNumbers(row: Row): Row {
  for (const [column, value] of Object.entries(row))
    if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) row[column] = Number(value);
  return row;
}
