/**
 * A BX-K card, written from the protocol note and its vectors, not from our codec: it reads frames, keeps areas of text with
 * their time-outs, and says which words it shows. Where it is given a screen it draws them, with the font that it is given.
 */
import { drawTexts, type FontScreen } from "./screen.ts";

export type { FontScreen } from "./screen.ts";

export interface ShownArea {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lineSpace: number;
  readonly runMode: number;
  readonly timeoutS: number;
  /** Lines beyond the first are not shown. */
  readonly singleLine: boolean;
  /** A line that is full goes on in the next one. */
  readonly wraps: boolean;
  /** As it came, marks and all. */
  readonly text: Uint8Array;
}

const bytesMax = 70_000;

export class FontCard {
  on = true;
  level = 16;
  clock: readonly number[] | null = null;
  /** What its answers call it; null: what it was called. */
  type: number | null = null;
  dropped = 0;
  /** Group and command as four digits → the error that it is refused with; a test changes it. */
  readonly refuses = new Map<string, number>();
  /** Group and command of everything that it obeyed, as four digits. */
  readonly heard: string[] = [];
  readonly #address: number;
  readonly #screen: FontScreen | null;
  #areas: readonly (ShownArea & { readonly atMs: number })[] = [];
  #bytes: number[] | null = null;
  #nowMs = 0;

  constructor(address = 1, screen: FontScreen | null = null) {
    this.#address = address;
    this.#screen = screen;
  }

  tick(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  /** What was half said is forgotten. */
  hangUp(): void {
    this.#bytes = null;
  }

  /** What is lit now, packed as its panel has it; without any area, what is in its flash. */
  pixels(): Uint8Array {
    const screen = this.#screen;
    if (!screen) throw new Error("no screen");
    const flash = this.on && this.#areas.length === 0 ? screen.flash : null;
    return flash ?? drawTexts(screen, this.shown(this.#nowMs));
  }

  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    this.#nowMs = nowMs;
    const answers: Uint8Array[] = [];
    for (const byte of bytes) {
      if (byte === 0xa5) this.#bytes = [];
      else if (byte === 0x5a && this.#bytes) {
        const said = this.#bytes.length > 0 ? this.#frame(this.#bytes) : null;
        this.#bytes = null;
        if (said) answers.push(said);
      } else if (this.#bytes && this.#bytes.length < bytesMax) this.#bytes.push(byte);
      else this.#bytes = null;
    }
    return answers;
  }

  /** Words that are lit; none while it is off. */
  shown(nowMs: number): readonly ShownArea[] {
    if (!this.on) return [];
    return this.#areas.filter(
      ({ runMode, timeoutS, atMs }) => !(runMode === 2 || runMode === 3) || nowMs - atMs < timeoutS * 1000,
    );
  }

  /** Lit again, whatever it was told: nobody says that it keeps that. */
  powerCycle(): void {
    this.on = true;
    this.#areas = [];
    this.#bytes = null;
  }

  #frame(raw: readonly number[]): Uint8Array | null {
    const payload: number[] = [];
    for (let at = 0; at < raw.length; at++) {
      const byte = raw[at] ?? 0;
      if (byte !== 0xa6 && byte !== 0x5b) payload.push(byte);
      else {
        const second = raw[++at];
        if (second !== 1 && second !== 2) return null;
        payload.push(second === 2 ? byte - 1 : byte);
      }
    }
    const word = (at: number) => (payload[at] ?? 0) + (payload[at + 1] ?? 0) * 256;
    const end = payload.length - 2;
    if (end < 17 || word(12) !== end - 14 || check(payload.slice(0, end)) !== word(end)) {
      this.dropped++;
      return null;
    }
    const to = word(0);
    if (![this.#address, 0xfffe, 0xffff].includes(to)) return null;
    const data = payload.slice(14, end);
    const name = data
      .slice(0, 2)
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    const error = this.refuses.get(name) ?? this.#obey(name, data.slice(5), data.slice(3));
    if (error === 0) this.heard.push(name);
    if (data[2] !== 1 || to === 0xffff) return null;
    return framed(
      [...payload.slice(2, 4), ...[this.#address, 0], ...payload.slice(4, 10), this.type ?? payload[10] ?? 0, 2],
      [0xa0, error === 0 ? 0 : 1, ...[error, 0, 0]],
    );
  }

  /** `args`: after the two bytes that some senders use for a length; `all`: with them. */
  #obey(name: string, args: readonly number[], all: readonly number[]): number {
    switch (name) {
      case "a200":
      case "a102":
        return 0;
      case "a203":
        this.clock = args.map((byte) => (byte >> 4) * 10 + (byte & 15));
        return args.length === 8 ? 0 : 25;
      case "a300":
        if (args[0] !== 1 && args[0] !== 2) return 25;
        this.on = args[0] === 1;
        return 0;
      case "a302": {
        const [mode, level = 0] = args;
        if (mode !== 1 || level < 1 || level > 16 || (args.length !== 2 && args.length !== 50)) return 25;
        this.level = level;
        return 0;
      }
      case "a310":
        this.#areas = [];
        return 0;
      case "a306":
        return this.#change(all);
      default:
        return 2;
    }
  }

  #change(bytes: readonly number[]): number {
    const [mode = 0, , deletions = 0] = bytes;
    let at = 3;
    const word = (from: number) => (bytes[from] ?? 0) + (bytes[from + 1] ?? 0) * 256;
    const gone = deletions === 0xff ? null : bytes.slice(at, at + deletions);
    if (gone) at += deletions;
    const kept = mode === 1 || gone === null ? [] : this.#areas.filter(({ id }) => !gone.includes(id));
    const come: (ShownArea & { readonly atMs: number })[] = [];
    const count = bytes[at++] ?? 0;
    for (let index = 0; index < count; index++) {
      const [from, length] = [at + 2, word(at)];
      at = from + length;
      if (at > bytes.length || bytes[from] !== 0) return 25;
      // No sound here: what follows the time-out is one byte of it.
      const textBytes = word(from + 23) + word(from + 25) * 65_536;
      if (bytes[from + 14] !== 0 || textBytes !== length - 27) return 25;
      const [x, y, width, height] = [word(from + 1), word(from + 3), word(from + 5), word(from + 7)];
      const [id = 0, lineSpace = 0, runMode = 0] = bytes.slice(from + 9, from + 12);
      const text = Uint8Array.from(bytes.slice(from + 27, at));
      const lines = { lineSpace, singleLine: bytes[from + 17] === 1, wraps: bytes[from + 18] === 2 };
      const place = { id, x, y, width, height, ...lines };
      come.push({ ...place, runMode, timeoutS: word(from + 12), text, atMs: this.#nowMs });
    }
    const fresh = come.map(({ id }) => id);
    this.#areas = [...kept.filter(({ id }) => !fresh.includes(id)), ...come];
    return 0;
  }
}

function framed(head: readonly number[], data: readonly number[]): Uint8Array {
  const payload = [...head, data.length & 255, data.length >> 8, ...data];
  const sum = check(payload);
  const out: number[] = new Array<number>(8).fill(0xa5);
  for (const byte of [...payload, sum & 255, sum >> 8]) {
    if (byte === 0xa5 || byte === 0x5a) out.push(byte + 1, 2);
    else if (byte === 0xa6 || byte === 0x5b) out.push(byte, 1);
    else out.push(byte);
  }
  return Uint8Array.from([...out, 0x5a]);
}

function check(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) crc = ((crc ^ (byte >> bit)) & 1 ? 0xa001 : 0) ^ (crc >> 1);
  return crc;
}
