/**
 * Fits strokes to whole dots along one axis, so that lines are even and sharp on dots that are on or off: each stroke
 * gets a whole width and a whole place, chosen together for the least displacement; all between is stretched along.
 */
import type { Edge, Stem } from "./edges.ts";

/** Font units to dots along one axis: straight between its anchors, at `scale` beyond them. */
export interface Fit {
  readonly units: readonly number[];
  readonly dots: readonly number[];
  readonly scale: number;
}

export interface FitWanted {
  readonly stems: readonly Stem[];
  /** Dots a unit. */
  readonly scale: number;
  /** Where unit 0 falls. */
  readonly origin: number;
  /** The box, dots: anchors stay in 0..size. */
  readonly size: number;
  /** Usual stroke, units. */
  readonly usual: number;
  /** Heights that are the same in every letter: units and the whole dot of each. */
  readonly zones: readonly Zone[];
  readonly edges: readonly Edge[];
  /** The outline's least and greatest coordinate, units: they too stay in the box. */
  readonly extent: readonly [number, number];
}

export interface Zone extends Anchor {
  /** Strokes end there with their upper side; else they stand on it. */
  readonly top: boolean;
}

interface Anchor {
  readonly units: number;
  readonly dots: number;
}

/** Strokes that lie in one line; its sides are the mean of theirs, by length. */
interface Line {
  low: number;
  high: number;
  weight: number;
  readonly parts: Stem[];
}

/** Overshoot of round letters over flat ones, units. */
const zoneReach = 18;

export function fitted(wanted: FitWanted): Fit {
  const { scale, origin, usual } = wanted;
  const lines = linesOf(wanted.stems, 0.45 / scale);
  const widest = Math.max(1, Math.round(usual * scale));
  let best: Placed | null = null;
  for (let width = widest; width >= 1; width--) {
    const thinner = widest - width;
    // Much thinner, so that bold looks regular, only where there is no room at all.
    if (thinner > Math.max(1, widest / 3) && best !== null) break;
    const placed = place(lines, width, wanted);
    if (placed === null) continue;
    // Each line that is thinner is a loss; it pays only where strokes of the usual width would clog.
    const cost = placed.cost + thinner * (0.8 + 0.4 * lines.length);
    if (best === null || cost < best.cost) best = { ...placed, cost };
    if (best.cost < 1) break;
  }
  const anchors: Anchor[] = [];
  for (const [index, at] of (best?.places ?? []).entries()) {
    const { low, high } = lines[index] as Line;
    anchors.push({ units: low, dots: at }, { units: high, dots: at + (best?.width ?? 1) });
  }
  addZones(anchors, wanted);
  anchors.sort((left, right) => left.units - right.units);
  const rising = anchors.filter((anchor, index) => {
    const before = anchors[index - 1];
    return before === undefined || (anchor.units > before.units && anchor.dots >= before.dots);
  });
  if (rising.length === 0) rising.push({ units: 0, dots: origin });
  return inBox({ units: rising.map(({ units }) => units), dots: rising.map(({ dots }) => dots), scale }, wanted);
}

/** Tops and bottoms of letters that no stroke has fitted: of stems that end there. */
function addZones(anchors: Anchor[], { zones, edges, size }: FitWanted): void {
  for (const { units, dots, top } of zones) {
    if (dots > size) continue;
    for (const { at, opens } of edges)
      if (
        opens !== top &&
        Math.abs(at - units) <= zoneReach &&
        anchors.every((one) => Math.abs(one.units - at) > zoneReach)
      )
        anchors.push({ units: at, dots });
  }
}

/** What would stick out is pressed together between the box's side and the next anchor. */
function inBox(found: Fit, { extent: [least, greatest], size }: FitWanted): Fit {
  const { scale } = found;
  const units = [...found.units];
  const dots = [...found.dots];
  if (dotsOf(found, least) < 0) {
    units.unshift(least);
    dots.unshift(0);
  }
  if (dotsOf(found, greatest) > size) {
    units.push(greatest);
    dots.push(size);
  }
  return { units, dots, scale };
}

