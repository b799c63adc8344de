import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Check } from "../../src/cli/doctor/check.ts";
import { checkCalendar, checkFonts } from "../../src/cli/doctor/content.ts";
import { checkPanels, checkPorts, checkSerial } from "../../src/cli/doctor/lines.ts";
import { checkClock, checkDisk, checkFolder, checkNode } from "../../src/cli/doctor/machine.ts";
import { readSite, type Site } from "../../src/config/index.ts";
import type { BoardConfig } from "../../src/config/types.ts";

const statuses = (checks: readonly Check[]) => checks.map(({ name, status }) => `${name} ${status}`);

function siteWith(rest: string, link = "{ kind: browser }"): Site {
  const board = `{ id: B1, name: n, place: p, device: led, panel: { width: 64, height: 32, colour: mono }, link: ${link} }`;
  const result = readSite(`office: o\nboards: [${board}]\n${rest}`, "f");
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.site;
}

let folder: string;
const taken = createServer();
let takenPort: number;
let freePort: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-doctor-"));
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  takenPort = (taken.address() as AddressInfo).port;
  const passing = createServer();
  await new Promise<void>((resolve) => passing.listen(0, "127.0.0.1", resolve));
  freePort = (passing.address() as AddressInfo).port;
  await new Promise((resolve) => passing.close(resolve));
});
afterAll(async () => {
  taken.close();
  await rm(folder, { recursive: true });
});

test("whatever is not well comes with a remedy in both languages", async () => {
  const site = siteWith(`listen: { port: ${takenPort} }`, "{ kind: serial, path: /dev/no-such-port }");
  const checks = [
    checkNode("18.20.0"),
    await checkClock(0),
    ...checkCalendar(siteWith(""), Date.UTC(2150, 0, 1)),
    ...(await checkPorts(site, null)),
    ...(await checkSerial(site.boards)),
  ];
  expect(statuses(checks)).toEqual([
    "node fail",
    "clock fail",
    "calendar fail",
    "calendar warn",
    "port fail",
    "serial ok",
    "serial fail",
  ]);
  for (const { status, remedy } of checks) {
    if (status === "ok") expect(remedy).toBeNull();
    else expect(remedy?.zh && remedy.en).toBeTruthy();
  }
});

test("what is well says so", async () => {
  const [node, clock, disk] = [checkNode(), await checkClock(), await checkDisk(join(folder, "later", "on"))];
  expect(statuses([node, clock])).toEqual(["node ok", "clock ok"]);
  expect(checkFonts()).toMatchObject({
    status: "ok",
    what: { en: expect.stringMatching(/GNU Unifont.*\d{5} glyphs/) },
  });
  expect(disk.what.en).toMatch(/^\d+ MiB free/);
  expect(statuses(checkCalendar(siteWith("calendar: { kind: none }")))).toEqual(["calendar ok"]);
  expect(statuses(await checkPorts(siteWith(`listen: { port: ${freePort} }`), null))).toEqual(["port ok"]);
  expect(statuses(await checkPorts(siteWith(`listen: { port: ${takenPort} }`), "http://127.0.0.1:1"))).toEqual([
    "port ok",
  ]);
});

test("a year of the installation file counts as known", () => {
  const years =
    "calendar: { kind: state-council, overrides: [{ year: 2150, source: s, restDays: [], workingWeekends: [] }] }";
  expect(statuses(checkCalendar(siteWith(years), Date.UTC(2150, 5, 1)))).toEqual(["calendar ok", "calendar warn"]);
  const imported = [{ year: 2151, source: "s", restDays: ["2151-01-01"], workingWeekends: [] }];
  expect(statuses(checkCalendar(siteWith(years), Date.UTC(2150, 5, 1), imported))).toEqual([
    "calendar ok",
    "calendar ok",
  ]);
});

test("panels are dialled", async () => {
  const boards = (port: number) => siteWith("", `{ kind: tcp-out, host: 127.0.0.1, port: ${port} }`).boards;
  expect(statuses(await checkPanels(boards(takenPort)))).toEqual(["panel ok"]);
  expect(statuses(await checkPanels(boards(freePort)))).toEqual(["panel warn"]);
});

test("a port of several boards is looked at once, and is of all of them", async () => {
  const [board] = siteWith("").boards;
  const on = (link: object) =>
    [2, 5].map((n) => ({ ...board, id: `B${n}`, link: { ...link, address: n } })) as BoardConfig[];
  const [, serial, ...others] = await checkSerial(on({ kind: "serial", path: "/dev/no-such-port", baud: 9600 }));
  expect(serial?.what).toMatchObject({
    zh: expect.stringContaining("B2、B5"),
    en: expect.stringContaining("B2, B5: /dev/no-such-port"),
  });
  const panels = await checkPanels(on({ kind: "tcp-out", host: "127.0.0.1", port: takenPort }));
  expect(panels.map(({ what }) => what.en)).toEqual([`B2, B5: 127.0.0.1:${takenPort} answers`]);
  expect(others).toEqual([]);
});

test("a signing key that others can read is a failure", async () => {
  expect((await checkFolder(join(folder, "new"))).status).toBe("ok");
  const key = join(folder, "signing.key");
  await writeFile(key, "secret", { mode: 0o600 });
  expect((await checkFolder(folder)).status).toBe("ok");
  await chmod(key, 0o644);
  const check = await checkFolder(folder);
  expect([check.status, check.remedy?.en]).toEqual(["fail", `Run chmod 600 ${key}`]);
});
