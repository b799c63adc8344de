/** Opens a store and kills itself before the N-th statement that is run: `migrating-process.ts FOLDER N`. Says how many there were. */
import { type DatabaseConnection, SqliteDialect } from "kysely";
import { openStore } from "../../src/store/index.ts";

const [folder = "", most = "0"] = process.argv.slice(2);
let count = 0;
const wrapped = new WeakSet<DatabaseConnection>();
const createDriver = SqliteDialect.prototype.createDriver;
SqliteDialect.prototype.createDriver = function () {
  const driver = createDriver.call(this);
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async () => {
    const connection = await acquire();
    if (wrapped.has(connection)) return connection;
    wrapped.add(connection);
    const run = connection.executeQuery.bind(connection);
    connection.executeQuery = (query) => {
      if (++count === Number(most)) process.kill(process.pid, "SIGKILL");
      return run(query);
    };
    return connection;
  };
  return driver;
};
await (await openStore(folder)).close();
process.stdout.write(`${count}\n`);
