/** Matrices of lamps behind controllers of other makers, simulated: each lights what is streamed to it. A new one is a case here. */
import type { StreamConfig } from "../../config/types.ts";
import type { Shape } from "../../message/index.ts";
import { Wled } from "../adalight-tpm2/simulator/wled.ts";
import { ArtnetNode } from "../artnet/simulator/receiver.ts";
import { DdpReceiver } from "../ddp/simulator/receiver.ts";
import { E131Receiver } from "../e131/simulator/receiver.ts";
import { type Controller, LampPanel } from "./lamp-panel.ts";

/** The far end of a board that is configured so. */
export function simulatedLamps(stream: StreamConfig, shape: Shape): LampPanel {
  const { wiring } = stream;
  const lamps = wiring.skip + shape.width * shape.height;
  return new LampPanel(shape, () => controllerOf(stream, lamps), wiring);
}

function controllerOf(stream: StreamConfig, lamps: number): Controller {
  const { keeps, wiring } = stream;
  const channels = wiring.order.length;
  const timeoutMs = keeps ? Number.POSITIVE_INFINITY : 2500;
  switch (stream.kind) {
    case "ddp":
      return new DdpReceiver(lamps, { timeoutMs, channels });
    case "e131": {
      const { universe: firstUniverse, lampsPerUniverse } = stream;
      return new E131Receiver({ lamps, channels, firstUniverse, lampsPerUniverse, keeps });
    }
    case "artnet": {
      const { universe: firstPort, lampsPerUniverse } = stream;
      return new ArtnetNode({ lamps, channels, firstPort, lampsPerUniverse, keeps });
    }
    case "adalight":
    case "tpm2":
      return new Wled(lamps, timeoutMs);
    case "tpm2net":
      return new NetWled(lamps, timeoutMs);
  }
}

/** What comes is datagrams, and no line. */
class NetWled extends Wled {
  override hear(packet: Uint8Array, nowMs: number): readonly Uint8Array[] {
    return this.hearNet(packet, nowMs);
  }
}
