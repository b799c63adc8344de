/** The level and upright sides of an outline's strokes, and the strokes that they bound: what fitting to dots goes by. */
import { type Outline, type Piece, piecesOf } from "./outlines.ts";

/** A side of a stroke along one axis, font units. */
export interface Edge {
  /** Its place across the stroke. */
  readonly at: number;
  /** From where to where along the stroke. */
  readonly from: number;
  readonly to: number;
  /** The ink is on the side of greater coordinates. */
  readonly opens: boolean;
}

/** A stroke across an axis: its two sides, and where along the other axis both are. */
export interface Stem {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
}

export type Axis = "x" | "y";

const shortestLine = 50;
/** How far a side may lean, for its length. */
const lean = 0.03;
/** A round stroke counts by its outermost point, as if it were flat for so long. */
const roundLength = 90;

/** Sides across y (level strokes) or across x (upright ones), of outlines whose outer contours turn counter-clockwise. */
export function edgesOf(outline: Outline, axis: Axis): Edge[] {
  const [across, along] = axis === "y" ? [outline.ys, outline.xs] : [outline.xs, outline.ys];
  const edges: Edge[] = [];
  const add = (at: number, start: number, end: number) =>
    // Level sides with ink above them run towards greater x; upright ones with ink at their right run downwards.
    edges.push({
      at,
      from: Math.min(start, end),
      to: Math.max(start, end),
      opens: axis === "y" ? end > start : end < start,
    });
  // Written out, without pairs: thousands of glyphs are made in a row, and most before this is compiled well.
  for (const pieces of piecesOf(outline))
    for (let index = 0; index < pieces.length; index++) {
      const piece = pieces[index] as Piece;
      const start = along[piece.from] as number;
      const end = along[piece.to] as number;
      const first = across[piece.from] as number;
      const last = across[piece.to] as number;
      if (piece.control1 < 0) {
        if (Math.abs(end - start) >= shortestLine && Math.abs(last - first) <= lean * Math.abs(end - start))
          add((first + last) / 2, start, end);
        continue;
      }
      const next = pieces[(index + 1) % pieces.length] as Piece;
      if (next.control1 < 0) continue;
      const before = piece.control2;
      const after = next.control1;
      if (Math.abs((across[before] as number) - last) > 1 || Math.abs((across[after] as number) - last) > 1) continue;
      const enters = end - (along[before] as number);
      const leaves = (along[after] as number) - end;
      if (enters * leaves > 0)
        add(last, end - (Math.sign(enters) * roundLength) / 2, end + (Math.sign(enters) * roundLength) / 2);
    }
  return edges;
}

/** Strokes of about `usual` units: each side that opens with the nearest one that closes, where they face each other. */
export function stemsOf(edges: readonly Edge[], usual: number): Stem[] {
  const closing = edges.filter(({ opens }) => !opens);
  return edges.flatMap((edge): Stem[] => {
    if (!edge.opens) return [];
    let nearest: Edge | null = null;
    for (const other of closing) {
      if (other.at <= edge.at || (nearest !== null && other.at >= nearest.at)) continue;
      if (Math.min(other.to, edge.to) - Math.max(other.from, edge.from) > facing) nearest = other;
    }
    if (nearest === null || nearest.at - edge.at > usual * 1.7 || nearest.at - edge.at < usual * 0.4) return [];
    const [from, to] = [Math.max(nearest.from, edge.from), Math.min(nearest.to, edge.to)];
    return [{ low: edge.at, high: nearest.at, from, to }];
  });
}

const facing = 20;