export function dotsOf({ units, dots, scale }: Fit, at: number): number {
  const last = units.length - 1;
  if (at <= (units[0] as number)) return (dots[0] as number) + (at - (units[0] as number)) * scale;
  if (at >= (units[last] as number)) return (dots[last] as number) + (at - (units[last] as number)) * scale;
  let index = 1;
  while ((units[index] as number) < at) index++;
  const [from, to] = [units[index - 1] as number, units[index] as number];
  const [low, high] = [dots[index - 1] as number, dots[index] as number];
  return low + ((at - from) / (to - from)) * (high - low);
}

/** Strokes that are nearly in one line are one; of two that lie across each other otherwise, the longer is fitted. */
function linesOf(stems: readonly Stem[], together: number): Line[] {
  const lines: Line[] = [];
  const longestFirst = stems.slice().sort((left, right) => right.to - right.from - (left.to - left.from));
  for (const stem of longestFirst) {
    const { low, high } = stem;
    const length = stem.to - stem.from;
    let same: Line | null = null;
    let crossed = false;
    for (const line of lines) {
      if (Math.abs(line.low - low) < together && Math.abs(line.high - high) < together) {
        same = line;
        break;
      }
      if (high > line.low && low < line.high) crossed = true;
    }
    if (same !== null) {
      const whole = same.weight + length;
      same.low = (same.low * same.weight + low * length) / whole;
      same.high = (same.high * same.weight + high * length) / whole;
      same.weight = whole;
      same.parts.push(stem);
    } else if (!crossed) lines.push({ low, high, weight: length, parts: [stem] });
  }
  return lines.sort((left, right) => left.low - right.low);
}

const reach = 2;
const clogged = 40;

interface Placed {
  readonly cost: number;
  readonly width: number;
  readonly places: readonly number[];
}

/** A whole place for a line, the cost of all up to it, and the place of the line before that gave it. */
interface Step {
  readonly at: number;
  readonly cost: number;
  readonly before: Step | null;
}

/** Whole places for all lines in order, by the least sum of displacements and of changes to the gaps. Null: no room. */
function place(lines: readonly Line[], width: number, wanted: FitWanted): Placed | null {
  const { scale, origin } = wanted;
  let open: Step[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const own = before === undefined ? 0 : (line.low - before.high) * scale;
    const facing = before !== undefined && faces(before, line);
    const ideal = origin + ((line.low + line.high) / 2) * scale - width / 2;
    const next: Step[] = [];
    for (const at of candidates(line, ideal, width, wanted)) {
      const moved = (0.5 + line.weight / 800) * (at - ideal) * (at - ideal);
      if (before === undefined) next.push({ at, cost: moved, before: null });
      let best: Step | null = null;
      let least = Number.POSITIVE_INFINITY;
      for (const step of open) {
        const gap = at - step.at - width;
        if (gap < 0) continue;
        const cost = step.cost + 0.7 * (gap - own) * (gap - own) + (gap === 0 && facing ? clogged : 0);
        if (cost < least) [best, least] = [step, cost];
      }
      if (best !== null) next.push({ at, cost: least + moved, before: best });
    }
    if (next.length === 0) return null;
    open = next;
  }
  let last: Step | null = null;
  for (const step of open) if (last === null || step.cost < last.cost) last = step;
  const cost = last?.cost ?? 0;
  const places: number[] = [];
  for (; last !== null; last = last.before) places.unshift(last.at);
  return { cost, width, places };
}

function candidates(line: Line, ideal: number, width: number, { size, zones }: FitWanted): number[] {
  for (const { units, dots, top } of zones) {
    const at = top ? dots - width : dots;
    if (Math.abs((top ? line.high : line.low) - units) <= zoneReach && at >= 0 && at + width <= size) return [at];
  }
  const middle = Math.min(Math.max(Math.round(ideal), 0), size - width);
  const places: number[] = [];
  for (let at = Math.max(0, middle - reach); at <= Math.min(size - width, middle + reach); at++) places.push(at);
  return places;
}

function faces(one: Line, other: Line): boolean {
  return one.parts.some((left) => other.parts.some((right) => left.from < right.to && right.from < left.to));
}
