/**
 * A process of its own that withdraws a notice over HTTP and kills itself (SIGKILL) as soon as that was acknowledged:
 * `withdrawing-process.ts FOLDER NOTICE`. Says "withdrawn NOTICE".
 */
import { writeSync } from "node:fs";
import { at } from "../store/small-office.ts";
import { passwordOf, wallBegan } from "./cast.ts";
import { openOffice } from "./living-office.ts";

const [folder = "", id = ""] = process.argv.slice(2);
const office = await openOffice(folder, { board: at("2017-11-06T10:00"), wall: wallBegan });
const opened = await office.ask({
  ...{ method: "POST", path: "/api/v1/session", body: JSON.stringify({ login: "sig", password: passwordOf("sig") }) },
});
const cookie = [opened.headers["set-cookie"] ?? []].flat().map((one) => one.split(";", 1)[0]);
const { csrf } = JSON.parse(opened.text) as { csrf: string };
const headers = { cookie: cookie.join("; "), "x-boardcast-csrf": csrf };
const body = JSON.stringify({ reason: "写错了" });
const done = await office.ask({ method: "POST", path: `/api/v1/notices/${id}/withdraw`, headers, body });
if (done.status !== 200) throw new Error(`${done.status} ${done.text}`);
writeSync(1, `withdrawn ${id}\n`);
process.kill(process.pid, "SIGKILL");
