/** Noto Sans SC at any size: outlines fitted to the dots, then rasterised. */
import { type Axis, edgesOf, stemsOf } from "./edges.ts";
import type { Glyph } from "./face.ts";
import { dotsOf, type Fit, fitted } from "./fit.ts";
import { type Outline, outlineOf, piecesOf } from "./outlines.ts";
import { type Contour, coverageOf, fullCoverage } from "./raster.ts";

/** Usual strokes, units: level and upright, measured over the 3,755 ideographs of GB2312's first level. */
const usualStroke = { regular: { x: 72, y: 68 }, bold: { x: 114, y: 107 } };
const emUnits = 1000;
const descentUnits = 120;

/** Heights of letters: baseline, small letters, capitals and figures, ascenders. */
const letterHeights = { regular: [0, 543, 733, 796], bold: [0, 560, 741, 798] };

/**
 * Ideographs fill the em box. Letters stand on a baseline a little above the em box's own, because their descenders, which
 * are deeper than it, must stay in the line; what is still too deep is pressed together below the baseline.
 */
const baselineShare = 0.14;

/** The thinner of the usual strokes, dots. */
export function strokeOf(sizePx: number, weight: "regular" | "bold"): number {
  return Math.max(1, Math.round((usualStroke[weight].y * sizePx) / emUnits));
}

export function outlineGlyph(codePoint: number, sizePx: number, weight: "regular" | "bold"): Glyph | null {
  const outline = outlineOf(codePoint, weight === "bold") ?? outlineOf(codePoint, false);
  if (outline === null) return null;
  const scale = sizePx / emUnits;
  const usual = usualStroke[weight];
  const letter = outline.advance !== emUnits;
  const baseline = Math.round(sizePx * (letter ? baselineShare : 0));
  const advance = letter ? Math.max(1, Math.round(outline.advance * scale)) : sizePx;
  const axisFit = (axis: Axis): Fit => {
    const edges = edgesOf(outline, axis);
    const up = letter && axis === "y";
    return fitted({
      stems: stemsOf(edges, usual[axis]),
      edges,
      scale,
      origin: axis === "x" ? 0 : letter ? baseline : descentUnits * scale,
      size: axis === "x" ? advance : sizePx,
      usual: usual[axis],
      zones: up ? letterHeights[weight].map((units) => ({ units, dots: baseline + Math.round(units * scale) })) : [],
      extent: extentOf(axis === "x" ? outline.xs : outline.ys),
    });
  };
  const contours = contoursOf(outline, axisFit("x"), axisFit("y"), sizePx);
  return glyphOf(coverageOf(contours, advance, sizePx), advance, sizePx);
}

function extentOf(values: Float64Array): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

function contoursOf(outline: Outline, x: Fit, y: Fit, sizePx: number): Contour[] {
  const xs = outline.xs.map((at) => dotsOf(x, at));
  const ys = outline.ys.map((at) => sizePx - dotsOf(y, at));
  return piecesOf(outline).map((pieces) => {
    const points: number[] = [];
    for (const { from, control1, control2, to } of pieces) {
      if (control1 >= 0) {
        const steps = 6;
        for (let step = 1; step < steps; step++) {
          const t = step / steps;
          const u = 1 - t;
          const at = (p: Float64Array) =>
            u * u * u * (p[from] as number) +
            3 * u * u * t * (p[control1] as number) +
            3 * u * t * t * (p[control2] as number) +
            t * t * t * (p[to] as number);
          points.push(at(xs), at(ys));
        }
      }
      points.push(xs[to] as number, ys[to] as number);
    }
    return points;
  });
}

function glyphOf(coverage: Uint8Array, width: number, height: number): Glyph {
  const stride = Math.ceil(width / 8);
  const bits = new Uint8Array(stride * height);
  const levels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const covered = coverage[y * width + x] as number;
      if (covered >= fullCoverage / 2) {
        const at = y * stride + (x >> 3);
        bits[at] = (bits[at] as number) | (0x80 >> (x & 7));
      }
      levels[y * width + x] = Math.floor((covered * 3) / fullCoverage + 0.5);
    }
  return { advance: width, left: 0, top: 0, width, height, bits, levels, wide: 0 };
}
