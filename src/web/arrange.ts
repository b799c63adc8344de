/** How tiles share the wall's twelve columns, so that each panel's proportion gets fitting room. */

export interface TilePlace {
  readonly id: string;
  /** 1 to 12. */
  readonly columns: number;
  /** Portrait screens stand beside two rows of others. */
  readonly rows: 1 | 2;
}

export interface TileShape {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

const allColumns = 12;

/** Long signs first, then the others, so that neighbours are about equally high; within each, the office's own order. */
export function arrange(boards: readonly TileShape[]): readonly TilePlace[] {
  const wanted = boards.map((board) => ({ id: board.id, rows: 1 as const, ...roomFor(board) }));
  const strips = packRows(wanted.filter(({ kind }) => kind === "strip"));
  const portraits = wanted.filter(({ kind }) => kind === "portrait");
  const pictures = wanted.filter(({ kind }) => kind === "picture");
  if (portraits.length === 0) return [...strips, ...packRows(pictures)];
  // A portrait screen takes the last third of two rows, the pictures the rest.
  const places: TilePlace[] = [...strips];
  let left = pictures;
  for (const { id } of portraits) {
    const beside = left.slice(0, 4);
    left = left.slice(4);
    const rows = beside.length > 2 ? 2 : 1;
    const split = rows === 2 ? 2 : beside.length;
    places.push(...widen(beside.slice(0, split), 8), { id, columns: beside.length === 0 ? 6 : 4, rows });
    places.push(...widen(beside.slice(split), 8));
  }
  return [...places, ...packRows(left)].map(({ id, columns, rows }) => ({ id, columns, rows }));
}

function roomFor({ width, height }: TileShape): { kind: "strip" | "picture" | "portrait"; columns: number } {
  const ratio = width / height;
  if (ratio >= 10) return { kind: "strip", columns: 12 };
  if (ratio >= 7) return { kind: "strip", columns: 5 };
  if (ratio >= 5) return { kind: "strip", columns: 4 };
  if (ratio >= 3) return { kind: "strip", columns: 3 };
  return ratio < 0.9 ? { kind: "portrait", columns: 4 } : { kind: "picture", columns: 4 };
}

function packRows(tiles: readonly TilePlace[]): readonly TilePlace[] {
  const places: TilePlace[] = [];
  let row: TilePlace[] = [];
  let used = 0;
  for (const tile of tiles) {
    if (used + tile.columns > allColumns) {
      places.push(...widen(row, allColumns));
      row = [];
      used = 0;
    }
    row.push(tile);
    used += tile.columns;
  }
  return [...places, ...widen(row, allColumns)];
}

/** Shares what a row leaves over among its tiles, the first ones first. */
function widen(row: readonly TilePlace[], columns: number): readonly TilePlace[] {
  const spare = columns - row.reduce((sum, tile) => sum + tile.columns, 0);
  if (row.length === 0 || spare <= 0) return row;
  return row.map((tile, index) => ({
    ...tile,
    columns: tile.columns + Math.floor(spare / row.length) + (index < spare % row.length ? 1 : 0),
  }));
}
