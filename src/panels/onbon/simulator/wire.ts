/** The far end's side of the frames of BX-5 and BX-6, written from the protocol note and its vectors, not from our driver. */

export interface Heard {
  readonly dynamic: boolean;
  /** The header as it came, for the answer's. */
  readonly header: Uint8Array;
  readonly to: number;
  readonly generation: 5 | 6;
  readonly seq: number;
  readonly group: number;
  readonly command: number;
  readonly wantsAnswer: boolean;
  readonly data: Uint8Array;
}

const payloadMax = 80_000;

/** Bytes in, requests out. Damaged frames, and those for others, are counted and not answered. */
export class Ear {
  dropped = 0;
  #bytes: number[] | null = null;
  #escape = 0;

  feed(byte: number): Heard | null {
    if (byte === 0xa5) {
      this.#bytes = [];
      this.#escape = 0;
    } else if (this.#bytes === null) return null;
    else if (byte === 0x5a) {
      const payload = Uint8Array.from(this.#bytes);
      this.#bytes = null;
      if (payload.length === 0) return null;
      const heard = parsed(payload);
      if (!heard) this.dropped++;
      return heard;
    } else if (this.#escape !== 0) {
      const plain = { 42497: 0xa6, 42498: 0xa5, 23297: 0x5b, 23298: 0x5a }[this.#escape * 256 + byte];
      this.#escape = 0;
      if (plain === undefined) this.#bytes = null;
      else this.#bytes.push(plain);
    } else if (byte === 0xa6 || byte === 0x5b) this.#escape = byte;
    else this.#bytes.push(byte);
    if ((this.#bytes?.length ?? 0) > payloadMax) this.#bytes = null;
    return null;
  }

  forget(): void {
    this.#bytes = null;
  }
}

function parsed(payload: Uint8Array): Heard | null {
  const word = (at: number) => (payload[at] ?? 0) + (payload[at + 1] ?? 0) * 256;
  const dynamic = payload[4] === 0xf0;
  const generation = payload[4] === 7 ? 6 : 5;
  const head = dynamic ? 16 : generation === 6 ? 28 : 27;
  const body = dynamic ? payload.subarray(head, -2) : payload.subarray(head);
  if (payload.length < head + 5) return null;
  if (dynamic) {
    if (word(12) + word(14) * 65536 !== body.length || word(payload.length - 2) !== check(payload.subarray(0, -2)))
      return null;
  } else {
    if (payload[4] !== 5 && payload[4] !== 7) return null;
    if (payload.subarray(0, head).reduce((sum, byte) => sum ^ byte, 0) !== 0) return null;
    if (word(22) !== body.length || word(24) !== check(body)) return null;
  }
  const data = body.subarray(5);
  if ((body[3] ?? 0) + (body[4] ?? 0) * 256 !== data.length) return null;
  const [wants, group = 0, command = 0] = body;
  const header = payload.slice(0, head);
  const seq = dynamic ? 0 : word(10);
  return { dynamic, header, to: word(0), generation, seq, group, command, wantsAnswer: wants === 1, data };
}

/** In the form of the header that asked, addresses swapped, ONE tail (vectors bx5-reply-ack, bx5-reply-ack-dynamic). */
export function answer(
  heard: Heard,
  group: number,
  command: number,
  data: readonly number[] = [],
  error = 0,
): Uint8Array {
  const status = group === 0xa0 && command === 1 ? 1 : 0;
  const body = [0, group, command, status, 0, error, 0, data.length & 255, data.length >> 8, ...data];
  const head = [...heard.header];
  [head[0], head[1], head[2], head[3]] = [head[2] ?? 0, head[3] ?? 0, head[0] ?? 0, head[1] ?? 0];
  let payload: number[];
  if (heard.dynamic) {
    head.splice(12, 4, body.length & 255, body.length >> 8, 0, 0);
    payload = [...head, ...body];
    payload.push(...low(check(Uint8Array.from(payload))));
  } else {
    head.splice(10, 2, ...low(heard.seq | 0x8000));
    head.splice(22, 4, ...low(body.length), ...low(check(Uint8Array.from(body))));
    head[head.length - 1] = head.slice(0, -1).reduce((sum, byte) => sum ^ byte, 0);
    payload = [...head, ...body];
  }
  const out: number[] = new Array<number>(8).fill(0xa5);
  for (const byte of payload) {
    const hidden = { 165: [0xa6, 2], 166: [0xa6, 1], 90: [0x5b, 2], 91: [0x5b, 1] }[byte];
    out.push(...(hidden ?? [byte]));
  }
  return Uint8Array.from([...out, 0x5a]);
}

const low = (value: number) => [value & 255, value >> 8];

/** CRC-16/ARC, bit by bit. */
function check(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const out = (crc ^ (byte >> bit)) & 1;
      crc = (crc >> 1) ^ (out ? 0xa001 : 0);
    }
  return crc;
}
