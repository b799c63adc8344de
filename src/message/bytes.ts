/** Little-endian reading and writing for canonical bytes. Instants are 48 bits; nothing here uses 32-bit operators on them. */

export class ByteWriter {
  private bytes: Uint8Array<ArrayBuffer>;
  private view: DataView;
  length = 0;

  constructor(capacityBytes: number) {
    this.bytes = new Uint8Array(Math.max(16, capacityBytes));
    this.view = new DataView(this.bytes.buffer);
  }

  private room(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length, this.bytes.length * 2));
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return at;
  }
  u8(value: number): void {
    const at = this.room(1);
    this.view.setUint8(at, value);
  }
  u16(value: number): void {
    const at = this.room(2);
    this.view.setUint16(at, value, true);
  }
  i16(value: number): void {
    const at = this.room(2);
    this.view.setInt16(at, value, true);
  }
  u32(value: number): void {
    const at = this.room(4);
    this.view.setUint32(at, value, true);
  }
  u48(value: number): void {
    const at = this.room(6);
    const high = Math.floor(value / 0x1_0000_0000);
    this.view.setUint32(at, value - high * 0x1_0000_0000, true);
    this.view.setUint16(at + 4, high, true);
  }
  raw(bytes: Uint8Array): void {
    const at = this.room(bytes.length);
    this.bytes.set(bytes, at);
  }
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** Reads past the end give 0 and set `overrun`; callers check it once. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  at = 0;
  overrun = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private take(count: number): number {
    const at = this.at;
    if (at + count > this.bytes.length) {
      this.overrun = true;
      this.at = this.bytes.length;
      return -1;
    }
    this.at = at + count;
    return at;
  }
  u8(): number {
    const at = this.take(1);
    return at < 0 ? 0 : this.view.getUint8(at);
  }
  u16(): number {
    const at = this.take(2);
    return at < 0 ? 0 : this.view.getUint16(at, true);
  }
  i16(): number {
    const at = this.take(2);
    return at < 0 ? 0 : this.view.getInt16(at, true);
  }
  u32(): number {
    const at = this.take(4);
    return at < 0 ? 0 : this.view.getUint32(at, true);
  }
  u48(): number {
    const at = this.take(6);
    return at < 0 ? 0 : this.view.getUint32(at, true) + this.view.getUint16(at + 4, true) * 0x1_0000_0000;
  }
  /** A view, not a copy. */
  raw(count: number): Uint8Array {
    const at = this.take(count);
    return at < 0 ? new Uint8Array(0) : this.bytes.subarray(at, at + count);
  }
  get left(): number {
    return this.bytes.length - this.at;
  }
}
