/**
 * Adalight and TPM2 on a serial line, TPM2.NET over UDP: frames out and in, by the note on Adalight and TPM2, for which
 * WLED's own parser was compiled and watched. Three bytes a lamp.
 */

export const tpm2netPort = 65_506;
export const adalightLampsMax = 65_536;
export const tpm2BytesMax = 65_535;
/** Of a TPM2.NET packet: 480 lamps. */
export const tpm2netDataMax = 1440;

const ada = [0x41, 0x64, 0x61] as const;
const [tpm2Start, tpm2netStart, tpm2End] = [0xc9, 0x9c, 0x36];
export const tpm2Types = { data: 0xda, command: 0xc0, answer: 0xaa } as const;

/** "Ada", one less than the lamps (high, low), their check, the lamps. RangeError: none, or too many. */
export function encodeAdalight(pixels: Uint8Array): Uint8Array {
  const lamps = pixels.length / 3;
  if (!Number.isInteger(lamps) || lamps < 1 || lamps > adalightLampsMax)
    throw new RangeError(`Adalight: ${lamps} lamps: from 1 to ${adalightLampsMax}`);
  const [high, low] = [(lamps - 1) >> 8, (lamps - 1) & 0xff];
  const bytes = new Uint8Array(6 + pixels.length);
  bytes.set([...ada, high, low, high ^ low ^ 0x55]);
  bytes.set(pixels, 6);
  return bytes;
}

/** The lamps of one whole frame; null: it is none, or its check is wrong. */
export function decodeAdalight(bytes: Uint8Array): Uint8Array | null {
  const [, , , high = 0, low = 0, check] = bytes;
  if (ada.some((byte, at) => bytes[at] !== byte) || check !== (high ^ low ^ 0x55)) return null;
  const length = (high * 256 + low + 1) * 3;
  return bytes.length < 6 + length ? null : bytes.slice(6, 6 + length);
}

export interface Tpm2Frame {
  /** Of `tpm2Types`. */
  readonly type: number;
  readonly data: Uint8Array;
}

/** Start, type, length (high, low), data, end. RangeError: too long. */
export function encodeTpm2({ type, data }: Tpm2Frame): Uint8Array {
  return enclosed([tpm2Start, type, ...lengthOf(data)], data);
}

/** One whole frame; null: it is none. The ping, `C9 AA`, has no length and no end. */
export function decodeTpm2(bytes: Uint8Array): Tpm2Frame | null {
  const [start, type = 0, high = 0, low = 0] = bytes;
  if (start !== tpm2Start || bytes.length < 2) return null;
  if (type === tpm2Types.answer && bytes.length === 2) return { type, data: new Uint8Array(0) };
  const length = high * 256 + low;
  if (bytes.length < 5 + length || bytes[4 + length] !== tpm2End) return null;
  return { type, data: bytes.slice(4, 4 + length) };
}

export const tpm2Ping = Uint8Array.of(tpm2Start, tpm2Types.answer);
export const tpm2netPoll = Uint8Array.of(tpm2netStart, tpm2Types.answer);

/**
 * Lamps as they are, and dark ones after them (170 at most) until WLED counts right: it takes 256 x high / 3 + low / 3, each
 * rounded down, and so loses one of 86; what is left over it takes for commands, of which some change the line's speed.
 */
export function paddedForWled(pixels: Uint8Array): Uint8Array {
  let length = pixels.length;
  while ((((length >> 8) * 256) % 3) + ((length & 0xff) % 3) >= 3) length += 3;
  if (length === pixels.length) return pixels;
  const padded = new Uint8Array(length);
  padded.set(pixels);
  return padded;
}

export interface Tpm2NetPacket extends Tpm2Frame {
  /** From 1. */
  readonly number: number;
  readonly packets: number;
}

/** `9C`, type, length (high, low), number, packets, data, end. RangeError: too long, or none of so many. */
export function encodeTpm2net({ type, data, number, packets }: Tpm2NetPacket): Uint8Array {
  if (!isOneOf(number, packets)) throw new RangeError(`TPM2.NET: packet ${number} of ${packets}: from 1 to 255`);
  return enclosed([tpm2netStart, type, ...lengthOf(data), number, packets], data);
}

const isOneOf = (number: number, packets: number) => number >= 1 && number <= packets && packets <= 255;

/** null: none, shorter than it says, or none of so many. */
export function decodeTpm2net(bytes: Uint8Array): Tpm2NetPacket | null {
  const [start, type = 0, high = 0, low = 0, number = 0, packets = 0] = bytes;
  const length = high * 256 + low;
  if (start !== tpm2netStart || bytes.length < 7 + length || bytes[6 + length] !== tpm2End) return null;
  if (!isOneOf(number, packets)) return null;
  return { type, number, packets, data: bytes.slice(6, 6 + length) };
}

/**
 * A picture in packets of one size, as WLED takes them to be, with dark lamps after the last where it does not come out
 * even. RangeError: more than 255 packets.
 */
export function tpm2netPackets(pixels: Uint8Array): readonly Uint8Array[] {
  const lamps = pixels.length / 3;
  const packets = Math.max(1, Math.ceil(pixels.length / tpm2netDataMax));
  if (packets > 255) throw new RangeError(`TPM2.NET: ${lamps} lamps: at most ${(255 * tpm2netDataMax) / 3}`);
  const size = Math.ceil(lamps / packets) * 3;
  return Array.from({ length: packets }, (_, at) => {
    const data = new Uint8Array(size);
    data.set(pixels.subarray(at * size, (at + 1) * size));
    return encodeTpm2net({ type: tpm2Types.data, data, number: at + 1, packets });
  });
}

function lengthOf({ length }: Uint8Array): readonly [high: number, low: number] {
  if (length > tpm2BytesMax) throw new RangeError(`TPM2: ${length} bytes: at most ${tpm2BytesMax}`);
  return [length >> 8, length & 0xff];
}

function enclosed(head: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + data.length + 1);
  bytes.set(head);
  bytes.set(data, head.length);
  bytes[bytes.length - 1] = tpm2End;
  return bytes;
}

/** Single bytes with which WLED, between two frames, changes the speed of its line, bits a second. */
export const wledSpeeds: ReadonlyMap<number, number> = new Map([
  [115_200, 0xb0],
  [230_400, 0xb1],
  [460_800, 0xb2],
  [500_000, 0xb3],
  [576_000, 0xb4],
  [921_600, 0xb5],
  [1_000_000, 0xb6],
  [1_500_000, 0xb7],
]);

/** What WLED says before it changes the speed of its line. */
export const speedChanged = /Baud is now (\d{4,7})\r?\n/g;
