/**
 * A pixel controller that takes E1.31 as the note on it and OLA's and WLED's behaviour say (written from them, not from our
 * driver): some universes in a row, so many lamps of each, of several senders the one with the highest priority. It waits
 * for the sync packet where a sender says so, drops what comes late, and goes dark when nobody sends any more.
 */

/** Universes of sync packets that it listens to besides its own. */
const syncsMost = 8;
/** Of a sender that is not heard for so long, and of a sync packet. */
const lostMs = 2500;

interface Source {
  priority: number;
  heardAtMs: number;
  /** Of each universe, and under 0 of the sync packets. */
  readonly sequences: Map<number, number>;
}

export interface ReceiverSettings {
  readonly lamps: number;
  readonly firstUniverse: number;
  readonly lampsPerUniverse: number;
  readonly channels: number;
  /** It holds its last picture when everybody is gone. */
  readonly keeps?: boolean;
}

export class E131Receiver {
  /** What its lamps show, in the order of the wire. */
  readonly lamps: Uint8Array;
  /** Slots of each universe that was ever lit, for looking at. */
  readonly universes = new Map<number, Uint8Array>();
  readonly sources = new Map<string, Source>();
  dropped = 0;
  /** Multicast groups of its universes, and of those that senders told it to wait for; another list once there are more. */
  groups: readonly string[];
  readonly #waiting: Uint8Array;
  readonly #settings: ReceiverSettings;
  readonly #groupsMost: number;
  #syncedAtMs = Number.NEGATIVE_INFINITY;

  constructor(settings: ReceiverSettings) {
    this.#settings = settings;
    const { firstUniverse, lampsPerUniverse } = settings;
    const own = Math.ceil(settings.lamps / lampsPerUniverse);
    this.groups = Array.from({ length: own }, (_, at) => groupOf(firstUniverse + at));
    this.#groupsMost = own + syncsMost;
    this.lamps = new Uint8Array(settings.lamps * settings.channels);
    this.#waiting = new Uint8Array(this.lamps.length);
  }

  /** One datagram, whatever it is. `nowMs`: any clock that only goes on. */
  hear(packet: Uint8Array, nowMs: number): void {
    this.tick(nowMs);
    if (!this.#take(packet, nowMs)) this.dropped++;
  }

  /** Time goes on without a packet. */
  tick(nowMs: number): void {
    if (this.sources.size === 0) return;
    for (const [cid, { heardAtMs }] of this.sources) if (nowMs - heardAtMs >= lostMs) this.sources.delete(cid);
    if (this.sources.size === 0) this.#alone();
  }

  #take(packet: Uint8Array, nowMs: number): boolean {
    const word = (at: number) => ((packet[at] ?? 0) << 8) | (packet[at + 1] ?? 0);
    const long = (at: number) => word(at) * 65_536 + word(at + 2);
    const latin = (from: number, until: number) => String.fromCharCode(...packet.subarray(from, until));
    if (word(0) !== 0x10 || word(2) !== 0 || latin(4, 16) !== "ASC-E1.17\0\0\0") return false;
    if (word(16) !== (0x7000 | (packet.length - 16)) || word(38) !== (0x7000 | (packet.length - 38))) return false;
    const cid = latin(22, 38);
    if (long(18) === 8 && long(40) === 1) return packet.length === 49 && this.#sync(cid, packet[44] ?? 0, nowMs);
    // WLED takes none shorter than this.
    if (long(18) !== 4 || long(40) !== 2 || packet.length < 126) return false;
    if (word(115) !== (0x7000 | (packet.length - 115)) || packet[117] !== 2 || packet[118] !== 0xa1) return false;
    const count = word(123) - 1;
    if (word(119) !== 0 || word(121) !== 1 || count !== packet.length - 126 || packet[125] !== 0) return false;
    const [priority = 0, , , sequence = 0, options = 0] = packet.subarray(108);
    const universe = word(113);
    if (priority > 200 || options & 0x80 || universe < 1 || universe > 63_999) return false;
    if (options & 0x40) {
      // It says good-bye; that it does so again is no news.
      if (this.sources.delete(cid) && this.sources.size === 0) this.#alone();
      return true;
    }
    const source = this.#source(cid, universe, sequence);
    if (source === null) return false;
    source.priority = priority;
    source.heardAtMs = nowMs;
    for (const other of this.sources.values()) if (other.priority > priority) return false;
    const slots = packet.slice(126);
    this.universes.set(universe, slots);
    this.#lay(universe, slots);
    const sync = word(109);
    if (sync !== 0) this.#listenTo(groupOf(sync));
    // Told to wait, it does so only while somebody says when.
    const waits = sync !== 0 && (nowMs - this.#syncedAtMs < lostMs || this.#syncedAtMs === -Infinity);
    if (!waits) this.lamps.set(this.#waiting);
    return true;
  }

  #listenTo(group: string): void {
    if (this.groups.length < this.#groupsMost && !this.groups.includes(group)) this.groups = [...this.groups, group];
  }

  #sync(cid: string, sequence: number, nowMs: number): boolean {
    if (this.#source(cid, 0, sequence) === null) return false;
    this.#syncedAtMs = nowMs;
    this.lamps.set(this.#waiting);
    return true;
  }

  /** null: the packet is one of those before, come late. */
  #source(cid: string, universe: number, sequence: number): Source | null {
    const source = this.sources.get(cid) ?? { priority: 0, heardAtMs: Number.NEGATIVE_INFINITY, sequences: new Map() };
    const before = source.sequences.get(universe);
    const ahead = before === undefined ? 1 : ((sequence - before + 128) & 0xff) - 128;
    if (ahead <= 0 && ahead > -20) return null;
    source.sequences.set(universe, sequence);
    // Who only says "now" sends nothing.
    if (universe !== 0) this.sources.set(cid, source);
    return source;
  }

  #lay(universe: number, slots: Uint8Array): void {
    const { firstUniverse, lampsPerUniverse, channels } = this.#settings;
    const perUniverse = lampsPerUniverse * channels;
    const at = (universe - firstUniverse) * perUniverse;
    if (at < 0 || at >= this.#waiting.length) return;
    this.#waiting.set(slots.subarray(0, Math.min(perUniverse, this.#waiting.length - at)), at);
  }

  #alone(): void {
    this.#syncedAtMs = Number.NEGATIVE_INFINITY;
    this.#waiting.fill(0);
    if (!this.#settings.keeps) this.lamps.fill(0);
  }
}

/** Its two bytes, below the block of addresses that an organization gives out itself. */
function groupOf(universe: number): string {
  return `239.255.${universe >> 8}.${universe & 0xff}`;
}
