/** Whoever has the database file, or a page of elsewhere, or patience: none lights what others have not signed, or is let in. */
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importNotices } from "../../src/notices/importer.ts";
import { lookup } from "../../src/message/index.ts";
import { signSeal, verifySeal } from "../../src/notices/seal.ts";
import { verifyStore } from "../../src/daemon/verify.ts";
import { at, keyIn, parseRecords, partsFor, record, scratch } from "../store/small-office.ts";
import { openStore } from "../../src/store/index.ts";
import { allClear } from "../review/small-review.ts";
import { found, type Founded } from "./cast.ts";
import { copyOf, openOffice, siteWith } from "./living-office.ts";
import { dotsOf } from "./model.ts";
import { Play, type Who } from "./play.ts";

let founded: Founded;
let play: Play;
const who = (login: string): Who => ({ via: "session", account: founded.ids.get(login) ?? "" });
/** Notices by what became of them. */
const ids = { signed: "", edited: "", waiting: "", withdrawn: "", draft: "", internal: "" };

function document(title: string, content: object = {}) {
  return {
    content: {
      ...{ title, body: "明天停水。", category: "通知", track: "屏幕服务", openness: "主动公开", fiveOpen: null },
      ...{ displayKind: "notice", formedOn: "2017-11-06", signature: { org: "办事处", date: "2017-11-06" } },
      ...content,
    },
    schedule: { boards: ["B1"], from: at("2017-11-06T08:00"), until: at("2017-11-06T12:00"), cron: null, priority: 5 },
    ...{ answers: allClear, ofSubstance: false },
  };
}

async function write(title: string, content?: object, edits?: string): Promise<string> {
  const opened = edits
    ? await play.ask(who("mai"), "POST /api/v1/notices/{id}/edit", { params: { id: edits }, body: {} })
    : await play.ask(who("mai"), "POST /api/v1/review/drafts", { body: {} });
  const params = { id: opened.notice };
  const body = { version: opened.version, document: document(title, content) };
  await play.ask(who("mai"), "PUT /api/v1/review/drafts/{id}", { params, body });
  return opened.notice;
}

async function submit(id: string): Promise<string> {
  const version = play.model.drafts.get(id)?.version;
  const opened = await play.ask(who("mo"), "POST /api/v1/review/drafts/{id}/submit", {
    params: { id },
    body: { version },
  });
  return opened.id;
}

async function sign(id: string): Promise<void> {
  for (const board of play.model.case(id)?.pixels.keys() ?? [])
    await play.ask(who("sig"), "GET /api/v1/review/cases/{id}/pages", { params: { id }, query: { board } });
  const password = play.passwords.get(founded.ids.get("sig") ?? "");
  expect(await play.ask(who("sig"), "POST /api/v1/review/sign", { body: { cases: [id], password } })).not.toBeNull();
}

beforeAll(async () => {
  founded = await found();
  play = new Play(founded, siteWith());
  await play.open();
  ids.signed = await write("已签");
  await sign(await submit(ids.signed));
  ids.edited = await write("旧文");
  await sign(await submit(ids.edited));
  play.time.board += 60_000;
  await write("新文", {}, ids.edited);
  await sign(await submit(ids.edited));
  ids.withdrawn = await write("撤下");
  await sign(await submit(ids.withdrawn));
  const params = { id: ids.withdrawn };
  await play.ask(who("ope"), "POST /api/v1/notices/{id}/withdraw", { params, body: { reason: "有误" } });
  ids.internal = await write("内部", { openness: "不予公开", opennessReason: "内部" });
  await sign(await submit(ids.internal));
  ids.waiting = await write("待签");
  await submit(ids.waiting);
  ids.draft = await write("草稿");
  await play.office.close();
});
afterAll(async () => {
  await play.open();
  await play.close();
  founded.remove();
});

