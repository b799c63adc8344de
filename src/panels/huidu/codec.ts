/**
 * Huidu's full-colour SDK 2.0 over TCP in bytes: `length u16` (of the whole packet), `command u16`, payload, all little-endian,
 * without a checksum. From the vendor's C# demo (huidutech/sdk) and the frames of node-huidu-sdk and huidu-led.
 */

export const commands = {
  heartbeat: 0x005f,
  heartbeatAnswer: 0x0060,
  search: 0x1001,
  searchAnswer: 0x1002,
  error: 0x2000,
  version: 0x2001,
  versionAnswer: 0x2002,
  xml: 0x2003,
  xmlAnswer: 0x2004,
  fileStart: 0x8001,
  fileStartAnswer: 0x8002,
  fileContent: 0x8003,
  fileContentAnswer: 0x8004,
  fileEnd: 0x8005,
  fileEndAnswer: 0x8006,
} as const;

/** The vendor's maximum, header included; and where public clients cut XML and files. */
export const packetBytesMax = 9216;
export const chunkBytes = 8000;
export const headBytes = 4;
/** Of XML packets: total length and offset, u32 each. */
export const xmlHeadBytes = 8;
/** What public clients say that they speak; cards answer with theirs. */
export const transportVersion = 0x0100_0005;

export const fileTypes = { image: 0, video: 1, font: 2, firmware: 3, fpga: 4, settings: 5 } as const;

export function encodePacket(command: number, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const length = headBytes + payload.length;
  if (length > packetBytesMax)
    throw new RangeError(`包最长 ${packetBytesMax} 字节 / a packet is at most ${packetBytesMax} bytes: ${length}`);
  const packet = new Uint8Array(length);
  const view = new DataView(packet.buffer);
  view.setUint16(0, length, true);
  view.setUint16(2, command, true);
  packet.set(payload, headBytes);
  return packet;
}

/** `version`: u32 (vector hd2-go-version). */
export function encodeVersion(version = transportVersion): Uint8Array {
  const payload = new Uint8Array(4);
  new DataView(payload.buffer).setUint32(0, version, true);
  return encodePacket(commands.version, payload);
}

/** The card's own: version u32 and status u16 (vector hd2-version-answer). */
export function encodeVersionAnswer(version: number, status = 0): Uint8Array {
  const payload = new Uint8Array(6);
  const view = new DataView(payload.buffer);
  view.setUint32(0, version, true);
  view.setUint16(4, status, true);
  return encodePacket(commands.versionAnswer, payload);
}

/** That it would not do something: code u16. */
export const encodeError = (code: number): Uint8Array => encodePacket(commands.error, u16(code));

/** What became of a file, status u16; `existing`: bytes that are there already, u64, where its beginning is answered. */
export function encodeFileAnswer(command: number, status: number, existing: number | null = null): Uint8Array {
  return encodePacket(command, existing === null ? u16(status) : Uint8Array.of(...u16(status), ...u64(existing)));
}

const u16 = (value: number) => Uint8Array.of(value & 0xff, value >> 8);
function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, value % 2 ** 32, true);
  view.setUint32(4, Math.floor(value / 2 ** 32), true);
  return bytes;
}

/** One packet for each part of the XML's UTF-8: total length u32, offset u32, bytes (vectors hd2-sdk-*). */
export function encodeXml(xml: string, command: number = commands.xml, cut = chunkBytes): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(xml);
  const packets: Uint8Array[] = [];
  for (let offset = 0; offset === 0 || offset < bytes.length; offset += cut) {
    const part = bytes.subarray(offset, offset + cut);
    const payload = new Uint8Array(xmlHeadBytes + part.length);
    const view = new DataView(payload.buffer);
    view.setUint32(0, bytes.length, true);
    view.setUint32(4, offset, true);
    payload.set(part, xmlHeadBytes);
    packets.push(encodePacket(command, payload));
  }
  return packets;
}

export interface FileStart {
  /** 32 lower-case hex digits. */
  readonly md5: string;
  readonly size: number;
  readonly type: number;
  readonly name: string;
}

/** MD5 and NUL, size u64, type u16, name and NUL from byte 47 on (vectors hd2-file-start-ask, hd2-go-filestart). */
export function encodeFileStart({ md5, size, type, name }: FileStart): Uint8Array {
  if (!/^[0-9a-f]{32}$/.test(md5) || !Number.isSafeInteger(size) || size < 0)
    throw new RangeError(`MD5 或长度不对 / no MD5, or no size: ${md5} ${size}`);
  const named = new TextEncoder().encode(`${name}\0`);
  const payload = new Uint8Array(43 + named.length);
  const view = new DataView(payload.buffer);
  payload.set(new TextEncoder().encode(`${md5}\0`));
  payload.set(u64(size), 33);
  view.setUint16(41, type, true);
  payload.set(named, 43);
  return encodePacket(commands.fileStart, payload);
}

