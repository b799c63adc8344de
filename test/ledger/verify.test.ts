/** Promise 6, second half: altering the record shows, and the first broken row is named. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyChain } from "../../src/ledger/index.ts";
import type { Checkpoint } from "../../src/ledger/index.ts";
import { type Office, note, openOffice, type Raw, rawRows, rehash } from "./chain.ts";

let office: Office;
let kept: Checkpoint;
beforeAll(async () => {
  office = await openOffice();
  for (let index = 1; index <= 12; index++) await note(office.store, index);
  for (let index = 1; index <= 3; index++) await note(office.store, index, "play");
  kept = await office.checkpoint();
  office.vandal.exec("CREATE TABLE untouched AS SELECT * FROM ledger");
});
beforeEach(() => office.vandal.exec("DELETE FROM ledger; INSERT INTO ledger SELECT * FROM untouched"));
afterAll(() => office.close());

const run = (statement: string, ...values: (string | number | bigint | Uint8Array)[]) =>
  office.vandal.prepare(statement).run(...values);

test("a chain that nobody touched is whole, with and without checkpoints", async () => {
  expect(await office.verified([kept])).toEqual([]);
  const { rows, head, broken } = await verifyChain(office.store.ledger, "register", []);
  expect({ rows, head, broken }).toEqual({ rows: 12, head: await office.store.ledger.head("register"), broken: null });
});

describe("every column of every row, in place", () => {
  const changes: readonly [keyof Raw | "site", (row: Raw) => string | number | bigint | Uint8Array][] = [
    ["seq", (row) => row.seq + 100],
    ["seq", () => -1],
    ["seq", () => 2n ** 60n],
    ["chain", () => "elsewhere"],
    ["site", () => "elsewhere"],
    ["board_at", (row) => row.board_at + 1],
    ["board_at", () => 2n ** 60n],
    ["wall_at", (row) => row.wall_at - 1],
    ["by", (row) => `${row.by} `],
    ["action", () => "test/other"],
    ["action", () => "none"],
    ["subject", (row) => `${row.subject}1`],
    ["data", (row) => row.data.replace(/\d/, "7") + (row.data.includes("7") ? " " : "")],
    ["data", (row) => row.data.replace(":", ": ")],
    ["data", () => "{"],
    ["data", () => "[]"],
    ["data", () => "null"],
    ["hash", (row) => Uint8Array.from(row.hash, (byte, index) => (index === 31 ? byte ^ 1 : byte))],
    ["hash", (row) => row.hash.slice(0, 31)],
    ["hash", () => new Uint8Array(0)],
  ];

  test.each(changes)("%s", async (column, changed) => {
    for (const row of rawRows(office)) {
      const value = changed(row);
      run(`UPDATE ledger SET ${column} = ? WHERE chain = 'register' AND seq = ?`, value, row.seq);
      const faults = await office.verified([kept]);
      expect(faults, `row ${row.seq}`).toHaveLength(1);
      // A number below the first is named itself; all else by the place where the row is missing or wrong.
      const named = value === -1 ? "Row -1 of" : new RegExp(`^Row ${row.seq} (\\(to \\d+\\) )?of the register `);
      expect(faults[0]).toMatch(named);
      office.vandal.exec("DELETE FROM ledger; INSERT INTO ledger SELECT * FROM untouched");
    }
  });

  test("what was done is told apart", async () => {
    const says = async (statement: string) => {
      office.vandal.exec(statement);
      const faults = await office.verified([kept]);
      office.vandal.exec("DELETE FROM ledger; INSERT INTO ledger SELECT * FROM untouched");
      return faults;
    };
    const where = "WHERE chain = 'register' AND seq = 5";
    expect(await says(`UPDATE ledger SET by = 'x' ${where}`)).toEqual([
      "Row 5 of the register was altered, or does not follow on the row before",
    ]);
    expect(await says(`UPDATE ledger SET hash = zeroblob(32) ${where}`)).toEqual([
      "Row 5 of the register has another's hash: it fits neither the row before nor the row after",
    ]);
    expect(await says(`UPDATE ledger SET data = ' ' || data ${where}`)).toEqual([
      "Row 5 of the register was written anew in another form",
    ]);
    expect(await says(`UPDATE ledger SET data = '' ${where}`)).toEqual(["Row 5 of the register cannot be read"]);
    expect(await says(`DELETE FROM ledger ${where}`)).toEqual(["Row 5 of the register is not there: it was deleted"]);
  });
});

describe("rows deleted", () => {
  test.each([
    ["the first", "seq = 1", "Row 1 of the register is not there: it was deleted"],
    ["at the beginning", "seq <= 3", "Row 1 (to 3) of the register is not there: it was deleted"],
    ["in the middle", "seq IN (5, 6, 9)", "Row 5 (to 6) of the register is not there: it was deleted"],
    ["the last", "seq = 12", "Row 12 of the register is not there: it was deleted"],
    ["the tail", "seq > 7", "Row 8 (to 12) of the register is not there: it was deleted"],
    ["all", "seq > 0", "Row 1 (to 12) of the register is not there: it was deleted"],
  ])("%s", async (_, which, said) => {
    office.vandal.exec(`DELETE FROM ledger WHERE chain = 'register' AND ${which}`);
    expect(await office.verified([kept])).toEqual([said]);
  });

  test("of a tail the chain itself cannot know: only the checkpoint does", async () => {
    office.vandal.exec("DELETE FROM ledger WHERE chain = 'register' AND seq > 7");
    expect(await office.verified([])).toEqual([]);
  });

  test("and others added in their place", async () => {
    office.vandal.exec("DELETE FROM ledger WHERE chain = 'register' AND seq > 7");
    for (let index = 8; index <= 14; index++) await note(office.store, index + 50);
    expect(await office.verified([])).toEqual([]);
    expect(await office.verified([kept])).toEqual([
      "Row 1 (to 12) of the register was rewritten with all that follows: a signed checkpoint says otherwise",
    ]);
  });

  test("the play log's own: the register is not blamed", async () => {
    office.vandal.exec("DELETE FROM ledger WHERE chain = 'play' AND seq = 1");
    expect(await office.verified([kept])).toEqual(["Row 1 of the play log is not there: it was deleted"]);
  });
});

describe("rows moved about", () => {
  test("every two exchanged", async () => {
    const all = rawRows(office);
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1)) {
        const set = "UPDATE ledger SET seq = ? WHERE chain = 'register' AND seq = ?";
        run(set, 1000, one.seq);
        run(set, one.seq, other.seq);
        run(set, other.seq, 1000);
        const faults = await office.verified([kept]);
        expect(faults[0]).toMatch(new RegExp(`^Row ${one.seq} of the register `));
        run(set, 1000, one.seq);
        run(set, one.seq, other.seq);
        run(set, other.seq, 1000);
      }
    expect(await office.verified([kept])).toEqual([]);
  });

  test("one put in between, the others moved on", async () => {
    for (let seq = 12; seq >= 6; seq--)
      run("UPDATE ledger SET seq = seq + 1 WHERE chain = 'register' AND seq = ?", seq);
    office.vandal.exec(
      "INSERT INTO ledger SELECT site, chain, 6, board_at, wall_at, by, action, subject, data, hash FROM ledger WHERE chain = 'register' AND seq = 5",
    );
    expect(await office.verified([kept])).toEqual([
      "Row 6 of the register has another's hash: it fits neither the row before nor the row after",
    ]);
  });

  test("one put before the first", async () => {
    office.vandal.exec(
      "INSERT INTO ledger SELECT site, chain, 0, board_at, wall_at, by, action, subject, data, hash FROM ledger WHERE chain = 'register' AND seq = 5",
    );
    expect(await office.verified([])).toEqual(["Row 0 of the register should not be there: it was added"]);
  });
});

describe("all hashes worked out anew by somebody without the key", () => {
  test("for the chain it is whole; the checkpoint says that it was rewritten, and from where on", async () => {
    const early = { ...kept, ...headAt(4) };
    office.vandal.exec("UPDATE ledger SET by = 'nobody' WHERE chain = 'register' AND seq = 6");
    rehash(office, 6);
    expect(await office.verified([])).toEqual([]);
    expect(await office.verified([kept])).toEqual([
      "Row 1 (to 12) of the register was rewritten with all that follows: a signed checkpoint says otherwise",
    ]);
    expect(await office.verified([kept, early])).toEqual([
      "Row 5 (to 12) of the register was rewritten with all that follows: a signed checkpoint says otherwise",
    ]);
  });

  function headAt(seq: number) {
    return { seq, hash: Buffer.from(rawRows(office)[seq - 1]?.hash ?? []).toString("hex") };
  }
});

test("a long chain is looked at in pieces: others get their turn between them", async () => {
  const large = await openOffice();
  try {
    await large.store.change("system", async (tx) => {
      for (let index = 0; index < 3000; index++)
        await tx.record({ action: "test/noted", subject: "s", data: { index, says: "字".repeat(300) } });
    });
    let turns = 0;
    let over = false;
    const verified = verifyChain(large.store.ledger, "register", []).then((verdict) => {
      over = true;
      return verdict;
    });
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    expect((await verified).rows).toBe(3000);
    expect(turns).toBeGreaterThan(2);
  } finally {
    await large.close();
  }
});
