/** Blocks on the pages of a panel: the size at which they fit one, else as many as they need, else rising rows. */
import { limits } from "../../limits.ts";
import { type Grid, gridOfSize, gridsFor, sizeAt, smallGrid } from "../grid.ts";
import { type Block, flow, type Row } from "../layout.ts";
import { standing } from "../page.ts";
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
export function setBlocks(job: Job, blocksFor: BlocksFor, tiers: readonly ((grid: Grid) => boolean)[] = []): Setting {
  const { shape } = job;
  const { usual, grids } = gridsFor(shape);
  const small = tiers.length > 0 ? smallGrid(shape) : null;
  const tier = tiers.find((suits) => grids.some(suits) || (small && suits(small)));
  const fulfilling = tier ? grids.filter(tier) : grids;
  const suitable = fulfilling.length === 0 && small ? [small] : fulfilling;
  const hopeless = hopelessFor(job);
  const tried = new Map<Grid, Flowed>();
  for (const grid of suitable) {
    if (hopeless(grid)) continue;
    const flowed = flowOn(grid, blocksFor);
    const [rows] = flowed.pages;
    if (rows && flowed.pages.length === 1) return { pages: [standing(rows, grid, { centre: true })] };
    tried.set(grid, flowed);
  }
  if (!tier || tier(usual)) return setPages(job, blocksFor, usual, tried);
  return setPages(job, blocksFor, suitable.find(({ body }) => body.sizePx <= usual.body.sizePx) ?? usual, tried);
}

interface Flowed {
  readonly blocks: readonly Block[];
  readonly pages: readonly (readonly Row[])[];
}

function flowOn(grid: Grid, blocksFor: BlocksFor): Flowed {
  const blocks = blocksFor(grid);
  return { blocks, pages: flow(blocks, grid) };
}

/** On so many pages of one grid as it takes; of smaller letters only where a message could not hold them. */
function setPages(job: Job, blocksFor: BlocksFor, wanted: Grid, tried: ReadonlyMap<Grid, Flowed>): Setting {
  const { shape } = job;
  const pageBytes = bitmapBytesMost(shape, shape.width, shape.height);
  for (let grid = wanted; ; ) {
    const { blocks, pages } = tried.get(grid) ?? flowOn(grid, blocksFor);
    if (pages.length > limits.pagesPerMessage)
      return {
        pages: risingRows(
          blocks.flatMap(({ rows }) => rows),
          grid,
        ),
      };
    if (pages.length * pageBytes <= limits.messageBytes)
      return {
        pages: pages.map((rows, step) => standing(rows, grid, { step, centre: pages.length === 1 || isHeading(rows) })),
      };
    const smaller = sizeAt(grid.body.sizePx * smallerBy);
    if (smaller >= grid.body.sizePx)
      return doesNotFit(job, `要 ${pages.length} 页,存不下 / its ${pages.length} pages are more than a message holds`);
    grid = gridOfSize(shape, smaller);
  }
}

const smallerBy = 0.8;

/** A title that has a page for itself stands in its middle. */
function isHeading(rows: readonly Row[]): boolean {
  return rows.every((row) => row.pieces.every(({ ink }) => ink === "title" || ink === "warning"));
}

/** Measured in a plain face, lines may turn out this much shorter in another. */
const tolerance = 0.93;

/** Sizes at which a text cannot fit one page, however it is broken: nothing is drawn of them. */
function hopelessFor(job: Job): (grid: Grid) => boolean {
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
    return used > height;
  };
}
