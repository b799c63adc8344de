/** Somebody who can write to the office's database, and what the office would then send to its panels. */
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterAll, beforeAll, expect } from "vitest";
import { Book } from "../../src/daemon/book.ts";
import { deskOffice } from "../../src/daemon/index.ts";
import { createFits } from "../../src/daemon/fits.ts";
import { practiceClock } from "../../src/daemon/practice-clock.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { signingOf, verifyStore } from "../../src/daemon/verify.ts";
import { sentence } from "../../src/fault.ts";
import { type Checkpoint, signCheckpoint } from "../../src/ledger/index.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import type { SigningKey } from "../../src/notices/seal.ts";
import type { Store } from "../../src/store/index.ts";
import { clear } from "../../src/panels/delivery/clear.ts";
import { openStore } from "../../src/store/index.ts";
import { changingCalendar } from "../../src/time/calendar.ts";
import {
  at,
  boards,
  importRecords,
  keyIn,
  pixelsOf,
  record,
  scratch,
  signDefaults,
  site,
  zone,
} from "./small-office.ts";

export const now = at("2017-11-06T08:30");
const calendar = changingCalendar(site.calendar);
export const { folder, remove } = scratch();
export let store: Store;
export let vandal: InstanceType<typeof DatabaseSync>;
let key: SigningKey;
let checkpoint: Checkpoint;

interface Signed {
  readonly what: string;
  readonly board: string;
  readonly hash: string;
  readonly bytes: string;
  readonly from: number;
  /** By the signature alone. */
  readonly until: number;
  /** By withdrawal or a newer signature, which lie outside it. */
  readonly over: number;
}
let signed: readonly Signed[] = [];

beforeAll(async () => {
  key = keyIn(folder);
  store = await openStore(folder);
  await signDefaults(store, key);
  // Signed for 08:00–10:00; signed anew, with other words and to 09:30, at 09:00.
  await importRecords(store, key, [record("two", { boards: ["B1", "B2"] })]);
  const anew = { state: "approved", signerId: "P03", signedAt: "2017-11-06T09:00" };
  await importRecords(store, key, [
    record("two", { boards: ["B1", "B2"], body: "新", until: "2017-11-06T09:30", review: anew }),
  ]);
  await importRecords(store, key, [
    record("late", { body: "后", from: "2017-11-06T09:10", until: "2017-11-06T09:40" }),
  ]);
  await importRecords(store, key, [record("gone", { body: "撤" })]);
  await store.notices.withdraw("gone", at("2017-11-06T08:10"));
  await importRecords(store, key, [record("draft", { body: "稿", review: { state: "draft" } })]);
  await practiceClock(store.settings, zone, now);
  signed = originallySigned();
  checkpoint = signCheckpoint(await store.ledger.head("register"), now, signingOf(key));
  vandal = new DatabaseSync(join(folder, "boardcast.db"));
  vandal.exec("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=5000");
});

afterAll(async () => {
  vandal.close();
  await store.close();
  remove();
});

function originallySigned(): Signed[] {
  const of = (
    what: string,
    text: string,
    ids: readonly string[],
    from: string,
    until: string,
    over = until,
  ): Signed[] =>
    boards
      .filter(({ id }) => ids.includes(id))
      .map(({ id, shape }) => {
        const { hash, bytes } = pixelsOf(text, shape);
        return {
          what,
          board: id,
          hash,
          bytes: Buffer.from(bytes).toString("hex"),
          from: at(from),
          until: at(until),
          over: at(over),
        };
      });
  return [
    ...of("two, first", "two\n字", ["B1", "B2"], "2017-11-06T08:00", "2017-11-06T10:00", "2017-11-06T09:00"),
    ...of("two, anew", "two\n新", ["B1", "B2"], "2017-11-06T09:00", "2017-11-06T09:30"),
    ...of("late", "late\n后", ["B1"], "2017-11-06T09:10", "2017-11-06T09:40"),
    ...of("gone", "gone\n撤", ["B1"], "2017-11-06T08:00", "2017-11-06T10:00", "2017-11-06T08:10"),
    ...of("default", "B1\nB1", ["B1"], "1970-01-02", "9999-12-30"),
    ...of("default", "B2\nB2", ["B2"], "1970-01-02", "9999-12-30"),
  ];
}

interface Outcome {
  /** "board message": turns that would be lit. */
  readonly lit: ReadonlySet<string>;
  /** Outside every signature. Must stay empty, whatever was done. */
  readonly unsigned: readonly string[];
  /** Inside its signature, but over: withdrawn, or replaced by a newer one. */
  readonly revived: readonly string[];
}

/** Messages as a running office has them: read before anybody altered anything. */
let shelf: MessageShelf | null = null;

/** An office that keeps its shelf, unless its messages may have been altered: those are read anew. */
function shelfAfter(altered: string | null): MessageShelf {
  if (altered === null || altered === "message") return new MessageShelf(store.messages, 1 << 20);
  shelf ??= new MessageShelf(store.messages, 1 << 20);
  return shelf;
}

/**
 * Everything from the open store to what links would accept, as an office does it after it was told of a change.
 * `altered`: the only table that was; null: any may have been.
 */
