/** Looking through the register: what a plain reading of all rows finds, in portions, the newest first. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LedgerRow, LedgerWanted } from "../../src/ledger/types.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { scratch } from "../store/small-office.ts";

const place = scratch();
const begin = 1_500_000_000_000;
let store: Store;
let at = begin;
const rows: LedgerRow[] = [];
const titles = ["修路公告", "停水通知", '带"引号"的 Notice', "100%\\_"];

beforeAll(async () => {
  store = await openStore(place.folder, () => ({ boardAt: at, wallAt: at }));
  for (let index = 0; index < 60; index++) {
    // A practice clock goes back now and then.
    at += index % 7 === 3 ? -5000 : 1000;
    const row = await store.change(`P0${index % 3}`, (tx) =>
      tx.record({
        action: index % 5 === 0 ? "review/signed" : "notice/added",
        subject: index % 4 === 0 ? `B${1 + (index % 12)}` : `N${index % 9}`,
        data: {
          title: titles[index % 4] ?? "",
          boards: [`B${1 + (index % 12)}`],
          number: index,
          hash: "0a".repeat(32),
        },
      }),
    );
    rows.push(row);
  }
});
afterAll(async () => {
  await store.close();
  place.remove();
});

const said = ({ subject, data }: LedgerRow) =>
  [subject, String(data.title), ...(data.boards as readonly string[]), String(data.number)].map((text) =>
    text.toLowerCase(),
  );
const plain = (row: LedgerRow, { words, actions, accounts, by, board, from, until }: LedgerWanted) =>
  (words === undefined ||
    said(row).some((text) => text.includes(words)) ||
    String(row.seq) === words ||
    (actions ?? []).includes(row.action) ||
    (accounts ?? []).includes(row.by)) &&
  (by === undefined || by.includes(row.by)) &&
  (board === undefined || [row.subject, ...(row.data.boards as readonly string[])].includes(board)) &&
  (from === undefined || row.boardAt >= from) &&
  (until === undefined || row.boardAt < until);

const wanted = fc.record(
  {
    words: fc.constantFrom("n5", "停水", '"引号"', "notice", "%", "\\_", "title", "boards", "0a0a", "b1", "17", "没有"),
    actions: fc.constantFrom([], ["review/signed"]),
    accounts: fc.constantFrom([], ["P01"]),
    by: fc.constantFrom([], ["P00"], ["P01", "P02"]),
    board: fc.constantFrom("B1", "B11", "B99"),
    from: fc.integer({ min: begin - 1000, max: begin + 60_000 }),
    until: fc.integer({ min: begin - 1000, max: begin + 60_000 }),
  },
  { requiredKeys: [] },
);

test("it is what a plain reading finds, however many are asked for at once", async () => {
  await fc.assert(
    fc.asyncProperty(wanted, fc.integer({ min: 1, max: 9 }), async (asked, most) => {
      const found: number[] = [];
      let before: number | null = null;
      do {
        const some = await store.ledger.search("register", asked, before, most);
        expect(some.rows.length).toBeLessThanOrEqual(most);
        found.push(...some.rows.map(({ seq }) => seq));
        expect(some.before === null || before === null || some.before < before).toBe(true);
        before = some.before;
      } while (before !== null);
      const meant = rows.filter((row) => plain(row, asked)).map(({ seq }) => seq);
      expect(found).toEqual(meant.reverse());
    }),
    { numRuns: 150 },
  );
});

test("a hash is found by eight of its digits, not by two", async () => {
  const count = async (words: string) => (await store.ledger.search("register", { words }, null, 100)).rows.length;
  expect([await count("0a0a"), await count("0a0a0a0a")]).toEqual([0, 60]);
});
