/** 信息公开登记台账 on paper: A4 across, the heads and the chain's mark on every page, as an office keeps it in its cabinet. */
import { html, type Part, sheetFoot, sheetHead } from "./html.ts";
import type { RegisterLine } from "./lines.ts";
import { byteOrderMark, csvLine } from "./csv.ts";
import { formatCivil } from "../../time/zone.ts";
import type { Instant } from "../../time/clock.ts";

/** What the revision itself says: not in the register's rows, which name its hash. */
export interface LineDetail {
  readonly category: string;
  readonly openness: string;
  /** 表号, as the seal has it; "" where there is none. */
  readonly form: string;
  readonly maker: string;
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly boards: readonly string[];
}

export interface SheetParts {
  readonly office: string;
  readonly zone: string;
  readonly practice: boolean;
  /** "2017年12月", "2017年1月1日至12月31日". */
  readonly period: string;
  readonly lines: readonly RegisterLine[];
  detailOf(line: RegisterLine): Promise<LineDetail | null>;
  /** At the foot of every page: where the chain stood, and the checkpoint that proves it. */
  readonly foot: Foot;
  /** Board clock: when it was printed. */
  readonly printedAt: Instant;
}

export interface Foot {
  /** Rows of the register then. */
  readonly seq: number;
  /** 64 hex digits. */
  readonly hash: string;
  /** Signed, to be typed in again; null: none has been signed. */
  readonly checkpoint: string | null;
}

const columns = [
  ["no", "序号"],
  ["date", "日期"],
  ["title", "标题"],
  ["form", "文号/表号"],
  ["category", "类别"],
  ["openness", "公开方式"],
  ["boards", "公开栏"],
  ["span", "起止"],
  ["person", "经办"],
  ["person", "审核"],
  ["person", "签发"],
  ["remark", "备注"],
] as const;

/** A page looks like a form also when little has happened: at least so many ruled rows. */
const rowsLeast = 12;

export async function* registerSheet(parts: SheetParts): AsyncGenerator<string> {
  const { office, period, lines, practice } = parts;
  yield sheetHead({ title: `${office} 信息公开登记台账 ${period}`, paper: "landscape", practice });
  yield html`<table class="ledger">
<colgroup>${columns.map(([kind]) => html`<col class="${kind}">`)}</colgroup>
<thead>
<tr class="heading"><td colspan="${columns.length}"><h1>信息公开登记台账</h1>
<div class="about"><span>单位：${office}</span><span>期间：${period}</span><span>共 ${lines.length} 条</span></div></td></tr>
<tr>${columns.map(([, head]) => html`<th scope="col">${head}</th>`)}</tr>
</thead>
<tfoot><tr><td colspan="${columns.length}">${footLine(parts)}</td></tr></tfoot>
<tbody>
`.source;
  for (const line of lines) yield `${await rowOf(line, parts)}\n`;
  for (let empty = lines.length; empty < rowsLeast; empty++)
    yield `${html`<tr class="empty">${columns.map(() => html`<td></td>`)}</tr>`.source}\n`;
  yield html`</tbody>
</table>
<div class="signatures"><span>填表人：</span><span>复核人：</span><span>负责人：</span><span>归档日期：<i>年</i><i>月</i><i>日</i></span></div>
`.source;
  yield sheetFoot;
}

async function rowOf(line: RegisterLine, parts: SheetParts): Promise<string> {
  const cells = await cellsOf(line, parts);
  const made = cells.map((cell, index) => html`<td class="${columns[index]?.[0] ?? ""}">${lineBreaks(cell)}</td>`);
  return html`<tr>${made}</tr>`.source;
}

/** The same lines for a spreadsheet. */
export async function* registerCsv(parts: SheetParts): AsyncGenerator<string> {
  yield byteOrderMark + csvLine([...columns.map(([, head]) => head), "信息编号", "版本", "行号"]);
  for (const line of parts.lines) {
    const cells = await cellsOf(line, parts);
    yield csvLine([line.no, ...cells.slice(1), line.notice, line.number, line.seq]);
  }
}

/** In the order of `columns`. */
async function cellsOf(line: RegisterLine, parts: SheetParts): Promise<string[]> {
  const detail = await parts.detailOf(line);
  const day = (at: Instant | null) => (at === null ? "" : formatCivil(parts.zone, at).slice(0, 16).replace("T", " "));
  const [from, until] = [line.from ?? detail?.from ?? null, line.until ?? detail?.until ?? null];
  const boards = line.boards.length > 0 ? line.boards : (detail?.boards ?? []);
  return [
    String(line.no),
    line.on,
    line.number > 1 ? `${line.title}(第 ${line.number} 版)` : line.title,
    [line.source, line.form || (detail?.form ?? ""), line.caseId].filter((one) => one !== "").join("\n"),
    line.category || (detail?.category ?? ""),
    line.openness || (detail?.openness ?? ""),
    boards.join("、"),
    from === null && until === null ? "" : `${day(from)}\n${day(until)}`,
    line.maker || (detail?.maker ?? ""),
    line.reviewer,
    line.signer,
    line.remarks.join("\n"),
  ];
}

function lineBreaks(cell: string): Part {
  return cell.split("\n").map((piece, index) => (index === 0 ? piece : html`<br>${piece}`));
}

/** What lets anybody prove later that the register behind this sheet is the one that was there when it was printed. */
export function footLine({ foot, zone, printedAt }: Pick<SheetParts, "foot" | "zone" | "printedAt">): Part {
  const printed = formatCivil(zone, printedAt).slice(0, 16).replace("T", " ");
  const short = foot.hash
    .slice(0, 16)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, "$1-");
  return html`<div class="chain"><span>登记台账至第 ${foot.seq} 行，校验码 ${short}</span><span>打印 ${printed}</span></div>${
    foot.checkpoint === null ? null : html`<div class="checkpoint">检查点 ${foot.checkpoint}</div>`
  }`;
}
