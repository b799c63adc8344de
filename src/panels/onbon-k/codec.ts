/**
 * Frames and commands of Onbon's BX-K font cards (protocol note "onbon-bxk"; vectors onbon-bxk.json): marks and escapes as of
 * BX-5, a header of 14 bytes, data, one check over both. Numbers are little-endian.
 */
import { civil, type Instant } from "../../message/index.ts";
import { crc16 } from "../onbon/checks.ts";
import { bcd, bcdYear, u16, u32 } from "../onbon/commands.ts";
import { escaped } from "../onbon/frame.ts";

const headBytes = 14;
const version = 2;
export const anyDevice = 0xfe;
export const ourAddress = 0x8000;
/** A check of the whole frame; or the sum of its bytes, in as many bytes; or two bytes that say nothing. */
export const checkModes = { crc16: 0, sum: 1, none: 2 } as const;

/** Device types: pixels or bytes of eight dots are meant by an area's x and width. */
export const devices = {
  "5K1": { type: 0x51, unit: 8 },
  "5K2": { type: 0x58, unit: 8 },
  "5MK1": { type: 0x54, unit: 8 },
  "5MK2": { type: 0x53, unit: 8 },
  "6K1": { type: 0x61, unit: 1 },
  "6K2": { type: 0x62, unit: 1 },
  "6K3": { type: 0x63, unit: 1 },
  "6K1-YY": { type: 0x64, unit: 1 },
  "6K2-YY": { type: 0x65, unit: 1 },
  "6K3-YY": { type: 0x66, unit: 1 },
} as const;

export interface Frame {
  /** The card's number; 0xfffe: any, with an answer; 0xffff: any, without. */
  readonly to: number;
  readonly from: number;
  readonly deviceType: number;
  /** 1: areas may lie over programmes. */
  readonly displayMode: number;
  /** As `checkModes`; absent: CRC16. */
  readonly checkMode?: number;
  readonly data: Uint8Array;
}

/** One tail: such cards take no two. */
export function encodeFrame({
  to,
  from,
  deviceType,
  displayMode,
  checkMode = checkModes.crc16,
  data,
}: Frame): Uint8Array {
  if (data.length > 0xffff) throw new RangeError(`a command of ${data.length} bytes is too long`);
  const head = [...u16(to), ...u16(from), 0, 0, 0, 0, checkMode, displayMode, deviceType, version];
  const payload = new Uint8Array(headBytes + data.length + 2);
  payload.set([...head, ...u16(data.length)]);
  payload.set(data, headBytes);
  payload.set(u16(checkOf(payload, checkMode) ?? 0), payload.length - 2);
  return escaped(payload, 1);
}

/** null: its length or its check is wrong, or it has a barcode, which no answer has. The cutter of BX-5 gives payloads. */
export function decodePayload(payload: Uint8Array): Frame | null {
  if (payload.length < headBytes + 2) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const end = payload.length - 2;
  if (view.getUint16(12, true) !== end - headBytes || payload[7] !== 0) return null;
  const [mode = 0] = payload.subarray(8);
  const right = checkOf(payload, mode);
  if (mode > checkModes.none || (right !== null && right !== view.getUint16(end, true))) return null;
  const [displayMode = 0, deviceType = 0] = [payload[9], payload[10]];
  const data = payload.subarray(headBytes, end);
  const frame = { to: view.getUint16(0, true), from: view.getUint16(2, true), deviceType, displayMode, data };
  return mode === checkModes.crc16 ? frame : { ...frame, checkMode: mode };
}

/** Of all but the last two bytes; null: there is none. */
function checkOf(payload: Uint8Array, mode: number): number | null {
  const end = payload.length - 2;
  if (mode === checkModes.crc16) return crc16(payload, 0, end);
  return mode === checkModes.sum ? payload.subarray(0, end).reduce((sum, byte) => sum + byte, 0) & 0xffff : null;
}

/**
 * Group, command, answer or not, two bytes that the maker's own source leaves at 0 (older senders: the length of what
 * follows), arguments.
 */
function request(group: number, command: number, args: readonly number[], answered: boolean): Uint8Array {
  return Uint8Array.from([group, command, answered ? 1 : 2, ...args]);
}

export const ping = () => request(0xa2, 0x00, [0, 0], true);
export const readStatus = () => request(0xa1, 0x02, [0, 0], true);
export const clearScreen = () => request(0xa3, 0x10, [0, 0], true);
export const switchScreen = (on: boolean) => request(0xa3, 0x00, [0, 0, on ? 1 : 2], true);

