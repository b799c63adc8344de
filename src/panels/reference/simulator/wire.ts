/**
 * The panel's side of the wire, written from firmware-protocol/SPEC.md §2 and §3 and from nothing of the daemon's codec,
 * so that one error cannot hide in both. One byte at a time, as firmware would; bounded; never throws.
 */

/** SPEC §2.3: version, address, seq, verb, 1,024 bytes of payload, CRC. */
const frameBytesMax = 5 + 1024 + 4;

export interface Frame {
  readonly version: number;
  readonly address: number;
  readonly seq: number;
  readonly verb: number;
  readonly payload: Uint8Array;
}

/** Undoes byte stuffing as bytes arrive. A frame that is too long, torn or wrong is dropped at its zero byte. */
export class FrameReader {
  private readonly buffer = new Uint8Array(frameBytesMax);
  private length = 0;
  /** Bytes still to come of the current block; 0: a code byte is next. */
  private block = 0;
  private zeroDue = false;
  private bad = false;
  /** Frames dropped because they were damaged. */
  damaged = 0;

  /** The frame that this byte completes, or null. */
  feed(byte: number): Frame | null {
    if (byte === 0) return this.finish();
    if (this.bad) return null;
    if (this.block === 0) {
      if (this.zeroDue) this.store(0);
      this.block = byte - 1;
      this.zeroDue = byte !== 0xff;
    } else {
      this.store(byte);
      this.block--;
    }
    return null;
  }

  private store(byte: number): void {
    if (this.length === frameBytesMax) this.bad = true;
    else this.buffer[this.length++] = byte;
  }

  private finish(): Frame | null {
    const bytes = this.buffer.slice(0, this.length);
    const empty = this.length === 0 && !this.bad && this.block === 0;
    const whole = !this.bad && this.block === 0 && bytes.length >= 9;
    this.length = 0;
    this.block = 0;
    this.zeroDue = false;
    this.bad = false;
    if (empty) return null;
    const view = new DataView(bytes.buffer);
    if (!whole || crc32Of(bytes.subarray(0, bytes.length - 4)) !== view.getUint32(bytes.length - 4, true)) {
      this.damaged++;
      return null;
    }
    return {
      version: bytes[0] ?? 0,
      address: bytes[1] ?? 0,
      seq: view.getUint16(2, true),
      verb: bytes[4] ?? 0,
      payload: bytes.slice(5, bytes.length - 4),
    };
  }
}

/** SPEC §2.4, bit by bit. */
export function crc32Of(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** SPEC §3.2, bit by bit. */
function crc16Of(text: string): number {
  let crc = 0xffff;
  for (const character of text) {
    for (let bit = 7; bit >= 0; bit--) {
      const high = ((crc >> 15) & 1) ^ ((character.charCodeAt(0) >> bit) & 1);
      crc = (crc << 1) & 0xffff;
      if (high) crc ^= 0x1021;
    }
  }
  return crc;
}

/** SPEC §3.1. */
export function replyLine(seq: number, ok: boolean, fields: Readonly<Record<string, string | number>>): string {
  const words = [seq.toString(16).padStart(4, "0"), ok ? "OK" : "ERR"];
  for (const [key, value] of Object.entries(fields)) words.push(`${key}=${value}`);
  const text = words.join(" ");
  return `${text} *${crc16Of(text).toString(16).padStart(4, "0")}\r\n`;
}
