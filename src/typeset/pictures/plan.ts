/** How a picture is put on a panel: whole, in parts one after another, or moving up; never cut, never blown up blurred. */
import type { ColourKind } from "../../message/index.ts";
import type { PictureFit } from "../../notices/types.ts";
import type { PageText } from "./page-text.ts";
import { sizeWithin } from "./scale.ts";

/** Where it is to go. */
export interface Room extends Size {
  readonly colour: ColourKind;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Plan = {
  /** What the picture is reduced to, before it is enlarged. */
  readonly size: Size;
  /** Whole factor; more than 1 only for small drawings. */
  readonly factor: number;
  /** The writing's height on the panel, dots, rounded; null where the picture has none that could be told. */
  readonly textPx: number | null;
} & (
  | { readonly kind: "whole" }
  | {
      readonly kind: "parts";
      /** First row of each part. Parts overlap, so that a line cut by one is whole in the next. */
      readonly tops: readonly number[];
    }
  | { readonly kind: "scroll" }
);

/** Chinese is read from 12 dots, with ease from 16; where dots have shades, from 9 and from 14. More than 24 only takes room. */
const sizes = {
  whole: { legiblePx: 12, comfortablePx: 16 },
  shades: { legiblePx: 9, comfortablePx: 14 },
} as const;
const largePx = 24;

/** Dots that writing must be high to be read on a panel of this kind. */
export function legibleFrom(colour: ColourKind): number {
  return (colour === "rgb" ? sizes.shades : sizes.whole).legiblePx;
}

/** More parts than these are harder to follow than a page that moves. */
const partsMost = 4;
/** Of a part that the next shows again: at least this, and two lines of writing. */
const overlapLeast = 0.1;

/** `few`: a drawing of so few colours that its dots may become squares. */
export function planFor(
  picture: Size,
  room: Room,
  wanted: PictureFit | null,
  text: PageText | null,
  few: boolean,
): Plan {
  const whole = sizeWithin(picture, room);
  const factor = few ? Math.max(1, Math.floor(Math.min(room.width / picture.width, room.height / picture.height))) : 1;
  const textOn = (size: Size) => (text ? Math.round((text.heightPx * size.height) / picture.height) : null);
  const standing: Plan = { kind: "whole", size: whole, factor, textPx: textOn(whole) };
  if (wanted === "whole") return standing;
  const tall = tallSize(picture, room, text);
  // As wide as the room it is no higher than it: there is nothing to divide.
  if (tall.height <= room.height) return standing;
  if (wanted === null && !isWorthDividing(textOn(whole), textOn(tall), room.colour)) return standing;
  const divided = { size: tall, factor: 1, textPx: textOn(tall) };
  const tops = topsOf(tall, room, text ? (2 * text.pitchPx * tall.height) / picture.height : 0);
  if (wanted === "scroll" || (wanted === null && tops.length > partsMost)) return { kind: "scroll", ...divided };
  return { kind: "parts", ...divided, tops };
}

/** As wide as the room, or less where the writing would be larger than it need be. */
function tallSize(picture: Size, room: Size, text: PageText | null): Size {
  const widest = Math.min(picture.width, room.width);
  const enough = text ? Math.ceil((picture.width * largePx) / text.heightPx) : widest;
  const width = Math.min(widest, Math.max(enough, sizeWithin(picture, room).width));
  return { width, height: Math.max(1, Math.round((picture.height * width) / picture.width)) };
}

/** Only where writing that could not be read with ease can be read then. */
function isWorthDividing(whole: number | null, tall: number | null, colour: ColourKind): boolean {
  const { legiblePx, comfortablePx } = colour === "rgb" ? sizes.shades : sizes.whole;
  return whole !== null && tall !== null && whole < comfortablePx && tall >= legiblePx && tall > whole;
}

function topsOf(size: Size, room: Size, linesPx: number): number[] {
  const overlap = Math.min(Math.floor(room.height / 2), Math.ceil(Math.max(linesPx, room.height * overlapLeast)));
  const parts = Math.ceil((size.height - overlap) / (room.height - overlap));
  return Array.from({ length: parts }, (_, index) => Math.round((index * (size.height - room.height)) / (parts - 1)));
}
