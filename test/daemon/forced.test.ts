/** Promise 1, end to end: rows forced into the database of a running daemon light nothing, raise an alarm, and stop nobody else. */
import { DatabaseSync } from "@photostructure/sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ask, boardsOf, type DaemonProcess, killAll, lit, until } from "./processes.ts";
import { board, foundTown, messageOf, noticeFile, type Town } from "./town.ts";

// Many processes on few cores: patience, not a measure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const boards = [
  { id: "F1", width: 64, height: 32, colour: "mono", line: "out" },
  { id: "F2", width: 64, height: 32, colour: "mono", line: "out" },
] as const;

let town: Town;
let daemon: DaemonProcess;
/** The dots of a signed notice of F1 and F2, and of one that only F2 was signed for. */
const hashes = { good: "", other: "", forged: "" };

beforeAll(async () => {
  town = await foundTown(boards);
  daemon = await town.start();
  await town.withDesk(async (desk) => {
    const good = { id: "GOOD", title: "已签发", boards: ["F1", "F2"] };
    const other = { id: "OTHER", title: "只在二号屏", boards: ["F2"] };
    const { sealed, refused } = await desk.importText(noticeFile([good, other]), "丙");
    expect([sealed, refused]).toEqual([2, []]);
    hashes.good = (await messageOf(desk, "GOOD", "F1")).hash;
    hashes.other = (await messageOf(desk, "OTHER", "F2")).hash;
    expect(hashes.other).not.toBe(hashes.good);
  });
});
afterAll(async () => {
  await killAll();
  await town.close();
});

function sql(statement: string, ...values: (string | number | Uint8Array)[]): void {
  const database = new DatabaseSync(join(town.data, "boardcast.db"), { timeout: 5000 });
  try {
    const { changes } = database.prepare(statement).run(...values);
    expect(changes, statement).toBeGreaterThan(0);
  } finally {
    database.close();
  }
}

function sealOf(notice: string): string {
  const database = new DatabaseSync(join(town.data, "boardcast.db"), { timeout: 5000 });
  try {
    return String((database.prepare("SELECT body FROM seal WHERE notice = ?").get(notice) as { body: string }).body);
  } finally {
    database.close();
  }
}

const faultsOf = async (id: string) => board(await boardsOf(daemon.url), id).faults;
const onNotice = (notice: string) => (all: readonly { id: string; confirmed: { notice: string | null } | null }[]) =>
  all.find(({ id }) => id === "F1")?.confirmed?.notice === notice;

/** Nothing but what was signed for F1 has ever reached its panel. */
async function nothingElseReached(): Promise<void> {
  const { messages } = await ask<{ messages: string[] }>(town.control("F1"), { do: "held" });
  const signed = await town.withDesk(async (desk) => [
    hashes.good,
    ...(desk.book.verdict("default:F1") as { pixels: ReadonlyMap<string, string> }).pixels.values(),
  ]);
  expect(messages.filter((hash) => !signed.includes(hash))).toEqual([]);
  expect([...signed, null]).toContain((await lit(town.control("F1"))).message);
}

beforeEach(async () => {
  await until("GOOD on F1", () => boardsOf(daemon.url), onNotice("GOOD"));
});

/** What a forger writes: GOOD's rows under another id, at the most urgent priority. */
const copyOf = (id: string, content: string, seal: boolean) => {
  sql("INSERT INTO notice (site, id, revisions) SELECT site, ?, revisions FROM notice WHERE id = 'GOOD'", id);
  sql(
    `INSERT INTO revision (site, notice, number, hash, content, schedule, maker, imported_at)
     SELECT site, ?, number, hash, ${content}, json_set(schedule, '$.priority', 0), maker, imported_at
     FROM revision WHERE notice = 'GOOD'`,
    id,
  );
  if (seal)
    sql(
      "INSERT INTO seal (site, notice, number, body, signature) SELECT site, ?, number, body, signature FROM seal WHERE notice = 'GOOD'",
      id,
    );
};

const forged = [
  ["an unsigned notice stays a draft, which is no alarm", "X1", "content", false, null],
  ["a notice under another's seal", "X2", "content", true, "seal-broken"],
  [
    "a notice that is not to be disclosed (as N28) under another's seal",
    "X3",
    "json_set(content, '$.openness', '不予公开')",
    true,
    "not-public",
  ],
  ["a sealed notice with another text", "X4", "json_set(content, '$.body', '假的')", true, "seal-broken"],
] as const;

