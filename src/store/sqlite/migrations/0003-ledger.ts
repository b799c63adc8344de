import { type Kysely, type Migration, sql } from "kysely";
import { canonicalJson } from "../../../canonical-json.ts";
import { noHash, rowHash } from "../../../ledger/row.ts";
import type { Entry, LedgerData } from "../../../ledger/types.ts";
import { savedData } from "../../../notices/register.ts";
import type { Seal } from "../../../notices/types.ts";
import { wallClock } from "../../../time/clock.ts";

/** The ledger; withdrawals belong to revisions, so that one signed later is not taken down by an earlier word. */
export const ledger: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db);
    await run(
      `CREATE TABLE ledger (site TEXT NOT NULL, chain TEXT NOT NULL, seq INTEGER NOT NULL, board_at INTEGER NOT NULL,
       wall_at INTEGER NOT NULL, by TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL,
       hash BLOB NOT NULL, PRIMARY KEY (site, chain, seq)) STRICT`,
    );
    await run("CREATE INDEX ledger_subject ON ledger (site, chain, subject, seq)");
    await run("CREATE INDEX ledger_action ON ledger (site, chain, action, seq)");
    for (const column of ["withdrawn_at", "superseded_at"]) {
      await run(`ALTER TABLE revision ADD COLUMN ${column} INTEGER`);
      await run(
        `UPDATE revision SET ${column} = (SELECT n.${column} FROM notice n WHERE n.site = revision.site AND n.id = revision.notice)`,
      );
      await run(`ALTER TABLE notice DROP COLUMN ${column}`);
    }
    await registerAll(db);
  },
};

interface Revision {
  readonly site: string;
  readonly notice: string;
  readonly number: number;
  readonly hash: Uint8Array;
  readonly content: string;
  readonly schedule: string;
  readonly withdrawn_at: number | null;
  readonly superseded_at: number | null;
  readonly body: string | null;
  readonly signature: Uint8Array | null;
}

/** What was there before the ledger goes into the register as it was found, or nothing could be held against it. */
async function registerAll(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Revision>`
    SELECT r.site, r.notice, r.number, r.hash, r.content, r.schedule, r.withdrawn_at, r.superseded_at, s.body, s.signature
    FROM revision r LEFT JOIN seal s ON s.site = r.site AND s.notice = r.notice AND s.number = r.number
    ORDER BY r.site, r.notice, r.number`.execute(db);
  const ends = new Map<string, { seq: number; hash: string }>();
  const at = wallClock.now();
  const record = async (site: string, entry: Entry) => {
    const { seq, hash: before } = ends.get(site) ?? { seq: 0, hash: noHash };
    const row = { chain: "register" as const, seq: seq + 1, boardAt: at, wallAt: at, by: "system", ...entry };
    const hash = rowHash(before, row);
    await sql`INSERT INTO ledger (site, chain, seq, board_at, wall_at, by, action, subject, data, hash)
      VALUES (${site}, ${row.chain}, ${row.seq}, ${at}, ${at}, ${row.by}, ${row.action}, ${row.subject},
      ${canonicalJson(row.data)}, ${Uint8Array.from(Buffer.from(hash, "hex"))})`.execute(db);
    ends.set(site, { seq: row.seq, hash });
  };
  for (const [index, row] of rows.entries()) {
    const last = rows[index - 1];
    const before = last && last.site === row.site && last.notice === row.notice ? toHex(last.hash) : null;
    const action = before === null ? "notice/added" : "notice/revised";
    await record(row.site, { action, subject: row.notice, data: { ...asRegistered(row, before), takenOver: true } });
    const down = [
      ["notice/withdrawn", row.withdrawn_at],
      ["notice/superseded", row.superseded_at],
    ] as const;
    for (const [action, at] of down)
      if (at !== null)
        await record(row.site, { action, subject: row.notice, data: { at, why: "", numbers: [row.number] } });
  }
}

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** A row that cannot be read lights nothing; its hashes are registered all the same. */
function asRegistered(row: Revision, before: string | null): LedgerData {
  const { number, schedule } = row;
  const common = { number, before, revision: toHex(row.hash), schedule };
  try {
    const { title } = JSON.parse(row.content) as { title: string };
    const { boards } = JSON.parse(schedule) as { boards: string[] };
    const body = row.body === null ? null : (JSON.parse(row.body) as Seal["body"]);
    const seal = body && row.signature && { body, signature: toHex(row.signature) };
    const data = savedData({ ...common, title, boards, seal });
    canonicalJson(data);
    return data;
  } catch {
    return savedData({ ...common, title: "", boards: [], seal: null });
  }
}
