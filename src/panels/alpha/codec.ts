/**
 * Alpha Sign Communications Protocol (M-Protocol, EZ KEY II) in bytes, from the public audits of document 9708-8061F:
 * packets of one or more blocks towards the sign, and packets back. Layouts follow the sources named at each function.
 */

/** Control bytes of the frame: NUL for the sign to find the speed by, and the ends of packet, header and block. */
export const control = { nul: 0x00, soh: 0x01, stx: 0x02, etx: 0x03, eot: 0x04 } as const;
const esc = 0x1b;
const leadingNuls = 5;
/** What a sign needs after STX, and after the width of a picture, before it takes the next byte. */
export const pauseMs = 100;

/** Where a TEXT file's lines stand. */
export const positions = { middle: 0x20, top: 0x22, bottom: 0x26, fill: 0x30, left: 0x31, right: 0x32 } as const;
export type Position = keyof typeof positions;

/** How a TEXT file comes: one letter, and for what the maker added later `n` with a digit. */
export const modes = {
  rotate: "a",
  hold: "b",
  flash: "c",
  "roll-up": "e",
  "roll-down": "f",
  "roll-left": "g",
  "roll-right": "h",
  "wipe-up": "i",
  "wipe-down": "j",
  "wipe-left": "k",
  "wipe-right": "l",
  scroll: "m",
  auto: "o",
  "roll-in": "p",
  "roll-out": "q",
  "wipe-in": "r",
  "wipe-out": "s",
  "compressed-rotate": "t",
  twinkle: "n0",
  sparkle: "n1",
  snow: "n2",
  interlock: "n3",
  switch: "n4",
  slide: "n5",
  spray: "n6",
  starburst: "n7",
  welcome: "n8",
  "slot-machine": "n9",
} as const;
export type Mode = keyof typeof modes;

/** Inside a TEXT or STRING file. */
export const inline = {
  colour: (code: string) => `\x1c${code}`,
  font: (code: string) => `\x1a${code}`,
  /** 1 slow to 5 fast. */
  speed: (level: 1 | 2 | 3 | 4 | 5) => String.fromCharCode(0x14 + level),
  noHold: "\x09",
  wide: (on: boolean) => (on ? "\x12" : "\x11"),
  flash: (on: boolean) => (on ? "\x071" : "\x070"),
  time: "\x13",
  date: (code: string) => `\x0b${code}`,
  string: (label: string) => `\x10${label}`,
  picture: (label: string) => `\x14${label}`,
  newPage: "\x0c",
  newLine: "\x0d",
} as const;

/** Two hex digits of an address, of which `?` stands for any: "0?" is 00 to 0F. */
export type Wildcard = `${string}?${string}`;

/** Who is meant: a type of sign (`Z` all, `^` BetaBrite, `f` 215C ...) and an address, 0 for everyone. */
export interface Addressee {
  readonly type: string;
  readonly address: number | Wildcard;
}

/** One STX ... ETX of a packet: the command's letter and its data. */
export interface Block {
  readonly bytes: Uint8Array;
  /** After so many of its bytes the sign needs a pause, too. */
  readonly pauseAfter?: number;
}

/** Bytes, and how long nothing may follow them, ms. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly pauseMs: number;
}

/** A command's letter and data as they are; RangeError for what a packet cannot hold: there is no escape for 00-04. */
export function block(command: string, data = "", pauseAfter?: number): Block {
  const bytes = Uint8Array.from(command + data, (character) => character.charCodeAt(0));
  for (const [at, byte] of bytes.entries())
    if (byte <= control.eot || (command + data).charCodeAt(at) > 0xff)
      throw new RangeError(`${at}: 这个字节不能放进数据包 / this byte has no place in a packet: ${byte}`);
  return pauseAfter === undefined ? { bytes } : { bytes, pauseAfter };
}

/** `A` label ESC position mode text (vector alpha-text-A-hold-hello). Without text: the file is empty, and shows nothing. */
export function textFile(
  label: string,
  words: string,
  how: { readonly position: Position; readonly mode: Mode } = { position: "middle", mode: "hold" },
): Block {
  if (words === "") return block("A", label);
  return block("A", `${label}${String.fromCharCode(esc, positions[how.position])}${modes[how.mode]}${words}`);
}

/** The file that overrides all others until it is written empty (`A0`). */
export const priorityLabel = "0";

