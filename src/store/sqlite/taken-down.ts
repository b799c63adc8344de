/**
 * Withdrawals as the register has them. The columns of `revision` say the same and are quicker to ask, but stand outside
 * the seal: whoever sets one back to NULL brings nothing back, since the earlier of the two counts.
 */
import type { NoticeRecord } from "../../notices/types.ts";
import type { Database } from "./database.ts";

export interface TakenDown {
  readonly what: "withdrawn" | "superseded";
  readonly id: string;
  readonly at: number;
  /** Numbers of the revisions that it took down. */
  readonly numbers: readonly number[];
}

/** Of one notice, or of all. Rows that cannot be read back are left to `verify`. */
export async function takenDown(db: Database, site: string, id?: string): Promise<readonly TakenDown[]> {
  const all = db
    .selectFrom("ledger")
    .where("site", "=", site)
    .where("chain", "=", "register")
    .where("action", "in", ["notice/withdrawn", "notice/superseded"])
    .select(["action", "subject", "data"]);
  const rows = await (id === undefined ? all : all.where("subject", "=", id)).execute();
  return rows.flatMap(({ action, subject, data }) => {
    const said = parsed(data);
    return said === null
      ? []
      : [
          {
            what: action === "notice/withdrawn" ? ("withdrawn" as const) : ("superseded" as const),
            id: subject,
            ...said,
          },
        ];
  });
}

function parsed(data: string): { readonly at: number; readonly numbers: readonly number[] } | null {
  try {
    const { at, numbers } = JSON.parse(data) as { at?: unknown; numbers?: unknown };
    if (!Number.isSafeInteger(at) || !Array.isArray(numbers)) return null;
    return { at: at as number, numbers: numbers.filter((one) => Number.isSafeInteger(one)) as number[] };
  } catch {
    return null;
  }
}

const keyOf = (id: string, number: number, what: TakenDown["what"]) => `${number} ${what} ${id}`;

/** The earliest time of each. */
export function byRevision(down: readonly TakenDown[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { what, id, at, numbers } of down)
    for (const number of numbers) {
      const key = keyOf(id, number, what);
      times.set(key, Math.min(at, times.get(key) ?? at));
    }
  return times;
}

/** `record` with what the register says of it. */
export function lowered(record: NoticeRecord, registered: ReadonlyMap<string, number>): NoticeRecord {
  const at = (what: TakenDown["what"], column: number | null) => {
    const said = registered.get(keyOf(record.id, record.revisionNumber, what)) ?? null;
    return said === null || column === null ? (said ?? column) : Math.min(said, column);
  };
  const withdrawnAt = at("withdrawn", record.withdrawnAt);
  const supersededAt = at("superseded", record.supersededAt);
  return { ...record, withdrawnAt, supersededAt };
}
