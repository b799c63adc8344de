/** The control room's wall: how panels share a screen so that each is drawn as large as can be. */
import type { Shape } from "../message/types.ts";
import { fitPanel } from "./player/fit.ts";

export interface RoomPanel extends Shape {
  readonly id: string;
  readonly kind: "led" | "pixels";
}

/** CSS pixels from the upper left corner. `height` is the panel's alone: its caption stands below. */
export interface RoomPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
  /** Of a caption below a panel, and between any two. */
  readonly caption: number;
  readonly gap: number;
  readonly pixelRatio: number;
}

/** On one screen; of more boards there are several, one after the other. */
export const roomBoardsMost = 12;
/** What lamps are worth less that get not even a pixel: as much as two thirds of their area. */
const blurred = Math.log(3);
/** Shares of the height that the portrait screens' column may take. */
const columnHeights = [1, 0.8, 0.6];

/**
 * Landscape panels in rows of equal height, the longest first; portrait ones side by side in a column at the right, or
 * in the rows, too. All ways to part the rows are tried. The best is that whose panels together are seen best: the sum of
 * the logarithms of what is lit, so that no small one is given up for a large one, with lamps of whole pixels.
 */
export function placesIn(panels: readonly RoomPanel[], room: Room): readonly RoomPlace[] {
  const sorted = [...panels].sort((one, other) => ratio(other) - ratio(one)).slice(0, roomBoardsMost);
  const portraits = sorted.filter((panel) => ratio(panel) < 1);
  const others = sorted.filter((panel) => ratio(panel) >= 1);
  let best: readonly RoomPlace[] = [];
  let most = -Infinity;
  const judge = (places: readonly RoomPlace[] | null) => {
    if (places === null) return;
    const worth = worthOf(places, sorted, room);
    if (worth > most) [most, best] = [worth, places];
  };
  for (const rows of partitions(sorted)) judge(rowsIn(rows, room, room.width));
  if (portraits.length > 0 && others.length > 0)
    for (const share of columnHeights) {
      const column = columnIn(portraits, room, share);
      if (column === null) continue;
      for (const rows of partitions(others)) {
        const left = rowsIn(rows, room, column.x - room.gap);
        if (left !== null) judge([...left, ...column.places]);
      }
    }
  return best;
}

const ratio = ({ width, height }: Shape) => width / height;

function worthOf(places: readonly RoomPlace[], panels: readonly RoomPanel[], room: Room): number {
  let sum = 0;
  for (const { id, width, height } of places) {
    const panel = panels.find((one) => one.id === id);
    if (!panel) continue;
    const { cssWidth, cssHeight, canvasWidth } = fitPanel(panel, panel.kind, width, height, room.pixelRatio, 1);
    const isBlurred = panel.kind === "led" && canvasWidth % panel.width !== 0;
    sum += Math.log(cssWidth * cssHeight) - (isBlurred ? blurred : 0);
  }
  return sum;
}

/** All ways to cut a list into runs: 2^(n − 1). */
function* partitions<T>(list: readonly T[]): Generator<readonly (readonly T[])[]> {
  for (let cuts = 0; cuts < 2 ** Math.max(0, list.length - 1); cuts++) {
    const rows: T[][] = [[]];
    list.forEach((one, index) => {
      if (index > 0 && (cuts >> (index - 1)) & 1) rows.push([]);
      rows[rows.length - 1]?.push(one);
    });
    yield rows;
  }
}

/** null: there is no room for that many rows. */
function rowsIn(rows: readonly (readonly RoomPanel[])[], room: Room, width: number): readonly RoomPlace[] | null {
  const { gap, caption } = room;
  const heights = rows.map(
    (row) => (width - gap * (row.length + 1)) / row.reduce((sum, panel) => sum + ratio(panel), 0),
  );
  const free = room.height - rows.length * (caption + gap) - gap;
  const scale = Math.min(1, free / heights.reduce((sum, height) => sum + height, 0));
  if (scale <= 0 || heights.some((height) => height <= 0)) return null;
  const spare = Math.max(0, free - heights.reduce((sum, height) => sum + height * scale, 0)) / rows.length;
  const places: RoomPlace[] = [];
  let y = gap;
  rows.forEach((row, index) => {
    const height = (heights[index] ?? 0) * scale;
    const used = row.reduce((sum, panel) => sum + ratio(panel) * height, 0);
    const between = (width - used) / (row.length + 1);
    let x = between;
    for (const panel of row) {
      places.push({ id: panel.id, x, y: y + spare / 2, width: ratio(panel) * height, height });
      x += ratio(panel) * height + between;
    }
    y += height + caption + gap + spare;
  });
  return places;
}

function columnIn(
  portraits: readonly RoomPanel[],
  room: Room,
  share: number,
): { readonly x: number; readonly places: readonly RoomPlace[] } | null {
  const { gap, caption, width } = room;
  const height = (room.height - caption - 2 * gap) * share;
  const wide = portraits.reduce((sum, panel) => sum + ratio(panel) * height + gap, 0);
  if (height <= 0 || wide > width * 0.6) return null;
  let x = width - wide;
  const start = x;
  const y = gap + (room.height - caption - 2 * gap - height) / 2;
  const places = portraits.map((panel) => {
    const place = { id: panel.id, x, y, width: ratio(panel) * height, height };
    x += place.width + gap;
    return place;
  });
  return { x: start, places };
}
