/** Lines of one size as they are given, no template: what stands in a printed sheet's margin, and across a sample. */
import { Canvas } from "./canvas.ts";
import { faceOf } from "./fonts/index.ts";
import { oneLine, type Row, rowOf } from "./layout.ts";
import { factsOf, readPage } from "./page.ts";
import { cells, doesNotFit, type Job, type Setting } from "./templates/template.ts";
import { widthOf } from "./text.ts";

export interface Lettering {
  /** As `faceOf` has it. */
  readonly sizePx: number;
  readonly weight: "regular" | "bold";
  /** Clear dots between two lines. */
  readonly leading: number;
}

/** The lines of the body from the left top corner; of each, what stands behind a tab is flush with the right side. */
export function lettered(job: Job, { sizePx, weight, leading }: Lettering): Setting {
  const face = faceOf({ sizePx, weight });
  const canvas = new Canvas(job.shape.width, job.shape.height, job.shape.colour, false);
  const lines = job.content.body.split("\n").map((line) => {
    const [start, end] = line.split("\t", 2).map((part) => oneLine(cells(job, part, face), sizePx));
    return { start: start ?? [], end: end ?? [] };
  });
  const tooWide = lines.some(({ start, end }) => widthOf(start) + widthOf(end) > job.shape.width);
  if (tooWide || lines.length * (sizePx + leading) - leading > job.shape.height)
    return doesNotFit(job, { zh: "字排不下", en: "the lettering is larger than its place" });
  const rows = lines.map(
    ({ start, end }): Row =>
      rowOf(face, [
        { cells: start, x: 0, ink: "body" },
        { cells: end, x: job.shape.width - widthOf(end), ink: "body" },
      ]),
  );
  for (const [index, { pieces }] of rows.entries())
    for (const piece of pieces)
      if (piece.cells.length > 0) canvas.text(piece.cells, piece.x, index * (sizePx + leading), piece.ink);
  return { pages: [readPage(canvas, factsOf(rows))] };
}
