/** The ledger as the API asks for it: what was on when, and what leaves the house on paper or as a file. */
import type { CaseSheets, ExportOf, LedgerOffice, Pieces, Span } from "../api/ledger.ts";
import type { Site } from "../config/types.ts";
import type { Run } from "../ledger/play.ts";
import {
  type Foot,
  type LineDetail,
  type MonthParts,
  monthSheet,
  monthTable,
  monthTotals,
  type RegisterLine,
  RegisterLines,
  registerCsv,
  registerSheet,
  rowCsv,
  rowJson,
  rowsCsvHead,
  actionSentence,
  actionsNamed,
  sheetStyle,
} from "../ledger/reports/index.ts";
import { rowsOf, signCheckpoint, toText } from "../ledger/index.ts";
import type { Head } from "../ledger/types.ts";
import type { Caller } from "../people/types.ts";
import type { SigningKey } from "../notices/seal.ts";
import type { LedgerCheck } from "../api/ledger-check.ts";
import { caseSheets } from "./case-sheets.ts";
import type { Desk } from "./desk.ts";
import { linkHealth } from "./link-health.ts";
import { monthOf } from "./month.ts";
import { openLedgerCheck } from "./ledger-check.ts";
import { type NameOf, namesOf, whoOf } from "./names.ts";
import { personalPast } from "./personal.ts";
import { signingOf } from "./verify.ts";
import { wallClock } from "../time/clock.ts";
import { type Refusing, wasView } from "./was.ts";
import type { WorkCalendar } from "../time/calendar.ts";
import { dateOf, dayNumberOf } from "../time/days.ts";
import { formatCivil, instantOf } from "../time/zone.ts";

export interface LedgerParts extends Pick<Desk, "site" | "store" | "clock" | "book" | "programmes"> {
  readonly calendar: WorkCalendar;
  /** What is confirmed of a board and not yet written. */
  run(board: string): Run | null;
  /** A checkpoint of the register's end, to be printed and typed in again. */
  checkpoint(head: Head): string;
  /** How those are called that rows were written by, at this moment. */
  names(): Promise<NameOf>;
  readonly check: LedgerCheck;
  /** Whether a caller may see the pictures of the past of these notices; absent: everybody who reads. */
  readonly refusing?: Refusing;
}

const checkpointBy = (key: SigningKey) => (head: Head) => toText(signCheckpoint(head, wallClock.now(), signingOf(key)));

/** Of a desk; `run` absent: no panel is driven. */
export function ledgerOf(
  desk: Desk,
  more: Partial<Pick<LedgerParts, "run" | "refusing" | "site" | "check">> = {},
): LedgerOffice {
  const names = () => namesOf(desk.store.people);
  const refusing = personalPast(desk.book);
  const check = openLedgerCheck({ ...desk, failed: (error) => console.error(error) });
  return ledgerOffice({
    ...desk,
    run: () => null,
    names,
    refusing,
    check,
    checkpoint: checkpointBy(desk.key),
    ...more,
  });
}

/** Where the register stands, and what proves it. */
export async function footOf({ store, checkpoint }: Pick<LedgerParts, "store" | "checkpoint">): Promise<Foot> {
  const head = await store.ledger.head("register");
  return { seq: head.seq, hash: head.hash, checkpoint: head.seq === 0 ? null : checkpoint(head) };
}

/** The forms of a desk's cases. */
export const formsOf = (desk: Desk, site: Site = desk.site): CaseSheets =>
  caseSheets({ ...desk, site, foot: () => footOf({ store: desk.store, checkpoint: checkpointBy(desk.key) }) });