/** What would be sent after somebody has done this to the file: each board, ten minutes by ten, with its notice and dots. */
async function lights(vandalise: (file: InstanceType<typeof DatabaseSync>) => void, running: boolean) {
  const copy = copyOf(play.folder);
  const edit = () => {
    const file = new DatabaseSync(join(copy.folder, "boardcast.db"), { timeout: 5000 });
    file.exec("PRAGMA foreign_keys=OFF");
    vandalise(file);
    file.close();
  };
  if (!running) edit();
  const office = await openOffice(copy.folder, { ...play.time }, siteWith());
  try {
    if (running) {
      edit();
      await office.readAgain();
    }
    await office.beat();
    const seen: { board: string; at: number; notice: string; dots: string }[] = [];
    for (const [board, all] of office.wanted) {
      const newest = all.at(-1);
      if (!newest || !office.clears(newest)) continue;
      for (let now = play.time.board; now < play.time.board + 3_600_000; now += 600_000) {
        const { span, message } = lookup(newest.programme, now);
        const dots = Buffer.from(newest.messages.get(message ?? "")?.pages[0]?.bitmap.pixels ?? []).toString("hex");
        for (const notice of newest.owners[span] ?? []) seen.push({ board, at: now, notice, dots });
      }
    }
    return {
      seen,
      verdict: await verifyStore(office.store, keyIn(copy.folder), { good: [], faults: [] }).catch(String),
    };
  } finally {
    await office.close();
    copy.remove();
  }
}

const one = (
  file: InstanceType<typeof DatabaseSync>,
  statement: string,
  ...values: (string | number | Uint8Array | null)[]
) => void file.prepare(statement).run(...(values as string[]));
const set = (table: string, column: string, to: string, notice: string) =>
  `UPDATE ${table} SET ${column} = ${to} WHERE notice = '${notice}'`;
const paste = (to: string) =>
  `INSERT OR REPLACE INTO seal SELECT site, '${to}', 1, body, signature FROM seal WHERE notice = '${ids.signed}'`;

/** Each does what somebody with the file might do; `sealed` may stand for the one thing that is still rightly lit. */
const attacks: Readonly<Record<string, () => readonly string[]>> = {
  "a schedule moved out of its envelope": () => [
    set(
      "revision",
      "schedule",
      `json_set(schedule, '$.from', 0, '$.until', 9e15, '$.boards', json('["B1","B2"]'), '$.priority', 0)`,
      ids.signed,
    ),
  ],
  "a withdrawal set to NULL": () => [set("revision", "withdrawn_at", "NULL", ids.withdrawn)],
  "a withdrawal and its row in the register taken away": () => [
    set("revision", "withdrawn_at", "NULL", ids.withdrawn),
    `DELETE FROM ledger WHERE subject = '${ids.withdrawn}' AND action IN ('notice/withdrawn', 'review/withdrawn')`,
  ],
  "a newer seal deleted, so that the earlier text comes back": () => [
    `DELETE FROM seal WHERE notice = '${ids.edited}' AND number = 2`,
  ],
  "a newer revision deleted with its seal": () => [
    `DELETE FROM seal WHERE notice = '${ids.edited}' AND number = 2`,
    `DELETE FROM revision WHERE notice = '${ids.edited}' AND number = 2`,
    `UPDATE notice SET revisions = 1 WHERE id = '${ids.edited}'`,
  ],
  "openness flipped in what is internal, with another's seal": () => [
    set("revision", "content", `json_set(content, '$.openness', '主动公开')`, ids.internal),
    set(
      "revision",
      "schedule",
      `json_set(schedule, '$.boards', json('["B1"]'), '$.from', 0, '$.until', 9e15)`,
      ids.internal,
    ),
    paste(ids.internal),
  ],
  "another notice's seal pasted": () => [paste(ids.waiting)],
  "a case set to signed without a seal": () => [
    `UPDATE review_case SET state = 'signed', body = json_set(body, '$.steps', json_array()) WHERE notice = '${ids.waiting}'`,
  ],
  "a signed text exchanged": () => [set("revision", "content", `json_set(content, '$.body', '假的。')`, ids.signed)],
  "a signed text and its hash exchanged": () => [
    `UPDATE revision SET content = w.content, hash = w.hash FROM revision w WHERE w.notice = '${ids.waiting}' AND revision.notice = '${ids.signed}'`,
  ],
  "a seal's window widened": () => [
    set(
      "seal",
      "body",
      `json_set(body, '$.envelope.until', 9000000000000, '$.envelope.boards', json('["B1","B2"]'))`,
      ids.signed,
    ),
  ],
  "a seal's pixels exchanged for those of another": () => [
    `UPDATE seal SET body = json_set(body, '$.pixels[0].message', (SELECT lower(hex(hash)) FROM message ORDER BY hash DESC LIMIT 1)) WHERE notice = '${ids.signed}'`,
  ],
  "a message's bytes swapped": () => [
    "UPDATE message SET deflated = (SELECT deflated FROM message ORDER BY hash LIMIT 1)",
  ],
  "messages exchanged crosswise": () => [
    "CREATE TABLE m AS SELECT * FROM message ORDER BY hash",
    "DELETE FROM message",
    "INSERT INTO message SELECT a.site, a.hash, b.deflated FROM m a JOIN m b ON b.rowid = (a.rowid % (SELECT count(*) FROM m)) + 1",
  ],
};

