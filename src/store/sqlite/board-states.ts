/** The dark switch, maintenance and reports of boards: small tables, and the register, which counts as much (`taken-down.ts`). */
import { emptyHead, rowHash } from "../../ledger/row.ts";
import type { Entry, LedgerData, Recorder } from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import type { BoardStateStore, BoardStateVerbs, DarkState, MaintenanceState } from "../../panels/board-state.ts";
import type { Database } from "./database.ts";
import type { Written } from "./guarded.ts";

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

export function boardStateVerbs(trx: Database, site: string, recorder: Recorder, written: Written): BoardStateVerbs {
  return {
    async darken(state) {
      const { board, since, by, name, reason } = state;
      const row = { site, board, since, by, name, reason };
      await trx
        .insertInto("board_dark")
        .values(row)
        .onConflict((conflict) => conflict.columns(["site", "board"]).doUpdateSet(row))
        .execute();
      written.add("dark", board);
      await recorder.record({ action: "board/darkened", subject: board, data: { at: since, reason, name } });
    },
    async resume(board, { name }, reason, at) {
      await trx.deleteFrom("board_dark").where("site", "=", site).where("board", "=", board).execute();
      written.add("dark", board);
      await recorder.record({ action: "board/resumed", subject: board, data: { at, reason, name } });
    },
    async maintain(state) {
      const { board, pattern, since, until, by, name, reason } = state;
      const row = { site, board, pattern, since, until, by, name, reason };
      await trx
        .insertInto("board_maintenance")
        .values(row)
        .onConflict((conflict) => conflict.columns(["site", "board"]).doUpdateSet(row))
        .execute();
      const data = { pattern, from: since, until, reason, name };
      written.add("maintenance", board);
      await recorder.record({ action: "board/maintained", subject: board, data });
    },
    async endMaintenance(board, { name }, why, at) {
      await trx.deleteFrom("board_maintenance").where("site", "=", site).where("board", "=", board).execute();
      written.add("maintenance", board);
      await recorder.record({ action: "board/maintenance-ended", subject: board, data: { at, why, name } });
    },
    async report({ board, at, by, name, text }) {
      const last = await trx
        .selectFrom("board_report")
        .where("site", "=", site)
        .where("board", "=", board)
        .orderBy("number", "desc")
        .limit(1)
        .select("number")
        .executeTakeFirst();
      const number = (last?.number ?? 0) + 1;
      await trx
        .insertInto("board_report")
        .values({ site, board, number, at, by, name, text, answered_at: null })
        .execute();
      written.add("report", board, number);
      await recorder.record({ action: "board/reported", subject: board, data: { number, at, text, name } });
      return { board, number, at, by, name, text };
    },
    async answerReport(board, number, { name }, answer, at) {
      const found = await trx
        .updateTable("board_report")
        .set({ answered_at: at })
        .where("site", "=", site)
        .where("board", "=", board)
        .where("number", "=", number)
        .where("answered_at", "is", null)
        .executeTakeFirst();
      if (Number(found.numUpdatedRows) === 0) return false;
      written.add("report", board, number);
      await recorder.record({ action: "board/report-answered", subject: board, data: { number, at, answer, name } });
      return true;
    },
  };
}

export function boardStateStore(db: Database, site: string): BoardStateStore {
  /** The last that the register says of a board, of two actions of which each undoes the other. */
  const last = async (board: string, actions: readonly [string, string]) => {
    const row = await db
      .selectFrom("ledger")
      .where("site", "=", site)
      .where("chain", "=", "register")
      .where("subject", "=", board)
      .where("action", "in", [...actions])
      .orderBy("seq", "desc")
      .limit(1)
      .select(["seq", "action", "subject", "by", "board_at", "wall_at", "data", "hash"])
      .executeTakeFirst();
    return row && { ...row, said: parsed(row.data) };
  };

  /** Whether a row is as it was written: its hash is that of its words, after the row before it. */
  async function isWhole(row: NonNullable<Awaited<ReturnType<typeof last>>>): Promise<boolean> {
    const before = await db
      .selectFrom("ledger")
      .where("site", "=", site)
      .where("chain", "=", "register")
      .where("seq", "=", row.seq - 1)
      .select("hash")
      .executeTakeFirst();
    const { seq, board_at: boardAt, wall_at: wallAt, by, subject, said } = row;
    const action = row.action as Entry["action"];
    const words = { chain: "register", seq, boardAt, wallAt, by, action, subject, data: said as LedgerData } as const;
    const chained = before ? toHex(before.hash) : emptyHead("register").hash;
    return rowHash(chained, words) === toHex(row.hash);
  }

  async function darkOf(board: string, row: Omit<DarkState, "board"> | undefined): Promise<DarkState | null> {
    if (row) return { board, ...row };
    const said = await last(board, ["board/darkened", "board/resumed"]);
    if (!said) return null;
    // A word that was put in the place of another resumes nothing: what is doubtful stays dark until somebody says so anew.
    if (said.action === "board/resumed" && (await isWhole(said))) return null;
    const { at, reason, name } = said.said;
    const since = Number.isSafeInteger(at) ? Number(at) : said.board_at;
    return { board, since, by: said.by, name: String(name ?? ""), reason: String(reason ?? "") };
  }

  async function isRecorded({ board, pattern, since, until }: MaintenanceState): Promise<boolean> {
    const said = await last(board, ["board/maintained", "board/maintenance-ended"]);
    if (said?.action !== "board/maintained") return false;
    return said.said.pattern === pattern && said.said.from === since && said.said.until === until;
  }

  return {
    async of(boards) {
      const darkRows = await db.selectFrom("board_dark").where("site", "=", site).selectAll().execute();
      const dark: DarkState[] = [];
      for (const board of boards) {
        const row = darkRows.find((one) => one.board === board);
        const found = await darkOf(board, row && { since: row.since, by: row.by, name: row.name, reason: row.reason });
        if (found) dark.push(found);
      }
      const rows = await db.selectFrom("board_maintenance").where("site", "=", site).selectAll().execute();
      const maintenance: MaintenanceState[] = [];
      for (const { site: _, ...row } of rows)
        if (boards.includes(row.board) && (await isRecorded(row))) maintenance.push(row);
      return { dark, maintenance };
    },
    async reports() {
      const rows = db.selectFrom("board_report").where("site", "=", site).where("answered_at", "is", null);
      return rows
        .select(["board", "number", "at", "by", "name", "text"])
        .orderBy("at")
        .orderBy("board")
        .limit(limits.boardReportsOpen)
        .execute();
    },
  };
}

function parsed(data: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(data);
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
