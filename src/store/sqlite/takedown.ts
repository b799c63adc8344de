import type { Recorder } from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import type {
  Expected,
  Takedown,
  TakedownBoard,
  TakedownHow,
  TakedownId,
  TakedownKind,
  TakedownStore,
  TakedownVerbs,
} from "../../notices/takedown.ts";
import type { Database } from "./database.ts";
import { draftStore } from "./drafts.ts";

const kinds: readonly string[] = ["notice", "cancelled", "dark"] satisfies TakedownKind[];
const hows: readonly string[] = ["read-back", "by-hand", "ran-out", "resumed"] satisfies TakedownHow[];

interface OrderRow {
  readonly number: number;
  readonly kind: string;
  readonly notice: string | null;
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  readonly closed_at: number | null;
}
interface BoardRow {
  readonly number: number;
  readonly board: string;
  readonly dark_by: number | null;
  readonly done_at: number | null;
  readonly how: string | null;
  readonly words: string;
}

export function takedownStore(db: Database, site: string): TakedownStore {
  const orders = () => db.selectFrom("takedown").where("site", "=", site).selectAll().limit(limits.takedownsAtOnce);
  const withBoards = async (found: readonly OrderRow[]): Promise<readonly Takedown[]> => {
    if (found.length === 0) return [];
    const boards = await db
      .selectFrom("takedown_board")
      .where("site", "=", site)
      .where(
        "number",
        "in",
        found.map(({ number }) => number),
      )
      .selectAll()
      .orderBy("board")
      .execute();
    return found.flatMap((row) => toTakedown(row, boards) ?? []);
  };
  return {
    open: async () => withBoards(await orders().where("closed_at", "is", null).orderBy("number").execute()),
    async about(id) {
      const number = numberOf(id);
      return number === null
        ? null
        : ((await withBoards(await orders().where("number", "=", number).execute()))[0] ?? null);
    },
    async list(before) {
      const newest = orders().orderBy("number", "desc");
      const number = before === undefined ? null : (numberOf(before) ?? 0);
      return withBoards(await (number === null ? newest : newest.where("number", "<", number)).execute());
    },
  };
}

export function takedownVerbs(trx: Database, site: string, recorder: Recorder): TakedownVerbs {
  const { about } = takedownStore(trx, site);

  async function put(number: number, boards: readonly Expected[]): Promise<void> {
    for (const { board, darkBy } of boards)
      await trx
        .insertInto("takedown_board")
        .values({ site, number, board, dark_by: darkBy, done_at: null, how: null, words: "" })
        .onConflict((conflict) =>
          conflict
            .columns(["site", "number", "board"])
            .doUpdateSet({ dark_by: darkBy })
            .where("takedown_board.done_at", "is", null),
        )
        .execute();
  }

  return {
    about,
    async open({ boards, ...order }) {
      const { kind, notice, by, reason, at } = order;
      const number = await draftStore(trx, site).next("takedown");
      const data = { order: number, kind, by, reason, at, boards: darkBys(boards) };
      await recorder.record({ action: "takedown/opened", subject: notice ?? "office", data });
      await trx
        .insertInto("takedown")
        .values({ site, number, kind, notice, by, reason, at, closed_at: null })
        .execute();
      await put(number, boards);
      return String(number);
    },
    async expect(id, boards) {
      const order = await about(id);
      if (order === null) return;
      const done = new Set(order.boards.flatMap(({ board, doneAt }) => (doneAt === null ? [] : board)));
      const news = boards.filter(({ board }) => !done.has(board));
      if (news.length === 0) return;
      const data = { order: Number(id), boards: darkBys(news) };
      await recorder.record({ action: "takedown/expected", subject: order.notice ?? "office", data });
      await put(Number(id), news);
    },
    async done(id, board, { at, how, words = "" }) {
      const order = await about(id);
      if (order?.boards.find((one) => one.board === board)?.doneAt !== null) return false;
      const data = { order: Number(id), board, at, how, words };
      await recorder.record({ action: "takedown/done", subject: order.notice ?? "office", data });
      await trx
        .updateTable("takedown_board")
        .set({ done_at: at, how, words })
        .where("site", "=", site)
        .where("number", "=", Number(id))
        .where("board", "=", board)
        .execute();
      return true;
    },
    async close(id, at) {
      const order = await about(id);
      if (order === null || order.closedAt !== null) return false;
      await recorder.record({
        action: "takedown/closed",
        subject: order.notice ?? "office",
        data: { order: Number(id), at },
      });
      await trx
        .updateTable("takedown")
        .set({ closed_at: at })
        .where("site", "=", site)
        .where("number", "=", Number(id))
        .execute();
      return true;
    },
  };
}

const darkBys = (boards: readonly Expected[]) =>
  Object.fromEntries(boards.map(({ board, darkBy }) => [board, darkBy] as const));

/** "1" and up; whatever else somebody asks for is no order. */
function numberOf(id: TakedownId): number | null {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null;
}

/** null: not what we wrote. */
function toTakedown(
  { number, kind, notice, by, reason, at, closed_at }: OrderRow,
  all: readonly BoardRow[],
): Takedown | null {
  if (!kinds.includes(kind) || !Number.isSafeInteger(number)) return null;
  const boards = all.filter((row) => row.number === number).map(toBoard);
  return { id: String(number), kind: kind as TakedownKind, notice, by, reason, at, boards, closedAt: closed_at };
}

/** What says that it is done without saying how is not. */
function toBoard({ board, dark_by, done_at, how, words }: BoardRow): TakedownBoard {
  const known = how !== null && hows.includes(how) && done_at !== null;
  return { board, darkBy: dark_by, doneAt: known ? done_at : null, how: known ? (how as TakedownHow) : null, words };
}
