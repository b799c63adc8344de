/** How long the ledger is kept: the register for ever, the play log as long as it must be. What is cut is signed for. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Instant } from "../time/clock.ts";
import { type Checkpoint, checkpointHolds, type Signing, signCheckpoint, type Verifying } from "./checkpoint.ts";
import type { ChangeOf, Head, LedgerRow, LedgerStore, LedgerVerbs } from "./types.ts";

const action = "ledger/cut";
const subject = "play";

const cutSchema = z.object({
  seq: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.int(),
  signature: z.string(),
});

/** What a row of the register says was cut; null: it is no such row, or not signed. */
export function cutOf(row: LedgerRow, verifying: Verifying): Checkpoint | null {
  if (row.action !== action || row.subject !== subject) return null;
  const parsed = cutSchema.safeParse(row.data);
  if (!parsed.success) return null;
  const { seq, hash, at, signature } = parsed.data;
  const cut: Checkpoint = { chain: "play", seq, hash, at, signature };
  return checkpointHolds(cut, verifying) ? cut : null;
}

/** Where the play log begins behind; null: at its first row. */
export async function latestCut(ledger: Pick<LedgerStore, "about">, verifying: Verifying): Promise<Checkpoint | null> {
  let last: Checkpoint | null = null;
  for (let after = 0; ; ) {
    const rows = await ledger.about("register", subject, after);
    for (const row of rows) {
      const cut = cutOf(row, verifying);
      if (cut !== null && cut.seq > (last?.seq ?? 0)) last = cut;
    }
    const end = rows.at(-1);
    if (end === undefined) return last;
    after = end.seq;
  }
}

export interface RetentionParts {
  readonly ledger: LedgerStore;
  readonly change: ChangeOf<{ readonly ledger: LedgerVerbs }>;
  readonly signing: Signing;
}

/**
 * Takes away play rows that were all written before `before` (wall clock), oldest first and at most
 * `limits.ledgerRowsAtOnce`, and leaves a signed row about it in the register, in the same change. The newest row always
 * stays: the chain goes on from it. Answers with the last row that went; null: there was nothing to cut.
 */
export async function cutPlay(
  { ledger, change, signing }: RetentionParts,
  before: Instant,
  now: Instant,
): Promise<Head | null> {
  const old = await ledger.lastBefore("play", before, limits.ledgerRowsAtOnce);
  if (old === null) return null;
  const end = await ledger.head("play");
  const cut = old.seq < end.seq ? old : await rowBefore(ledger, end);
  if (cut === null) return null;
  const { seq, hash, at, signature } = signCheckpoint(cut, now, signing);
  await change("system", async (tx) => {
    await tx.ledger.cutPlay(seq);
    await tx.record({ action, subject, data: { seq, hash, at, before, signature } });
  });
  return cut;
}

async function rowBefore(ledger: Pick<LedgerStore, "rows">, { chain, seq }: Head): Promise<Head | null> {
  const [row] = await ledger.rows(chain, seq - 2, 1);
  return row === undefined || row.seq >= seq ? null : { chain, seq: row.seq, hash: row.hash };
}
