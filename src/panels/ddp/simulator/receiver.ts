/**
 * A controller that takes DDP as the protocol's page and WLED's behaviour say (written from them, not from our driver): it
 * gathers pixels at their offsets, and shows what it has at PUSH. Without a packet for `timeoutMs` it goes dark.
 */

/** Of our display; others' packets, queries and answers are not for it. */
const displayIds = [1, 255];
const [timecode, storage, reply, query, push] = [0x10, 0x08, 0x04, 0x02, 0x01];

export class DdpReceiver {
  /** What its lamps show: a byte for each colour, in the order of the wire. */
  readonly lamps: Uint8Array;
  readonly #gathered: Uint8Array;
  readonly #timeoutMs: number;
  #heardAtMs = -Infinity;
  /** Before it has ever seen PUSH it shows each packet: an old sender that knows none. */
  #knowsPush = false;
  dropped = 0;
  pushes = 0;

  readonly #isOurs: (type: number) => boolean;

  constructor(lamps: number, { timeoutMs = 2500, channels = 3 } = {}) {
    this.lamps = new Uint8Array(lamps * channels);
    this.#gathered = new Uint8Array(lamps * channels);
    this.#timeoutMs = timeoutMs;
    this.#isOurs = channels === 4 ? isRgbw : isRgb;
  }

  /** One datagram, whatever it is. `nowMs`: any clock that only goes on. */
  hear(packet: Uint8Array, nowMs: number): void {
    this.tick(nowMs);
    const first = packet[0] ?? 0;
    const head = first & timecode ? 14 : 10;
    if (
      packet.length < head ||
      first >> 6 !== 1 ||
      first & (reply | query | storage) ||
      !displayIds.includes(packet[3] ?? 0)
    ) {
      this.dropped++;
      return;
    }
    const offset = (packet[4] ?? 0) * 2 ** 24 + ((packet[5] ?? 0) << 16) + ((packet[6] ?? 0) << 8) + (packet[7] ?? 0);
    const length = ((packet[8] ?? 0) << 8) + (packet[9] ?? 0);
    if (packet.length < head + length || !this.#isOurs(packet[2] ?? 0)) {
      this.dropped++;
      return;
    }
    for (let at = 0; at < length && offset + at < this.#gathered.length; at++)
      this.#gathered[offset + at] = packet[head + at] ?? 0;
    this.#heardAtMs = nowMs;
    if (first & push) {
      this.#knowsPush = true;
      this.pushes++;
    }
    if (first & push || !this.#knowsPush) this.lamps.set(this.#gathered);
  }

  /** Time goes on without a packet. */
  tick(nowMs: number): void {
    if (nowMs - this.#heardAtMs < this.#timeoutMs) return;
    this.lamps.fill(0);
    this.#gathered.fill(0);
  }
}

/** Data types that are taken for three bytes a lamp; 0 and 1 are older senders'. */
function isRgb(type: number): boolean {
  return type === 0 || type === 1 || type === 0x0b;
}

/** Four bytes a lamp: TTT of the type is 3, which is what WLED looks at. */
function isRgbw(type: number): boolean {
  return ((type >> 3) & 7) === 3;
}
