/**
 * DDP (3waylabs Distributed Display Protocol, page of 2022-09-05): packets out and in. Big-endian.
 * 0 flags, 1 sequence, 2 data type, 3 id, 4-7 offset in bytes, 8-9 length, with T 10-13 timecode, data.
 */

export const ddpPort = 4048;
/** Of data in one packet, by convention of all who speak it: 480 lamps of three colours, 360 of four. */
export const ddpDataMax = 1440;

/** Beside version 1, which every packet has. */
export const flags = { timecode: 0x10, storage: 0x08, reply: 0x04, query: 0x02, push: 0x01 } as const;
/** C R TTT SSS, eight bits a colour. Receivers take 0x00 and 0x01, of older senders, for `rgb`. */
export const types = { rgb: 0x0b, rgbw: 0x1b } as const;
export const ids = { display: 1, control: 246, config: 250, status: 251, all: 255 } as const;

const version1 = 0x40;
const headBytes = 10;

export interface DdpPacket {
  /** Of `flags`; `timecode` goes by itself. */
  readonly flags: number;
  /** 1-15 in turn; 0: not counted. */
  readonly sequence: number;
  readonly type: number;
  readonly id: number;
  /** Of the first byte of `data` within the picture. */
  readonly offset: number;
  /** The middle 32 bits of NTP's: units of 2^-16 s. null: none. */
  readonly timecode: number | null;
  readonly data: Uint8Array;
}

/** RangeError: an offset, a length or a time code that its field has no room for. */
export function encodeDdp(packet: DdpPacket): Uint8Array {
  const { timecode, data } = packet;
  within(data.length, 0xffff, "bytes of data");
  within(packet.offset, 0xffff_ffff, "offset");
  within(timecode ?? 0, 0xffff_ffff, "time code");
  const head = headBytes + (timecode === null ? 0 : 4);
  const bytes = new Uint8Array(head + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version1 | (packet.flags & 0x0f) | (timecode === null ? 0 : flags.timecode));
  view.setUint8(1, packet.sequence & 0x0f);
  view.setUint8(2, packet.type);
  view.setUint8(3, packet.id);
  view.setUint32(4, packet.offset);
  view.setUint16(8, data.length);
  if (timecode !== null) view.setUint32(10, timecode);
  bytes.set(data, head);
  return bytes;
}

function within(value: number, most: number, what: string): void {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new RangeError(`DDP: ${value} ${what}: from 0 to ${most}`);
}

/** null: no DDP of version 1, or shorter than it says. What comes after its own length is left out. */
export function decodeDdp(datagram: Uint8Array): DdpPacket | null {
  if (datagram.length < headBytes) return null;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const first = view.getUint8(0);
  const head = headBytes + (first & flags.timecode ? 4 : 0);
  const length = view.getUint16(8);
  if (first >> 6 !== 1 || datagram.length < head + length) return null;
  return {
    flags: first & 0x0f,
    sequence: view.getUint8(1) & 0x0f,
    type: view.getUint8(2),
    id: view.getUint8(3),
    offset: view.getUint32(4),
    timecode: first & flags.timecode ? view.getUint32(10) : null,
    data: datagram.slice(head, head + length),
  };
}

/**
 * A picture in packets, `sequence` being that of the packet before. The last one has PUSH, whatever its length: a sender
 * that forgets it where it is full never lights 480 lamps.
 */
export function ddpPackets(
  data: Uint8Array,
  sequence: number,
  type: number = types.rgb,
): { readonly packets: readonly Uint8Array[]; readonly sequence: number } {
  const packets: Uint8Array[] = [];
  let last = sequence;
  for (let offset = 0; offset === 0 || offset < data.length; offset += ddpDataMax) {
    const part = data.subarray(offset, offset + ddpDataMax);
    last = (last % 15) + 1;
    const push = offset + part.length >= data.length ? flags.push : 0;
    packets.push(encodeDdp({ flags: push, sequence: last, type, id: ids.display, offset, timecode: null, data: part }));
  }
  return { packets, sequence: last };
}
