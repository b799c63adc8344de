/**
 * What a card's own characters look like in what is signed: our drawing of each, in the card's cells of 16 dots. ASCII is half
 * as wide; everything else takes a whole cell, also where the 16-dot face draws it narrow. Seals are read by these drawings:
 * none of them may ever be another one (`test/typeset/in-cells.test.ts`).
 */
import { glyphOf } from "./bits.ts";
import { isMark, isText } from "./characters.ts";
import { type CardProfile, inProfile } from "./charsets.ts";
import { type Drawing, unifontDrawing } from "./dots.ts";
import type { Face } from "./face.ts";

export const cellPx = 16;
const halfPx = cellPx / 2;
/** A card's texts have it before its own marks: it is no character of a notice there. */
const backslash = 0x5c;

/** In a cell: 8 dots wide or 16. */
export type CellDrawing = Pick<Drawing, "width" | "rows">;

/** Every set has it alike; null: nothing of ours stands for it. */
export function cellDrawing(codePoint: number): CellDrawing | null {
  if (codePoint === backslash || !isText(codePoint) || isMark(codePoint)) return null;
  const drawing = unifontDrawing(codePoint);
  if (drawing === null) return null;
  const { width, rows } = drawing;
  if (codePoint < 0x7f) return { width: halfPx, rows };
  if (width === cellPx) return { width, rows };
  return { width: cellPx, rows: rows.map(joins(codePoint) ? doubled : (row) => row >> (halfPx / 2)) };
}

/** Dashes, and lines of frames: they go on into the next cell. Not blocks: an edge of one would be a line half a cell further. */
function joins(codePoint: number): boolean {
  return codePoint === 0x2014 || codePoint === 0x2015 || (codePoint >= 0x2500 && codePoint < 0x2580);
}

function doubled(row: number): number {
  let wide = 0;
  for (let column = 0; column < halfPx; column++) if (row & (0x8000 >> column)) wide |= 0xc000 >> (column * 2);
  return wide;
}

const faces = new Map<CardProfile, Face>();

/** The face that has what the card has, and nothing else: what it lacks is missing as in any face. */
export function cardFace(profile: CardProfile): Face {
  let face = faces.get(profile);
  if (face === undefined) {
    face = {
      name: `${namePart}${profile}-${cellPx}`,
      sizePx: cellPx,
      strokePx: 1,
      glyph(codePoint) {
        const drawing = inProfile(codePoint, profile) ? cellDrawing(codePoint) : null;
        if (drawing === null) return null;
        const { width, rows } = drawing;
        const cell = { width, height: cellPx, advance: width, wide: 0 };
        return glyphOf(cell, (x, y) => ((rows[y] ?? 0) & (0x8000 >> x)) !== 0);
      },
    };
    faces.set(profile, face);
  }
  return face;
}

const namePart = "card-";

/** Null: it is no card's. */
export function cardFaceNamed(name: string): Face | null {
  if (!name.startsWith(namePart)) return null;
  return [...faces.values()].find((face) => face.name === name) ?? null;
}
