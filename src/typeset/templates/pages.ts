/** Blocks on the pages of a panel: the size at which they fit one, else as many as they need, else rising rows. */
import type { Shape } from "../../message/index.ts";
import { limits } from "../../limits.ts";
import { chineseFromPx, type Grid, gridOfSize, gridsFor, sizeAt, smallGrid } from "../grid.ts";
import { type Block, flow, heightOf, type Row } from "../layout.ts";
import { type SetPage, standing } from "../page.ts";
import { bitmapBytesMost, risingRows } from "../scroll.ts";
import { isNameList } from "./names.ts";
import { signLines } from "./sign.ts";
import { doesNotFit, emsOf, type Job, type Setting } from "./template.ts";

type BlocksFor = (grid: Grid) => readonly Block[];

/**
 * Blocks on the first of the panel's grids where they fit one page, which then stands centred; else on pages of the
 * usual one. `tiers`: what a grid should do for them, best first (a table's columns need width); of the first that any
 * grid fulfils, only such grids are used: the small face's where no other does.
 */
export function setBlocks(job: Job, blocksFor: BlocksFor, tiers: readonly Tier[] = []): Setting {
  const { shape } = job;
  const { usual, grids } = gridsFor(shape);
  const hopeful = grids.filter(hopefulFor(job));
  const { grid, suits } =
    tiers.length === 0 ? { grid: usual, suits: () => true } : bestTier(shape, tiers, usual, grids);
  const candidates = hopeful.some(suits) || grids.includes(grid) ? hopeful.filter(suits) : [grid];
  const tried = new Map<Grid, Flowed>();
  for (const one of candidates) {
    const flowed = flowOn(one, blocksFor);
    const [rows] = flowed.pages;
    if (rows && flowed.pages.length === 1) return { pages: [standing(rows, one, { centre: true })] };
    tried.set(one, flowed);
  }
  return setPages(job, { blocksFor, gridOf: (sizePx) => gridOfSize(shape, sizePx) }, grid, tried);
}

type Tier = (grid: Grid) => boolean;

/** The best tier that any grid fulfils, and what a text of several pages is set on then: the usual grid if it may be. */
function bestTier(
  shape: Shape,
  tiers: readonly Tier[],
  usual: Grid,
  grids: readonly Grid[],
): { readonly grid: Grid; readonly suits: Tier } {
  const noLarger = grids.filter(({ body }) => body.sizePx <= usual.body.sizePx);
  const small = smallGrid(shape);
  for (const suits of tiers) {
    const grid = [usual, ...noLarger, ...(small ? [small] : [])].find(suits);
    if (grid) return { grid, suits };
  }
  return { grid: usual, suits: () => true };
}

interface Flowed {
  readonly blocks: readonly Block[];
  readonly pages: readonly (readonly Row[])[];
}

function flowOn(grid: Grid, blocksFor: BlocksFor): Flowed {
  const blocks = blocksFor(grid);
  return { blocks, pages: flow(blocks, grid) };
}

interface Paging {
  readonly blocksFor: BlocksFor;
  /** The same kind of grid in another size. */
  readonly gridOf: (sizePx: number) => Grid;
  /** Every page in the middle of the panel's height, for so long at least. */
  readonly centredMs?: number;
}

/** On so many pages of one grid as it takes; of smaller letters only where a message could not hold them. */
export function setPages(
  job: Job,
  { blocksFor, gridOf, centredMs }: Paging,
  wanted: Grid,
  tried: ReadonlyMap<Grid, Flowed> = new Map(),
): Setting {
  const { shape } = job;
  const pagesMost = Math.floor(limits.messageBytes / bitmapBytesMost(shape, shape.width, shape.height));
  for (let grid = wanted; ; ) {
    const smaller = sizeAt(grid.body.sizePx * smallerBy);
    const isLeast = smaller >= grid.body.sizePx || smaller < chineseFromPx;
    if (isLeast || pagesMost >= limits.pagesPerMessage || pagesLeast(job, grid) <= pagesMost) {
      const { blocks, pages } = tried.get(grid) ?? flowOn(grid, blocksFor);
      if (pages.length > limits.pagesPerMessage) return setRising(job, blocks, grid);
      if (pages.length <= pagesMost) return { pages: pages.map((rows, step) => paged(rows, step, grid)) };
      if (isLeast)
        return doesNotFit(job, {
          zh: `要 ${pages.length} 页，存不下`,
          en: `its ${pages.length} pages are more than a message holds`,
        });
    }
    grid = gridOf(smaller);
  }

  function paged(rows: readonly Row[], step: number, grid: Grid): SetPage {
    if (centredMs !== undefined) return standing(rows, grid, { step, centre: true, leastMs: centredMs });
    return standing(rows, grid, { step, centre: isHeading(rows) });
  }
}

/** What a smaller size is of the one before. */
const smallerBy = 0.85;

/** Pages that a text takes even if every line is full. */
function pagesLeast({ content }: Job, { body, width, height, leading }: Grid): number {
  const ems = content.body.split("\n").reduce((sum, line) => sum + emsOf(line), 0);
  const lines = (ems * tolerance * body.sizePx) / width;
  return Math.ceil((lines * (body.sizePx + leading)) / (height + leading));
}

/** Rows that rise, where pages would be too many to be turned. */
function setRising(job: Job, blocks: readonly Block[], grid: Grid): Setting {
  const rows = blocks.flatMap((block) => block.rows);
  const bytes = bitmapBytesMost(grid.shape, grid.shape.width, heightOf(rows, grid.leading));
  if (bytes > limits.messageBytes) return doesNotFit(job, { zh: "太长，存不下", en: "longer than a message holds" });
  return { pages: risingRows(rows, grid) };
}

/** A title that has a page for itself stands in its middle. */
function isHeading(rows: readonly Row[]): boolean {
  return rows.every((row) => row.pieces.every(({ ink }) => ink === "title" || ink === "warning"));
}

/** Measured in a plain face, lines may turn out this much shorter in another. */
const tolerance = 0.93;

/** Sizes at which a text may fit one page; at others it cannot, however it is broken: nothing is set in them. */
function hopefulFor(job: Job): (grid: Grid) => boolean {
  const { title, body } = job.content;
  const paragraphs = body.split("\n").filter((line) => line.trim() !== "");
  const lines = [...(isNameList(paragraphs) ? [paragraphs.join(" ")] : paragraphs), ...signLines(job)];
  const ems = lines.map((line) => emsOf(line.replaceAll("|", "")) * tolerance);
  const titleEms = emsOf(title) * tolerance;
  return ({ body: face, title: titleFace, width, height, leading }) => {
    const linesOf = (length: number, px: number) => Math.max(length > 0 ? 1 : 0, Math.ceil((length * px) / width));
    let rows = 0;
    for (const length of ems) rows += linesOf(length, face.sizePx);
    // Organisation and date may share a line.
    rows = Math.max(1, rows - 1);
    const used = rows * (face.sizePx + leading) - leading + linesOf(titleEms, titleFace.sizePx) * titleFace.sizePx;
    return used <= height;
  };
}
