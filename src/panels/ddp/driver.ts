/** DDP over UDP, as WLED, FPP and xLights take it: a picture in packets, the last of which says that it shall be shown. */
import type { StreamDriver } from "../contract.ts";
import { type LampBytes, type Lamps, lampsOf, streamCapabilities } from "../cards/lamps.ts";
import { ddpPackets, types } from "./codec.ts";

export interface State {
  readonly lamps: LampBytes;
  readonly sequence: number;
}

export function ddpDriver(settings: Lamps): StreamDriver<State> {
  function said({ lamps, sequence }: State, data: Uint8Array) {
    const made = ddpPackets(data, sequence, lamps.channels === 4 ? types.rgbw : types.rgb);
    return { state: { lamps, sequence: made.sequence }, packets: made.packets };
  }
  return {
    name: "ddp",
    capabilities: streamCapabilities(settings),
    // WLED leaves its realtime mode after 2.5 s without a packet.
    refreshMs: 1000,
    perSecond: 40,
    start: ({ shape }) => ({ lamps: lampsOf(settings, shape), sequence: 0 }),
    frame: (state, lit) => said(state, state.lamps.of(lit)),
    // There is no word of good-bye.
    end: (state) => said(state, state.lamps.black).packets,
  };
}
