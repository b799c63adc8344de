/** Areas as a card reads them, of RAM and of programmes, and what they show in time. From the protocol note and its vectors. */
import { type Dots, dotsOf, type Screen } from "./dots.ts";

export interface Page {
  readonly mode: number;
  readonly speed: number;
  readonly stayMs: number;
  readonly validLen: number;
  readonly dots: Dots;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pages: readonly Page[];
}

export interface DynamicArea extends Area {
  readonly id: number;
  readonly runMode: number;
  readonly timeoutS: number;
  readonly beside: number;
}

class Cut {
  #at = 0;
  readonly #bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  take(count: number): Uint8Array {
    if (this.#at + count > this.#bytes.length) throw new RangeError("cut short");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
  number(bytes: 1 | 2 | 4): number {
    return this.take(bytes).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#at);
  }
}

/** Data of A7 00; null: it makes no sense to this card. */
export function dynamicAreas(data: Uint8Array, screen: Screen): readonly DynamicArea[] | null {
  try {
    const cut = new Cut(data);
    const count = screen.generation === 5 ? 1 : cut.number(2);
    const infos: Cut[] = [];
    for (let index = 0; index < count; index++) infos.push(new Cut(cut.take(cut.number(4))));
    const pixels = cut.rest();
    return infos.map((info) => {
      const [id, runMode, timeoutS] = [info.number(1), info.number(1), info.number(2)];
      info.take(1);
      info.take(2 * info.number(2));
      const beside = info.number(1);
      info.take(4);
      if (info.number(1) !== 0x10) throw new RangeError("not an area of RAM");
      return { id, runMode, timeoutS, beside, ...caption(info, screen, pixels, 0) };
    });
  } catch {
    return null;
  }
}

/** After the type byte. `pixels`, and where its offset 0 is: of BX-6, which has them elsewhere. */
export function caption(
  cut: { take(count: number): Uint8Array; number(bytes: 1 | 2 | 4): number },
  screen: Screen,
  pixels: Uint8Array,
  offsetOfFirst: number,
): Area {
  const [x, y, width, height] = [cut.number(2), cut.number(2), cut.number(2), cut.number(2)];
  if (x + width > screen.width || y + height > screen.height || width * height === 0) throw new RangeError("outside");
  cut.take(screen.generation === 5 ? 1 : 10);
  const count = cut.number(2);
  const pages: Page[] = [];
  for (let index = 0; index < count; index++) {
    const page = new Cut(cut.take(cut.number(4)));
    page.take(1);
    const mode = page.number(1);
    page.take(1);
    const [speed, stay] = [page.number(1), page.number(2)];
    page.take(1);
    const validLen = page.number(2);
    page.take(screen.generation === 5 ? 4 : 9);
    let bytes: Uint8Array;
    if (screen.generation === 5) bytes = page.rest();
    else {
      const offset = page.number(4) - offsetOfFirst;
      bytes = pixels.subarray(offset, offset + page.number(4));
    }
    const dots = dotsOf(bytes, width, height, x, screen);
    if (!dots) throw new RangeError("too few pixels");
    pages.push({ mode, speed, stayMs: stay * 10, validLen, dots });
  }
  if (pages.length === 0) throw new RangeError("no pages");
  return { x, y, width, height, pages };
}

export function cutOf(bytes: Uint8Array): Cut {
  return new Cut(bytes);
}

/** This card's own: milliseconds a dot of one step of speed. */
const stepMs = 16;
const moving: Readonly<Record<number, readonly [dx: number, dy: number]>> = {
  4: [1, 0],
  6: [0, 1],
  38: [-1, 0],
  40: [0, -1],
};

/** What an area shows so long after it was given: pages that stand one after the other, runs of pages that move on as one strip. */
export function shownAt(
  { width, height, pages }: Area,
  sinceMs: number,
): { readonly dots: Dots; readonly roundMs: number } {
  const scenes: { readonly ms: number; readonly at: (ms: number) => Dots }[] = [];
  for (let index = 0; index < pages.length; ) {
    const [first] = pages.slice(index);
    if (!first) break;
    const way = moving[first.mode];
    if (!way) {
      scenes.push({ ms: Math.max(10, first.stayMs), at: () => first.dots });
      index++;
      continue;
    }
    let until = index;
    while (pages[until]?.mode === first.mode) until++;
    const strip = pages.slice(index, until);
    const [dx, dy] = way;
    const lengths = strip.map(({ validLen }) => (dx === 0 ? height : Math.min(validLen, width)));
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    const dotMs = stepMs * Math.max(1, first.speed);
    scenes.push({ ms: whole * dotMs, at: (ms) => window(strip, lengths, whole, Math.floor(ms / dotMs), dx, dy) });
    index = until;
  }
  const roundMs = scenes.reduce((sum, { ms }) => sum + ms, 0);
  let left = sinceMs % roundMs;
  for (const { ms, at } of scenes) {
    if (left < ms) return { dots: at(left), roundMs };
    left -= ms;
  }
  return { dots: new Uint8Array(width * height * 3), roundMs };

  function window(
    strip: readonly Page[],
    lengths: readonly number[],
    whole: number,
    passed: number,
    dx: number,
    dy: number,
  ) {
    const dots = new Uint8Array(width * height * 3);
    const side = dx === 0 ? height : width;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const along = dx === 0 ? y : x;
        // What comes first is at the left, or the top; where things travel right, or down, at the other end.
        const place = dx + dy > 0 ? along : side - 1 - along;
        let on = (passed + place) % whole;
        let page = 0;
        while (on >= (lengths[page] ?? 0)) on -= lengths[page++] ?? 1;
        const from = dx + dy > 0 ? on : side - 1 - on;
        const [fromX, fromY] = dx === 0 ? [x, from] : [from, y];
        const source = strip[page]?.dots.subarray((fromY * width + fromX) * 3, (fromY * width + fromX) * 3 + 3);
        if (source) dots.set(source, (y * width + x) * 3);
      }
    return dots;
  }
}
