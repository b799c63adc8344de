import type { LedgerRow } from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import { caseBody } from "../../notices/review/format.ts";
import type { CaseReads, CaseStore, CaseVerbs } from "../../notices/review/store.ts";
import type { CaseState, Look, ReviewCase } from "../../notices/review/types.ts";
import type { Database } from "./database.ts";
import { erase } from "./erase.ts";
import { ledgerStore } from "./ledger.ts";
import { draftStore } from "./drafts.ts";
import { addMessages } from "./messages.ts";
import { addPictures, dropPictures, unnamedPictures } from "./pictures.ts";

const states: readonly string[] = [
  "office-review",
  "signature",
  "signed",
  "returned",
  "withdrawn",
] satisfies CaseState[];
const waiting: readonly CaseState[] = ["office-review", "signature"];

function reads(db: Database, site: string): CaseReads & { looks(id: string): Promise<readonly Look[]> } {
  const rows = () => db.selectFrom("review_case").where("site", "=", site).selectAll();
  return {
    async get(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst();
      return row ? toCase(row) : null;
    },
    async of(notice) {
      const found = await rows().where("notice", "=", notice).orderBy("number").execute();
      return found.flatMap((row) => toCase(row) ?? []);
    },
    async open() {
      const found = await rows().where("state", "in", waiting).orderBy("since").orderBy("id").execute();
      return found.flatMap((row) => toCase(row) ?? []);
    },
    async list(before) {
      const all = rows().orderBy("id", "desc").limit(limits.casesAtOnce);
      const found = await (before === undefined ? all : all.where("id", "<", before)).execute();
      return found.flatMap((row) => toCase(row) ?? []);
    },
    async naming(hash) {
      const found = await rows()
        .where(({ fn, val }) => fn<boolean>("instr", ["body", val(hash)]))
        .orderBy("id")
        .execute();
      return found.flatMap((row) => toCase(row) ?? []);
    },
    async personalLeftOver() {
      const found = await db
        .selectFrom("review_case as c")
        .innerJoin("revision as r", (join) =>
          join.onRef("r.site", "=", "c.site").onRef("r.notice", "=", "c.notice").onRef("r.number", "=", "c.number"),
        )
        .leftJoin("seal as s", (join) =>
          join.onRef("s.site", "=", "c.site").onRef("s.notice", "=", "c.notice").onRef("s.number", "=", "c.number"),
        )
        .where("c.site", "=", site)
        .where("c.state", "in", ["returned", "withdrawn"])
        .where("s.number", "is", null)
        .where(({ fn, val }) => fn<boolean>("instr", ["r.content", val('"personal":true')]))
        .orderBy("c.id")
        .selectAll("c")
        .execute();
      return found.flatMap((row) => toCase(row) ?? []);
    },
    unnamedPictures: () => unnamedPictures(db, site),
    async looks(id) {
      const found = await db
        .selectFrom("review_look")
        .where("site", "=", site)
        .where("review_case", "=", id)
        .selectAll()
        .execute();
      return found.map(({ account, board, message, at }) => ({
        case: id,
        account,
        board,
        message: Buffer.from(message).toString("hex"),
        at,
      }));
    },
  };
}

export function caseStore(db: Database, site: string): CaseStore {
  return {
    ...reads(db, site),
    async looked({ case: id, account, board, message, at }) {
      const seen = { message: Uint8Array.from(Buffer.from(message, "hex")), at };
      await db
        .insertInto("review_look")
        .values({ site, review_case: id, account, board, ...seen })
        .onConflict((conflict) => conflict.columns(["site", "review_case", "account", "board"]).doUpdateSet(seen))
        .execute();
    },
  };
}

export function caseVerbs(trx: Database, site: string): CaseVerbs {
  const drafts = draftStore(trx, site);
  return {
    ...reads(trx, site),
    async registered(notice) {
      const ledger = ledgerStore(trx, site);
      const all: LedgerRow[] = [];
      for (;;) {
        const some = await ledger.about("register", notice, all.at(-1)?.seq);
        all.push(...some);
        if (some.length < limits.ledgerRowsAtOnce) return all;
      }
    },
    next: drafts.next,
    addPictures: async (pictures) => void (await addPictures(trx, site, pictures)),
    dropPictures: (sha256) => dropPictures(trx, site, sha256),
    async add(opened, messages) {
      const { id, notice, number } = opened;
      await addMessages(trx, site, messages);
      await trx
        .insertInto("review_case")
        .values({ site, id, notice, number, ...columnsOf(opened) })
        .execute();
    },
    async put(changed) {
      const result = await trx
        .updateTable("review_case")
        .set(columnsOf(changed))
        .where("site", "=", site)
        .where("id", "=", changed.id)
        .where("version", "=", changed.version - 1)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    erase: (of, hashes) => erase(trx, site, of, hashes),
    draft: drafts.get,
    addDraft: drafts.add,
    putDraft: drafts.put,
    dropDraft: drafts.drop,
  };
}

function columnsOf({ id: _, notice: _notice, number: _number, state, since, version, ...body }: ReviewCase) {
  return { state, since, version, body: JSON.stringify(body) };
}

interface Row {
  readonly id: string;
  readonly notice: string;
  readonly number: number;
  readonly state: string;
  readonly since: number;
  readonly version: number;
  readonly body: string;
}

/** null for a row that is not what we wrote: nothing is signed on its word. */
function toCase({ id, notice, number, state, since, version, body }: Row): ReviewCase | null {
  try {
    if (!states.includes(state)) return null;
    const whole = [number, since, version].every((one) => Number.isSafeInteger(one));
    const read = caseBody.parse(JSON.parse(body)) as Omit<
      ReviewCase,
      "id" | "notice" | "number" | "state" | "since" | "version"
    >;
    return whole ? { id, notice, number, state: state as CaseState, since, version, ...read } : null;
  } catch {
    return null;
  }
}
