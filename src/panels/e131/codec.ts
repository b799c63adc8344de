/**
 * E1.31 (streaming ACN): packets out and in. Layouts from the note on E1.31 and Art-Net, held to frames of Debian's OLA.
 * Big-endian; offsets are of the whole datagram.
 */
import { slotsPerUniverse } from "../cards/universes.ts";

export const e131Port = 5568;
export const lastUniverse = 63_999;
const highestPriority = 200;
/** The universe under whose group senders tell what they send. */
export const discoveryUniverse = 64_214;

export const options = { preview: 0x80, terminated: 0x40, forceSync: 0x20 } as const;

const identifier = [0x41, 0x53, 0x43, 0x2d, 0x45, 0x31, 0x2e, 0x31, 0x37, 0, 0, 0];
const vectors = { root: 4, rootExtended: 8, data: 2, sync: 1, discovery: 2, universes: 1, dmp: 2 } as const;
const nameBytes = 64;
const dataHead = 126;
const syncBytes = 49;
const discoveryHead = 120;
export const universesPerPage = 512;

interface Sender {
  /** 16 bytes that no other sender has. */
  readonly cid: Uint8Array;
}

export interface DataPacket extends Sender {
  readonly kind: "data";
  /** For people; at most 63 bytes of UTF-8 are sent. */
  readonly source: string;
  /** 0-200. */
  readonly priority: number;
  /** The universe whose sync packet says when; 0: at once. */
  readonly sync: number;
  readonly sequence: number;
  readonly options: number;
  readonly universe: number;
  /** 0: levels; 0xDD: priorities of each slot. */
  readonly startCode: number;
  /** At most 512; fewer make a shorter packet, as OLA sends it. */
  readonly slots: Uint8Array;
}

export interface SyncPacket extends Sender {
  readonly kind: "sync";
  readonly sequence: number;
  readonly sync: number;
}

export interface DiscoveryPacket extends Sender {
  readonly kind: "discovery";
  readonly source: string;
  readonly page: number;
  readonly lastPage: number;
  /** At most 512, rising. */
  readonly universes: readonly number[];
}

export type E131Packet = DataPacket | SyncPacket | DiscoveryPacket;

/** The group of a universe. */
export function groupOf(universe: number): string {
  return `239.255.${(universe >> 8) & 0xff}.${universe & 0xff}`;
}

/** RangeError: a universe, a count or a CID that the protocol has not. */
export function encodeE131(packet: E131Packet): Uint8Array {
  switch (packet.kind) {
    case "data": {
      within(packet.slots.length, 0, slotsPerUniverse, "slots");
      within(packet.universe, 1, lastUniverse, "universe");
      within(packet.sync, 0, lastUniverse, "sync universe");
      within(packet.priority, 0, highestPriority, "priority");
      const { bytes, view } = framed(dataHead + packet.slots.length, vectors.root, vectors.data, packet.cid);
      bytes.set(named(packet.source), 44);
      view.setUint8(108, packet.priority);
      view.setUint16(109, packet.sync);
      view.setUint8(111, packet.sequence);
      view.setUint8(112, packet.options);
      view.setUint16(113, packet.universe);
      view.setUint16(115, lengthFrom(115, bytes));
      view.setUint8(117, vectors.dmp);
      // Address and data type: 16 bits, relative, no range; first address 0, step 1.
      view.setUint8(118, 0xa1);
      view.setUint16(121, 1);
      view.setUint16(123, packet.slots.length + 1);
      view.setUint8(125, packet.startCode);
      bytes.set(packet.slots, dataHead);
      return bytes;
    }
    case "sync": {
      within(packet.sync, 1, lastUniverse, "sync universe");
      const { bytes, view } = framed(syncBytes, vectors.rootExtended, vectors.sync, packet.cid);
      view.setUint8(44, packet.sequence);
      view.setUint16(45, packet.sync);
      return bytes;
    }
    case "discovery": {
      within(packet.universes.length, 0, universesPerPage, "universes");
      const size = discoveryHead + packet.universes.length * 2;
      const { bytes, view } = framed(size, vectors.rootExtended, vectors.discovery, packet.cid);
      bytes.set(named(packet.source), 44);
      view.setUint16(112, lengthFrom(112, bytes));
      view.setUint32(114, vectors.universes);
      view.setUint8(118, packet.page);
      view.setUint8(119, packet.lastPage);
      for (const [at, universe] of packet.universes.entries()) view.setUint16(discoveryHead + at * 2, universe);
      return bytes;
    }
  }
}

