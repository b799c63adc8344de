/** A panel's state and verbs, from SPEC.md §4 and §7: RAM only, bounded, activation is one pointer swap. */
import {
  decodeMessage,
  decodeProgramme,
  emptyFrame,
  type Frame as Picture,
  frameAt,
  type Instant,
  lookup,
  type Message,
  type Programme,
  sha256Hex,
  type Shape,
} from "../../../message/index.ts";
import { crc32Of, type Frame, replyLine } from "./wire.ts";

export interface PanelSettings {
  readonly id: string;
  readonly shape: Shape;
  readonly address: number;
  readonly ramBytes: number;
  /** Milliseconds that only go forward. */
  readonly monotonicMs: () => number;
  /** Eight hex digits that no boot before had. */
  readonly newBootId: () => string;
}

/** What is lit, captured in one moment. */
export interface Snapshot {
  readonly panelTime: Instant;
  readonly bootId: string;
  readonly programme: string | null;
  readonly message: string | null;
  readonly why: "turn" | "blank" | "dark" | "bare";
  readonly frame: Picture;
  readonly crc: number;
}

interface Incoming {
  readonly hash: string;
  readonly bytes: Uint8Array;
  got: number;
}

const programmeBytesMax = 512 * 1024;
const messagesMax = 512;

export class SimulatedPanel {
  private readonly settings: PanelSettings;
  private bootId = "";
  private clockAtBoot: number | null = null;
  /** Least recently named first. */
  private messages = new Map<string, Message>();
  private incoming: Incoming | null = null;
  private staging: Incoming | null = null;
  private staged: { id: string; programme: Programme; bytes: number } | null = null;
  private active: { id: string; programme: Programme; bytes: number } | null = null;
  private dark = false;
  activations = 0;
  /** What it says of its protocol's version, and the versions of frames that it takes; a test changes them. */
  proto = 1;
  versions: readonly number[] = [1];
  /** Verb → the code that it is refused with; a test changes it. */
  readonly refuses = new Map<number, string>();

  constructor(settings: PanelSettings) {
    this.settings = settings;
    this.powerCycle();
  }

  /** Everything is in RAM: nothing is left. */
  powerCycle(): void {
    this.bootId = this.settings.newBootId();
    this.clockAtBoot = null;
    this.messages = new Map();
    this.incoming = null;
    this.staging = null;
    this.staged = null;
    this.active = null;
    this.dark = false;
  }

  /** For tests: moves the panel's clock as a bad crystal would. */
  skew(ms: number): void {
    if (this.clockAtBoot !== null) this.clockAtBoot += ms;
  }

  /** Names of the messages in RAM, and of the one that is coming in. */
  held(): readonly string[] {
    return [...this.messages.keys(), ...(this.incoming ? [this.incoming.hash] : [])];
  }

  snapshot(): Snapshot {
    const panelTime = this.now();
    const { active, bootId } = this;
    const frame = emptyFrame(this.settings.shape);
    let message: string | null = null;
    let why: Snapshot["why"] = "bare";
    if (this.dark) why = "dark";
    else if (active && this.clockAtBoot !== null) {
      message = lookup(active.programme, panelTime).message;
      why = message === null ? "blank" : "turn";
      frameAt(active.programme, (hash) => this.messages.get(hash), panelTime, frame);
    }
    return { panelTime, bootId, programme: active?.id ?? null, message, why, frame, crc: crc32Of(frame.pixels) };
  }

  /** The reply line to a frame, or null: not for us, or for all (address 0). */
  handle(frame: Frame): string | null {
    const { address } = this.settings;
    if (frame.address !== address && frame.address !== 0) return null;
    const [ok, fields] = this.answer(frame);
    return frame.address === 0 ? null : replyLine(frame.seq, ok, fields);
  }

  private answer({ version, verb, payload }: Frame): [boolean, Record<string, string | number>] {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    const refuse = (code: string, more: Record<string, string | number> = {}) =>
      [false, { code, ...more }] as [boolean, Record<string, string | number>];
    const { shape } = this.settings;
    const refusal = this.refuses.get(verb);
    if (refusal !== undefined) return refuse(refusal);
    // HELLO is answered to any version, so that both sides learn that they differ.
    if (verb === 0x01)
      return [
        true,
        {
          proto: this.proto,
          id: this.settings.id,
          w: shape.width,
          h: shape.height,
          colour: shape.colour,
          ram: this.settings.ramBytes,
          messages: messagesMax,
          programme: programmeBytesMax,
          payload: 1024,
          boot: this.bootId,
          fw: "boardcast-simulator",
        },
      ];
    if (!this.versions.includes(version)) return refuse("version", { proto: this.proto });
    switch (verb) {
      case 0x02:
        if (payload.length !== 6) return refuse("length");
        this.clockAtBoot = view.getUint32(0, true) + view.getUint16(4, true) * 2 ** 32 - this.settings.monotonicMs();
        return [true, { time: Math.floor(this.now()) }];
      case 0x03:
        if (payload.length % 32 !== 0) return refuse("length");
        return [true, { have: this.have(payload) || "-" }];
      case 0x04:
        return payload.length < 40 ? refuse("length") : this.put(payload, view);
      case 0x05:
        return payload.length < 40 ? refuse("length") : this.stage(payload, view);
      case 0x06:
        return payload.length !== 32 ? refuse("length") : this.activate(hexOf(payload));
      case 0x07: {
        if (payload.length !== 0) return refuse("length");
        const now = this.snapshot();
        return [
          true,
          {
            time: Math.floor(now.panelTime),
            prog: now.programme ?? "-",
            msg: now.message ?? "-",
            why: now.why,
            crc: now.crc.toString(16).padStart(8, "0"),
            boot: now.bootId,
            dark: this.dark ? 1 : 0,
          },
        ];
      }
      case 0x08:
        if (payload.length !== 1) return refuse("length");
        if ((payload[0] ?? 0) > 1) return refuse("value");
        this.dark = payload[0] === 1;
        return [true, { dark: this.dark ? 1 : 0 }];
      default:
        return refuse("verb");
    }
  }

