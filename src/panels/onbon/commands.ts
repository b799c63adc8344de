/** What is asked of a BX-5 or BX-6 card, as bodies of frames (protocol note, "Body", "Commands"). Numbers are little-endian. */
import type { Instant } from "../../message/index.ts";
import { civil } from "../../message/index.ts";

export const groups = { file: 0xa1, system: 0xa2, net: 0xa4, area: 0xa7 } as const;

/** A request: whether it shall be answered, group, command, length of data (16 bits), data. */
export function request(group: number, command: number, data: Uint8Array | readonly number[] = []): Uint8Array {
  if (data.length > 0xffff) throw new RangeError(`a command of ${data.length} bytes is too long`);
  return Uint8Array.from([1, group, command, ...u16(data.length), ...data]);
}

export const ping = () => request(groups.system, 0x00);
export const reset = () => request(groups.system, 0x01);
export const readFirmware = () => request(groups.system, 0x04);
export const readStatus = () => request(groups.system, 0x0f);
export const findCards = () => request(groups.net, 0x02);
export const switchScreen = (on: boolean) => request(groups.system, 0x05, [on ? 1 : 0]);

/** Every picture stands still, or programmes may not be changed; `kept`: also after the power has been away. */
export const lockScreen = (locked: boolean, kept: boolean) => request(groups.system, 0x0d, [+kept, +locked]);
export const lockProgrammes = (locked: boolean, kept: boolean) => request(groups.system, 0x0e, [+kept, +locked]);

/** Year in two bytes, month, day, hour, minute, second, weekday (Monday 1), all of them two decimal digits a byte. */
export function setClock(at: Instant, utcOffsetMin: number): Uint8Array {
  const { Y, m, d, weekday, H, M, S } = civil(at, utcOffsetMin);
  return request(groups.system, 0x02, [...bcdYear(Y), ...[m, d, H, M, S, weekday === 0 ? 7 : weekday].map(bcd)]);
}

export const brightnessModes = { manual: 0, byClock: 1, sensor: 2, sensorTable: 3 } as const;
export const halfHours = 48;

/** `levels`: of each half hour from midnight on, 0 to 15; in manual mode all are the same. */
export function setBrightness(mode: number, levels: readonly number[]): Uint8Array {
  if (levels.length !== halfHours || !levels.every((level) => Number.isInteger(level) && level >= 0 && level <= 15))
    throw new RangeError("48 levels of 0 to 15");
  return request(groups.system, 0x07, [mode, ...levels]);
}

/** Of dynamic areas; "all": whatever is there. */
export function deleteAreas(ids: readonly number[] | "all"): Uint8Array {
  // As a number of them, 255 is all.
  if (ids.length > 0xfe) throw new RangeError("too many areas for one command");
  return request(groups.area, 0x01, ids === "all" ? [0xff] : [ids.length, ...ids]);
}

export const startFiles = () => request(groups.file, 0x08);
export const endFiles = () => request(groups.file, 0x09);
/** Files of a type that the card has; then its list in blocks, numbered from 0. */
export const startDirectory = (type: number) => request(groups.file, 0x06, [0, type]);
export const directoryBlock = (block: number) => request(groups.file, 0x07, u16(block));
export const askMemory = () => request(groups.file, 0x12);

/** Names of four letters; none: every one. */
export function deleteFiles(names: readonly string[]): Uint8Array {
  return request(groups.file, 0x01, [...u16(names.length), ...names.flatMap(nameBytes)]);
}

export interface CardFile {
  /** Four letters: "P001". */
  readonly name: string;
  readonly type: number;
  /** With its check at the end. */
  readonly bytes: Uint8Array;
}

export function announceFile({ name, type, bytes }: CardFile, overwrites = true): Uint8Array {
  return request(groups.file, 0x02, [
    ...nameBytes(name),
    type,
    ...u32(bytes.length),
    +overwrites,
    ...bytes.subarray(bytes.length - 4),
  ]);
}

/** The block at `offset`, of at most `blockBytes`; the last one says so. */
export function fileBlock({ name, bytes }: CardFile, offset: number, blockBytes: number): Uint8Array {
  const until = Math.min(offset + blockBytes, bytes.length);
  const last = until === bytes.length ? 1 : 0;
  return request(groups.file, 0x03, [...nameBytes(name), last, ...u32(offset), ...bytes.subarray(offset, until)]);
}

export const u16 = (value: number): readonly number[] => [value & 0xff, (value >> 8) & 0xff];
export const u32 = (value: number): readonly number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];

export function nameBytes(name: string): readonly number[] {
  const letters = [...name].map((letter) => letter.charCodeAt(0));
  if (letters.length !== 4 || letters.some((letter) => letter > 0x7e))
    throw new RangeError(`not a file's name: ${name}`);
  return letters;
}

/** 0 to 99 as two decimal digits. */
export const bcd = (value: number): number => (Math.floor(value / 10) % 10) * 16 + (value % 10);
export const bcdYear = (year: number): readonly number[] => [bcd(year % 100), bcd(Math.floor(year / 100))];
