/** `verify` in the daemon's own thread: however long the ledger is, panels and browsers get their turn all along. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyStore } from "../../src/daemon/verify.ts";
import { emptyHead, rowHash } from "../../src/ledger/row.ts";
import type { Chain, LedgerStore } from "../../src/ledger/types.ts";
import { canonicalJson } from "../../src/canonical-json.ts";
import { type Office, openOffice } from "./chain.ts";

const rows: Readonly<Record<Chain, number>> = { register: 20_000, play: 5000 };
/** In the 8 ms of a piece no machine reads, hashes and judges so many. */
const rowsAtATime = 4000;

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const insert = office.vandal.prepare(
    "INSERT INTO ledger (site, chain, seq, board_at, wall_at, by, action, subject, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  office.vandal.exec("BEGIN");
  for (const chain of ["register", "play"] as const) {
    let { hash } = emptyHead(chain);
    for (let seq = 1; seq <= rows[chain]; seq++) {
      const data = { index: seq, says: "第几行" };
      const row = {
        chain,
        seq,
        boardAt: seq,
        wallAt: seq,
        by: "system",
        action: "test/noted",
        subject: "s",
        data,
      } as const;
      hash = rowHash(hash, row);
      insert.run(
        "main",
        chain,
        seq,
        seq,
        seq,
        "system",
        row.action,
        "s",
        canonicalJson(data),
        Buffer.from(hash, "hex"),
      );
    }
  }
  office.vandal.exec("COMMIT");
});
afterAll(() => office.close());

test("rows between two turns of the event loop are bounded", async () => {
  let [sinceTurn, most, turns] = [0, 0, 0];
  let running = true;
  const turn = () => {
    turns++;
    sinceTurn = 0;
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  const ledger: LedgerStore = {
    ...office.store.ledger,
    async stored(...asked) {
      const found = await office.store.ledger.stored(...asked);
      sinceTurn += found.length;
      most = Math.max(most, sinceTurn);
      return found;
    },
  };
  const verdict = await verifyStore({ ...office.store, ledger }, office.key, { good: [], faults: [] });
  running = false;
  expect(verdict).toMatchObject({ faults: [], register: { rows: rows.register }, play: { rows: rows.play } });
  expect(most).toBeLessThan(rowsAtATime);
  expect(turns).toBeGreaterThan((rows.register + rows.play) / rowsAtATime);
});
