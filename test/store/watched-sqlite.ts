/** For `vi.mock("@photostructure/sqlite", …)`: what is asked of the database, counted. For a file of tests alone with its modules. */
import type { DatabaseSync } from "@photostructure/sqlite";

type Sqlite = typeof import("@photostructure/sqlite");
type Statement = ReturnType<InstanceType<typeof DatabaseSync>["prepare"]>;

export interface Asked {
  /** Since the program began: each question whose meaning was worked out. */
  readonly prepared: Statement[];
  /** Texts of questions, as often as they were asked; rows that they were answered with. */
  readonly texts: string[];
  rows: number;
}

export function watched(sqlite: Sqlite, asked: Asked): Sqlite {
  class Watched extends sqlite.DatabaseSync {
    override prepare(...given: Parameters<InstanceType<Sqlite["DatabaseSync"]>["prepare"]>): Statement {
      const statement = super.prepare(...given);
      asked.prepared.push(statement);
      const [all, run] = [statement.all.bind(statement), statement.run.bind(statement)];
      // Its own are read only.
      const value = (answer: unknown) => ({ value: answer });
      return Object.defineProperties(statement, {
        all: value((...values: Parameters<Statement["all"]>) => {
          const rows = all(...values);
          asked.texts.push(given[0]);
          asked.rows += rows.length;
          return rows;
        }),
        run: value((...values: Parameters<Statement["run"]>) => {
          const done = run(...values);
          asked.texts.push(given[0]);
          return done;
        }),
      });
    }
  }
  return { ...sqlite, DatabaseSync: Watched };
}
