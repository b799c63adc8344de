/**
 * Art-Net 4: the packets of a sender of levels, out and in. Layouts from the note on E1.31 and Art-Net, held to frames of
 * dmxnet, artnet and Debian's OLA. Art-Net is designed by and copyright Artistic Licence.
 */
import { slotsPerUniverse } from "../cards/universes.ts";

export const artnetPort = 6454;
export const lastPortAddress = 32_767;

const identifier = [0x41, 0x72, 0x74, 0x2d, 0x4e, 0x65, 0x74, 0];
const version = 14;
const headBytes = 12;
const dmxHead = 18;
export const opcodes = { poll: 0x2000, pollReply: 0x2100, dmx: 0x5000, sync: 0x5200 } as const;

export interface ArtDmx {
  readonly kind: "dmx";
  /** 1-255 in turn; 0: not counted. */
  readonly sequence: number;
  /** The sender's own port, for people. */
  readonly physical: number;
  /** 0-32767: net, sub-net and universe in one. */
  readonly portAddress: number;
  /** At most 512; an odd one gets a zero after it, since lengths are even. */
  readonly slots: Uint8Array;
}

export type ArtnetPacket =
  | ArtDmx
  | { readonly kind: "sync" }
  /** Whoever hears it says who he is. `flags`: TalkToMe. */
  | { readonly kind: "poll"; readonly flags: number; readonly priority: number }
  /** Who a node says that it is; read, and never sent: we are no node. */
  | { readonly kind: "poll-reply"; readonly address: string; readonly shortName: string; readonly longName: string };

/** RangeError: a port-address or a count that the protocol has not. */
export function encodeArtnet(packet: Exclude<ArtnetPacket, { kind: "poll-reply" }>): Uint8Array {
  switch (packet.kind) {
    case "dmx": {
      const { slots, portAddress } = packet;
      within(slots.length, 1, slotsPerUniverse, "slots");
      within(portAddress, 0, lastPortAddress, "port-address");
      const length = slots.length + (slots.length % 2);
      const { bytes, view } = headed(opcodes.dmx, dmxHead + length);
      view.setUint8(12, packet.sequence);
      view.setUint8(13, packet.physical);
      view.setUint8(14, portAddress & 0xff);
      view.setUint8(15, portAddress >> 8);
      view.setUint16(16, length);
      bytes.set(slots, dmxHead);
      return bytes;
    }
    case "sync":
      return headed(opcodes.sync, 14).bytes;
    case "poll": {
      const { bytes, view } = headed(opcodes.poll, 14);
      view.setUint8(12, packet.flags);
      view.setUint8(13, packet.priority);
      return bytes;
    }
  }
}

/** null: not one of these, or damaged. */
export function decodeArtnet(datagram: Uint8Array): ArtnetPacket | null {
  if (datagram.length < headBytes || identifier.some((byte, at) => datagram[at] !== byte)) return null;
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const opcode = view.getUint16(8, true);
  // A reply has its sender's address where the others have the version.
  if (opcode === opcodes.pollReply) {
    if (datagram.length < 108) return null;
    const address = [...datagram.subarray(10, 14)].join(".");
    return { kind: "poll-reply", address, shortName: text(datagram, 26, 18), longName: text(datagram, 44, 64) };
  }
  if (view.getUint16(10) < version || datagram.length < 14) return null;
  if (opcode === opcodes.sync) return { kind: "sync" };
  if (opcode === opcodes.poll) return { kind: "poll", flags: view.getUint8(12), priority: view.getUint8(13) };
  if (opcode !== opcodes.dmx || datagram.length < dmxHead) return null;
  const length = view.getUint16(16);
  if (length < 1 || length > slotsPerUniverse || dmxHead + length > datagram.length) return null;
  return {
    kind: "dmx",
    sequence: view.getUint8(12),
    physical: view.getUint8(13),
    portAddress: ((view.getUint8(15) & 0x7f) << 8) | view.getUint8(14),
    slots: datagram.slice(dmxHead, dmxHead + length),
  };
}

function headed(opcode: number, size: number) {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(identifier);
  view.setUint16(8, opcode, true);
  view.setUint16(10, version);
  return { bytes, view };
}

function text(datagram: Uint8Array, at: number, most: number): string {
  const field = datagram.subarray(at, at + most);
  const end = field.indexOf(0);
  return new TextDecoder("latin1").decode(end < 0 ? field : field.subarray(0, end));
}

function within(value: number, least: number, most: number, what: string): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`Art-Net: ${value} ${what}: from ${least} to ${most}`);
}
