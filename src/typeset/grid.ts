/** How a panel is divided for running text: the sizes that suit it, its margins, its lines. Dots throughout. */
import type { Shape } from "../message/index.ts";
import { faceOf, nearestSize, outlineFromPx } from "./fonts/index.ts";
import type { Face } from "./fonts/face.ts";

export interface Grid {
  readonly shape: Shape;
  readonly body: Face;
  /** Of titles: bold, and larger where the panel has room. */
  readonly title: Face;
  /** Left top corner, width and height of the text. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Clear dots between two lines of body text. */
  readonly leading: number;
  /** Clear dots between the title and what follows. */
  readonly titleGap: number;
  /** Lines of body text on a page; 0: not even one. */
  readonly rows: number;
}

/** The size of ordinary faces of dots: 16 x 16 ideographs. */
export const ordinaryPx = 16;
/** Panels smaller than this give every dot to the text, and their titles no larger letters. */
const marginFrom = { width: 256, height: 96 } as const;
/** Ideographs along the side of a square as large as the panel: in running text, in a text that leaves much of it free, at least. */
const acrossUsual = 28;
const acrossLarge = 20;
const acrossDense = 34;
/** However large the panel, a line has about this many ideographs, and a page so many lines. */
const lineUsual = 12;
const rowsUsual = 4;
const lineLarge = 16;
const rowsLarge = 6;

/** Line spacing: GB/T 9704 sets about one and a half; closer where that keeps a text on one page. */
const leadingUsual = 0.5;
const leadingTight = 0.3;
const leadingLeast = 0.13;
const titleRatio = 1.4;

/** A whole face's worth of dots: a size that a face has, even where edges are drawn. */
export function sizeAt(px: number): number {
  return nearestSize(px >= outlineFromPx ? Math.round(px / 2) * 2 : Math.floor(px));
}

/** The size of running text on a panel: the largest face that a low one holds, 16 dots on most, more on large ones. */
export function usualSize({ width, height }: Shape): number {
  if (height < ordinaryPx) return sizeAt(height);
  const side = Math.sqrt(width * height) / acrossUsual;
  return Math.max(ordinaryPx, sizeAt(Math.min(side, width / lineUsual, height / rowsUsual)));
}

/** The least that running text is made on this panel, to stay on one page. */
function leastSize(shape: Shape): number {
  const usual = usualSize(shape);
  if (usual < outlineFromPx) return usual;
  return Math.max(ordinaryPx, Math.min(usual, sizeAt(Math.sqrt(shape.width * shape.height) / acrossDense)));
}

/**
 * The grids to try in turn for a text that may fit one page: larger letters first, then the usual size, then with the
 * lines closer together, then smaller where letters are large. `usualGrid` is what a text of several pages is set on.
 */
export function gridsFor(shape: Shape): { readonly usual: Grid; readonly grids: readonly Grid[] } {
  const usual = usualSize(shape);
  const usually = gridOfSize(shape, usual);
  const least = leastSize(shape);
  const { width, height } = shape;
  const large = sizeAt(Math.min(Math.sqrt(width * height) / acrossLarge, width / lineLarge, height / rowsLarge));
  const grids: Grid[] = [];
  for (let px = large; px > usual; px = Math.min(px - 2, sizeAt(px * 0.9)))
    if (px >= outlineFromPx) grids.push(gridAt(shape, px, leadingUsual));
  grids.push(usually);
  if (hasMargins(shape)) grids.push(gridAt(shape, usual, leadingTight));
  if (hasMargins(shape) && usual === ordinaryPx) grids.push(gridAt(shape, usual, leadingLeast, false));
  for (let px = sizeAt(usual * 0.92); px >= least && px < usual; px = Math.min(px - 2, sizeAt(px * 0.92)))
    grids.push(gridAt(shape, px, leadingUsual), gridAt(shape, px, leadingTight));
  return { usual: usually, grids: grids.filter(({ rows }) => rows > 0) };
}

/** What a text of several pages is set on. */
export function usualGrid(shape: Shape): Grid {
  return gridOfSize(shape, usualSize(shape));
}

export function gridOfSize(shape: Shape, sizePx: number): Grid {
  return gridAt(shape, sizePx, leadingUsual);
}

/** For what the usual letters of a small panel cannot hold unbroken: the next smaller face that shows Chinese. Null: none. */
export function smallGrid(shape: Shape): Grid | null {
  const usual = usualSize(shape);
  const px = nearestSize(usual - 1);
  if (usual !== ordinaryPx || px >= usual || px < chineseFromPx) return null;
  return gridAt(shape, px, 0);
}

/** Smaller faces have no ideographs. */
export const chineseFromPx = 12;

function hasMargins({ width, height }: Shape): boolean {
  return width >= marginFrom.width && height >= marginFrom.height;
}

/** What a small panel's height leaves between its lines without losing one. */
function spareLeading(height: number, sizePx: number): number {
  const rows = Math.floor(height / sizePx);
  return rows < 2 ? 0 : Math.min(Math.round(sizePx / 8), Math.floor((height - rows * sizePx) / (rows - 1)));
}

/** `leading`: as a part of the size. */
function gridAt(shape: Shape, sizePx: number, leading: number, largeTitle = true): Grid {
  const { width, height } = shape;
  const outline = sizePx >= outlineFromPx;
  const roomy = hasMargins(shape);
  const side = outline ? Math.round(Math.max(sizePx * 1.5, width * 0.04)) : roomy ? 8 : 0;
  const edge = outline ? Math.round(Math.max(sizePx, height * 0.04)) : roomy ? 4 : 0;
  const face = faceOf({ sizePx, weight: "regular" });
  const titlePx = roomy && largeTitle ? sizeAt(Math.max(outlineFromPx, sizePx * titleRatio)) : sizePx;
  // Lines of whole ideographs end flush; half ones let a digit more stand in small lines; the smallest face needs every dot.
  const unit = outline ? sizePx : sizePx < ordinaryPx ? 1 : sizePx / 2;
  const measure = Math.floor(Math.floor((width - 2 * side) / unit) * unit);
  const between = roomy ? Math.round(sizePx * leading) : spareLeading(height, sizePx);
  const rows = Math.floor((height - 2 * edge + between) / (sizePx + between));
  const used = rows * (sizePx + between) - between;
  return {
    shape,
    body: face,
    title: faceOf({ sizePx: titlePx, weight: "bold" }),
    left: Math.floor((width - measure) / 2),
    top: roomy ? edge : Math.floor((height - used) / 2),
    width: measure,
    height: roomy ? height - 2 * edge : used,
    leading: between,
    titleGap: roomy ? Math.round(sizePx * (leading > leadingLeast ? 0.7 : 0.3)) : 0,
    rows: measure < sizePx ? 0 : Math.max(0, rows),
  };
}