test.each(forged)("%s", async (_, id, content, seal, why) => {
  copyOf(id, content, seal);
  if (why === null) {
    const states = async () =>
      (await fetch(`${daemon.url}/api/v1/notices`)).json() as Promise<{ id: string; state: string }[]>;
    await until("read", states, (all) => all.some((one) => one.id === id && one.state === "draft"));
    expect((await faultsOf("F1")).filter(({ code }) => code === "seal/refused")).toEqual([]);
  } else {
    const faults = await until(
      "an alarm",
      () => faultsOf("F1"),
      (all) => all.some(({ en }) => en.includes(id)),
    );
    expect(faults.find(({ en }) => en.includes(id))).toMatchObject({
      code: "seal/refused",
      en: expect.stringContaining(why),
    });
  }
  expect(board(await boardsOf(daemon.url), "F1").intended.notice).toBe("GOOD");
  await nothingElseReached();
});

test("with all of them there, the panels are read back with what was signed", async () => {
  const since = new Date().toISOString();
  await until(
    "the others go on",
    () => boardsOf(daemon.url),
    (all) => all.every(({ confirmed }) => confirmed !== null && confirmed.at > since),
  );
  expect(board(await boardsOf(daemon.url), "F1").intended.notice).toBe("GOOD");
  await nothingElseReached();
});

test("a signed notice moved to a board that it was not signed for", async () => {
  sql(`UPDATE revision SET schedule = json_set(schedule, '$.boards', json('["F1","F2"]')) WHERE notice = 'OTHER'`);
  const faults = await until(
    "an alarm",
    () => faultsOf("F1"),
    (all) => all.some(({ en }) => en.includes("OTHER")),
  );
  expect(faults.find(({ en }) => en.includes("OTHER"))?.code).toBe("seal/refused");
  await nothingElseReached();
});

test("and with its seal rewritten to name that board and those dots", async () => {
  const written = sealOf("OTHER");
  sql(
    `UPDATE seal SET body = json_set(body, '$.envelope.boards', json('["F1","F2"]'),
     '$.pixels', json_array(json_object('board', 'F1', 'message', ?), json_object('board', 'F2', 'message', ?)))
     WHERE notice = 'OTHER'`,
    hashes.other,
    hashes.other,
  );
  await until(
    "an alarm",
    () => faultsOf("F2"),
    (all) => all.some(({ en }) => en.includes("OTHER") && en.includes("seal-broken")),
  );
  await nothingElseReached();
  sql("UPDATE seal SET body = ? WHERE notice = 'OTHER'", written);
});

test("a row that cannot be read back", async () => {
  sql("UPDATE revision SET schedule = 'nonsense' WHERE notice = 'X1'");
  await until(
    "an alarm",
    () => faultsOf("F2"),
    (all) => all.some(({ en }) => en.includes("X1") && en.includes("unreadable")),
  );
  await nothingElseReached();
});

test("a signed notice whose content is altered goes dark alone: the default picture takes its place", async () => {
  sql("UPDATE revision SET content = json_set(content, '$.body', '被改动') WHERE notice = 'GOOD'");
  await until("default", () => boardsOf(daemon.url), onNotice("default:F1"));
  expect((await faultsOf("F1")).some(({ code, en }) => code === "seal/refused" && en.includes("GOOD"))).toBe(true);
  // F2 has another notice of its own, and goes on with it.
  expect(board(await boardsOf(daemon.url), "F2").intended.notice).toBe("OTHER");
  await nothingElseReached();
  sql("UPDATE revision SET content = json_set(content, '$.body', '已签发') WHERE notice = 'GOOD'");
});

test("altered dots: a running daemon goes on with what was signed, a new one leaves them out and says so", async () => {
  sql(
    "UPDATE message SET deflated = ? WHERE hash = ?",
    new Uint8Array(50),
    Uint8Array.from(Buffer.from(hashes.good, "hex")),
  );
  await nothingElseReached();
  daemon.running.child.kill("SIGTERM");
  await daemon.running.ended;
  daemon = await town.start();
  await until("default", () => boardsOf(daemon.url), onNotice("default:F1"));
  expect((await faultsOf("F1")).map(({ code }) => code)).toContain("message/altered");
  await until(
    "F2 goes on",
    () => boardsOf(daemon.url),
    (all) => board(all, "F2").confirmed?.notice === "OTHER",
  );
  await nothingElseReached();
});
