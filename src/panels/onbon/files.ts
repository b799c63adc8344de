/**
 * A programme for the card's flash, which endures some 100,000 writes (protocol note, "Flash program"; layouts: vectors
 * bx5e1-dual16x4-write-file-block-P001-off0-last, bx6-mono16x4-write-file-block-P001-off0-last and -D001-). One area as big as
 * the screen. BX-6 has its pixels in a data file of their own, which is written first.
 */
import type { CivilDate } from "./days.ts";
import { type AreaPlace, type CardPage, captionArea5, captionArea6, firstPixelOffset, joined } from "./areas.ts";
import { fileCrc32 } from "./checks.ts";
import { bcd, bcdYear, type CardFile, nameBytes, u16, u32 } from "./commands.ts";
import type { Generation } from "./families.ts";

const types = { programme: 0x00, data: 0x09 } as const;
const everyWeekday = 0xff;

export interface FlashProgramme {
  /** 1 to 999: P001. */
  readonly number: number;
  /** By the card's own clock; both are in. */
  readonly from: CivilDate;
  readonly until: CivilDate;
  readonly place: AreaPlace;
  readonly pages: readonly CardPage[];
}

/** In the order in which they are written. */
export function programmeFiles(programme: FlashProgramme, generation: Generation): readonly CardFile[] {
  const { number, place, pages } = programme;
  const name = fileName("P", number);
  if (generation === 5) {
    const area = captionArea5({ place, pages });
    return [checked(name, types.programme, [head(name, programme, 5), u32(area.length), area])];
  }
  const area = captionArea6({ place, pages }, types.programme, firstPixelOffset);
  const data = [[types.data, ...nameBytes(fileName("D", number - 1)), ...u32(0), ...u32(0)]];
  return [
    checked(fileName("D", number), types.data, [...data, ...pages.map(({ pixels }) => pixels)]),
    checked(name, types.programme, [head(name, programme, 6), u32(area.length), area]),
  ];
}

export function fileName(letter: "P" | "D", number: number): string {
  if (!(number >= 0 && number <= 999)) throw new RangeError(`not the number of a programme: ${number}`);
  return `${letter}${String(number).padStart(3, "0")}`;
}

/**
 * Type, name, style, priority, how often; on BX-6 how it is timed and scheduled, at what the SDK writes; weekdays, first day,
 * last day, no times of day, no frame, one area.
 */
function head(name: string, { from, until }: FlashProgramme, generation: Generation): readonly number[] {
  const timing = generation === 5 ? u16(0) : [...u16(5), ...new Array<number>(10).fill(0)];
  const played = [0, 0, 0];
  return [
    types.programme,
    ...nameBytes(name),
    0,
    0,
    1,
    ...timing,
    everyWeekday,
    ...day(from),
    ...day(until),
    ...played,
    1,
  ];
}

const day = ({ year, month, day: of }: CivilDate): readonly number[] => [...bcdYear(year), bcd(month), bcd(of)];

function checked(name: string, type: number, parts: readonly (Uint8Array | readonly number[])[]): CardFile {
  const content = joined(parts);
  return { name, type, bytes: joined([content, u32(fileCrc32(content))]) };
}
