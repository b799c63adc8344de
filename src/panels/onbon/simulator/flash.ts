/** A card's flash: files that are announced, written in blocks and checked, and the programme that they make. */
import { type Area, caption, cutOf } from "./areas.ts";
import type { Screen } from "./dots.ts";

const [notThere, wrongCheck, wrongBlock] = [6, 11, 16];
/** What the cards with dynamic areas take at once. */
const blockMost = 14_336;

interface Coming {
  readonly length: number;
  readonly check: number;
  readonly blocks: Map<number, Uint8Array>;
}

export class Flash {
  readonly files = new Map<string, Uint8Array>();
  /** Programmes that were written, and times that files were deleted. */
  writes = 0;
  #open = false;
  readonly #coming = new Map<string, Coming>();

  get programmes(): number {
    return [...this.files.keys()].filter((name) => name.startsWith("P")).length;
  }

  /** What was on its way is none. */
  powerCycle(): void {
    this.#open = false;
    this.#coming.clear();
  }

  /** Group A1; the error code, 0: done. null: not a command of it. */
  handle(command: number, data: Uint8Array): number | null {
    const name = (at: number) => String.fromCharCode(...data.subarray(at, at + 4));
    const long = (at: number) => data.subarray(at, at + 4).reduceRight((sum, byte) => sum * 256 + byte, 0);
    switch (command) {
      case 0x01: {
        const count = (data[0] ?? 0) + (data[1] ?? 0) * 256;
        if (count === 0) this.files.clear();
        for (let index = 0; index < count; index++) this.files.delete(name(2 + index * 4));
        this.writes++;
        return 0;
      }
      case 0x08:
        this.#open = true;
        this.#coming.clear();
        this.writes++;
        return 0;
      case 0x09:
        this.powerCycle();
        return 0;
      case 0x02:
        if (!this.#open) return 8;
        this.#coming.set(name(0), { length: long(5), check: long(10), blocks: new Map() });
        return 0;
      case 0x03:
        return this.#block(name(0), data[4] === 1, long(5), data.slice(9));
      default:
        return null;
    }
  }

  #block(name: string, last: boolean, offset: number, block: Uint8Array): number {
    const coming = this.#coming.get(name);
    if (!coming) return notThere;
    if (offset + block.length > coming.length || block.length > blockMost) return wrongBlock;
    coming.blocks.set(offset, block);
    if (!last) return 0;
    this.#coming.delete(name);
    const bytes = new Uint8Array(coming.length);
    let filled = 0;
    for (const [at, part] of coming.blocks) {
      bytes.set(part, at);
      filled += part.length;
    }
    const own = bytes.subarray(-4).reduceRight((sum, byte) => sum * 256 + byte, 0);
    if (filled !== coming.length || own !== coming.check || crc(bytes.subarray(0, -4)) !== own) return wrongCheck;
    this.files.set(name, bytes);
    return 0;
  }

  /** What P001 shows on a day, as YYYYMMDD; null: nothing. */
  programme(day: number, screen: Screen): Area | null {
    const file = this.files.get("P001");
    if (!file) return null;
    try {
      const cut = cutOf(file.subarray(0, -4));
      cut.take(screen.generation === 5 ? 11 : 21);
      const date = () => {
        const [low = 0, high = 0, month = 0, date = 0] = cut.take(4);
        return [high, low, month, date].reduce((sum, byte) => sum * 100 + (byte >> 4) * 10 + (byte & 15), 0);
      };
      const [from, until] = [date(), date()];
      if (day < from || day > until) return null;
      cut.take(4);
      const area = cutOf(cut.take(cut.number(4)));
      area.take(1);
      // A data file's offsets are one more than where things are (the note's "uncertain").
      const pixels = this.files.get("D001")?.subarray(13, -4) ?? new Uint8Array(0);
      return caption(area, screen, pixels, 14);
    } catch {
      return null;
    }
  }
}

/** CRC-32 bit by bit, from nothing and with nothing at the end. */
function crc(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return sum >>> 0;
}
