/**
 * Adalight and TPM2 on a serial line, and TPM2.NET over UDP. On a line nobody says where a frame begins once bytes were
 * lost: the receiver takes those of the next frame for what it misses, and what is left of that for commands. So there are
 * zeros before the first frame, before one that is sent again and, a few, after each: they fill up a torn frame with dark
 * lamps, and between frames they mean nothing to any receiver.
 */
import type { Frame } from "../../message/index.ts";
import type { Cleared, StreamDriver } from "../contract.ts";
import { type LampBytes, type Lamps, lampsOf, streamCapabilities } from "../cards/lamps.ts";
import {
  encodeAdalight,
  encodeTpm2,
  paddedForWled,
  speedChanged,
  tpm2netPackets,
  tpm2Types,
  wledSpeeds,
} from "./codec.ts";

export interface State {
  readonly lamps: LampBytes;
  /** The frame before, as bytes; null: none on this line yet. */
  readonly before: Uint8Array | null;
}

/** Lost bytes up to so many cost one frame and no more, even while pictures move. */
const guard = new Uint8Array(32);

export function adalightDriver(settings: Lamps): StreamDriver<State> {
  return onLine("adalight", settings, encodeAdalight);
}

export function tpm2Driver(settings: Lamps): StreamDriver<State> {
  return onLine("tpm2", settings, (pixels) => encodeTpm2({ type: tpm2Types.data, data: paddedForWled(pixels) }));
}

function onLine(name: string, settings: Lamps, encode: (pixels: Uint8Array) => Uint8Array): StreamDriver<State> {
  return {
    ...common(name, settings),
    frame({ lamps, before }: State, lit: Cleared<Frame>) {
      const bytes = encode(lamps.of(lit));
      const resent = before === null || Buffer.compare(before, bytes) === 0;
      const packets = resent ? [new Uint8Array(bytes.length), bytes, guard] : [bytes, guard];
      return { state: { lamps, before: bytes }, packets };
    },
    // The line may be in the middle of anything.
    end: ({ lamps }) => [new Uint8Array(lamps.black.length), encode(lamps.black), guard],
    astray(heard, bitsPerSecond) {
      const back = wledSpeeds.get(bitsPerSecond);
      const last = [...heard.matchAll(speedChanged)].at(-1);
      const now = Number(last?.[1]);
      return back === undefined || !last || now === bitsPerSecond
        ? null
        : { bitsPerSecond: now, back: Uint8Array.of(back) };
    },
  };
}

export function tpm2netDriver(settings: Lamps): StreamDriver<State> {
  return {
    ...common("tpm2net", settings),
    frame: (state, lit) => ({ state, packets: tpm2netPackets(state.lamps.of(lit)) }),
    end: ({ lamps }) => tpm2netPackets(lamps.black),
  };
}

function common(name: string, settings: Lamps) {
  return {
    name,
    capabilities: streamCapabilities(settings),
    // WLED leaves its realtime mode after 2.5 s without a frame.
    refreshMs: 1000,
    perSecond: 40,
    start: ({ shape }: { readonly shape: Frame["shape"] }): State => ({
      lamps: lampsOf(settings, shape),
      before: null,
    }),
  };
}
