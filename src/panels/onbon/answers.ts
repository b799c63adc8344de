/** What a BX-5 or BX-6 card answers (protocol note, "Body", "Commands"). */
export interface Answer {
  readonly group: number;
  readonly command: number;
  /** Bit 0: it refuses; bit 1: somebody is connected. */
  readonly status: number;
  readonly error: number;
  readonly data: Uint8Array;
}

const headBytes = 9;
const ackGroup = 0xa0;

/** null: not an answer, or cut short. */
export function parseAnswer(body: Uint8Array): Answer | null {
  if (body.length < headBytes || body[0] !== 0) return null;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const data = body.subarray(headBytes);
  if (view.getUint16(7, true) !== data.length) return null;
  const [group = 0, command = 0] = [body[1], body[2]];
  return { group, command, status: view.getUint16(3, true), error: view.getUint16(5, true), data };
}

export const isAck = (answer: Answer) => answer.group === ackGroup && !isRefusal(answer);

/** A0 01; or whatever has an error with it, or says so by its status. */
export function isRefusal({ group, command, error, status }: Answer): boolean {
  return (status & 1) !== 0 || (group === ackGroup && (command !== 0x00 || error !== 0));
}

/** The data that was asked for. */
export function isAnswerTo({ group, command }: Answer, asked: { readonly group: number; readonly command: number }) {
  return group === asked.group && command === (asked.command | 0x80);
}

export interface Card {
  readonly device: readonly [series: number, number: number];
  readonly firmware: string;
  /** false: its maker's software has not told it yet what screen it has. */
  readonly hasScreen: boolean;
  readonly address: number;
  readonly width: number;
  readonly height: number;
  /** 1 mono, 3 dual, 7 three colours, 255 full. */
  readonly colour: number;
  readonly brightness: number;
  readonly on: boolean;
}

/** A2 80: type 2, firmware 8, parameters 1, address 2, baud 1, width 2, height 2, colour 1, brightness 1, on 1, and more. */
export function parsePing({ data }: Answer): Card | null {
  if (data.length < 21) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  return {
    device: [data[0] ?? 0, data[1] ?? 0],
    firmware: lettersOf(data.subarray(2, 10)),
    hasScreen: data[10] !== 0,
    address: view.getUint16(11, true),
    width: view.getUint16(14, true),
    height: view.getUint16(16, true),
    colour: data[18] ?? 0,
    brightness: data[19] ?? 0,
    on: ((data[20] ?? 0) & 1) === 1,
  };
}

export interface CardStatus {
  readonly on: boolean;
  /** As `brightnessModes`. */
  readonly brightnessMode: number;
  readonly brightness: number;
  /** In its flash. */
  readonly programmes: number;
  readonly screenLocked: boolean;
  readonly programmesLocked: boolean;
  /** It goes on and off by a table of its own. */
  readonly timed: boolean;
  /** The one that is on, "P000"; empty: none. */
  readonly programme: string;
  readonly runMode: number;
  /** Of its clock's chip, in the card's own words. */
  readonly clockStatus: number;
  /** As it says, Monday is 1; null: it says no time. */
  readonly clock: CardClock | null;
}

export interface CardClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
}

/**
 * A2 8F: on, timing, brightness mode, brightness, programmes 2, the one that is on 4, two locks, run mode, clock's status,
 * clock 8, and sensors (vector bx5-reply-status). What an older card leaves out at the end is nothing.
 */
export function parseStatus({ data }: Answer): CardStatus | null {
  if (data.length < 12) return null;
  return {
    on: ((data[0] ?? 0) & 1) === 1,
    brightnessMode: data[2] ?? 0,
    brightness: data[3] ?? 0,
    programmes: (data[4] ?? 0) + ((data[5] ?? 0) << 8),
    screenLocked: ((data[10] ?? 0) & 1) === 1,
    programmesLocked: ((data[11] ?? 0) & 1) === 1,
    timed: ((data[1] ?? 0) & 1) === 1,
    programme: lettersOf(data.subarray(6, 10)),
    runMode: data[12] ?? 0,
    clockStatus: data[13] ?? 0,
    clock: clockOf(data.subarray(14, 22)),
  };
}

const lettersOf = (bytes: Uint8Array) => String.fromCharCode(...bytes.filter((byte) => byte >= 0x20 && byte < 0x7f));

/** Two decimal digits a byte, the year's low ones first. */
function clockOf(bytes: Uint8Array): CardClock | null {
  if (bytes.length < 8 || bytes.some((byte) => byte >> 4 > 9 || (byte & 15) > 9)) return null;
  const [low = 0, high = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, weekday = 0] = Array.from(
    bytes,
    (byte) => (byte >> 4) * 10 + (byte & 15),
  );
  return { year: high * 100 + low, month, day, hour, minute, second, weekday };
}

/** Where a card is reached. */
export interface CardNetwork {
  readonly ip: string;
  readonly mask: string;
  readonly gateway: string;
  readonly port: number;
  readonly mac: string;
  /** What a card that dials out calls itself. */
  readonly id: string;
}

/** A4 82: password 8, address 4, mask 4, gateway 4, port 2, hardware address 6, id 12 (vector bx5-reply-net-search). */
export function parseNetwork({ data }: Answer): CardNetwork | null {
  if (data.length < 40) return null;
  const dotted = (at: number) => data.subarray(at, at + 4).join(".");
  return {
    ...{ ip: dotted(8), mask: dotted(12), gateway: dotted(16) },
    port: (data[20] ?? 0) + ((data[21] ?? 0) << 8),
    mac: Buffer.from(data.subarray(22, 28)).toString("hex"),
    id: lettersOf(data.subarray(28, 40)),
  };
}
