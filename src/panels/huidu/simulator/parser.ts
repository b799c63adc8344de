/** The card's ear: packets by their lengths, XML from its parts. Where a length makes no sense, what is there is dropped. */

export interface Heard {
  readonly command: number;
  readonly payload: Buffer;
}

const longest = 9216;
const xmlLongest = 1024 * 1024;

export class PacketParser {
  #rest: Buffer = Buffer.alloc(0);
  #xml: Buffer = Buffer.alloc(0);

  reset(): void {
    this.#rest = Buffer.alloc(0);
    this.#xml = Buffer.alloc(0);
  }

  hear(bytes: Uint8Array): readonly Heard[] {
    const heard: Heard[] = [];
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUInt16LE(0);
      if (length < 4 || length > longest) this.#rest = Buffer.alloc(0);
      else if (this.#rest.length < length) break;
      else {
        heard.push({ command: this.#rest.readUInt16LE(2), payload: this.#rest.subarray(4, length) });
        this.#rest = this.#rest.subarray(length);
      }
    }
    return heard;
  }

  /** The whole, with its last part; null before. */
  gather(payload: Buffer): string | null {
    if (payload.length < 8) return null;
    const [total, offset] = [payload.readUInt32LE(0), payload.readUInt32LE(4)];
    if (offset === 0) this.#xml = Buffer.alloc(0);
    if (offset !== this.#xml.length || total > xmlLongest) return null;
    this.#xml = Buffer.concat([this.#xml, payload.subarray(8)]);
    return this.#xml.length === total ? this.#xml.toString("utf8") : null;
  }
}