describe.each(Object.keys(attacks))("%s", (name) => {
  test.each([
    ["before it starts", false],
    ["while it runs", true],
  ])("lights nothing that is not signed, done %s", async (_, running) => {
    const { seen, verdict } = await lights((file) => {
      for (const statement of attacks[name]?.() ?? []) file.exec(statement);
    }, running);
    // Whoever takes the register's rows away, too, brings back what was signed once, and never anything else; and it shows.
    const gone = name.includes("its row in the register") ? [] : [ids.withdrawn];
    const rightly = ["default:B1", "default:B2", ids.signed, ids.edited];
    const dotsOfGone = dotsOf("撤下\n明天停水。", "B1");
    const wrong = seen.filter(
      ({ notice, dots, board, at: now }) =>
        [ids.waiting, ids.internal, ids.draft, ...gone].includes(notice) ||
        (dots !== dotsOfGone && !rightly.some((id) => play.model.allows(id, dots, board, now))) ||
        (dots === dotsOfGone && gone.length > 0),
    );
    expect(wrong).toEqual([]);
    // What touches the record of notices shows.
    if (!/message|case set/.test(name)) expect(JSON.stringify(verdict)).toMatch(/ledger\//);
  });
});

test("untouched, it is whole, and shows what is signed", async () => {
  const { seen, verdict } = await lights(() => {}, false);
  expect(seen.map(({ notice }) => notice)).toContain(ids.signed);
  expect(JSON.stringify(verdict)).not.toMatch(/ledger\//);
});

test("a seal of practice, or of another office's key, is worth nothing here", async () => {
  const other = scratch();
  const store = await openStore(other.folder);
  const foreign = keyIn(other.folder);
  const signAs = { kind: "practice", by: "practice" } as const;
  await importNotices(
    parseRecords([record("X", { title: "演练" })]),
    partsFor(store, foreign, signAs, play.time.board),
  );
  const seal = (await store.notices.get("X"))?.seal;
  await store.close();
  other.remove();
  if (!seal) throw new Error("practice did not seal");
  const own = keyIn(play.folder);
  expect(verifySeal(seal, foreign.publicKey)).toBe(true);
  expect(verifySeal(seal, own.publicKey)).toBe(false);
  const renamed = { ...seal, body: { ...seal.body, installation: own.installation } };
  expect(verifySeal(renamed, own.publicKey)).toBe(false);
  expect(verifySeal(signSeal(renamed.body, own), own.publicKey)).toBe(true);
  const { seen } = await lights((file) => {
    for (const body of [seal.body, renamed.body])
      one(
        file,
        "INSERT OR REPLACE INTO seal VALUES ('main', ?, 1, ?, ?)",
        ids.waiting,
        JSON.stringify(body),
        Buffer.from(seal.signature, "hex"),
      );
  }, false);
  expect(seen.map(({ notice }) => notice)).not.toContain(ids.waiting);
});
