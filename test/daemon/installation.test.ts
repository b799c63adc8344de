/** Boards added, changed and retired from the page: what is in the file, what is on record, what is refused, and a daemon that starts anew. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DarkView } from "../../src/api/above.ts";
import type { PostingView } from "../../src/api/postings.ts";
import { listText } from "../../src/config/edit-text.ts";
import { loadSite, readSite } from "../../src/config/index.ts";
import { withAdded } from "../../src/config/practice-added.ts";
import type { BoardDocument } from "../../src/config/schema.ts";
import type { BoardConfig } from "../../src/config/types.ts";
import { createInstallation, type InstallationParts } from "../../src/daemon/installation.ts";
import { startLasting } from "../../src/daemon/index.ts";
import { limits } from "../../src/limits.ts";
import { sharersOf } from "../../src/panels/links/list.ts";
import { nobody } from "../../src/people/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { board as boardText, file as fileText } from "../config/small-file.ts";
import { scratch } from "../store/small-office.ts";

let place: ReturnType<typeof scratch>;
let store: Store;
let file: string;
let asked = 0;
beforeEach(async () => {
  place = scratch();
  store = await openStore(place.folder);
  file = join(place.folder, "boardcast.yaml");
  writeFileSync(file, `# 本处的屏\n${fileText(boardText("B1"), boardText("B2", "{ kind: browser }"))}`, {
    mode: 0o640,
  });
  asked = 0;
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const 己 = { ...nobody, account: "a9", name: "己" };
const fresh: BoardDocument = {
  ...{ id: "B3", name: "新屏", place: "大厅", device: "led" },
  panel: { width: 64, height: 32, colour: "mono" },
  link: { kind: "tcp-out", host: "192.0.2.3", port: 5005 },
};
const signed = (id: string, boards: readonly string[]) => ({
  ...{ id, seal: {}, content: { title: `${id}题` }, schedule: { boards, until: 2000 }, withdrawnAt: null },
});

async function open(more: Partial<InstallationParts> = {}) {
  const site = await loadSite(file);
  const book = { all: () => [signed("N1", ["B1"]), signed("N2", ["B1", "B2"]), signed("default:B1", ["B1"])] };
  return createInstallation({
    ...{ site, desk: { store, clock: { now: () => 1000 }, book: book as never } },
    ...{ folder: place.folder, siteFile: file, dark: () => [], sheets: async () => [], beside: () => null },
    ...{ cards: { on: () => null, empty: async () => {} } },
    ...{ again: () => void asked++, ...more },
  });
}
const rows = async () =>
  (await store.ledger.rows("register", 0)).filter(({ action }) => action.startsWith("installation/board"));
const dark = (board: string, state: DarkView["state"]) => ({ dark: () => [{ board, state } as DarkView] });
const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error) => error.fault?.code ?? String(error),
  );

describe("what is written", () => {
  test("is the file by its own rules, with the one of before kept and a row that says who, why and what", async () => {
    const before = readFileSync(file, "utf8");
    const installation = await open();
    expect(await installation.add(己, fresh, "新装")).toEqual({ ok: true });
    const after = readFileSync(file, "utf8");
    expect(after.startsWith(before.trimEnd())).toBe(true);
    expect((await loadSite(file)).boards.map(({ id }) => id)).toEqual(["B1", "B2", "B3"]);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    const said = { name: "己", reason: "新装", before: hash(before), after: hash(after), board: fresh };
    expect(row).toMatchObject({ action: "installation/board-added", by: "a9", subject: "B3", data: said });
    expect(readFileSync(join(place.folder, "installation", String(row?.data.kept)), "utf8")).toBe(before);
    // Not before the answer is on its way.
    expect(asked).toBe(0);
    installation.begin();
    expect(asked).toBe(1);
    expect(await installation.view()).toMatchObject({ kind: "file", effect: "itself", pending: true });
  });

  test("two changes at once are both in it", async () => {
    const installation = await open();
    const [one, other] = [
      { ...fresh, id: "B4" },
      { ...fresh, id: "B5", link: { kind: "browser" as const } },
    ];
    await Promise.all([installation.add(己, one, "一"), installation.add(己, other, "二")]);
    await installation.change(己, "B1", { custodian: "丁", hours: "08:00-18:00" }, "换人");
    const { boards } = await loadSite(file);
    expect(boards.map(({ id, custodian }) => [id, custodian])).toEqual([
      ["B1", "丁"],
      ["B2", ""],
      ["B4", ""],
      ["B5", ""],
    ]);
    expect((await rows()).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      ...["installation/board-added B4", "installation/board-added B5", "installation/board-changed B1"],
    ]);
  });

  test("goes to where a link leads; of the copies the newest are kept", async () => {
    const real = join(place.folder, "real.yaml");
    writeFileSync(real, readFileSync(file));
    const link = join(place.folder, "linked.yaml");
    symlinkSync(real, link);
    const installation = await open({ siteFile: link });
    const copies = join(place.folder, "installation");
    mkdirSync(copies);
    for (let old = 0; old < limits.configCopies; old++) writeFileSync(join(copies, `1999-${100 + old}.yaml`), "");
    await installation.change(己, "B2", { place: "二楼" }, "搬了");
    expect((await loadSite(real)).boards[1]?.place).toBe("二楼");
    expect(readdirSync(copies)).toHaveLength(limits.configCopies);
    expect(existsSync(join(copies, "1999-100.yaml"))).toBe(false);
  });
});

describe("nothing is written, and nothing on record, where", () => {
  test("the rules of the file are against it, or the file has a mistake already", async () => {
    const before = readFileSync(file, "utf8");
    const installation = await open();
    expect(await installation.add(己, { ...fresh, id: "B1" }, "重")).toMatchObject({ ok: false, of: "after" });
    const wrong = await installation.change(己, "B1", { hours: "08:00-08:00" }, "错");
    expect(wrong).toMatchObject({
      ok: false,
      of: "after",
      faults: [{ what: { zh: expect.stringContaining("08:00") } }],
    });
    expect(readFileSync(file, "utf8")).toBe(before);
    writeFileSync(file, `${before}oops: 1\n`);
    expect(await installation.add(己, fresh, "新装")).toMatchObject({ ok: false, of: "before" });
    expect(await rows()).toEqual([]);
    installation.begin();
    expect(asked).toBe(0);
  });

  test("the file cannot be written", async () => {
    const before = readFileSync(file, "utf8");
    // Something else stands where it would be made ready.
    mkdirSync(`${file}.${process.pid}.part`);
    expect(await codeOf((await open()).add(己, fresh, "新装"))).toBe("installation/unwritable");
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(await rows()).toEqual([]);
  });

  test("there is no file, or no such board", async () => {
    const installation = await open({ siteFile: null });
    expect(await codeOf(installation.add(己, fresh, "新装"))).toBe("installation/none");
    expect(await codeOf((await open()).change(己, "B9", { place: "二楼" }, "搬了"))).toBe("board/unknown");
  });
});

describe("a board is retired", () => {
  test("only when it is dark, and no paper hangs there", async () => {
    expect(await codeOf((await open()).retire(己, "B1", "拆了", null))).toBe("installation/lit");
    expect(await codeOf((await open(dark("B1", "waiting"))).retire(己, "B1", "拆了", null))).toBe("installation/lit");
    const sheets = async () => [{ board: "B1", state: "hanging" } as PostingView];
    const hung = await open({ ...dark("B1", "confirmed"), sheets });
    expect(await codeOf(hung.retire(己, "B1", "拆了", null))).toBe("installation/hanging");
    expect(await rows()).toEqual([]);
  });

  test("of one that is loaded by stick it is said first what became of its card", async () => {
    const said: unknown[] = [];
    const cards: InstallationParts["cards"] = {
      on: (board) => (board === "B1" ? 2 : null),
      empty: async (caller, board, how, reason) => void said.push([caller.name, board, how, reason]),
    };
    const installation = await open({ ...dark("B1", "carry"), cards });
    expect(await codeOf(installation.retire(己, "B1", "拆了", null))).toBe("installation/loaded");
    expect([said, await rows()]).toEqual([[], []]);
    expect(await codeOf(installation.retire(己, "B1", "拆了", "removed"))).toBe("done");
    expect(said).toEqual([["己", "B1", "removed", "拆了"]]);
    expect((await rows())[0]?.data).toMatchObject({ reason: "拆了", card: "removed" });
  });

  test("and what aimed at it is told before, and on record", async () => {
    const installation = await open(dark("B1", "unconfirmed"));
    expect(installation.targets("B1")).toEqual([
      { notice: "N1", title: "N1题", until: 2000, alone: true },
      { notice: "N2", title: "N2题", until: 2000, alone: false },
    ]);
    await installation.retire(己, "B1", "拆了", null);
    expect((await loadSite(file)).boards.map(({ id }) => id)).toEqual(["B2"]);
    expect(await rows()).toMatchObject([{ subject: "B1", data: { reason: "拆了", notices: ["N1", "N2"] } }]);
  });
});

test("boards that are added in practice share a line where they are written on one, and nobody shares a sample's", async () => {
  const site = { ...(await loadSite(file)), practice: true };
  const on = (id: string, link: typeof fresh.link) => listText({ ...fresh, id, link }, "  ");
  const serial = { kind: "serial", path: "/dev/ttyUSB0" } as const;
  const tcp = { kind: "tcp-out", host: "192.0.2.3", port: 5005 } as const;
  const text = [
    ...["office: o", "boards:", on("S1", { ...serial, address: 1 }), on("S2", { ...serial, address: 2 })],
    ...[on("S3", { kind: "serial", path: "/dev/ttyUSB1" }), on("T1", tcp), on("T2", { ...tcp, address: 2 })],
  ].join("\n");
  const { boards } = withAdded(site, text, place.folder);
  const sample = { ...boards[0], id: "B5", link: { kind: "serial", path: "", baud: 9600, address: 1 } } as BoardConfig;
  const sharers = [...boards, sample].map(
    (one) => `${one.id} ${sharersOf(one, [...boards, sample]).map(({ id }) => id)}`,
  );
  expect(sharers).toEqual(["B1 ", "B2 ", "S1 S2", "S2 S1", "S3 ", "T1 T2", "T2 T1", "B5 "]);
});

test("in practice boards are added beside the samples, which stay; with the last of them the list is gone", async () => {
  const site = { ...(await loadSite(file)), practice: true };
  const added = join(place.folder, "practice-boards.yaml");
  const again = (one = site) => open({ site: one, siteFile: null, ...dark("B3", "confirmed") });
  expect(await (await again()).add(己, { ...fresh, id: "B1" }, "试")).toMatchObject({ ok: false });
  await (await again()).add(己, fresh, "试");
  const then = withAdded(site, readFileSync(added, "utf8"), place.folder);
  expect(then.boards.at(-1)).toMatchObject({ id: "B3", link: { kind: "tcp-out", host: "127.0.0.1", port: 0 } });
  const installation = await again(then);
  expect((await installation.view()).boards.map(({ id }) => id)).toEqual(["B3"]);
  expect(await codeOf(installation.change(己, "B1", { place: "二楼" }, "搬"))).toBe("installation/sample");
  await installation.change(己, "B3", { place: "二楼" }, "搬");
  expect(readSite(readFileSync(added, "utf8"), "f")).toMatchObject({ site: { boards: [{ place: "二楼" }] } });
  await installation.retire(己, "B3", "拆", null);
  expect(existsSync(added)).toBe(false);
  const cabinet = { id: "C1", name: "橱窗", place: "村口", device: "paper" } as const;
  await (await again()).add(己, cabinet, "试");
  expect(withAdded(site, readFileSync(added, "utf8"), place.folder).cabinets).toMatchObject([
    { id: "C1", paper: "A4" },
  ]);
});

test("for whom the page is answered is written into the file, on record; not in practice, nor where one person has no account", async () => {
  const installation = await open();
  expect(await installation.listen(己, "0.0.0.0", "各科室要用")).toEqual({ ok: true });
  expect((await loadSite(file)).listen.host).toBe("0.0.0.0");
  expect(readFileSync(file, "utf8").startsWith("# 本处的屏\n")).toBe(true);
  const written = (await store.ledger.rows("register", 0)).filter(
    ({ action }) => action === "installation/answered-for",
  );
  expect(written.map(({ data }) => data)).toEqual([
    expect.objectContaining({ host: "0.0.0.0", reason: "各科室要用", name: "己" }),
  ]);
  installation.begin();
  expect(asked).toBe(1);
  const site = await loadSite(file);
  const alone = await open({ site: { ...site, review: "none" } });
  expect(await codeOf(alone.listen(己, "0.0.0.0", "试"))).toBe("installation/alone");
  const practice = await open({ site: { ...site, practice: true }, siteFile: null });
  expect(await codeOf(practice.listen(己, "0.0.0.0", "试"))).toBe("installation/none");
});

test("a daemon starts anew at the same address with what the file says then, and goes on where the file is wrong", async () => {
  const folder = join(place.folder, "data");
  const one = `${fileText(boardText("B1", "{ kind: browser }"))}review: none\n`;
  writeFileSync(file, one);
  const siteNow = async () => ({ ...(await loadSite(file)), listen: { host: "127.0.0.1", port: 0 } });
  const placeNow = async () => ({ site: await siteNow(), folder, siteFile: file });
  const site = await siteNow();
  const daemon = await startLasting({ site, folder, siteFile: file, startAt: null, placeNow });
  try {
    const ask = async (method: string, path: string, body?: unknown) => {
      const headers = { "Content-Type": "application/json", Origin: new URL(daemon.url).origin };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return fetch(new URL(path, daemon.url), { method, headers, ...sent });
    };
    const ids = async () =>
      ((await (await ask("GET", "/api/v1/boards")).json()) as { id: string }[]).map(({ id }) => id);
    const board = { ...fresh, link: { kind: "browser" } };
    const answer = await ask("POST", "/api/v1/installation/boards", { board, reason: "新装" });
    expect([answer.status, await answer.text()]).toEqual([201, expect.stringContaining('"pending":true')]);
    await expect.poll(() => ids().catch(() => []), { timeout: 20_000, interval: 50 }).toEqual(["B1", "B3"]);
    const refused = await ask("POST", "/api/v1/installation/boards", { board, reason: "新装" });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("B3")]);
  } finally {
    await daemon.stop();
  }
});
