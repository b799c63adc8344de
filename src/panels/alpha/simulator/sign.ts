/**
 * A sign that speaks the Alpha protocol as the notes on document 9708-8061F and the public vectors have it (not our codec).
 * It has files, the memory that was set aside for them, a serial error register, a clock; and it is slow: what comes sooner
 * than 100 ms after an STX, or after the width of a picture, is lost with its packet.
 */
import { PacketParser } from "./parser.ts";

/** 0 off, 1 red, 2 green, 3 amber, ... a digit a dot. */
export type Picture = readonly string[];

interface Room {
  readonly type: string;
  /** As it was written: label, type, lock, size, and times or colours. */
  readonly entry: string;
}

export const errorBits = { command: 0x20, checksum: 0x10, overflow: 0x08, timeout: 0x04 } as const;

export class AlphaSign {
  readonly texts = new Map<string, string>();
  readonly strings = new Map<string, string>();
  readonly pictures = new Map<string, Picture>();
  readonly clock = { time: "", date: "", weekday: "", hours: "" };
  runSequence = "";
  resets = 0;
  configurations = 0;
  private readonly rooms = new Map<string, Room>();
  private errors = 0;
  private readonly answers: boolean;
  private readonly parser: PacketParser;

  constructor(options: { readonly answers?: boolean; readonly type?: string; readonly address?: string } = {}) {
    this.answers = options.answers ?? true;
    this.parser = new PacketParser(options.type ?? "^", options.address ?? "01");
  }

  /** Bytes in any pieces, at a time that only goes on. What it answers. */
  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    const said: Uint8Array[] = [];
    for (const { block, error } of this.parser.hear(bytes, nowMs)) {
      this.errors |= error;
      if (block === null) continue;
      const answer = this.obey(block.charAt(0), block.slice(1));
      if (answer !== null && this.answers) said.push(packet(answer));
    }
    return said;
  }

  /** Memory is gone, as on signs without a battery. */
  powerCycle(): void {
    this.clear();
    this.texts.clear();
    this.runSequence = "";
    this.errors = 0;
    this.parser.reset();
  }

  /** What plays: the priority file, else the first of the run sequence, which is file A unless another was told. */
  get playing(): string {
    const [first = "A"] = this.runSequence.slice(2);
    return this.texts.get("0") || (this.texts.get(first) ?? "");
  }

  /** The one picture that is all there is to see; null: nothing; undefined: words of its own font are there, too. */
  get lit(): Picture | null | undefined {
    const words = this.playing.startsWith("\x1b") ? this.playing.replace(/^.[\s\S](n.|.)/, "") : this.playing;
    if (words === "") return null;
    const [call, label, ...more] = words;
    if (call !== "\x14" || label === undefined || more.length > 0) return undefined;
    return this.pictures.get(label) ?? null;
  }

  private obey(command: string, data: string): string | null {
    const label = data.charAt(0);
    const rest = data.slice(1);
    switch (command) {
      case "A":
        return this.write(this.texts, label, rest, label === "0" || label === "A" ? label : "A");
      case "G":
        return this.write(this.strings, label, rest, "B");
      case "I":
        return this.writePicture(label, rest);
      case "B":
        return this.texts.has(label) ? `A${label}${this.texts.get(label)}` : this.wrong();
      case "H":
        return this.strings.has(label) ? `G${label}${this.strings.get(label)}` : this.wrong();
      case "E":
        return this.special(label, rest);
      case "F":
        return this.read(label);
      default:
        return this.wrong();
    }
  }

  private wrong(): null {
    this.errors |= errorBits.command;
    return null;
  }

  /** `0` and `A` are always there; every other file only where memory was set aside. */
  private write(files: Map<string, string>, label: string, words: string, type: string): null {
    if (label !== type && this.rooms.get(label)?.type !== type) return this.wrong();
    files.set(label, words);
    return null;
  }

  private writePicture(label: string, data: string): null {
    const [, rows = "", columns = "", body = ""] = /^([0-9A-F]{2})([0-9A-F]{2})([\s\S]*)$/.exec(data) ?? [];
    const room = this.rooms.get(label);
    if (room?.type !== "D" || room.entry.slice(3, 7) !== rows + columns) return this.wrong();
    const lines = body.split("\r").slice(0, Number.parseInt(rows, 16));
    const [height, width] = [Number.parseInt(rows, 16), Number.parseInt(columns, 16)];
    const three = room.entry.endsWith("1000") ? /^[01]*$/ : room.entry.endsWith("2000") ? /^[0-3]*$/ : /^[0-8]*$/;
    if (height > 31 || lines.length < height || lines.some((line) => line.length !== width || !three.test(line)))
      return this.wrong();
    this.pictures.set(label, lines);
    return null;
  }

  private special(code: string, data: string): null {
    switch (code) {
      case "$":
        return this.configure(data);
      case " ":
        this.clock.time = data;
        return null;
      case ";":
        this.clock.date = data;
        return null;
      case "&":
        this.clock.weekday = data;
        return null;
      case "'":
        this.clock.hours = data;
        return null;
      case ",":
        this.resets++;
        return null;
      case ".":
        this.runSequence = data;
        return null;
      case "!":
      case "s":
        return null;
      default:
        return this.wrong();
    }
  }

  /** All of it anew; what was in the files is gone, but for the priority file, which no memory was set aside for. */
  private configure(data: string): null {
    const entries = data.match(/[\s\S]{11}/g) ?? [];
    if (entries.join("") !== data || entries.some((entry) => !/^.[ABD][UL][0-9A-F]{8}$/.test(entry)))
      return this.wrong();
    this.clear();
    this.configurations++;
    for (const entry of entries) this.rooms.set(entry.charAt(0), { type: entry.charAt(1), entry });
    return null;
  }

  private clear(): void {
    for (const label of this.texts.keys()) if (label !== "0") this.texts.delete(label);
    for (const files of [this.strings, this.pictures, this.rooms]) files.clear();
  }

  private read(code: string): string {
    switch (code) {
      case "*": {
        const register = 0x40 | this.errors;
        this.errors = 0;
        return `E*${String.fromCharCode(register)}`;
      }
      case '"':
        return 'E"1040 8004E';
      case "#":
        return "E#7000,6000";
      case "$":
        return `E$${[...this.rooms.values()].map(({ entry }) => entry).join("")}`;
      default:
        this.wrong();
        return `E${code}*** NOT SUPPORTED ***`;
    }
  }
}

/** NULs, SOH, type 0, address 00, and one block with its checksum. */
function packet(words: string): Uint8Array {
  const body = Array.from(`\x02${words}\x03`, (character) => character.charCodeAt(0));
  const sum = body.reduce((before, byte) => before + byte, 0);
  const text = `\x01000${String.fromCharCode(...body)}${(sum & 0xffff).toString(16).toUpperCase().padStart(4, "0")}\x04`;
  return Uint8Array.from([...new Uint8Array(20), ...Array.from(text, (character) => character.charCodeAt(0))]);
}
