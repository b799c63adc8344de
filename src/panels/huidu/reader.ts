/**
 * What a card says, cut out of its bytes: packets, and the XML of an answer put together from its parts. Without a checksum
 * or a mark where packets begin, a header counts that fits its command; else one byte is dropped and looked at again. A
 * length that lies makes it wait for bytes that do not come: then delivery's time-out opens a new line.
 */
import { limits } from "../../limits.ts";
import type { ReplyReader } from "../contract.ts";
import { commands, decodePacket, headBytes, packetBytesMax, xmlHeadBytes } from "./codec.ts";

/** What a card says of each length, the least and the most that it can have. */
const lengths: Readonly<Record<number, readonly [least: number, most: number]>> = {
  [commands.heartbeat]: [4, 4],
  [commands.heartbeatAnswer]: [4, 4],
  [commands.error]: [6, 6],
  [commands.versionAnswer]: [8, 10],
  [commands.xmlAnswer]: [headBytes + xmlHeadBytes, packetBytesMax],
  [commands.fileStartAnswer]: [6, 14],
  [commands.fileContentAnswer]: [6, 14],
  [commands.fileEndAnswer]: [6, 14],
};

/**
 * One reply: a packet as it came; or of XML, `command u16` and the whole of it, after two bytes of zero
 * (a length that no packet has).
 */
export function createReader(): ReplyReader<Uint8Array> {
  let rest = Buffer.alloc(0);
  let gathered: { readonly total: number; readonly parts: Uint8Array[]; has: number } | null = null;

  /** Whole once its last part is there; parts that do not follow each other are no XML. */
  function gather(total: number, offset: number, part: Uint8Array): Uint8Array | null {
    if (offset === 0) gathered = total > 0 && total <= limits.huiduXmlBytes ? { total, parts: [], has: 0 } : null;
    if (!gathered || gathered.has !== offset || gathered.total !== total) {
      gathered = null;
      return null;
    }
    gathered.parts.push(Uint8Array.from(part));
    gathered.has += part.length;
    if (gathered.has < total) return null;
    const whole = Buffer.concat([Buffer.of(0, 0, 0x04, 0x20), ...gathered.parts]);
    gathered = null;
    return whole;
  }

  return {
    read(bytes) {
      const found: Uint8Array[] = [];
      rest = Buffer.concat([rest, bytes]);
      let at = 0;
      while (rest.length - at >= headBytes) {
        const length = rest.readUInt16LE(at);
        const [least, most] = lengths[rest.readUInt16LE(at + 2)] ?? [1, 0];
        if (length < least || length > most) at++;
        else if (rest.length - at < length) break;
        else {
          const packet = decodePacket(rest.subarray(at, at + length));
          if (packet === null) {
            at++;
            continue;
          }
          if (packet.kind === "xml") {
            const whole = gather(packet.total, packet.offset, packet.part);
            if (whole) found.push(whole);
          } else found.push(Uint8Array.from(rest.subarray(at, at + length)));
          at += length;
        }
      }
      // Less than a packet is left: of what was looked at nothing is kept.
      rest = Buffer.from(rest.subarray(at));
      return found;
    },
  };
}

/** The XML of a reply that is one. */
export function xmlOf(reply: Uint8Array): string | null {
  const is = reply[0] === 0 && reply[1] === 0 && reply[2] === 0x04 && reply[3] === 0x20;
  return is ? new TextDecoder().decode(reply.subarray(headBytes)) : null;
}
