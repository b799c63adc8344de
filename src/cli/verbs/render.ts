/** Typesets without signing or storing anything: what a notice would look like on panels, and how it fits them. */
import type { BoardConfig, CardCells, CardGlyphs } from "../../config/types.ts";
import { nearest } from "../../config/suggest.ts";
import type { Shape } from "../../message/types.ts";
import { pitchOfModel } from "../../typeset/report.ts";
import { saidOf } from "../../typeset/report-words.ts";
import { type TypesetRequest, typeset } from "../../typeset/typeset.ts";
import type { PanelWanted } from "../args.ts";
import { findPlace, type Place, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import type { Source } from "./render-parts.ts";
import { type Printed, printer, type PrintOptions } from "./render-print.ts";
import { type SourceOptions, sourcesOf } from "./render-source.ts";

export interface RenderOptions extends PlaceOptions, SourceOptions, PrintOptions {
  readonly panel: readonly PanelWanted[];
  /** A slot's length, ms, whatever the schedule says. */
  readonly slot?: number;
  /** What the cards' own fonts hold, whatever the installation file says. */
  readonly glyphs?: CardGlyphs;
}

/** 1 if anything could not be set; all the rest is set all the same. */
export async function render(what: string, options: RenderOptions, output: Output): Promise<ExitCode> {
  const place = await findPlace(options);
  const panels = options.panel.flatMap((wanted) => panelsOf(wanted, place.site.boards));
  const sources = await sourcesOf(what, options, place);
  const print = printer(options, output, sources.length * panels.length > 1);
  let code: ExitCode = 0;
  for (const source of sources)
    for (const panel of panels) {
      const glyphs = options.glyphs ?? panel.glyphs;
      const printed = setOn(glyphs ? { ...panel, glyphs } : panel, source, place, options.slot ?? source.slotMs);
      if (!printed.result.ok) code = 1;
      await print.one(printed);
    }
  print.end();
  return code;
}

export interface Panel {
  /** "B5", "128x64-dual": for headings and file names. */
  readonly name: string;
  readonly shape: Shape;
  readonly pitchMm: number | null;
  readonly ledColour: string | null;
  /** Of a card that draws with a font of its own. */
  readonly glyphs?: CardGlyphs;
  /** Of a card that is sent characters. */
  readonly cells?: CardCells;
}

function setOn(panel: Panel, source: Source, { site }: Place, hasMs: number | null): Printed {
  const request: TypesetRequest = {
    notice: source.name,
    content: source.content,
    shape: panel.shape,
    ...(panel.cells && { cells: panel.cells }),
    zone: site.zone,
    calendar: site.calendar,
    window: source.window,
    charactersPerSecond: site.readingCharactersPerSecond,
    pictures: source.pictures,
  };
  const result = typeset(request);
  if (!result.ok) return { panel, source, result, report: null };
  const options = {
    charactersPerSecond: site.readingCharactersPerSecond,
    hasMs,
    pitchMm: panel.pitchMm,
    ...(panel.glyphs && { glyphs: panel.glyphs }),
  };
  return { panel, source, result, report: saidOf(request, result, options, typeset) };
}

function panelsOf(wanted: PanelWanted, boards: readonly BoardConfig[]): Panel[] {
  if (wanted === "all") return boards.map(panelOf);
  if ("shape" in wanted) {
    const { width, height, colour } = wanted.shape;
    return [{ name: `${width}x${height}-${colour}`, ...wanted, ledColour: null }];
  }
  const board = boards.find(({ id }) => id === wanted.board);
  if (board) return [panelOf(board)];
  const ids = boards.map(({ id }) => id);
  const meant = nearest(wanted.board, ids);
  throw new Refusal(
    { zh: `没有公开栏 ${wanted.board}`, en: `there is no board ${wanted.board}` },
    {
      zh: `${meant === null ? "" : `是不是 ${meant}?`}有 ${ids.join("、")}；也可写尺寸，如 128x64:dual。`,
      en: `${meant === null ? "" : `Did you mean ${meant}? `}There are ${ids.join(", ")}; or write a size such as 128x64:dual.`,
    },
  );
}

function panelOf({ id, shape, model, ledColour, glyphs, cells }: BoardConfig): Panel {
  return {
    name: id,
    shape,
    pitchMm: pitchOfModel(model),
    ledColour,
    ...(glyphs && { glyphs }),
    ...(cells && { cells }),
  };
}