/** null: none of E1.31, damaged, or of a universe or priority that it has not. What comes after its own length is left out. */
export function decodeE131(datagram: Uint8Array): E131Packet | null {
  if (datagram.length < syncBytes) return null;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  if (view.getUint16(0) !== 0x0010 || view.getUint16(2) !== 0) return null;
  if (identifier.some((byte, at) => datagram[4 + at] !== byte)) return null;
  const size = 16 + (view.getUint16(16) & 0xfff);
  if (view.getUint16(16) >> 12 !== 7 || size > datagram.length) return null;
  if (!nests(view, 38, size)) return null;
  const cid = datagram.slice(22, 38);
  const [root, framing] = [view.getUint32(18), view.getUint32(40)];
  if (root === vectors.root && framing === vectors.data) {
    if (size < dataHead || !nests(view, 115, size) || view.getUint8(117) !== vectors.dmp) return null;
    if (view.getUint8(118) !== 0xa1 || view.getUint16(119) !== 0 || view.getUint16(121) !== 1) return null;
    const count = view.getUint16(123) - 1;
    if (count < 0 || count > slotsPerUniverse || dataHead + count > size) return null;
    const [priority, sync, universe] = [view.getUint8(108), view.getUint16(109), view.getUint16(113)];
    if (priority > highestPriority || sync > lastUniverse || !isUniverse(universe)) return null;
    return {
      kind: "data",
      cid,
      source: nameIn(datagram),
      priority,
      sync,
      sequence: view.getUint8(111),
      options: view.getUint8(112),
      universe,
      startCode: view.getUint8(125),
      slots: datagram.slice(dataHead, dataHead + count),
    };
  }
  if (root !== vectors.rootExtended) return null;
  if (framing === vectors.sync) {
    const sync = view.getUint16(45);
    return size < syncBytes || !isUniverse(sync) ? null : { kind: "sync", cid, sequence: view.getUint8(44), sync };
  }
  if (framing !== vectors.discovery || size < discoveryHead || !nests(view, 112, size)) return null;
  if (view.getUint32(114) !== vectors.universes) return null;
  const universes: number[] = [];
  for (let at = discoveryHead; at + 2 <= size && universes.length < universesPerPage; at += 2)
    universes.push(view.getUint16(at));
  const [page, lastPage] = [view.getUint8(118), view.getUint8(119)];
  return { kind: "discovery", cid, source: nameIn(datagram), page, lastPage, universes };
}

/** Preamble, root layer and the head of the framing layer. */
function framed(size: number, root: number, framing: number, cid: Uint8Array) {
  within(cid.length, 16, 16, "bytes of a CID");
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x0010);
  bytes.set(identifier, 4);
  view.setUint16(16, lengthFrom(16, bytes));
  view.setUint32(18, root);
  bytes.set(cid, 22);
  view.setUint16(38, lengthFrom(38, bytes));
  view.setUint32(40, framing);
  return { bytes, view };
}

const isUniverse = (universe: number) => universe >= 1 && universe <= lastUniverse;

/** Flags 7, and how much there is from `at` to the end. */
const lengthFrom = (at: number, { length }: Uint8Array) => 0x7000 | (length - at);

/** A layer that begins at `at` lies within the packet. */
function nests(view: DataView, at: number, size: number): boolean {
  if (at + 2 > size) return false;
  const word = view.getUint16(at);
  return word >> 12 === 7 && at + (word & 0xfff) <= size;
}

/** Whole characters, and a zero after the last. */
function named(source: string): Uint8Array {
  const name = new Uint8Array(nameBytes);
  new TextEncoder().encodeInto(source, name.subarray(0, nameBytes - 1));
  return name;
}

function nameIn(datagram: Uint8Array): string {
  const name = datagram.subarray(44, 44 + nameBytes);
  const end = name.indexOf(0);
  return new TextDecoder().decode(end < 0 ? name : name.subarray(0, end));
}

function within(value: number, least: number, most: number, what: string): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`E1.31: ${value} ${what}: from ${least} to ${most}`);
}
