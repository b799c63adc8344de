/**
 * What was copied in Word, WPS or Excel, as a notice's text: paragraphs stay paragraphs, tables become rows with | between
 * their cells, and how it looked is left behind. Nothing of it can run or be fetched: it is read as words only.
 */
import { type Piece, piecesOf } from "./html.ts";

export interface Pasted {
  readonly text: string;
  /** It has rows of a table. */
  readonly hasTable: boolean;
  /** It was longer than a text may be. */
  readonly cut: boolean;
}

/** Of what is read; a document of a hundred pages has less. */
const htmlCharsMost = 4_000_000;
const rowsMost = 2000;
const columnsMost = 40;

/** `html`: "" where there is none. null: nothing that plain pasting would not do as well. */
export function pastedOf(html: string, plain: string, charsMost: number): Pasted | null {
  if (/<table/i.test(html)) return bounded(linesOf(html.slice(0, htmlCharsMost)), true, charsMost);
  if (/<(p|div|br|li|h\d)\b/i.test(html)) return bounded(linesOf(html.slice(0, htmlCharsMost)), false, charsMost);
  if (isTsv(plain)) return bounded(tsvRows(plain).map(rowOf), true, charsMost);
  return null;
}

function bounded(lines: readonly string[], hasTable: boolean, charsMost: number): Pasted {
  const text = lines.join("\n");
  // Not in the middle of a character of two units.
  const most = /[\ud800-\udbff]/.test(text.charAt(charsMost - 1)) ? charsMost - 1 : charsMost;
  return { text: text.slice(0, most), hasTable, cut: text.length > charsMost };
}

/** Spreadsheets copy as this, too: at least two columns in every line. */
export function isTsv(plain: string): boolean {
  return plain.includes("\t") && tsvRows(plain).every(({ length }) => length > 1);
}

/** As Excel writes it: a cell with a line break or a tab stands between quotes. */
function tsvRows(plain: string): string[][] {
  const rows: string[][] = [[]];
  let [cell, quoted] = ["", false];
  const text = tidyLines(plain).join("\n");
  const end = () => {
    rows[rows.length - 1]?.push(cell);
    cell = "";
  };
  for (let at = 0; at < text.length; at++) {
    const one = text.charAt(at);
    if (quoted) {
      if (one === '"' && text.charAt(at + 1) === '"') cell += text.charAt(at++);
      else if (one === '"') quoted = false;
      else cell += one;
    } else if (one === '"' && cell === "") quoted = true;
    else if (one === "\t") end();
    else if (one === "\n") {
      end();
      if (rows.length >= rowsMost) return rows;
      rows.push([]);
    } else cell += one;
  }
  end();
  return rows;
}

const tidyLines = (text: string) => text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");

/** A | of its own would part a cell; the full-width one does not. */
const rowOf = (cells: readonly string[]) =>
  cells
    .slice(0, columnsMost)
    .map((cell) => tidy(cell).replace(/\|/g, "\uff5c"))
    .join("|");

/** Indents and runs of spaces are how it looked; a space between two Chinese characters is none of theirs. */
function tidy(text: string): string {
  return text.replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, " ").trim();
}

const blocks = new Set([
  "p",
  "div",
  "li",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "ul",
  "ol",
  "blockquote",
  "section",
  "article",
]);

interface Cell {
  text: string;
  readonly across: number;
  readonly down: number;
}

function linesOf(html: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  const endLine = () => {
    const text = tidy(line);
    if (text !== "") lines.push(text);
    line = "";
  };
  const table = new Table();
  for (const piece of piecesOf(html)) {
    if (table.depth > 0) {
      table.take(piece);
      if (table.depth === 0) lines.push(...table.rows());
    } else if ("text" in piece) line += piece.text;
    else if ("open" in piece) {
      if (piece.open === "table") {
        endLine();
        table.take(piece);
      } else if (piece.open === "br" || blocks.has(piece.open)) endLine();
    } else if (blocks.has(piece.close)) endLine();
  }
  if (table.depth > 0) lines.push(...table.rows());
  endLine();
  return lines;
}

/** One table; what stands in tables within its cells is text of theirs. Merged cells: the words once, the others empty. */
class Table {
  depth = 0;
  #rows: Cell[][] = [];

  take(piece: Piece): void {
    const cell = this.#rows[this.#rows.length - 1]?.slice(-1)[0];
    if ("text" in piece) {
      if (cell) cell.text += piece.text;
      return;
    }
    if ("close" in piece) {
      if (piece.close === "table") this.depth--;
      else if (blocks.has(piece.close) && cell) cell.text += " ";
      return;
    }
    if (piece.open === "table") this.depth++;
    else if (this.depth > 1 || piece.open === "br") {
      if (cell) cell.text += " ";
    } else if (piece.open === "tr") this.#rows.push([]);
    else if (piece.open === "td" || piece.open === "th") {
      if (this.#rows.length === 0) this.#rows.push([]);
      const across = spanOf(piece.attributes, "colspan");
      this.#rows[this.#rows.length - 1]?.push({ text: "", across, down: spanOf(piece.attributes, "rowspan") });
    }
  }

  rows(): readonly string[] {
    const grid: string[][] = [];
    for (const [y, cells] of this.#rows.slice(0, rowsMost).entries()) {
      let x = 0;
      for (const { text, across, down } of cells) {
        while (grid[y]?.[x] !== undefined) x++;
        for (let row = y; row < Math.min(y + down, this.#rows.length, rowsMost); row++)
          for (let column = x; column < Math.min(x + across, columnsMost); column++) {
            grid[row] ??= [];
            (grid[row] as string[])[column] = row === y && column === x ? text : "";
          }
        x += across;
      }
    }
    this.#rows = [];
    const filled = grid.filter((row) => row?.some((text) => tidy(text ?? "") !== ""));
    const width = Math.max(
      0,
      ...filled.map((row) => row.length - [...row].reverse().findIndex((text) => tidy(text ?? "") !== "")),
    );
    return filled.map((row) => rowOf(Array.from({ length: width }, (_, column) => row[column] ?? "")));
  }
}

function spanOf(attributes: string, name: string): number {
  const [, digits = "1"] = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,4})`, "i").exec(attributes) ?? [];
  return Math.max(1, Math.min(Number(digits), columnsMost * 25));
}
