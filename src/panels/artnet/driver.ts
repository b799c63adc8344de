/** Art-Net: a picture as one ArtDmx for each universe, and where it is written so, an ArtSync after them. */
import type { StreamDriver } from "../contract.ts";
import { type LampBytes, type Lamps, lampsOf, streamCapabilities } from "../cards/lamps.ts";
import { inUniverses } from "../cards/universes.ts";
import { encodeArtnet } from "./codec.ts";

export interface ArtnetSettings extends Lamps {
  /** The first one's port-address. */
  readonly universe: number;
  readonly lampsPerUniverse: number;
  readonly sync: boolean;
}

export interface State {
  readonly lamps: LampBytes;
  /** Of every universe: each gets one with each picture. 1 to 255; 0 would be: not counted. */
  readonly sequence: number;
}

export function artnetDriver(settings: ArtnetSettings): StreamDriver<State> {
  const { universe, lampsPerUniverse, sync } = settings;

  function said({ lamps, sequence }: State, data: Uint8Array) {
    const next = (sequence % 255) + 1;
    const packets = inUniverses(data, lamps.channels, lampsPerUniverse).map((slots, at) =>
      encodeArtnet({ kind: "dmx", sequence: next, physical: 0, portAddress: universe + at, slots }),
    );
    return { state: { lamps, sequence: next }, packets: sync ? [...packets, encodeArtnet({ kind: "sync" })] : packets };
  }

  return {
    name: "artnet",
    capabilities: streamCapabilities(settings),
    // WLED leaves its realtime mode after 2.5 s without a packet; a node that knows ArtSync forgets it after 4 s.
    refreshMs: 1000,
    // DMX itself has 44.
    perSecond: 40,
    start: ({ shape }) => ({ lamps: lampsOf(settings, shape), sequence: 0 }),
    frame: (state, lit) => said(state, state.lamps.of(lit)),
    end: (state) => said(state, state.lamps.black).packets,
  };
}
