/**
 * 张贴处: a place beside a board, or instead of a panel, where sheets of paper hang. A sheet is typeset, looked at and signed
 * as a panel's message is: bitmaps of one bit a dot, 200 dots an inch. So one hash names what hangs there, and what a printer
 * is given is what was signed.
 */
import type { CardCells, PaperSize, Place } from "../config/types.ts";
import type { Sentence } from "../fault.ts";
import type { Shape } from "../message/types.ts";
import type { BoardId, Content, DisplayKind } from "./types.ts";

export const paperDpi = 200;

interface SheetSize {
  /** The sheet itself, dots. */
  readonly width: number;
  readonly height: number;
  /** What is signed of it, from its left top corner; around it no printer is sure to reach, and below stands the foot. */
  readonly left: number;
  readonly top: number;
  readonly shape: Shape;
}

/** A4: 210 x 297 mm, A3: 297 x 420 mm; 10 mm and more are left clear. */
export const sheets: Readonly<Record<PaperSize, SheetSize>> = {
  A4: { width: 1654, height: 2339, left: 79, top: 79, shape: { width: 1496, height: 2104, colour: "mono" } },
  A3: { width: 2339, height: 3307, left: 81, top: 81, shape: { width: 2176, height: 3072, colour: "mono" } },
};

/** As seals, cases and looks name a board's sheets beside its panel. No board is called so: ids have no colon. */
export function paperPlace(board: BoardId): string {
  return `paper:${board}`;
}

/** The board whose sheets a seal or a case names so; null: a board's panel. */
export function boardOfPlace(place: string): BoardId | null {
  return place.startsWith("paper:") ? place.slice("paper:".length) : null;
}

/** What is for lights alone: it moves, changes with the hour, or is over before somebody has walked there with it. */
const lights: ReadonlySet<DisplayKind> = new Set([
  "slogan",
  "welcome",
  "duty",
  "clock",
  "countdown",
  "emergency",
  "default",
  "cover",
]);

/** Whether a notice hangs where there is a posting place: what an office has to tell, not what its screens serve with. */
export function hangs({ track, displayKind, slots }: Pick<Content, "track" | "displayKind" | "slots">): boolean {
  return track !== "屏幕服务" && !lights.has(displayKind) && slots === undefined;
}

/** A surface for which a notice is typeset: a board's panel, or its sheets. */
export interface Surface {
  /** The board's id, or `paperPlace` of it. */
  readonly place: string;
  readonly shape: Shape;
  /** Of a card that is sent characters. */
  readonly cells?: CardCells;
  readonly content: Content;
}

/** None: nothing of it can be there (`hangs`). */
export function surfacesOf({ id, shape, cells, paper }: Place, content: Content): readonly Surface[] {
  const panel: readonly Surface[] = shape ? [{ place: id, shape, ...(cells && { cells }), content }] : [];
  if (paper === undefined || !hangs(content)) return panel;
  return [...panel, { place: paperPlace(id), shape: sheets[paper].shape, content: onPaper(content) }];
}

/** Of the places that it is aimed at, those where nothing of it can be. */
export function hangingNowhere<Of extends Place>(
  places: readonly Of[],
  ids: readonly BoardId[],
  content: Content,
): readonly Of[] {
  return places.filter((place) => ids.includes(place.id) && surfacesOf(place, content).length === 0);
}

/** Why it cannot be put there. */
export function lightsOnly({ id }: Pick<Place, "id">): Sentence {
  return {
    zh: `${id} 只张贴纸质件\uff0c这一类信息只在屏上放`,
    en: `${id} is for paper only, and this kind of notice is for panels`,
  };
}

/** Nothing moves on paper, and pictures stand whole. The revision stays what it is: this is how it is set. */
function onPaper({ motion: _, ...content }: Content): Content {
  if (content.pictures === undefined) return content;
  return { ...content, pictures: content.pictures.map((picture) => ({ ...picture, fit: "whole" })) };
}
