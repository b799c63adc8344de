/** 名单: names side by side in even columns; 张三 is spaced out to the width of 欧阳成. */
import type { Grid } from "../grid.ts";
import { type Block, left, type Piece, rowOf } from "../layout.ts";
import { breakLines } from "../line-break.ts";
import { type Cell, cellsOf, widthOf } from "../text.ts";
import { cells, type Job } from "./template.ts";

/** Two to four ideographs, some perhaps masked; a name of another people has a dot inside. */
const name = /^[\p{Script=Han}*\u25cb\u3007\u00b7]{2,12}$/u;
const usualMost = 4;
const namesLeast = 4;
const ordinaryName = 3;

/** Names one a line, or parted by spaces: at least four, and nothing but names. */
export function isNameList(paragraphs: readonly string[]): boolean {
  const names = namesOf(paragraphs);
  if (names.length < namesLeast || !names.every((one) => name.test(one))) return false;
  return names.every((one) => one.length <= usualMost || one.includes("\u00b7"));
}

function namesOf(paragraphs: readonly string[]): string[] {
  return paragraphs.flatMap((paragraph) => paragraph.trim().split(/\s+/));
}

export function nameBlocks(job: Job, paragraphs: readonly string[], grid: Grid): Block[] {
  const { body, width } = grid;
  const em = body.sizePx;
  const texts = namesOf(paragraphs).map((one) => cells(job, one, body));
  if (texts.some((one) => widthOf(one) > width)) return brokenNames(texts, grid);
  const names = texts.map((one) => spacedOut(one, grid));
  const widest = Math.min(width, Math.max(ordinaryName * em, ...names.map(widthOf)));
  const columns = Math.max(1, Math.floor((width + em) / (widest + em)));
  const pitch = columns === 1 ? 0 : Math.min(widest + 2 * em, Math.floor((width - widest) / (columns - 1)));
  const indent = Math.floor((width - widest - pitch * (columns - 1)) / 2);
  const blocks: Block[] = [];
  for (let from = 0; from < names.length; from += columns) {
    const pieces = names
      .slice(from, from + columns)
      .map((one, column): Piece => ({ cells: one, x: Math.max(0, indent) + column * pitch, ink: "body" }));
    blocks.push({ rows: [rowOf(body, pieces)] });
  }
  return blocks;
}

/** On pillars narrower than a name. */
function brokenNames(names: readonly (readonly Cell[])[], { body, width }: Grid): Block[] {
  return names.map((one) => ({
    rows: breakLines(one, width, width, body.sizePx).map((line) => left(line, "body", body)),
  }));
}

/** Two ideographs as far apart as three stand, where there is room for three. */
function spacedOut(line: readonly Cell[], { body, width }: Grid): readonly Cell[] {
  const [first, second] = line;
  if (line.length !== 2 || !first || !second || width < ordinaryName * body.sizePx) return line;
  return [first, ...cellsOf("\u3000", body).cells, second];
}