export function ledgerOffice(parts: LedgerParts): LedgerOffice {
  const { site, store, clock } = parts;
  const record = (caller: Caller, subject: string, data: Readonly<Record<string, string | number | null>>) =>
    store.change(caller.account ?? caller.via, (tx) =>
      tx.record({ action: "ledger/exported", subject, data: { ...data, name: caller.name } }),
    );

  /** The lines of a time, as the register had them at `upTo`; null: more than a sheet holds. */
  async function linesOf(span: Span, upTo: number): Promise<readonly RegisterLine[] | null> {
    const period = { from: span.from ?? Number.NEGATIVE_INFINITY, until: span.until ?? Number.POSITIVE_INFINITY };
    const lines = new RegisterLines(site.zone, period);
    for await (const row of rowsOf(store.ledger, "register", upTo)) lines.add(row);
    return lines.overfull ? null : lines.all();
  }

  async function* rows(asked: ExportOf & { form: "rows" }, span: Span, upTo: number): Pieces {
    const { from, until } = { from: span.from ?? -Infinity, until: span.until ?? Infinity };
    const nameOf = await parts.names();
    if (asked.format === "csv") yield rowsCsvHead;
    for await (const row of rowsOf(store.ledger, asked.chain, upTo))
      if (from <= row.boardAt && row.boardAt < until)
        yield asked.format === "csv" ? rowCsv(row, site.zone, nameOf) : rowJson(row);
  }

  const { calendar, programmes, book } = parts;
  const months = {
    site,
    store,
    clock,
    calendar,
    firstDay: async (notice: string) => programmes.firstDay(notice, undefined, await book.of([notice])),
  };

  /** On record when it is made; null: more lines than a sheet holds. */
  async function monthly(month: string, caller: Caller, format: "html" | "csv" | "json"): Promise<MonthParts | null> {
    const first = dayNumberOf(`${month}-01`) ?? 0;
    const next = dayNumberOf(`${dateOf(first + 31).slice(0, 7)}-01`) ?? first;
    const span = { from: instantOf(site.zone, first, 0), until: instantOf(site.zone, next, 0) };
    const [year = "", number = ""] = month.split("-");
    const sheet = await common(`${year}年${Number(number)}月`);
    const lines = await linesOf(span, sheet.foot.seq);
    if (lines === null) return null;
    await record(caller, "register", { form: "month", format, ...span, rows: sheet.foot.seq });
    return { ...sheet, ...(await monthOf(months, lines, { first, next })) };
  }

  const common = async (period: string) => ({
    office: site.office,
    zone: site.zone,
    practice: site.practice,
    period,
    foot: await footOf(parts),
    printedAt: clock.now(),
  });

  return {
    style: sheetStyle,
    was: (board, at, caller) => wasView(parts, board, at, caller),
    health: (board, window) => linkHealth(store.play, board, window, { now: clock.now(), open: parts.run(board) }),
    rows: (chain, after, most) => store.ledger.rows(chain, after, most),
    async lastRows(chain, before, most) {
      const end = Math.min(before ?? Infinity, (await store.ledger.head(chain)).seq + 1);
      const after = Math.max(0, end - 1 - most);
      return end - 1 > after ? store.ledger.rows(chain, after, end - 1 - after) : [];
    },
    async search({ words, person, board, from, until }, before, most) {
      const lower = words.toLowerCase();
      const nameOf = await parts.names();
      const everyone = (await store.people.accounts()).map(({ id, login }) => ({ id, login, name: nameOf(id) }));
      const others = ["system", "console", "import", "local", "visitor", "practice"].map((id) => ({
        ...{ id, login: id },
        name: nameOf(id),
      }));
      const called = (text: string) =>
        [...everyone, ...others]
          .filter(({ login, name }) => name.toLowerCase().includes(text) || login.toLowerCase().includes(text))
          .map(({ id }) => id);
      const wanted = {
        ...(words !== "" && { words: lower, actions: actionsNamed(lower), accounts: called(lower) }),
        ...(person !== "" && { by: called(person.toLowerCase()) }),
        ...(board !== null && { board }),
        ...(from !== null && { from }),
        ...(until !== null && { until }),
      };
      const found = await store.ledger.search("register", wanted, before, most);
      const rows = found.rows.map((row) => ({
        ...row,
        what: actionSentence(row.action),
        who: whoOf(row.by, nameOf),
      }));
      return { ...found, rows };
    },
    check: parts.check,
    rowsOf: (chain, subject, after) => store.ledger.about(chain, subject, after),
    async export(asked, span, caller) {
      const nameOf = await parts.names();
      const sheet = {
        ...(await common(periodWords(span, site))),
        detailOf: (line: RegisterLine) => detailOf(parts, line, nameOf),
      };
      const { seq } = await store.ledger.head(asked.chain);
      const found = asked.form === "lines" ? await linesOf(span, seq) : [];
      if (found === null) return null;
      // What was imported has its signer's account alone.
      const lines = found.map((line) => ({ ...line, signer: nameOf(line.signer) }));
      const { form, format } = asked;
      await record(caller, asked.chain, { form, format, from: span.from, until: span.until, rows: seq });
      if (asked.form === "rows") return rows(asked, span, seq);
      return asked.format === "html" ? registerSheet({ ...sheet, lines }) : registerCsv({ ...sheet, lines });
    },
    async month(month, caller, format) {
      const made = await monthly(month, caller, format);
      return made && inPieces(format === "csv" ? monthTable(made) : monthSheet(made));
    },
    async monthData(month, caller) {
      const made = await monthly(month, caller, "json");
      if (made === null) return null;
      const { items, boards, notes, foot } = made;
      return { totals: monthTotals(items), items, boards, notes, foot };
    },
  };
}

async function* inPieces(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

/** What the revision behind a line says; null where it cannot be read back. */
export async function detailOf(
  { store }: Pick<LedgerParts, "store">,
  { notice, number }: RegisterLine,
  nameOf: NameOf,
): Promise<LineDetail | null> {
  const record = await store.notices.revision(notice, number);
  if (record === null) return null;
  const { content, schedule, seal, makerId } = record;
  return {
    category: content.category,
    openness: content.openness,
    form: seal?.body.form ?? "",
    maker: makerId === null ? "" : nameOf(makerId),
    from: schedule.from,
    until: schedule.until,
    boards: schedule.boards,
  };
}

function periodWords({ from, until }: Span, { zone }: Site): string {
  const day = (at: number) => {
    const [year = "", month = "", date = ""] = formatCivil(zone, at).slice(0, 10).split("-");
    return `${year}年${Number(month)}月${Number(date)}日`;
  };
  if (from === null && until === null) return "全部";
  if (from === null) return `至${day((until ?? 1) - 1)}`;
  return until === null ? `${day(from)}起` : `${day(from)}至${day(until - 1)}`;
}
