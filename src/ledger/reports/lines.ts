/**
 * 登记台账, a line for each revision that was handed in for review or signed, worked out from the register's rows alone:
 * a row that nobody knew when this was written is passed over, and one that says less leaves its column empty.
 */
import { limits } from "../../limits.ts";
import { dateAt } from "../../time/zone.ts";
import type { Instant } from "../../time/clock.ts";
import type { LedgerData, LedgerRow, LedgerValue } from "../types.ts";

export interface RegisterLine {
  /** 序号: from 1 in each civil year, in the order of the register. */
  readonly no: number;
  /** The row that began it. */
  readonly seq: number;
  readonly notice: string;
  readonly number: number;
  /** YYYY-MM-DD, by the board clock. */
  readonly on: string;
  readonly title: string;
  /** 表号 of the review form, 登记号 of its case, 文号 or meeting that it comes from; "" where there is none. */
  readonly form: string;
  readonly caseId: string;
  readonly source: string;
  readonly unit: string;
  readonly category: string;
  readonly openness: string;
  readonly boards: readonly string[];
  readonly from: Instant | null;
  readonly until: Instant | null;
  /** Names; "" where nobody did that, or it is not known yet. */
  readonly maker: string;
  readonly reviewer: string;
  readonly signer: string;
  /** 备注: what became of it, in order. */
  readonly remarks: readonly string[];
}

type Draft = { -readonly [Key in keyof RegisterLine]: RegisterLine[Key] };

export interface Period {
  readonly from: Instant;
  readonly until: Instant;
}

export class RegisterLines {
  private readonly zone: string;
  private readonly period: Period;
  /** Every revision met, by notice and number; its line where it lies in the period. */
  private readonly met = new Map<string, Draft | null>();
  /** Signed or handed in, but not listed yet: a draft's row comes before the one that says so. */
  private readonly begun = new Map<string, Draft>();
  private readonly numbers = new Map<string, number>();
  private readonly lines: Draft[] = [];
  /** More lines than one sheet holds: those beyond are missing. */
  overfull = false;

  constructor(zone: string, period: Period) {
    this.zone = zone;
    this.period = period;
  }

  /** Rows of the register, from the first on, in order. */
  add(row: LedgerRow): void {
    const { action, subject, data } = row;
    if (subject.startsWith("default:")) return;
    if (action === "notice/withdrawn" || action === "notice/superseded" || action === "notice/taken-off") {
      this.takeDown(row);
      return;
    }
    const number = whole(data.number);
    if (number === null) return;
    const key = `${number} ${subject}`;
    switch (action) {
      case "notice/added":
      case "notice/revised":
        this.begin(key, row, number);
        if (signerOf(data) !== "") this.list(key, row);
        break;
      case "notice/sealed":
        this.begin(key, row, number);
        this.list(key, row);
        break;
      case "review/submitted":
        this.begin(key, row, number);
        this.list(key, row);
        break;
      case "review/reviewed":
        this.note(key, (line) => {
          line.reviewer = personOf(data);
        });
        break;
      case "review/signed":
        this.note(key, (line) => {
          line.signer = personOf(data);
        });
        break;
      case "review/returned":
        this.note(key, (line) => this.remark(line, row, "退回"));
        break;
      case "review/withdrawn":
        this.note(key, (line) => this.remark(line, row, "撤回"));
        break;
      case "notice/rescheduled":
        this.note(key, (line) => this.remark(line, row, "调整时段"));
    }
  }

  private begin(key: string, { seq, boardAt, subject, data }: LedgerRow, number: number): void {
    const known = this.met.get(key) ?? this.begun.get(key);
    const line: Draft = known ?? {
      no: 0,
      seq,
      notice: subject,
      number,
      on: dateAt(this.zone, boardAt),
      title: "",
      form: "",
      caseId: "",
      source: "",
      unit: "",
      category: "",
      openness: "",
      boards: [],
      from: null,
      until: null,
      maker: "",
      reviewer: "",
      signer: "",
      remarks: [],
    };
    line.title = word(data.title) || line.title;
    line.form = word(data.form) || line.form;
    line.caseId = word(data.case) || line.caseId;
    line.source = word(data.source).replace(/^(document|meeting): /, "") || line.source;
    line.unit = word(data.unit) || line.unit;
    line.category = word(data.category) || line.category;
    line.openness = word(data.openness) || line.openness;
    if (Array.isArray(data.boards)) line.boards = data.boards.map(word);
    line.from = whole(data.from) ?? line.from;
    line.until = whole(data.until) ?? line.until;
    line.signer = signerOf(data) || line.signer;
    if (!known && !this.met.has(key)) this.begun.set(key, line);
  }

  /** From now on it has a number, and a line if its day lies in the period. */
  private list(key: string, { action, seq, boardAt, data }: LedgerRow): void {
    if (this.met.has(key)) {
      const line = this.met.get(key);
      if (line && action === "review/submitted") line.maker = personOf(data) || line.maker;
      return;
    }
    const line = this.begun.get(key);
    if (line === undefined) return;
    this.begun.delete(key);
    line.seq = seq;
    line.on = dateAt(this.zone, boardAt);
    if (action === "review/submitted") line.maker = personOf(data);
    const year = line.on.slice(0, 4);
    line.no = (this.numbers.get(year) ?? 0) + 1;
    this.numbers.set(year, line.no);
    const inside = this.period.from <= boardAt && boardAt < this.period.until;
    const full = inside && this.lines.length >= limits.sheetLines;
    this.overfull ||= full;
    this.met.set(key, inside && !full ? line : null);
    if (inside && !full) this.lines.push(line);
  }

  private note(key: string, change: (line: Draft) => void): void {
    const line = this.met.get(key);
    if (line) change(line);
  }

  private takeDown({ action, subject, data, ...row }: LedgerRow): void {
    const numbers = Array.isArray(data.numbers) ? data.numbers : [];
    const boards = Array.isArray(data.boards) ? data.boards.map(word).filter((board) => board !== "") : [];
    const what =
      action === "notice/superseded" ? "被替换" : boards.length > 0 ? `从 ${boards.join("、")} 撤下` : "撤下";
    for (const number of numbers)
      this.note(`${word(number)} ${subject}`, (line) =>
        this.remark(line, { boardAt: whole(data.at) ?? row.boardAt, data }, what),
      );
  }

  private remark(line: Draft, { boardAt, data }: Pick<LedgerRow, "boardAt" | "data">, what: string): void {
    const why = word(data.why) || word(data.words);
    const said = `${dateAt(this.zone, boardAt).slice(5)} ${what}${why === "" ? "" : `:${why}`}`;
    if (line.remarks.length < remarksMost) line.remarks = [...line.remarks, said];
  }

  /** Those of the period, in the order of the register. */
  all(): readonly RegisterLine[] {
    return this.lines;
  }
}

/** Of one line. */
const remarksMost = 20;

/** The person of a step: rows carry the account in `by`, and in their data the name, and whom a deputy stands for. */
function personOf({ name, instead }: LedgerData): string {
  const [stands = ""] = word(instead).split(" ");
  return stands === "" ? word(name) : `${word(name)}(代 ${stands})`;
}

/** Without the account, which seals have behind the name. */
export const signerName = (by: string): string => by.replace(/ \([0-9a-f]{32}\)$/, "");
const signerOf = (data: LedgerData): string => signerName(word(group(data.signed)?.by));

const word = (value: LedgerValue | undefined): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
const whole = (value: LedgerValue | undefined): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : null;

function group(value: LedgerValue | undefined): LedgerData | null {
  const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
  return isGroup ? (value as LedgerData) : null;
}
