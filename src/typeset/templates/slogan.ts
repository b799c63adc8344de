/** 标语、欢迎词、待机画面: centred, as large as fits with 4 dots at each side; too long: pages of lines, or one line moving. */
import { centredRows, centringGrid, fewOrManyLines, type Wanted } from "../fit.ts";
import { type Grid, usualGrid, usualSize } from "../grid.ts";
import type { Ink } from "../ink.ts";
import { centred } from "../layout.ts";
import { standing } from "../page.ts";
import { movingFace, movingLine } from "../scroll.ts";
import { evenLines } from "./notice.ts";
import { setPages } from "./pages.ts";
import { cells, emsOf, type Job, type Setting, type Template, tooSmall } from "./template.ts";

/** A slogan is short; what is read at a glance stands this long. */
const standMs = 6000;
/** Panels with so many lines of running text have pages for a text that is too long to be a slogan. */
const pagesFromRows = 4;

export const slogan: Template = (job) => setCentred(job, [job.content.body]);
export const defaultPicture: Template = (job) => setCentred(job, job.content.body.split("\n"));

/** `texts`: lines that are to stand as lines; each may be broken further. */
function setCentred(job: Job, texts: readonly string[]): Setting {
  const ink: Ink = "slogan";
  const { shape } = job;
  const usual = usualGrid(shape);
  if (usual.rows < 1) return tooSmall(job);
  const lines = texts.map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text !== "");
  const wanted = wantedOf(job, lines);
  const fitted = fewOrManyLines(wanted, { strict: true });
  if (fitted) {
    const rows = centredRows(fitted, ink);
    return { pages: [standing(rows, fitted.grid, { centre: true, leastMs: standMs })] };
  }
  const hasPages = usual.rows >= pagesFromRows;
  if (lines.length !== 1 || hasPages) return setLines(job, lines, ink);
  const [line = ""] = lines;
  const face = movingFace(shape, emsOf(line));
  return { pages: movingLine(shape, cells(job, line, face), face, ink) };
}

export function wantedOf(job: Job, lines: readonly string[]): Wanted {
  return {
    shape: job.shape,
    ems: lines.map(emsOf),
    cells: (face) => lines.map((line) => cells(job, line, face)),
  };
}

/** Lines that were given as lines, more than fit at once: pages, each line whole on one where it can be. */
function setLines(job: Job, lines: readonly string[], ink: Ink): Setting {
  const gridOf = (sizePx: number) => centringGrid(job.shape, sizePx);
  const blocksFor = (grid: Grid) =>
    lines.map((line) => {
      const broken = evenLines(cells(job, line, grid.body), grid.width, grid.body.sizePx);
      return { rows: broken.map((part) => centred(part, ink, grid.body, grid)) };
    });
  return setPages(job, { blocksFor, gridOf, centredMs: standMs }, gridOf(usualSize(job.shape)));
}
