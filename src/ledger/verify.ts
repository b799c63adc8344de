/** Whether a chain is what was written. It is read in portions, so that nothing else waits, however long it has grown. */
import { canonicalJson } from "../canonical-json.ts";
import type { LedgerFault } from "../fault.ts";
import { Pieces } from "../time/pieces.ts";
import { emptyHead, rowHash } from "./row.ts";
import type { Chain, Head, LedgerData, LedgerRow, LedgerStore, StoredRow } from "./types.ts";

export type BrokenChain = Extract<LedgerFault, { code: "ledger/broken" }>;

export interface ChainVerdict {
  readonly chain: Chain;
  /** Rows that were looked at and are whole, from the first on. */
  readonly rows: number;
  /** The last of them. */
  readonly head: Head;
  /** The first broken row; null: the chain is whole. */
  readonly broken: BrokenChain | null;
}

export interface VerifyOptions {
  /** Rows up to here were taken away by a signed word: the chain begins behind. */
  readonly cut?: Head | null;
  /** Rows up to here were looked at before, and are not again; that this one is still there is. */
  readonly after?: Head | null;
  /** Is handed each whole row, in order. */
  readonly each?: (row: LedgerRow) => void;
}

const rowsAtOnce = 100;

/** `checkpoints`: ends of the chain that were signed; their signatures have been looked at. */
export async function verifyChain(
  ledger: Pick<LedgerStore, "stored" | "head">,
  chain: Chain,
  checkpoints: readonly Head[],
  { cut = null, after = null, each }: VerifyOptions = {},
): Promise<ChainVerdict> {
  const begin = after ?? cut ?? emptyHead(chain);
  const signed = new Map<number, Head[]>();
  for (const one of checkpoints) if (one.chain === chain) signed.set(one.seq, [...(signed.get(one.seq) ?? []), one]);
  const pieces = new Pieces();
  const broken = (seq: number, what: BrokenChain["what"], until?: number): BrokenChain => {
    return { code: "ledger/broken", chain, seq, what, ...(until !== undefined && { until }) };
  };

  let head = begin;
  let rows = 0;
  /** Everything up to here is as it was signed. */
  let known = begin.seq;
  const end = (fault: BrokenChain | null): ChainVerdict => ({ chain, rows, head, broken: fault });

  const contradicted = (): BrokenChain | null => {
    const here = signed.get(head.seq) ?? [];
    if (here.some(({ hash }) => hash !== head.hash)) return broken(known + 1, "rewritten", head.seq);
    if (here.length > 0) known = head.seq;
    return null;
  };

  if (after !== null && after.seq > (cut?.seq ?? 0)) {
    const [row] = await ledger.stored(chain, after.seq - 1, 1);
    if (row === undefined) return end(broken((await ledger.head(chain)).seq + 1, "missing", after.seq));
    if (row.seq !== after.seq) return end(broken(after.seq, "missing", Number(row.seq) - 1));
    if (row.hash !== after.hash) return end(broken(after.seq, "rewritten"));
  }
  // Without an earlier look, rows before the first that there may be are looked for too.
  let from = after === null ? null : after.seq;
  for (;;) {
    const portion = await ledger.stored(chain, from, rowsAtOnce);
    if (portion.length === 0) break;
    for (const stored of portion) {
      const judged = judge(chain, stored, head);
      if (typeof judged === "string") {
        if (judged === "missing") return end(broken(head.seq + 1, "missing", Number(stored.seq) - 1));
        if (judged === "extra") return end(broken(Number(stored.seq), "extra"));
        if (judged === "altered" && !(await followed(ledger, chain, stored)))
          return end(broken(head.seq + 1, "foreign"));
        return end(broken(head.seq + 1, judged));
      }
      head = { chain, seq: judged.seq, hash: judged.hash };
      rows++;
      const fault = contradicted();
      if (fault !== null) return end(fault);
      each?.(judged);
      await pieces.rest();
    }
    from = head.seq;
  }
  const last = Math.max(...signed.keys(), 0);
  if (last > head.seq) return end(broken(head.seq + 1, "missing", last));
  return end(null);
}

/** The row, or what is wrong with it behind `before`. */
function judge(chain: Chain, stored: StoredRow, before: Head): LedgerRow | BrokenChain["what"] {
  const { seq } = stored;
  if (typeof seq !== "number") return "unreadable";
  if (seq <= before.seq) return "extra";
  if (seq > before.seq + 1) return "missing";
  const { boardAt, wallAt, by, action, subject, data: text, hash } = stored;
  if (!isWhole(boardAt) || !isWhole(wallAt) || !/^[0-9a-f]{64}$/.test(hash)) return "unreadable";
  if (typeof by !== "string" || typeof subject !== "string" || !isAction(action)) return "unreadable";
  const data = typeof text === "string" ? dataOf(text) : null;
  if (data === null) return "unreadable";
  try {
    if (canonicalJson(data) !== text) return "not-canonical";
    const row = { chain, seq, boardAt, wallAt, by, action, subject, data };
    return rowHash(before.hash, row) === hash ? { ...row, hash } : "altered";
  } catch {
    return "unreadable";
  }
}

/** Whether the row behind fits this one's hash: then its words were altered and its hash was left. */
async function followed(ledger: Pick<LedgerStore, "stored">, chain: Chain, row: StoredRow): Promise<boolean> {
  const seq = row.seq as number;
  const [next] = await ledger.stored(chain, seq, 1);
  return next === undefined || typeof judge(chain, next, { chain, seq, hash: row.hash }) !== "string";
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isAction = (value: unknown): value is LedgerRow["action"] => typeof value === "string" && value.includes("/");

function dataOf(text: string): LedgerData | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as LedgerData) : null;
  } catch {
    return null;
  }
}
