/**
 * What is over, as the register has it: withdrawn, superseded, replaced by a revision that was signed later. The columns of
 * `revision`, and the newer seals themselves, say the same and are quicker to ask, but can be set back to NULL or deleted:
 * that brings nothing back, since the earliest of all counts.
 */
import type { NoticeRecord } from "../../notices/types.ts";
import type { Database } from "./database.ts";

type What = "withdrawn" | "superseded";

/** When a revision was taken down; null: the register does not say that it was. */
export type TakenDown = (what: What, id: string, number: number) => number | null;

const rowsReadAtOnce = 300;

const othersFirst = () => new Promise((resolve) => setImmediate(resolve));

interface Said {
  readonly action: string;
  readonly subject: string;
  readonly data: string;
}

/** Of one notice, or of all. Rows that cannot be read back are left to `verify`. */
export async function takenDown(db: Database, site: string, id?: string): Promise<TakenDown> {
  const all = db
    .selectFrom("ledger")
    .where("site", "=", site)
    .where("chain", "=", "register")
    // A notice's first revision replaces nothing: what tells of it need not be read.
    .where("action", "in", ["notice/withdrawn", "notice/superseded", "notice/revised", "notice/sealed"])
    .select(["action", "subject", "data"]);
  const downs = new Downs();
  if (id !== undefined) for (const row of await all.where("subject", "=", id).execute()) downs.take(row);
  else {
    let count = 0;
    for await (const row of all.stream()) {
      downs.take(row);
      if (++count % rowsReadAtOnce === 0) await othersFirst();
    }
  }
  return (what, notice, number) => downs.at(what, notice, number);
}

class Downs {
  private readonly times = new Map<string, number>();
  private readonly signed = new Map<string, { readonly number: number; readonly at: number }[]>();

  take({ action, subject, data }: Said): void {
    const said = parsed(data);
    if (action === "notice/withdrawn" || action === "notice/superseded") {
      const { at, numbers } = said;
      if (!isWhole(at) || !Array.isArray(numbers)) return;
      for (const number of numbers.filter(isWhole)) {
        const key = keyOf(action === "notice/withdrawn" ? "withdrawn" : "superseded", subject, number);
        this.times.set(key, Math.min(at, this.times.get(key) ?? at));
      }
      return;
    }
    const at = (said.signed as { readonly at?: unknown } | null | undefined)?.at;
    if (!isWhole(said.number) || !isWhole(at)) return;
    const list = this.signed.get(subject);
    if (list) list.push({ number: said.number, at });
    else this.signed.set(subject, [{ number: said.number, at }]);
  }

  at(what: What, id: string, number: number): number | null {
    const times = [this.times.get(keyOf(what, id, number)) ?? Infinity];
    // A later signature replaces this one, whether or not it is still there (R02).
    if (what === "superseded")
      for (const later of this.signed.get(id) ?? []) if (later.number > number) times.push(later.at);
    const first = Math.min(...times);
    return first === Infinity ? null : first;
  }
}

const keyOf = (what: What, id: string, number: number) => `${number} ${what} ${id}`;
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

function parsed(data: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(data);
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** `record` with what the register says of it. */
export function lowered(record: NoticeRecord, down: TakenDown): NoticeRecord {
  const at = (what: What, column: number | null) => {
    const said = down(what, record.id, record.revisionNumber);
    return said === null || column === null ? (said ?? column) : Math.min(said, column);
  };
  return {
    ...record,
    withdrawnAt: at("withdrawn", record.withdrawnAt),
    supersededAt: at("superseded", record.supersededAt),
  };
}
