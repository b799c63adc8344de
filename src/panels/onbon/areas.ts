/**
 * Dynamic areas: pictures in the card's RAM (protocol note, "Show a bitmap"; layouts: vectors bx5e1-mono16x4-dynamic-area-update
 * and bx6-mono16x4-dynamic-area-update; meanings of run modes, of what is played beside, and of a page's fields: the maker's
 * SDK header). Numbers are little-endian.
 */
import type { Generation } from "./families.ts";
import { groups, request, u16, u32 } from "./commands.ts";

/** What an area does when its pages have been shown: 2 begins anew until `timeoutS` has passed without news of it, then is not shown. */
export const runModes = { loop: 0, lastPage: 1, loopUntilTimeout: 2, loopThenLogo: 3, once: 4 } as const;

/** Beside the card's programmes; alone, while these stop; or when they have ended. */
export const beside = { programmes: 0, alone: 1, after: 2 } as const;

export const displayModes = {
  still: 1,
  atOnce: 2,
  left: 3,
  leftOn: 4,
  up: 5,
  upOn: 6,
  right: 0x25,
  rightOn: 0x26,
  down: 0x27,
  downOn: 0x28,
} as const;

export interface CardPage {
  readonly mode: number;
  /** Larger is slower. */
  readonly speed: number;
  /** How long it stands, 10 ms. */
  readonly stay: number;
  readonly repeat: number;
  /** Columns of it that count, where it moves sideways. */
  readonly validLen: number;
  /** `dotBytes`. */
  readonly pixels: Uint8Array;
}

export interface AreaPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CardArea {
  readonly id: number;
  readonly runMode: number;
  readonly timeoutS: number;
  readonly beside: number;
  /** Programmes that it goes with; absent: all of them, which no list says. */
  readonly programmes?: readonly number[];
  readonly place: AreaPlace;
  readonly pages: readonly CardPage[];
}

/** An area of a programme in flash, or of RAM. */
const captionTypes = { flash: 0x00, ram: 0x10 } as const;
/** What the maker's SDK writes for the transparency of an area in flash. */
const opaque = 0x65;
/** Where the SDK says that a data file's first pixels are; they begin one byte before that (`files.ts`). */
export const firstPixelOffset = 14;

/** A7 00: one area on BX-5; any number on BX-6, in whose body the pixels of all come last. */
export function updateAreas(areas: readonly CardArea[], generation: Generation): Uint8Array {
  const body = request(groups.area, 0x00);
  const data = generation === 5 ? areaData5(areas) : areaData6(areas);
  if (data.length > 0xffff) throw new RangeError(`areas of ${data.length} bytes are too long`);
  const bytes = new Uint8Array(body.length + data.length);
  bytes.set(body);
  bytes.set(u16(data.length), 3);
  bytes.set(data, body.length);
  return bytes;
}

/** Of the data of A7 00. */
export function areaBytes(pages: readonly { readonly pixels: Uint8Array }[], generation: Generation): number {
  const [head, each] = generation === 5 ? [28, 17] : [39, 30];
  return head + pages.reduce((sum, { pixels }) => sum + each + pixels.length, 0);
}

function areaData5(areas: readonly CardArea[]): Uint8Array {
  const [area] = areas;
  if (!area || areas.length > 1) throw new RangeError("a BX-5 takes one area at a time");
  const info = joined([areaHead(area), captionArea5(area, captionTypes.ram)]);
  return joined([u32(info.length), info]);
}

function areaData6(areas: readonly CardArea[]): Uint8Array {
  const parts: (Uint8Array | readonly number[])[] = [u16(areas.length)];
  let offset = 0;
  for (const area of areas) {
    const info = joined([areaHead(area), captionArea6(area, captionTypes.ram, offset)]);
    parts.push(u32(info.length), info);
    offset += area.pages.reduce((sum, { pixels }) => sum + pixels.length, 0);
  }
  return joined([...parts, ...areas.flatMap(({ pages }) => pages.map(({ pixels }) => pixels))]);
}

/** All programmes are 1, and a list of none; it matters not where none plays beside it. */
function areaHead({ id, runMode, timeoutS, beside: how, programmes }: CardArea): readonly number[] {
  const listed = programmes ?? [];
  const goesWith = [programmes ? 0 : 1, ...u16(listed.length), ...listed.flatMap(u16)];
  return [id, runMode, ...u16(timeoutS), ...goesWith, how, ...u32(0)];
}

type Caption = Pick<CardArea, "place" | "pages">;

/** Type, place, no frame, pages: of each its length, thirteen bytes of how it is shown, its pixels. */
export function captionArea5({ place, pages }: Caption, type: number = captionTypes.flash): Uint8Array {
  const head = [type, ...placeBytes(place), 0, ...u16(pages.length)];
  return joined([
    head,
    ...pages.flatMap((page) => {
      const shown = [...pageHead(page), ...u32(0)];
      return [u32(shown.length + page.pixels.length), shown, page.pixels];
    }),
  ]);
}

/** As on BX-5, with more that is left at nothing, and of each page where its pixels are, and how many bytes. */
export function captionArea6({ place, pages }: Caption, type: number, firstOffset: number): Uint8Array {
  // No frame, no background, transparency, and seven more for the size of a background and for sound.
  const rest = [0, 0, type === captionTypes.flash ? opaque : 0, 0, 0, 0, 0, 0, 0, 0];
  let offset = firstOffset;
  const described = pages.flatMap((page) => {
    const shown = [...pageHead(page), ...new Array<number>(9).fill(0), ...u32(offset), ...u32(page.pixels.length)];
    offset += page.pixels.length;
    return [...u32(shown.length), ...shown];
  });
  return joined([[type, ...placeBytes(place), ...rest, ...u16(pages.length)], described]);
}

const placeBytes = ({ x, y, width, height }: AreaPlace) => [x, y, width, height].flatMap(u16);

/** Style, mode, how it goes (0: as the next one comes), speed, stay, repeat, valid length. */
function pageHead({ mode, speed, stay, repeat, validLen }: CardPage): readonly number[] {
  return [0, mode, 0, speed, ...u16(stay), repeat, ...u16(validLen)];
}

export function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
