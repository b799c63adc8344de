/** Tables as the body has them: lines with "|" between their cells, blank lines between rows ignored, the first row the heading. */

export interface TableCell {
  /** Trimmed. */
  readonly text: string;
  /** Of the trimmed text, UTF-16 units in the body; `to` exclusive. */
  readonly from: number;
  readonly to: number;
}
export interface TableRow {
  /** Of the line, without its end. */
  readonly from: number;
  readonly to: number;
  readonly cells: readonly TableCell[];
}
export interface Table {
  readonly heading: TableRow;
  readonly rows: readonly TableRow[];
}

export function tablesIn(body: string): Table[] {
  const tables: { heading: TableRow; rows: TableRow[] }[] = [];
  let isOpen = false;
  let from = 0;
  for (const line of body.split("\n")) {
    if (line.includes("|")) {
      const row = { from, to: from + line.length, cells: cellsOf(line, from) };
      if (isOpen) tables.at(-1)?.rows.push(row);
      else tables.push({ heading: row, rows: [] });
      isOpen = true;
    } else if (line.trim() !== "") isOpen = false;
    from += line.length + 1;
  }
  return tables;
}

function cellsOf(line: string, lineFrom: number): TableCell[] {
  let from = lineFrom;
  return line.split("|").map((raw) => {
    const text = raw.trim();
    const start = from + (raw.length - raw.trimStart().length);
    from += raw.length + 1;
    return { text, from: start, to: start + text.length };
  });
}
