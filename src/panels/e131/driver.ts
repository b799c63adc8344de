/** E1.31: a picture as one packet for each universe, and where it is written so, one that says "now". */
import { hashToBytes, sha256Hex } from "../../message/index.ts";
import type { PanelIdentity, StreamDriver } from "../contract.ts";
import { type LampBytes, type Lamps, lampsOf, streamCapabilities } from "../cards/lamps.ts";
import { inUniverses } from "../cards/universes.ts";
import { type DataPacket, decodeE131, encodeE131, groupOf, options } from "./codec.ts";

export interface E131Settings extends Lamps {
  readonly universe: number;
  readonly lampsPerUniverse: number;
  readonly priority: number;
  /** null: none. */
  readonly sync: number | null;
}

export interface State {
  readonly lamps: LampBytes;
  readonly sender: Pick<DataPacket, "cid" | "source">;
  /** Of every universe and of the sync packet: each gets one with each picture. */
  readonly sequence: number;
}

/** A good-bye is said so often, since any one of them may be lost. */
const goodbyes = 3;

export function e131Driver(settings: E131Settings): StreamDriver<State> {
  const { universe, lampsPerUniverse, priority } = settings;
  const sync = settings.sync ?? 0;

  /** `data`: of all lamps. */
  function packets({ lamps, sender, sequence }: State, data: Uint8Array, flags: number): readonly Uint8Array[] {
    // Who ends does not wait for a word to do so.
    const on = flags & options.terminated ? 0 : sync;
    const common = { kind: "data", ...sender, priority, sync: on, sequence, options: flags, startCode: 0 } as const;
    const made = inUniverses(data, lamps.channels, lampsPerUniverse).map((slots, at) =>
      encodeE131({ ...common, universe: universe + at, slots: whole(slots) }),
    );
    return on === 0 ? made : [...made, encodeE131({ kind: "sync", cid: sender.cid, sequence, sync: on })];
  }

  return {
    name: "e131",
    capabilities: streamCapabilities(settings),
    // A source that is silent for 2.5 s is given up; one packet a second at least is the rule.
    refreshMs: 800,
    // DMX itself has 44.
    perSecond: 40,
    start: (panel) => ({ lamps: lampsOf(settings, panel.shape), sender: senderOf(panel, universe), sequence: 0 }),
    frame(state, lit) {
      const next = { ...state, sequence: (state.sequence + 1) & 0xff };
      return { state: next, packets: packets(next, state.lamps.of(lit), 0) };
    },
    end(state) {
      const { black } = state.lamps;
      const said = Array.from({ length: goodbyes + 1 }, (_, at) =>
        packets({ ...state, sequence: (state.sequence + 1 + at) & 0xff }, black, at === 0 ? 0 : options.terminated),
      );
      return said.flat();
    },
    group(packet) {
      const read = decodeE131(packet);
      return groupOf(read?.kind === "data" ? read.universe : sync);
    },
  };
}

/** All 512 slots: some receivers take no shorter ones. */
function whole(slots: Uint8Array): Uint8Array {
  const all = new Uint8Array(512);
  all.set(slots);
  return all;
}

/** The same after every start, and another for every board: receivers tell senders by it. A UUID of version 8. */
function senderOf({ board, where }: PanelIdentity, universe: number): State["sender"] {
  const digest = sha256Hex(new TextEncoder().encode(`boardcast e131 ${board} ${where} ${universe}`));
  const cid = hashToBytes(digest).slice(0, 16);
  cid[6] = ((cid[6] ?? 0) & 0x0f) | 0x80;
  cid[8] = ((cid[8] ?? 0) & 0x3f) | 0x80;
  return { cid, source: `Boardcast ${board}` };
}