  private now(): Instant {
    return this.clockAtBoot === null ? 0 : Math.floor(this.clockAtBoot + this.settings.monotonicMs());
  }

  private have(payload: Uint8Array): string {
    let bits = "";
    for (let at = 0; at < payload.length; at += 32) {
      const hash = hexOf(payload.subarray(at, at + 32));
      const message = this.messages.get(hash);
      bits += message ? "1" : "0";
      if (message) this.touch(hash, message);
    }
    return bits;
  }

  private touch(hash: string, message: Message): void {
    this.messages.delete(hash);
    this.messages.set(hash, message);
  }

  private put(payload: Uint8Array, view: DataView): [boolean, Record<string, string | number>] {
    const hash = hexOf(payload.subarray(0, 32));
    const total = view.getUint32(32, true);
    const offset = view.getUint32(36, true);
    const data = payload.subarray(40);
    const here = this.messages.get(hash);
    if (here) {
      this.touch(hash, here);
      return [true, { got: total, done: 1 }];
    }
    if (this.incoming?.hash !== hash || this.incoming.bytes.length !== total) {
      this.incoming = null;
      const need = this.makeRoom(total);
      if (need > 0) return [false, { code: "full", need }];
      this.incoming = { hash, bytes: new Uint8Array(total), got: 0 };
    }
    const fault = take(this.incoming, offset, data);
    if (fault) return [false, fault];
    if (this.incoming.got < total) return [true, { got: this.incoming.got, done: 0 }];
    const { bytes } = this.incoming;
    this.incoming = null;
    if (sha256Hex(bytes) !== hash) return [false, { code: "hash" }];
    const decoded = decodeMessage(bytes);
    if (!decoded.ok) return [false, { code: "format" }];
    const { shape } = decoded.message;
    const ours = this.settings.shape;
    if (shape.width !== ours.width || shape.height !== ours.height || shape.colour !== ours.colour)
      return [false, { code: "shape" }];
    this.messages.set(hash, decoded.message);
    return [true, { got: total, done: 1 }];
  }

  private stage(payload: Uint8Array, view: DataView): [boolean, Record<string, string | number>] {
    const id = hexOf(payload.subarray(0, 32));
    const total = view.getUint32(32, true);
    const offset = view.getUint32(36, true);
    if (this.staged?.id === id || this.active?.id === id) return [true, { got: total, done: 1 }];
    if (total > programmeBytesMax) return [false, { code: "full", need: total }];
    if (this.staging?.hash !== id || this.staging.bytes.length !== total)
      this.staging = { hash: id, bytes: new Uint8Array(total), got: 0 };
    const fault = take(this.staging, offset, payload.subarray(40));
    if (fault) return [false, fault];
    if (this.staging.got < total) return [true, { got: this.staging.got, done: 0 }];
    const { bytes } = this.staging;
    this.staging = null;
    if (sha256Hex(bytes) !== id) return [false, { code: "hash" }];
    const decoded = decodeProgramme(bytes);
    if (!decoded.ok) return [false, { code: "format" }];
    const { shape } = decoded.programme;
    const ours = this.settings.shape;
    if (shape.width !== ours.width || shape.height !== ours.height || shape.colour !== ours.colour)
      return [false, { code: "shape" }];
    this.staged = { id, programme: decoded.programme, bytes: total };
    return [true, { got: total, done: 1 }];
  }

  private activate(id: string): [boolean, Record<string, string | number>] {
    if (this.active?.id === id) return [true, { prog: id }];
    const { staged } = this;
    if (staged?.id !== id) return [false, { code: "not-staged" }];
    const missing = staged.programme.messages.filter((hash) => !this.messages.has(hash)).length;
    if (missing > 0) return [false, { code: "missing", count: missing }];
    this.active = staged;
    this.staged = null;
    this.activations++;
    return [true, { prog: id }];
  }

  /** SPEC §7.2: drops unnamed messages, longest unused first, until `bytes` more fit; if they never would, drops none and returns what it would take. */
  private makeRoom(bytes: number): number {
    const { ramBytes } = this.settings;
    const named = new Set([...(this.active?.programme.messages ?? []), ...(this.staged?.programme.messages ?? [])]);
    const kept = [...this.messages].filter(([hash]) => named.has(hash));
    const keptBytes = kept.reduce((sum, [, message]) => sum + message.bytes.length, 0);
    if (keptBytes + bytes > ramBytes || kept.length >= messagesMax) return keptBytes + bytes;
    let used = 0;
    for (const message of this.messages.values()) used += message.bytes.length;
    for (const [hash, message] of [...this.messages]) {
      if (used + bytes <= ramBytes && this.messages.size < messagesMax) break;
      if (named.has(hash)) continue;
      this.messages.delete(hash);
      used -= message.bytes.length;
    }
    return 0;
  }
}

/** Adds a chunk that begins at or before what is there already; a gap is refused with the place to go on from. */
function take(incoming: Incoming, offset: number, data: Uint8Array): Record<string, string | number> | null {
  if (offset > incoming.got || offset + data.length > incoming.bytes.length)
    return { code: "offset", got: incoming.got };
  incoming.bytes.set(data, offset);
  incoming.got = Math.max(incoming.got, offset + data.length);
  return null;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