/** `G` label text (vector alpha-string). */
export const stringFile = (label: string, words: string): Block => block("G", label + words);

/** A file that memory is set aside for. Sizes in bytes; of a picture in dots. */
export type MemoryEntry = { readonly label: string; readonly locked?: boolean } & (
  | { readonly type: "text"; readonly size: number; readonly times?: string }
  | { readonly type: "string"; readonly size: number }
  | {
      readonly type: "dots";
      readonly rows: number;
      readonly columns: number;
      readonly colours: "mono" | "three" | "eight";
    }
);

const dotColours = { mono: "1000", three: "2000", eight: "4000" } as const;

/** `E$` and entries of label, type, lock, size, and times or colours (vectors alpha-cfg, alpha-rb-alloc-*). None: cleared. */
export function memoryConfiguration(entries: readonly MemoryEntry[]): Block {
  return block("E", `$${entries.map(memoryEntry).join("")}`);
}

export function memoryEntry(entry: MemoryEntry): string {
  const lock = entry.locked ? "L" : "U";
  switch (entry.type) {
    case "text":
      return `${entry.label}A${lock}${hex(entry.size, 4)}${entry.times ?? "FF00"}`;
    case "string":
      return `${entry.label}B${lock}${hex(entry.size, 4)}0000`;
    case "dots":
      return `${entry.label}D${lock}${hex(entry.rows, 2)}${hex(entry.columns, 2)}${dotColours[entry.colours]}`;
  }
}

export const dotsMax = { rows: 31, columns: 255 } as const;

/** `I` label rows columns, a pause, then for each row a digit a dot (0 off, 1 red, 2 green, 3 amber ... 8) and CR. */
export function smallDots(label: string, rows: readonly string[]): Block {
  const columns = rows[0]?.length ?? 0;
  if (rows.length < 1 || rows.length > dotsMax.rows || columns < 1 || columns > dotsMax.columns)
    throw new RangeError(`图片最大 255x31 点 / a picture is at most 255x31 dots: ${columns}x${rows.length}`);
  if (rows.some((row) => row.length !== columns || !/^[0-8]*$/.test(row)))
    throw new RangeError("每行点数应相同，每点 0-8 / rows are of one length, of digits 0-8");
  const head = `${label}${hex(rows.length, 2)}${hex(columns, 2)}`;
  return block("I", `${head}${rows.map((row) => `${row}\r`).join("")}`, 1 + head.length);
}

/** `E` and a code: the sign itself. Times as the sign's wall has them. */
export const special = {
  /** HHMM; the sign begins its seconds anew. */
  timeOfDay: (hour: number, minute: number) => block("E", ` ${two(hour)}${two(minute)}`),
  /** mmddyy (vector alpha-date). */
  date: (year: number, month: number, day: number) => block("E", `;${two(month)}${two(day)}${two(year % 100)}`),
  /** 0 Sunday ... 6 Saturday; on the wire 1 to 7. */
  weekday: (weekday: number) => block("E", `&${1 + weekday}`),
  /** Vector alpha-tfmt. */
  hours: (form: "12" | "24") => block("E", `'${form === "24" ? "M" : "S"}`),
  softReset: () => block("E", ","),
  /** How files take turns: by their times, as listed, or listed and then deleted (vector alpha-runseq). */
  runSequence: (kind: "T" | "S" | "D", labels: string, locked = false) =>
    block("E", `.${kind}${locked ? "L" : "U"}${labels}`),
  speaker: (on: boolean) => block("E", `!${on ? "00" : "FF"}`),
  address: (address: number) => block("E", `7${hex(address, 2)}`),
  /** The sign answers each packet with 06 or 15 from now on, where it can. */
  acknowledge: (on: boolean) => block("E", `s${on ? "1" : "0"}`),
} as const;

/** `F` and a code: serial error status `*`, general information `"`, memory pool `#`, memory configuration `$`. */
export const readSpecial = (code: string): Block => block("F", code);

/**
 * A packet in parts, the pauses that it must have after them (pauseMs alone: the bytes' own time on the line is the caller's).
 * `checksum`: 16-bit sum from STX through ETX, four upper-case hex digits (worked example of the document, page 60).
 */