export function encodeFileContent(data: Uint8Array, cut = chunkBytes): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += cut)
    packets.push(encodePacket(commands.fileContent, data.subarray(at, at + cut)));
  return packets;
}

/** Broadcast to UDP 10001: no length, but the version and the command (vector hd2-udp-search-ask). */
export function encodeSearch(version = transportVersion): Uint8Array {
  const packet = new Uint8Array(6);
  const view = new DataView(packet.buffer);
  view.setUint32(0, version, true);
  view.setUint16(4, commands.search, true);
  return packet;
}

export interface SearchAnswer {
  readonly version: number;
  /** At most 15 characters of ASCII. */
  readonly id: string;
  /** Counts what was changed on the card. */
  readonly changes: number;
}

/** A card's answer to it: version, command, 15 characters of the card's id, and the counter u32; null for anything else. */
export function decodeSearchAnswer(packet: Uint8Array): SearchAnswer | null {
  if (packet.length !== 25) return null;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  if (view.getUint16(4, true) !== commands.searchAnswer) return null;
  const id = String.fromCharCode(...packet.subarray(6, 21)).replace(/\0.*$/s, "");
  return { version: view.getUint32(0, true), id, changes: view.getUint32(21, true) };
}

/** A method to one card of those that hear a broadcast: version, command, its id of 15 characters, XML. */
export function encodeSearchXml(id: string, xml: string, version = transportVersion): Uint8Array {
  const head = new Uint8Array(21);
  const view = new DataView(head.buffer);
  view.setUint32(0, version, true);
  view.setUint16(4, commands.xml, true);
  head.set(new TextEncoder().encode(id).subarray(0, 15), 6);
  return Buffer.concat([head, new TextEncoder().encode(xml)]);
}

/** A whole packet of either direction, in what its command has; null where it is none. */
export type Decoded =
  | { readonly command: number; readonly kind: "plain" }
  | { readonly command: number; readonly kind: "version"; readonly version: number; readonly status: number }
  | { readonly command: number; readonly kind: "error"; readonly code: number }
  | {
      readonly command: number;
      readonly kind: "xml";
      readonly total: number;
      readonly offset: number;
      readonly part: Uint8Array;
    }
  | { readonly command: number; readonly kind: "file-start"; readonly file: FileStart }
  /** `existing`: bytes that the card has already; null: it does not say. */
  | { readonly command: number; readonly kind: "file"; readonly status: number; readonly existing: number | null }
  | { readonly command: number; readonly kind: "content"; readonly data: Uint8Array };

export function decodePacket(packet: Uint8Array): Decoded | null {
  if (packet.length < headBytes) return null;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  if (view.getUint16(0, true) !== packet.length) return null;
  const command = view.getUint16(2, true);
  const has = packet.length - headBytes;
  switch (command) {
    case commands.heartbeat:
    case commands.heartbeatAnswer:
    case commands.fileEnd:
      return has === 0 ? { command, kind: "plain" } : null;
    case commands.version:
    case commands.versionAnswer: {
      const status = has >= 6 ? view.getUint16(8, true) : 0;
      return has === 4 || has === 6 ? { command, kind: "version", version: view.getUint32(4, true), status } : null;
    }
    case commands.error:
      return has === 2 ? { command, kind: "error", code: view.getUint16(4, true) } : null;
    case commands.xml:
    case commands.xmlAnswer: {
      if (has < xmlHeadBytes) return null;
      const [total, offset] = [view.getUint32(4, true), view.getUint32(8, true)];
      const part = packet.subarray(headBytes + xmlHeadBytes);
      return offset + part.length <= total ? { command, kind: "xml", total, offset, part } : null;
    }
    case commands.fileStart: {
      const name = packet.subarray(47);
      if (has < 44 || name.indexOf(0) !== name.length - 1) return null;
      const md5 = String.fromCharCode(...packet.subarray(4, 36));
      const size = view.getUint32(37, true) + view.getUint32(41, true) * 2 ** 32;
      const words = new TextDecoder().decode(name.subarray(0, -1));
      return { command, kind: "file-start", file: { md5, size, type: view.getUint16(45, true), name: words } };
    }
    case commands.fileContent:
      return { command, kind: "content", data: packet.subarray(headBytes) };
    case commands.fileStartAnswer:
    case commands.fileContentAnswer:
    case commands.fileEndAnswer: {
      if (has !== 2 && has !== 10) return null;
      const existing = has === 10 ? view.getUint32(6, true) + view.getUint32(10, true) * 2 ** 32 : null;
      return { command, kind: "file", status: view.getUint16(4, true), existing };
    }
    default:
      return null;
  }
}
