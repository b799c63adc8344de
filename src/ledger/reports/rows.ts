/** Ledger rows as they are exported: all of them, nothing joined, nothing left out. */
import { canonicalJson } from "../../canonical-json.ts";
import { formatCivil } from "../../time/zone.ts";
import type { LedgerRow } from "../types.ts";
import { actionWords } from "./action-words.ts";
import { byteOrderMark, csvLine } from "./csv.ts";

const heads = ["行号", "公开栏时间", "系统时间", "办理人", "事项", "事项代码", "对象", "内容(JSON)", "校验码"];

export const rowsCsvHead = byteOrderMark + csvLine(heads);

export function rowCsv(row: LedgerRow, zone: string, nameOf: (by: string) => string): string {
  const time = (at: number) => formatCivil(zone, at).replace("T", " ");
  return csvLine([
    row.seq,
    time(row.boardAt),
    time(row.wallAt),
    nameOf(row.by),
    actionWords(row.action),
    row.action,
    row.subject,
    canonicalJson(row.data),
    row.hash,
  ]);
}

/** A row a line, with all that its hash is over: whoever has the lines can work the chain out again. */
export function rowJson({ chain, seq, boardAt, wallAt, by, action, subject, data, hash }: LedgerRow): string {
  return `${canonicalJson({ v: 1, chain, seq, boardAt, wallAt, by, action, subject, data, hash })}\n`;
}