export function packetParts(blocks: readonly Block[], to: Addressee, checksum = true): readonly Part[] {
  const parts: Part[] = [];
  let open = [...new Uint8Array(leadingNuls), control.soh, ...ascii(to.type), ...ascii(addressOf(to))];
  const close = (ms: number) => {
    parts.push({ bytes: Uint8Array.from(open), pauseMs: ms });
    open = [];
  };
  for (const [index, { bytes, pauseAfter }] of blocks.entries()) {
    open.push(control.stx);
    close(pauseMs);
    if (pauseAfter !== undefined) {
      open.push(...bytes.subarray(0, pauseAfter));
      close(pauseMs);
    }
    for (const byte of bytes.subarray(pauseAfter ?? 0)) open.push(byte);
    const last = index === blocks.length - 1;
    if (checksum) open.push(control.etx, ...ascii(checksumOf(bytes)));
    // Between blocks an ETX alone will do (vector alpha-rb-nested-strings-6); a last one with nothing after it need not be.
    else if (!last || blocks.length > 1) open.push(control.etx);
  }
  open.push(control.eot);
  close(0);
  return parts;
}

export function packetBytes(blocks: readonly Block[], to: Addressee, checksum = true): Uint8Array {
  return Uint8Array.from(packetParts(blocks, to, checksum).flatMap(({ bytes }) => [...bytes]));
}

/** Of a block's command and data: STX and ETX are counted in. */
export function checksumOf(bytes: Uint8Array): string {
  const sum = bytes.reduce((before, byte) => before + byte, control.stx + control.etx);
  return hex(sum & 0xffff, 4);
}

export interface DecodedBlock {
  readonly command: string;
  readonly data: string;
  readonly checksum: "right" | "wrong" | "absent";
}

export interface Packet extends Addressee {
  readonly blocks: readonly DecodedBlock[];
}

/** One packet, from its NULs or SOH to EOT, of either direction; null for anything else. */
export function decodePacket(bytes: Uint8Array): Packet | null {
  if (bytes.length > packetBytesMax) return null;
  const soh = bytes.indexOf(control.soh);
  const head = text(bytes.subarray(soh + 1, soh + 4));
  const whole =
    soh >= 0 && bytes.subarray(0, soh).every((byte) => byte === control.nul) && bytes.at(-1) === control.eot;
  if (!whole || !/^.[0-9A-F?]{2}$/s.test(head) || bytes[soh + 4] !== control.stx) return null;
  const blocks: DecodedBlock[] = [];
  for (let at = soh + 4; at < bytes.length - 1; ) {
    const next = bytes.findIndex((byte, index) => index > at && (byte === control.stx || byte === control.eot));
    const made = bytes[at] === control.stx ? decodeBlock(bytes.subarray(at + 1, next)) : null;
    if (!made) return null;
    blocks.push(made);
    at = next;
  }
  const address = head.slice(1);
  return {
    type: head.slice(0, 1),
    address: address.includes("?") ? (address as Wildcard) : Number.parseInt(address, 16),
    blocks,
  };
}

/** What lies between an STX and the next one, or EOT. */
function decodeBlock(bytes: Uint8Array): DecodedBlock | null {
  const etx = bytes.indexOf(control.etx);
  const body = etx < 0 ? bytes : bytes.subarray(0, etx);
  const sum = etx < 0 ? "" : text(bytes.subarray(etx + 1));
  if (body.length === 0 || body.some((byte) => byte <= control.eot) || !/^([0-9A-F]{4})?$/.test(sum)) return null;
  const checksum = sum === "" ? "absent" : sum === checksumOf(body) ? "right" : "wrong";
  return { command: text(body.subarray(0, 1)), data: text(body.subarray(1)), checksum };
}

/** The longest: a picture of the most dots, with its frame. */
export const packetBytesMax = 16_384;

const ascii = (words: string): number[] => Array.from(words, (character) => character.charCodeAt(0));
const text = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const two = (value: number): string => String(value).padStart(2, "0");

function addressOf({ address }: Addressee): string {
  if (typeof address === "number") return hex(address, 2);
  if (!/^[0-9A-F?]{2}$/.test(address)) throw new RangeError(`两位十六进制或问号 / two hex digits or ?: ${address}`);
  return address;
}

function hex(value: number, digits: number): string {
  if (!Number.isInteger(value) || value < 0 || value >= 16 ** digits)
    throw new RangeError(`${digits} 位十六进制放不下 / does not fit ${digits} hex digits: ${value}`);
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
