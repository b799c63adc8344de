/** What every stream of pixels is made from: what the installation file says of its lamps, and a picture as their bytes. */
import type { Wiring } from "../../config/types.ts";
import type { Frame, Shape } from "../../message/index.ts";
import type { Capabilities } from "../contract.ts";
import { dotsByLamp, type Ink, lampBytes } from "./wiring.ts";

export interface Lamps {
  readonly wiring: Wiring;
  readonly ink: Ink;
  /** The card keeps its last picture when nothing comes any more. */
  readonly keeps: boolean;
}

export interface LampBytes {
  /** Bytes a lamp. */
  readonly channels: number;
  of(frame: Frame): Uint8Array;
  /** All dark. */
  readonly black: Uint8Array;
}

export function lampsOf({ wiring, ink }: Lamps, shape: Shape): LampBytes {
  const dots = dotsByLamp(wiring, shape);
  const channels = wiring.order.length;
  return {
    channels,
    of: (frame) => lampBytes(frame, dots, wiring, ink),
    black: new Uint8Array((wiring.skip + dots.length) * channels),
  };
}

/** Nobody answers, anybody on the network may light it, and every dot is ours. */
export function streamCapabilities({ keeps }: Lamps): Capabilities & { readonly kind: "frame" } {
  const ends = keeps ? "never" : "with-the-stream";
  return { kind: "frame", readBack: false, authenticated: false, ends, motion: "exact" };
}
