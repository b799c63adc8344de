/** The sign's ear: packets out of bytes, at the pace that the sign can follow, one block after the other. */

export interface Heard {
  /** A block's command and data; null: it is lost. */
  readonly block: string | null;
  /** Bits of the serial error register. */
  readonly error: number;
}

const [soh, stx, etx, eot] = [0x01, 0x02, 0x03, 0x04];
const neededMs = 100;
const patienceMs = 1000;
const longest = 16_384;
const bits = { checksum: 0x10, overflow: 0x08, timeout: 0x04 };

interface Open {
  head: string;
  body: number[] | null;
  sum: string | null;
  /** Of those before this one. */
  blocks: number;
}

export class PacketParser {
  readonly #type: string;
  readonly #address: string;
  /** Null between packets. */
  #packet: Open | null = null;
  #lastMs = -Infinity;
  /** The byte before needs time. */
  #busy = false;

  constructor(type: string, address: string) {
    this.#type = type;
    this.#address = address;
  }

  reset(): void {
    this.#packet = null;
    this.#busy = false;
  }

  hear(bytes: Uint8Array, nowMs: number): readonly Heard[] {
    const heard: Heard[] = [];
    const lost = (error: number) => {
      heard.push({ block: null, error });
      this.reset();
    };
    for (const byte of bytes) {
      if (this.#packet && nowMs - this.#lastMs > patienceMs) lost(bits.timeout);
      else if (this.#packet && this.#busy && nowMs - this.#lastMs < neededMs) lost(bits.overflow);
      this.#busy = false;
      this.#lastMs = nowMs;
      if (byte === soh) this.#packet = { head: "", body: null, sum: null, blocks: 0 };
      else if (this.#packet) this.#take(this.#packet, byte, heard, lost);
    }
    return heard;
  }

  #take(packet: Open, byte: number, heard: Heard[], lost: (error: number) => void): void {
    if (byte === stx || byte === eot) {
      if (packet.body) {
        heard.push(this.#judge(packet.body, packet.sum, byte === eot && packet.blocks === 0));
        packet.blocks++;
      }
      packet.body = [];
      packet.sum = null;
      this.#busy = byte === stx;
      if (byte === eot) this.reset();
      else if (!this.#isFor(packet.head)) this.#packet = null;
    } else if (packet.body === null) {
      packet.head += String.fromCharCode(byte);
      if (packet.head.length > 3) this.#packet = null;
    } else if (packet.sum !== null) packet.sum += String.fromCharCode(byte);
    else if (byte === etx) packet.sum = "";
    else {
      packet.body.push(byte);
      // "I", label, four digits of rows and columns.
      this.#busy = packet.body[0] === 0x49 && packet.body.length === 6;
      if (packet.body.length > longest) lost(bits.overflow);
    }
  }

  #isFor(head: string): boolean {
    const [type = "", high = "", low = ""] = head;
    const same = (digit: string, at: number) => digit === "?" || digit === this.#address.charAt(at);
    return ["Z", "?", "!", this.#type].includes(type) && (high + low === "00" || (same(high, 0) && same(low, 1)));
  }

  /** `only`: it is the packet's only block, of which ETX says that a checksum follows. Between several, ETX alone will do. */
  #judge(body: readonly number[], sum: string | null, only: boolean): Heard {
    const block = String.fromCharCode(...body);
    if (sum === null || (sum === "" && !only)) return { block, error: 0 };
    const due = body.reduce((before, byte) => before + byte, stx + etx) & 0xffff;
    const right = sum === due.toString(16).toUpperCase().padStart(4, "0");
    return right ? { block, error: 0 } : { block: null, error: bits.checksum };
  }
}
