/** CSV as spreadsheets take it (RFC 4180): UTF-8 with a byte order mark, and no cell that would be read as a formula. */

export const byteOrderMark = "\u{feff}";

/** What spreadsheets evaluate, some also in full width: the apostrophe before it makes it text. */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  // A number is ours and is no formula; what people wrote may be one.
  if (typeof value === "number") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
