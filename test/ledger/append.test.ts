/** What adding a row costs does not grow with the chain. */
import { type DatabaseConnection, SqliteDialect } from "kysely";
import { afterAll, expect, test } from "vitest";
import { note, openOffice } from "./chain.ts";

/** Rows that the database has answered with. */
let fetched = 0;
const createDriver = SqliteDialect.prototype.createDriver;
SqliteDialect.prototype.createDriver = function () {
  const driver = createDriver.call(this);
  const acquire = driver.acquireConnection.bind(driver);
  const wrapped = new WeakSet<DatabaseConnection>();
  driver.acquireConnection = async () => {
    const connection = await acquire();
    if (wrapped.has(connection)) return connection;
    wrapped.add(connection);
    const run = connection.executeQuery.bind(connection);
    connection.executeQuery = async <R>(query: Parameters<typeof run>[0]) => {
      const result = await run<R>(query);
      fetched += result.rows.length;
      return result;
    };
    return connection;
  };
  return driver;
};
afterAll(() => {
  SqliteDialect.prototype.createDriver = createDriver;
});

test("the chain is not read for its end", async () => {
  const office = await openOffice();
  const costs: number[] = [];
  for (let index = 0; index < 40; index++) {
    fetched = 0;
    await note(office.store, index);
    costs.push(fetched);
  }
  // The first finds no row before it.
  expect(new Set(costs.slice(1)).size).toBe(1);
  await office.close();
});
