/**
 * A process of its own that signs over HTTP and kills itself (SIGKILL) before the N-th writing statement (or commit) that
 * this takes: `signing-process.ts FOLDER CASE N`. Says "signed CASE STATEMENTS" when it was acknowledged.
 */
import { writeSync } from "node:fs";
import { type DatabaseConnection, SqliteDialect } from "kysely";
import { at } from "../store/small-office.ts";
import { passwordOf, wallBegan } from "./cast.ts";
import { openOffice } from "./living-office.ts";

const [folder = "", id = "", most = "0"] = process.argv.slice(2);
let counting = false;
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
      const writes = /^\s*(insert|update|delete|commit)\b/i.test(query.sql);
      if (counting && writes && ++count === Number(most)) process.kill(process.pid, "SIGKILL");
      return run(query);
    };
    return connection;
  };
  return driver;
};

const office = await openOffice(folder, { board: at("2017-11-06T08:30"), wall: wallBegan });
const password = passwordOf("sig");
const opened = await office.ask({
  ...{ method: "POST", path: "/api/v1/session", body: JSON.stringify({ login: "sig", password }) },
});
const cookie = [opened.headers["set-cookie"] ?? []].flat().map((one) => one.split(";", 1)[0]);
const { csrf } = JSON.parse(opened.text) as { csrf: string };
const headers = { cookie: cookie.join("; "), "x-boardcast-csrf": csrf };
for (const board of ["B1", "B2"])
  await office.ask({ method: "GET", path: `/api/v1/review/cases/${id}/pages?board=${board}`, headers });
counting = true;
const body = JSON.stringify({ cases: [id], password });
const signed = await office.ask({ method: "POST", path: "/api/v1/review/sign", headers, body });
if (signed.status !== 200) throw new Error(`${signed.status} ${signed.text}`);
writeSync(1, `signed ${id} ${count}\n`);
counting = false;
await office.close();
