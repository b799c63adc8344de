/**
 * A pixel controller that takes Art-Net 4 as the note on it and OLA's and WLED's behaviour say (written from them, not from
 * our driver): some port-addresses in a row, so many lamps of each. Once it has heard an ArtSync it shows nothing without
 * one, until it has missed them for a while. It answers polls.
 */

const lostMs = 2500;
const syncLostMs = 4000;

export interface NodeSettings {
  readonly lamps: number;
  readonly firstPort: number;
  readonly lampsPerUniverse: number;
  readonly channels: number;
  /** It holds its last picture when nobody sends any more, as nodes do unless they are told otherwise. */
  readonly keeps?: boolean;
}

export class ArtnetNode {
  /** What its lamps show, in the order of the wire. */
  readonly lamps: Uint8Array;
  dropped = 0;
  readonly #waiting: Uint8Array;
  readonly #sequences = new Map<number, number>();
  readonly #settings: NodeSettings;
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #syncedAtMs = Number.NEGATIVE_INFINITY;

  constructor(settings: NodeSettings) {
    this.#settings = settings;
    this.lamps = new Uint8Array(settings.lamps * settings.channels);
    this.#waiting = new Uint8Array(this.lamps.length);
  }

  /** One datagram, whatever it is, and what is answered. `nowMs`: any clock that only goes on. */
  hear(packet: Uint8Array, nowMs: number): readonly Uint8Array[] {
    this.tick(nowMs);
    const id = String.fromCharCode(...packet.subarray(0, 8));
    const opcode = (packet[8] ?? 0) | ((packet[9] ?? 0) << 8);
    const version = ((packet[10] ?? 0) << 8) | (packet[11] ?? 0);
    if (id !== "Art-Net\0" || version < 14) this.dropped++;
    else if (opcode === 0x2000 && packet.length >= 14) return [pollReply()];
    else if (opcode === 0x5200 && packet.length >= 14) {
      this.#syncedAtMs = nowMs;
      this.lamps.set(this.#waiting);
    } else if (opcode !== 0x5000 || !this.#levels(packet, nowMs)) this.dropped++;
    return [];
  }

  /** Time goes on without a packet. */
  tick(nowMs: number): void {
    if (nowMs - this.#heardAtMs < lostMs) return;
    this.#heardAtMs = Number.NEGATIVE_INFINITY;
    this.#sequences.clear();
    if (this.#settings.keeps) return;
    this.#waiting.fill(0);
    this.lamps.fill(0);
  }

  #levels(packet: Uint8Array, nowMs: number): boolean {
    const [sequence = 0, , subUni = 0, net = 0, high = 0, low = 0] = packet.subarray(12);
    const length = high * 256 + low;
    if (length < 2 || length > 512 || length % 2 === 1 || packet.length < 18 + length || net > 127) return false;
    const port = net * 256 + subUni;
    const before = this.#sequences.get(port);
    // 0: not counted. What is a little behind has come late.
    if (sequence !== 0 && before !== undefined) {
      const behind = (before - sequence + 256) % 256;
      if (behind < 20) return false;
    }
    if (sequence !== 0) this.#sequences.set(port, sequence);
    this.#heardAtMs = nowMs;
    const { firstPort, lampsPerUniverse, channels } = this.#settings;
    const at = (port - firstPort) * lampsPerUniverse * channels;
    if (at >= 0 && at < this.#waiting.length) {
      const most = Math.min(length, lampsPerUniverse * channels, this.#waiting.length - at);
      this.#waiting.set(packet.subarray(18, 18 + most), at);
    }
    if (nowMs - this.#syncedAtMs >= syncLostMs) this.lamps.set(this.#waiting);
    return true;
  }
}

/** Only what a sender may look at: who it is. */
function pollReply(): Uint8Array {
  const reply = new Uint8Array(239);
  reply.set([...new TextEncoder().encode("Art-Net\0"), 0x00, 0x21, 192, 0, 2, 7, 0x36, 0x19]);
  reply.set(new TextEncoder().encode("simulated"), 26);
  reply.set(new TextEncoder().encode("simulated lamps"), 44);
  return reply;
}