export async function wouldLight(altered: string | null = null): Promise<Outcome> {
  const book = new Book(store.notices, key.publicKey);
  await book.reload();
  const programmes = new Programmes(site, calendar, book, shelfAfter(altered));
  const lit = new Set<string>();
  const unsigned: string[] = [];
  const revived = new Set<string>();
  const seals = { verdict: (notice: string, when: number) => book.verdict(notice, when) };
  for (const board of boards) {
    const planned = await programmes.plan(board, now, now + site.holdMs);
    const { programme, owners, messages } = planned;
    const clearance = clear({ board: board.id, programme, owners, messages, dark: false }, seals, now);
    if (!clearance.ok) continue;
    for (const span of programme.spans) {
      const [from, until] = [programme.base + span.startMs, programme.base + span.endMs];
      for (const turn of span.turns) {
        const hash = programme.messages[turn.message] ?? "";
        const bytes = Buffer.from(messages.get(hash)?.bytes ?? []).toString("hex");
        lit.add(`${board.id} ${hash.slice(0, 8)}`);
        const mine = signed.filter((one) => one.board === board.id && one.hash === hash && one.bytes === bytes);
        if (!mine.some((one) => one.from <= from && until <= one.until))
          unsigned.push(`${board.id} ${hash} ${from} ${until}`);
        else if (!mine.some((one) => one.from <= from && until <= one.over)) revived.add(mine[0]?.what ?? "");
      }
    }
  }
  return { lit, unsigned, revived: [...revived] };
}

/** An office that people look at must answer them too. */
export async function answers(altered: string | null = null): Promise<void> {
  const book = new Book(store.notices, key.publicKey);
  await book.reload();
  const programmes = new Programmes(site, calendar, book, shelfAfter(altered));
  const office = deskOffice({
    site,
    clock: { now: () => now },
    clockId: "test",
    calendar,
    store,
    book,
    programmes,
    fits: createFits(site, store.pictures),
    importText: () => Promise.reject(new Error("not asked")),
    close: async () => {},
  });
  for await (const view of office.notices(now)) expect(view.id).toBeTypeOf("string");
  for (const { id } of boards) {
    await office.playlist(id, now, now + 3600_000);
    await office.frame(id, now);
  }
}

export type Value = string | number | bigint | Uint8Array | null;
export interface Cell {
  readonly table: string;
  readonly column: string;
  readonly rowid: number;
  readonly value: Value;
}

/** Of the ledger: the rows by which something was taken down. */
const downs = "WHERE action IN ('notice/withdrawn', 'notice/revised')";
const tables = ["setting", "notice", "revision", "seal", "message", "ledger"];

export interface Row {
  readonly table: string;
  readonly rowid: number;
  readonly columns: Readonly<Record<string, Value>>;
}

export function rows(): Row[] {
  return tables.flatMap((table) => {
    const which = table === "ledger" ? downs : "";
    const found = vandal.prepare(`SELECT rowid AS _row, * FROM ${table} ${which}`).all() as Record<string, Value>[];
    return found.map(({ _row, ...columns }) => ({ table, rowid: Number(_row), columns }));
  });
}

export function cells(all: readonly Row[] = rows()): Cell[] {
  return all.flatMap(({ table, rowid, columns }) =>
    Object.entries(columns).map(([column, value]) => ({ table, column, rowid, value })),
  );
}

/** What `verify` says of the database as it is, by the checkpoint that was signed before anybody altered it. */
export async function verified(): Promise<readonly string[]> {
  const { faults } = await verifyStore(store, key, { good: [checkpoint], faults: [] });
  return faults.map((fault) => sentence(fault).en);
}

/** False: SQLite itself does not take it (a key twice, NULL where there must be something). */
export function write({ table, column, rowid }: Cell, value: Value, text: boolean): boolean {
  try {
    // Through a BLOB, so that text may hold bytes that are no text.
    const cast = text && value !== null ? "CAST(? AS TEXT)" : "?";
    vandal.prepare(`UPDATE ${table} SET ${column} = ${cast} WHERE rowid = ?`).run(value as Uint8Array, rowid);
    return true;
  } catch {
    return false;
  }
}

export interface Tally {
  altered: number;
  refused: number;
  /** What was done → what it brought back. */
  readonly revived: Map<string, Set<string>>;
}

export async function alter(cell: Cell, value: Value, tally: Tally, ask = false): Promise<void> {
  const text = typeof cell.value === "string";
  const given = typeof value === "string" ? Buffer.from(value) : value;
  if (!write(cell, given, text)) {
    tally.refused++;
    return;
  }
  tally.altered++;
  const place = `${cell.table}.${cell.column}`;
  const outcome = await wouldLight(cell.table);
  expect(outcome.unsigned, `${place} row ${cell.rowid} := ${String(value)}`).toEqual([]);
  for (const what of outcome.revived) tally.revived.set(place, (tally.revived.get(place) ?? new Set()).add(what));
  if (ask) await answers(cell.table);
  write(cell, typeof cell.value === "string" ? Buffer.from(cell.value) : cell.value, text);
}

export const newTally = (): Tally => ({ altered: 0, refused: 0, revived: new Map() });
