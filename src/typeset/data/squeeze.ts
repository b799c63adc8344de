/**
 * A 16-dot character redrawn in fewer dots: neighbouring rows, then columns, are laid together where least is lost,
 * so that strokes stay whole and one dot wide, which no shrinking of pictures gives. Only `pack-dots.ts` needs this.
 */

export type Grid = readonly (readonly boolean[])[];

/** Rows as numbers, the leftmost dot the highest of 16 bits; null where the character is not larger than `side`. */
export function squeezed(rows: readonly number[], side: number): number[] | null {
  const grid = inked(rows);
  if (grid.length === 0) return null;
  const shape = shapeOf(grid);
  const lower = laidTogether(grid, side, shape);
  const small = turned(laidTogether(turned(lower), side, shape));
  const [width, height] = [small[0]?.length ?? 0, small.length];
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  return Array.from({ length: side + 1 }, (_, y) =>
    (small[y - top] ?? []).reduce((bits, lit, x) => (lit ? bits | (0x8000 >> (x + left)) : bits), 0),
  );
}

/** The dots of rows of 16 bits, cut to the ink. */
export function inked(rows: readonly number[]): Grid {
  const cut = (grid: Grid) => {
    const lit = (row: readonly boolean[]) => row.some(Boolean);
    return grid.slice(Math.max(0, grid.findIndex(lit)), grid.findLastIndex(lit) + 1);
  };
  const grid = rows.map((bits) => Array.from({ length: 16 }, (_, x) => (bits & (0x8000 >> x)) !== 0));
  return turned(cut(turned(cut(grid))));
}

/** Of two drawings that which keeps more of the original's shape; the first where they are alike. */
export function better(original: Grid, one: number[], other: number[]): number[] {
  const shape = shapeOf(original);
  const cost = (rows: number[]) => {
    const own = shapeOf(inked(rows));
    return difference(shape, own) + 4 * own.blots + 25 * own.solids;
  };
  return cost(one) <= cost(other) ? one : other;
}

interface Shape {
  /** Separate pieces of ink, and of ground (the outside is one). */
  readonly ink: number;
  readonly ground: number;
  /** Squares of two by two dots, all lit: where strokes have run together. */
  readonly blots: number;
  /** The same of three by three. */
  readonly solids: number;
}

const difference = (one: Shape, other: Shape) =>
  12 * Math.abs(one.ink - other.ink) + 14 * Math.abs(one.ground - other.ground);

function shapeOf(grid: Grid): Shape {
  const [height, width] = [grid.length + 2, (grid[0]?.length ?? 0) + 2];
  const lit = (x: number, y: number) => grid[y - 1]?.[x - 1] === true;
  const seen = new Set<number>();
  const pieces = { ink: 0, ground: 0 };
  let [blots, solids] = [0, 0];
  const square = (x: number, y: number) => lit(x, y) && lit(x + 1, y) && lit(x, y + 1) && lit(x + 1, y + 1);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (square(x, y)) blots++;
      if (square(x, y) && square(x + 1, y) && square(x, y + 1) && square(x + 1, y + 1)) solids++;
      if (seen.has(y * width + x)) continue;
      const ink = lit(x, y);
      pieces[ink ? "ink" : "ground"]++;
      const open = [[x, y] as const];
      seen.add(y * width + x);
      for (let next = open.pop(); next !== undefined; next = open.pop())
        for (const [dx, dy] of ink ? [...sides, ...corners] : sides) {
          const [nx, ny] = [next[0] + dx, next[1] + dy];
          if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen.has(ny * width + nx) || lit(nx, ny) !== ink)
            continue;
          seen.add(ny * width + nx);
          open.push([nx, ny]);
        }
    }
  return { ...pieces, blots, solids };
}

const sides = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
const corners = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

function turned(grid: Grid): Grid {
  return (grid[0] ?? []).map((_, x) => grid.map((row) => row[x] === true));
}

/** Only so many of the cheapest choices are looked at as shapes. */
const choicesTried = 150;

function laidTogether(grid: Grid, side: number, shape: Shape): Grid {
  const surplus = grid.length - side;
  if (surplus <= 0) return grid;
  const lost = grid.slice(1).map((row, index) => row.filter((lit, x) => lit !== grid[index]?.[x]).length);
  const cost = (joints: readonly number[]) =>
    joints.reduce((sum, joint, index) => sum + (lost[joint] ?? 0) + (joints[index - 1] === joint - 1 ? 6 : 0), 0);
  const choices = choose(lost.length, surplus)
    .map((joints) => ({ joints, cost: cost(joints) }))
    .sort((left, right) => left.cost - right.cost)
    .slice(0, choicesTried)
    .map(({ joints, cost }) => {
      const joined = joinedAt(grid, new Set(joints));
      return { joined, cost: cost + difference(shape, shapeOf(joined)) };
    });
  return choices.reduce((best, choice) => (choice.cost < best.cost ? choice : best)).joined;
}

/** Row n and n + 1 made one, for each joint n. */
function joinedAt(grid: Grid, joints: ReadonlySet<number>): Grid {
  const out: boolean[][] = [];
  for (const [index, row] of grid.entries()) {
    const last = out.at(-1);
    if (joints.has(index - 1) && last !== undefined) for (const [x, lit] of row.entries()) last[x] ||= lit;
    else out.push([...row]);
  }
  return out;
}

/** All ways to take `count` of 0 … `of` - 1, ascending. */
function choose(of: number, count: number): number[][] {
  if (count === 0) return [[]];
  const out: number[][] = [];
  for (let last = count - 1; last < of; last++)
    for (const before of choose(last, count - 1)) out.push([...before, last]);
  return out;
}
