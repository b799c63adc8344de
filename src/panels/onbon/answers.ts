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

export const isAck = ({ group, command, error }: Answer) => group === ackGroup && command === 0x00 && error === 0;

export function isRefusal({ group, command, error, status }: Answer): boolean {
  return (group === ackGroup && (command !== 0x00 || error !== 0)) || (group !== ackGroup && (status & 1) !== 0);
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
  const firmware = [...data.subarray(2, 10)].filter((byte) => byte >= 0x20 && byte < 0x7f);
  return {
    device: [data[0] ?? 0, data[1] ?? 0],
    firmware: String.fromCharCode(...firmware),
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
}

/** A2 8F: on, timing, brightness mode, brightness, programmes 2, the one that is on 4, two locks, and more. */
export function parseStatus({ data }: Answer): CardStatus | null {
  if (data.length < 12) return null;
  return {
    on: ((data[0] ?? 0) & 1) === 1,
    brightnessMode: data[2] ?? 0,
    brightness: data[3] ?? 0,
    programmes: (data[4] ?? 0) + ((data[5] ?? 0) << 8),
    screenLocked: ((data[10] ?? 0) & 1) === 1,
    programmesLocked: ((data[11] ?? 0) & 1) === 1,
  };
}
