/**
 * DDP (3waylabs Distributed Display Protocol, page of 2022-09-05) over UDP, as WLED, FPP and xLights take it: a frame in
 * packets of at most 1440 bytes of pixels, the last of which says that it shall be shown.
 */
import type { StreamDriver } from "../contract.ts";
import type { Wiring } from "../../config/types.ts";
import { dotsByLamp, type Ink, lampBytes } from "../cards/wiring.ts";

export const ddpPort = 4048;
const headBytes = 10;
/** Of pixels in one packet, by convention of all who speak it: 480 lamps. */
export const ddpDataMax = 1440;

const flags = { version1: 0x40, push: 0x01 } as const;
/** C R TTT SSS: RGB, eight bits a colour. */
const rgb24 = 0x0b;
const display = 1;
/** 1 to 15 in turn; 0 would be: not counted. */
const sequences = 15;

export interface State {
  readonly dots: Uint32Array;
  readonly sequence: number;
}

export function ddpDriver({ wiring, ink }: { readonly wiring: Wiring; readonly ink: Ink }): StreamDriver<State> {
  return {
    name: "ddp",
    capabilities: { kind: "frame", readBack: false, authenticated: false, ends: "with-the-stream", motion: "exact" },
    // WLED leaves its realtime mode after 2.5 s without a packet.
    refreshMs: 1000,
    perSecond: 40,
    start: ({ shape }) => ({ dots: dotsByLamp(wiring, shape), sequence: 0 }),
    frame(state, lit) {
      const { packets, sequence } = ddpPackets(lampBytes(lit, state.dots, wiring, ink), state.sequence);
      return { state: { ...state, sequence }, packets };
    },
    // Nothing says good-bye: the receiver goes back to its own after a while.
    end: () => [],
  };
}

/**
 * `data`: three bytes a lamp. `sequence`: of the packet before. The last packet has PUSH, whatever its length: a sender that
 * forgets it where it is full never lights 480 lamps.
 */
export function ddpPackets(
  data: Uint8Array,
  sequence: number,
): { readonly packets: readonly Uint8Array[]; readonly sequence: number } {
  const packets: Uint8Array[] = [];
  let last = sequence;
  for (let offset = 0; offset === 0 || offset < data.length; offset += ddpDataMax) {
    const part = data.subarray(offset, offset + ddpDataMax);
    const packet = new Uint8Array(headBytes + part.length);
    const view = new DataView(packet.buffer);
    last = (last % sequences) + 1;
    view.setUint8(0, flags.version1 | (offset + part.length >= data.length ? flags.push : 0));
    view.setUint8(1, last);
    view.setUint8(2, rgb24);
    view.setUint8(3, display);
    view.setUint32(4, offset);
    view.setUint16(8, part.length);
    packet.set(part, headBytes);
    packets.push(packet);
  }
  return { packets, sequence: last };
}
