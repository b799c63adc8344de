/** 标语: centred, as large as fits with 4 dots at each side; too long: pages of lines, or one line moving. */
import { centredRows, centringGrid, fewOrManyLines, type Wanted } from "../fit.ts";
import { type Grid, usualGrid, usualSize } from "../grid.ts";
import type { Ink } from "../ink.ts";
import { centred } from "../layout.ts";
import { standing } from "../page.ts";
import { movingFace } from "../scroll.ts";
import { evenLines } from "./notice.ts";
import { setPages } from "./pages.ts";
import { cells, emsOf, type Job, movingPages, type Setting, type Template, tooSmall } from "./template.ts";

/** A slogan is short; what is read at a glance stands this long. */
const standMs = 6000;
/** Panels with so many lines of running text have pages for a text that is too long to be a slogan. */
const pagesFromRows = 4;

export const slogan: Template = (job) => {
  const ink: Ink = "slogan";
  const { shape } = job;
  const usual = usualGrid(shape);
  if (usual.rows < 1) return tooSmall(job);
  const text = job.content.body.replace(/\s+/g, " ").trim();
  if (text === "") return { pages: [] };
  const fitted = fewOrManyLines(wantedOf(job, [text]), { strict: true });
  if (fitted) {
    const rows = centredRows(fitted, ink);
    return { pages: [standing(rows, fitted.grid, { centre: true, leastMs: standMs })] };
  }
  if (usual.rows >= pagesFromRows) return onPages(job, text, ink);
  const face = movingFace(shape, emsOf(text));
  return movingPages(job, cells(job, text, face), face, ink);
};

export function wantedOf(job: Job, lines: readonly string[]): Wanted {
  return {
    shape: job.shape,
    ems: lines.map(emsOf),
    cells: (face) => lines.map((line) => cells(job, line, face)),
  };
}

/** Centred lines, more than fit at once. */
function onPages(job: Job, text: string, ink: Ink): Setting {
  const gridOf = (sizePx: number) => centringGrid(job.shape, sizePx);
  const blocksFor = (grid: Grid) => {
    const broken = evenLines(cells(job, text, grid.body), grid.width, grid.body.sizePx);
    return [{ rows: broken.map((part) => centred(part, ink, grid.body, grid)) }];
  };
  return setPages(job, { blocksFor, gridOf, centredMs: standMs }, gridOf(usualSize(job.shape)));
}
