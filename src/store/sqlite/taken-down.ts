/**
 * What is over, as the register has it: withdrawn, superseded, replaced by a revision that was signed later, off single boards.
 * The columns of `revision`, the rows of `taken_off` and the newer seals themselves say the same and are quicker to ask, but
 * can be set back to NULL or deleted: that brings nothing back, since the earliest of all counts.
 */
import type { Recorder } from "../../ledger/types.ts";
import type { NoticeId, NoticeRecord, TakenOff } from "../../notices/types.ts";
import type { Database } from "./database.ts";

type What = "withdrawn" | "superseded";

export interface TakenDown {
  /** When a revision was taken down; null: the register does not say that it was. */
  at(what: What, id: string, number: number): number | null;
  /** undefined: off no single board. */
  off(id: string, number: number): TakenOff | undefined;
}

const rowsReadAtOnce = 300;

const othersFirst = () => new Promise((resolve) => setImmediate(resolve));

interface Said {
  readonly action: string;
  readonly subject: string;
  readonly data: string;
}

/** Of these notices, or of all. Rows that cannot be read back are left to `verify`. */
export async function takenDown(db: Database, site: string, ids?: readonly NoticeId[]): Promise<TakenDown> {
  const all = db
    .selectFrom("ledger")
    .where("site", "=", site)
    .where("chain", "=", "register")
    // A notice's first revision replaces nothing: what tells of it need not be read.
    .where("action", "in", [...toldOf])
    .select(["action", "subject", "data"]);
  const downs = new Downs();
  if (ids !== undefined) for (const row of await all.where("subject", "in", ids).execute()) downs.take(row);
  else {
    let count = 0;
    for await (const row of all.stream()) {
      downs.take(row);
      if (++count % rowsReadAtOnce === 0) await othersFirst();
    }
  }
  const rows = db.selectFrom("taken_off").where("site", "=", site).select(["notice", "number", "board", "at"]);
  const off = await (ids === undefined ? rows : rows.where("notice", "in", ids)).execute();
  for (const { notice, number, board, at } of off) downs.takeOff(notice, number, board, at);
  return downs;
}

const toldOf = [
  "notice/withdrawn",
  "notice/superseded",
  "notice/taken-off",
  "notice/revised",
  "notice/sealed",
] as const;

class Downs implements TakenDown {
  private readonly times = new Map<string, number>();
  private readonly boards = new Map<string, Record<string, number>>();
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
    if (action === "notice/taken-off") {
      const { at, numbers, boards } = said;
      if (!isWhole(at) || !Array.isArray(numbers) || !Array.isArray(boards)) return;
      for (const number of numbers.filter(isWhole))
        for (const board of boards) if (typeof board === "string") this.takeOff(subject, number, board, at);
      return;
    }
    const at = (said.signed as { readonly at?: unknown } | null | undefined)?.at;
    if (!isWhole(said.number) || !isWhole(at)) return;
    const list = this.signed.get(subject);
    if (list) list.push({ number: said.number, at });
    else this.signed.set(subject, [{ number: said.number, at }]);
  }

  takeOff(id: string, number: number, board: string, at: number): void {
    const key = keyOf("off", id, number);
    // Without a prototype: a board may be called as anything.
    const boards = this.boards.get(key) ?? (Object.create(null) as Record<string, number>);
    boards[board] = Math.min(at, boards[board] ?? at);
    this.boards.set(key, boards);
  }

  off(id: string, number: number): TakenOff | undefined {
    return this.boards.get(keyOf("off", id, number));
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

const keyOf = (what: What | "off", id: string, number: number) => `${number} ${what} ${id}`;
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
    const said = down.at(what, record.id, record.revisionNumber);
    return said === null || column === null ? (said ?? column) : Math.min(said, column);
  };
  const takenOff = down.off(record.id, record.revisionNumber);
  return {
    ...record,
    ...(takenOff && { takenOff }),
    withdrawnAt: at("withdrawn", record.withdrawnAt),
    supersededAt: at("superseded", record.supersededAt),
  };
}

/** Inside a change: every signed revision there is, off these boards from `at` on. false: none is signed. */
export async function takeOff(
  trx: Database,
  site: string,
  recorder: Recorder,
  {
    id,
    boards,
    at,
    why,
  }: { readonly id: string; readonly boards: readonly string[]; readonly at: number; readonly why: string },
): Promise<boolean> {
  const sealed = await trx
    .selectFrom("seal")
    .where("site", "=", site)
    .where("notice", "=", id)
    .select("number")
    .orderBy("number")
    .execute();
  if (sealed.length === 0) return false;
  const numbers = sealed.map(({ number }) => number);
  const off = [...new Set(boards)].sort();
  await recorder.record({ action: "notice/taken-off", subject: id, data: { at, why, numbers, boards: off } });
  for (const number of numbers)
    for (const board of off)
      await trx
        .insertInto("taken_off")
        .values({ site, notice: id, number, board, at })
        .onConflict((conflict) =>
          conflict.columns(["site", "notice", "number", "board"]).doUpdateSet({ at }).where("taken_off.at", ">", at),
        )
        .execute();
  return true;
}
