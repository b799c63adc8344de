/** Noto Sans SC at any size: outlines fitted to the dots, then rasterised. */
import { trimmed } from "./bits.ts";
import { isMark } from "./characters.ts";
import { type Axis, edgesOf, stemsOf } from "./edges.ts";
import type { FaceWanted, Glyph } from "./face.ts";
import { dotsOf, type Fit, fitted } from "./fit.ts";
import { type Outline, outlineOf, piecesOf } from "./outlines.ts";
import { type Contour, coverageOf } from "./raster.ts";

/** Usual strokes, units: upright and level, measured over the 3,755 ideographs of GB2312's first level. */
const usualStroke = { regular: { x: 72, y: 68 }, bold: { x: 114, y: 107 } };
const emUnits = 1000;
const descentUnits = 120;
/** An outline at hand in the regular weight only is drawn twice, so far apart: as much as bold's strokes are wider. */
const boldenedUnits = 40;

/** Heights of letters, units: baseline, small letters, capitals and figures, ascenders. */
const letterHeights = { regular: [0, 543, 733, 796], bold: [0, 560, 741, 798] };

/**
 * Ideographs fill the em box. Letters stand on a baseline a little above the em box's own, because their descenders, which
 * are deeper than it, must stay in the line; what is still too deep is pressed together below the baseline.
 */
const baselineShare = 0.14;

/** Dashes that are drawn over the whole em, so that two of them are one line, as Chinese has it. */
const wholeDashes: ReadonlySet<number> = new Set([0x2014, 0x2015]);

/** Ink of ideographs, units from the em box's left or bottom, that the 12-dot face fits to 11 dots: one is left between. */
const inkUnits = { from: 30, to: 970 };

interface Box {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Where the outline's left side and the em box's bottom fall, dots. */
  readonly left: number;
  readonly bottom: number;
}

/** The thinner of the usual strokes, dots. */
export function strokeOf(sizePx: number, weight: FaceWanted["weight"]): number {
  return Math.max(1, Math.round((usualStroke[weight].y * sizePx) / emUnits));
}

/** Null where the outlines have no such character. */
export function outlineGlyph(codePoint: number, sizePx: number, weight: FaceWanted["weight"]): Glyph | null {
  const outline = outlineFor(codePoint, weight);
  if (outline === null) return null;
  const scale = sizePx / emUnits;
  const width = outline.advance === emUnits ? sizePx : Math.max(1, Math.round(outline.advance * scale));
  const box = { width, height: sizePx, scale, left: isMark(codePoint) ? markLeft(outline, sizePx) : 0, bottom: 0 };
  return trimmed(rasterised(outline, box, weight), box, isMark(codePoint) ? 0 : width);
}

/** A 12-dot ideograph as the drawn ones are: 11 dots, and one left free at its right and below. */
export function outlineDots12(codePoint: number): Glyph | null {
  const outline = outlineFor(codePoint, "regular");
  if (outline === null || outline.advance !== emUnits) return null;
  const scale = 11 / (inkUnits.to - inkUnits.from);
  const from = -inkUnits.from * scale;
  const glyph = trimmed(
    rasterised(outline, { width: 11, height: 11, scale, left: from, bottom: from }, "regular"),
    { width: 11, height: 11 },
    12,
  );
  return { ...glyph, levels: null };
}

/** A mark's own place is left of its pen; ours stands over a letter of middling width. */
function markLeft({ xs }: Outline, sizePx: number): number {
  const [least, greatest] = extentOf(xs);
  return sizePx * 0.28 - (((least + greatest) / 2) * sizePx) / emUnits;
}

function outlineFor(codePoint: number, weight: FaceWanted["weight"]): Outline | null {
  const outline = outlineOf(codePoint, weight === "bold");
  if (outline !== null) return wholeDashes.has(codePoint) ? overTheEm(outline) : outline;
  const regular = weight === "bold" ? outlineOf(codePoint, false) : null;
  return regular === null ? null : boldened(regular);
}

function overTheEm(outline: Outline): Outline {
  const [least, greatest] = extentOf(outline.xs);
  const xs = outline.xs.map((x) => ((x - least) / (greatest - least)) * emUnits);
  return { ...outline, xs, advance: emUnits };
}

/** The non-zero rule makes one shape of both. */
function boldened({ advance, operations, xs, ys }: Outline): Outline {
  const half = boldenedUnits / 2;
  const both = (values: readonly number[], apart: number) => [
    ...values.map((value) => value - apart),
    ...values.map((value) => value + apart),
  ];
  return { advance, operations: [...operations, ...operations], xs: both(xs, half), ys: both(ys, half / 2) };
}

/** Coverage of the box's dots. */
function rasterised(outline: Outline, box: Box, weight: FaceWanted["weight"]): Uint8Array {
  const { x, y } = fitsOf(outline, box, weight);
  return coverageOf(contoursOf(outline, x, y, box.height), box.width, box.height);
}

/** Font units to dots, rightwards and upwards from the box's left bottom corner; all of the outline falls inside. */
export function fitsOf(outline: Outline, box: Box, weight: FaceWanted["weight"]): Readonly<Record<Axis, Fit>> {
  const { width, height, scale, left, bottom } = box;
  const letter = outline.advance !== emUnits;
  const baseline = letter ? Math.round(height * baselineShare) : bottom + descentUnits * scale;
  const zones = letterHeights[weight].map((units) => ({
    units,
    dots: baseline + Math.round(units * scale),
    top: units > 0,
  }));
  const fitOf = (axis: Axis): Fit => {
    const edges = edgesOf(outline, axis);
    const usual = usualStroke[weight][axis];
    return fitted({
      stems: stemsOf(edges, usual),
      edges,
      scale,
      origin: axis === "x" ? left : baseline,
      size: axis === "x" ? width : height,
      usual,
      zones: letter && axis === "y" ? zones : [],
      extent: extentOf(axis === "x" ? outline.xs : outline.ys),
    });
  };
  return { x: fitOf("x"), y: fitOf("y") };
}

function extentOf(values: readonly number[]): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

/** Straight pieces that a curve is drawn with, for its length in dots: none longer than this. */
const dotsAPiece = 3;

function contoursOf(outline: Outline, x: Fit, y: Fit, height: number): Contour[] {
  const xs = outline.xs.map((at) => dotsOf(x, at));
  const ys = outline.ys.map((at) => height - dotsOf(y, at));
  const distance = (a: number, b: number) =>
    Math.abs((xs[a] as number) - (xs[b] as number)) + Math.abs((ys[a] as number) - (ys[b] as number));
  return piecesOf(outline).map((pieces) => {
    const points: number[] = [];
    for (const { from, control1, control2, to } of pieces) {
      if (control1 >= 0) {
        const length = distance(from, control1) + distance(control1, control2) + distance(control2, to);
        const steps = Math.min(24, 2 + Math.ceil(length / dotsAPiece));
        for (let step = 1; step < steps; step++)
          points.push(
            cubicAt(xs, from, control1, control2, to, step / steps),
            cubicAt(ys, from, control1, control2, to, step / steps),
          );
      }
      points.push(xs[to] as number, ys[to] as number);
    }
    return points;
  });
}

function cubicAt(values: readonly number[], a: number, b: number, c: number, d: number, t: number): number {
  const u = 1 - t;
  return (
    u * u * u * (values[a] as number) +
    3 * u * u * t * (values[b] as number) +
    3 * u * t * t * (values[c] as number) +
    t * t * t * (values[d] as number)
  );
}
