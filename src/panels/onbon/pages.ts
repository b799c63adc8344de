/**
 * A message as a card's pages. What the card cannot do is left out: entries and exits, blinking (the page stands), a rest
 * before a strip moves; a strip goes at the card's own steps of speed. Where a message does not fit into one area, it is
 * given in parts, each when it is its turn.
 */
import type { Frame, Instant, Message, Shape } from "../../message/index.ts";
import { type CardScene, scenesOf } from "../cards/scenes.ts";
import { areaBytes, type CardPage, displayModes } from "./areas.ts";
import { type DotFormat, dotBytes, dotBytesOf } from "./pixels.ts";

export interface PageFormat extends DotFormat {
  /** Milliseconds a dot of the card's first step of speed; the second takes twice as long. */
  readonly speedMs: number;
  /** Of the data of one command. */
  readonly roomBytes: number;
}

/** From `startMs` of the message on, until the next part's. */
export interface Part {
  readonly startMs: number;
  readonly endMs: number;
  readonly pages: readonly CardPage[];
}

/** What belongs together: pictures of a strip, or one that stands. */
interface Unit {
  readonly lastsMs: number;
  readonly pages: readonly CardPage[];
}

const stayUnitMs = 10;
const stayMax = 0xffff;
/** Of 63; the maker's software goes no further. */
const speedMax = 63;

/**
 * The parts of `message` in order, at least one; or how many bytes its largest page needs where not even that fits. A message
 * of one part begins with the scene that is on `elapsedMs` after its beginning, and goes round from there.
 */
export function partsOf(
  message: Message,
  at: Instant,
  utcOffsetMin: number,
  elapsedMs: number,
  format: PageFormat,
): readonly Part[] | { readonly needs: number } {
  const needs = pictureNeeds(message.shape, format);
  if (needs > format.roomBytes) return { needs };
  const scenes = scenesOf(message, at, utcOffsetMin);
  const units = scenes.flatMap((scene) => unitsOf(scene, format));
  const whole = units.flatMap(({ pages }) => pages);
  if (areaBytes(whole, format.generation) <= format.roomBytes)
    return [{ startMs: 0, endMs: message.durationMs, pages: turned(units, elapsedMs).flatMap(({ pages }) => pages) }];
  const parts: Part[] = [];
  for (const { pages, lastsMs } of units) {
    const last = parts.at(-1);
    const together = [...(last?.pages ?? []), ...pages];
    const endMs = (last?.endMs ?? 0) + lastsMs;
    if (last && areaBytes(together, format.generation) <= format.roomBytes)
      parts.splice(-1, 1, { startMs: last.startMs, endMs, pages: together });
    else parts.push({ startMs: last?.endMs ?? 0, endMs, pages });
  }
  return parts;
}

/** Of one picture in an area of its own. */
export function pictureNeeds(shape: Shape, format: DotFormat): number {
  return areaBytes([{ pixels: new Uint8Array(0) }], format.generation) + dotBytesOf(shape, format);
}

function turned(units: readonly Unit[], elapsedMs: number): readonly Unit[] {
  let endMs = 0;
  const on = units.findIndex(({ lastsMs }) => {
    endMs += lastsMs;
    return elapsedMs < endMs;
  });
  return on <= 0 ? units : [...units.slice(on), ...units.slice(0, on)];
}

function unitsOf(scene: CardScene, format: PageFormat): readonly Unit[] {
  const { pictures, motion, travelPx, lastsMs } = scene;
  const [first] = pictures;
  if (!first) return [];
  const way = ways[motion];
  if (!way) return [{ lastsMs, pages: [still(first, lastsMs, format)] }];
  const side = first.shape[way.side];
  const dots = pictures.map((_, index) => Math.min(side, travelPx - index * side));
  const shown = pictures.map((picture, index) => trimmed(picture, dots[index] ?? side, way));
  const speed = Math.min(speedMax, Math.max(1, Math.floor(scene.msPerPx / format.speedMs)));
  const pages = shown.map((picture, index) => ({
    ...{ mode: way.mode, speed, stay: 0, repeat: 1 },
    validLen: way.side === "width" ? (dots[index] ?? side) : picture.shape.width,
    pixels: dotBytes(picture, format),
  }));
  if (areaBytes(pages, format.generation) <= format.roomBytes) return [{ lastsMs, pages }];
  // Too long a strip for the card to move by itself: its pictures one after the other, each for its share of the time.
  return shown.map((picture, index) => {
    const shareMs = (lastsMs * (dots[index] ?? 0)) / travelPx;
    return { lastsMs: shareMs, pages: [still(picture, shareMs, format)] };
  });
}

function still(picture: Frame, lastsMs: number, format: PageFormat): CardPage {
  const stay = Math.min(stayMax, Math.max(1, Math.round(lastsMs / stayUnitMs)));
  const { width } = picture.shape;
  return { mode: displayModes.still, speed: 1, stay, repeat: 1, validLen: width, pixels: dotBytes(picture, format) };
}

interface Way {
  readonly mode: number;
  readonly side: "width" | "height";
  /** At which end of a picture is what comes first. */
  readonly first: "low" | "high";
}

const ways: Readonly<Record<string, Way>> = {
  "scroll-left": { mode: displayModes.leftOn, side: "width", first: "low" },
  "scroll-right": { mode: displayModes.rightOn, side: "width", first: "high" },
  "scroll-up": { mode: displayModes.upOn, side: "height", first: "low" },
  "scroll-down": { mode: displayModes.downOn, side: "height", first: "high" },
};

/** The dots of a strip's last picture that its first one has already are left black. */
function trimmed(frame: Frame, dots: number, { side, first }: Way): Frame {
  const { width, height, colour } = frame.shape;
  const whole = frame.shape[side];
  if (dots >= whole) return frame;
  const pixels = frame.pixels.slice();
  const [from, until] = first === "low" ? [dots, whole] : [0, whole - dots];
  const stride = Math.ceil(width / 8);
  const planeRows = colour === "dual" ? height * 2 : height;
  for (let row = 0; row < planeRows; row++) {
    if (side === "height" && !(row % height >= from && row % height < until)) continue;
    const [left, right] = side === "width" ? [from, until] : [0, width];
    if (colour === "rgb") pixels.fill(0, (row * width + left) * 3, (row * width + right) * 3);
    else
      for (let x = left; x < right; x++) {
        const at = row * stride + (x >> 3);
        pixels[at] = (pixels[at] ?? 0) & ~(0x80 >> (x & 7));
      }
  }
  return { shape: frame.shape, pixels };
}