/** Low byte of the year first; Monday is 1. */
export function setClock(at: Instant, utcOffsetMin: number): Uint8Array {
  const { Y, m, d, weekday, H, M, S } = civil(at, utcOffsetMin);
  const digits = [...bcdYear(Y), ...[m, d, H, M, S, weekday === 0 ? 7 : weekday].map(bcd)];
  return request(0xa2, 0x03, [0, 0, ...digits], true);
}

/** 1 to 16. The long form, with 48 levels of the half hours after it, is not certain (the note): no driver sends it. */
export function setBrightness(level: number, halfHours: readonly number[] = []): Uint8Array {
  const isLevel = (one: number) => Number.isInteger(one) && one >= 1 && one <= 16;
  if (![level, ...halfHours].every(isLevel) || (halfHours.length !== 0 && halfHours.length !== 48))
    throw new RangeError("a level of 1 to 16, or 48 more");
  return request(0xa3, 0x02, [0, 0, 1, level, ...halfHours], true);
}

/** 2: begins anew until `timeoutS` has passed without news of it, and is not shown then: the dead-man. */
export const runModes = { loop: 0, lastPage: 1, loopUntilTimeout: 2, loopThenLogo: 3, once: 4, times: 5 } as const;
export const displayModes = { still: 1, atOnce: 2, left: 3, right: 4, up: 5, down: 6 } as const;

export interface TextArea {
  readonly id: number;
  /** In units of the device (`devices`); y and height are dots. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lineSpace: number;
  readonly runMode: number;
  readonly timeoutS: number;
  /** Bits 1-0 across, 3-2 down: 0 first, 1 last, 2 centred. */
  readonly align: number;
  readonly singleLine: boolean;
  /** The card breaks lines where they are full; else only at `\n`. */
  readonly wraps: boolean;
  readonly displayMode: number;
  readonly exit: number;
  /** 0 to 24; larger is slower. */
  readonly speed: number;
  /** How long a page stands, half seconds. */
  readonly hold: number;
  /** What a card with a voice (-YY) says; absent: nothing. No driver sends it. */
  readonly sound?: Sound;
  /** GB2312 or GBK, with the card's own marks (`text.ts`). */
  readonly text: Uint8Array;
}

export interface Sound {
  /** Who speaks, and how often, in one byte of the card's. */
  readonly person: number;
  readonly volume: number;
  readonly speed: number;
  /** Absent: the area's own text. */
  readonly text?: Uint8Array;
}

export interface AreaChange {
  /** Everything that is there goes, and all areas begin anew. */
  readonly anew: boolean;
  readonly deleted: readonly number[] | "all";
  readonly areas: readonly TextArea[];
  readonly answered: boolean;
}

/** A3 06: areas go, and come. */
export function changeAreas({ anew, deleted, areas, answered }: AreaChange): Uint8Array {
  // As a number of them, 255 is all.
  if (deleted.length > 0xfe || areas.length > 0xff) throw new RangeError("too many areas for one command");
  const gone = deleted === "all" ? [0xff] : [deleted.length, ...deleted];
  const come = areas.flatMap((area) => {
    const bytes = areaBytes(area);
    return [...u16(bytes.length), ...bytes];
  });
  return request(0xa3, 0x06, [anew ? 1 : 0, 0, ...gone, areas.length, ...come], answered);
}

function areaBytes(area: TextArea): readonly number[] {
  const place = [area.x, area.y, area.width, area.height].flatMap(u16);
  const runs = [area.id, area.lineSpace, area.runMode, ...u16(area.timeoutS)];
  const noExtension = 0;
  const looks = [noExtension, area.align, area.singleLine ? 1 : 2, area.wraps ? 2 : 1, area.displayMode, area.exit];
  return [
    0,
    ...place,
    ...runs,
    ...soundBytes(area.sound),
    ...looks,
    area.speed,
    area.hold,
    ...u32(area.text.length),
    ...area.text,
  ];
}

function soundBytes(sound: Sound | undefined): readonly number[] {
  if (!sound) return [0];
  const { person, volume, speed, text } = sound;
  return [text ? 2 : 1, person, volume, speed, ...(text ? [...u32(text.length), ...text] : [])];
}

export interface Answer {
  readonly group: number;
  readonly command: number;
  /** As of BX-5; 0: none. */
  readonly error: number;
  readonly rest: Uint8Array;
}

/** A0 00 is yes, A0 01 no. null: not an answer. */
export function parseAnswer({ data }: Frame): Answer | null {
  const [group, command, error] = data;
  if (group === undefined || command === undefined || error === undefined) return null;
  return { group, command, error, rest: data.subarray(3) };
}
