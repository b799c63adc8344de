/** "带班领导:程砚平": a label and what it says behind it, in lines that break no name. Dots throughout. */
import type { Face } from "../fonts/face.ts";
import type { Grid } from "../grid.ts";
import type { Ink } from "../ink.ts";
import { left, type Piece, type Row, rowOf } from "../layout.ts";
import { breakLines } from "../line-break.ts";
import { type Cell, widthOf } from "../text.ts";
import { marksFor } from "./marks.ts";
import { cells, type Job } from "./template.ts";

export type Line = readonly [label: string, value: string];

type Run = readonly Cell[];

/** Between two of them. Ideographs. */
const apart = 1;

/** As many to a row as it holds; null where even one is too wide. */
export function sideBySide(job: Job, lines: readonly Line[], { title: face, width }: Grid): Row[][] | null {
  const em = face.sizePx;
  const rows: Piece[][] = [];
  let x = 0;
  for (const line of lines) {
    const [label, value] = line.map((text) => cells(job, marksFor(text, em), face)) as [Run, Run];
    const length = widthOf(label) + widthOf(value);
    if (length > width) return null;
    if (rows.length === 0 || x + apart * em + length > width) {
      rows.push([]);
      x = 0;
    } else x += apart * em;
    rows[rows.length - 1]?.push(
      { cells: label, x, ink: "header" },
      { cells: value, x: x + widthOf(label), ink: "body" },
    );
    x += length;
  }
  return rows.map((pieces) => [
    rowOf(
      face,
      pieces.filter((piece) => piece.cells.length > 0),
    ),
  ]);
}

/** A line narrower than so many ideographs has its label above the value, not before it. */
const hangFrom = 12;

export function labelled(job: Job, [label, value]: Line, { width }: Grid, face: Face, ink: Ink = "body"): Row[] {
  const em = face.sizePx;
  const head = cells(job, marksFor(label, em), face);
  const room = width - widthOf(head);
  const behind = room < em ? [] : wholeNames(job, value, face, room);
  const hangs = behind.length === 1 || (behind.length > 0 && width >= hangFrom * em);
  if (head.length > 0 && hangs && behind.every((line) => widthOf(line) <= room))
    return behind.map((line, row) => {
      const own: Piece = { cells: line, x: widthOf(head), ink };
      return rowOf(face, row === 0 ? [{ cells: head, x: 0, ink: "header" }, own] : [own]);
    });
  return [
    ...breakLines(head, width, width, em).map((line) => left(line, "header", face)),
    ...wholeNames(job, value, face, width).map((line) => left(line, ink, face)),
  ];
}

/** Lines broken at spaces, so that no name is; a part that is longer than a line by itself is broken as text is. */
function wholeNames(job: Job, value: string, face: Face, width: number): Run[] {
  const lines: string[] = [];
  for (const part of value.split(/\s+/)) {
    const last = lines[lines.length - 1];
    const joined = `${last} ${part}`;
    if (last !== undefined && widthOf(cells(job, joined, face)) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.flatMap((line) => {
    const whole = cells(job, line, face);
    return widthOf(whole) <= width ? [whole] : breakLines(whole, width, width, face.sizePx);
  });
}
