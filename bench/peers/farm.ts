/** A farm of panels as a process of its own, and what is sent to them: a wave, one picture to all of them. */
import { fileURLToPath } from "node:url";
import {
  crc32,
  encodeProgramme,
  makeMessage,
  type Message,
  type Programme,
  programmeId,
} from "../../src/message/index.ts";
import type { Instant } from "../../src/time/clock.ts";
import { startChild } from "./child.ts";
import { compiled } from "./compiled.ts";
import { farmShape } from "./farm-shape.ts";

export interface Farm {
  /** One panel each, on the loopback. */
  readonly ports: readonly number[];
  /** The panels `from` to `until` neither read nor answer any more. */
  stall(from: number, until: number): Promise<void>;
  stop(): Promise<void>;
}

/** In C where that can be compiled: whoever is measured shall not wait for its panels, nor wake them one by one. */
export async function startFarm(count: number): Promise<Farm> {
  const quick = compiled("panel_farm.c", "-O2");
  const program = fileURLToPath(new URL("panel-farm.ts", import.meta.url));
  const child = quick
    ? startChild(quick.program, [String(count)])
    : startChild(process.execPath, ["--import", "tsx", program, String(count)]);
  const ports = (await child.ask()).split(" ").map(Number);
  quick?.forget();
  return {
    ports,
    stall: async (from, until) => void (await child.ask(`stall ${from} ${until}`)),
    stop: () => child.stop(),
  };
}

export interface Wave {
  readonly programme: Programme;
  readonly id: string;
  readonly message: Message;
  /** As the peers are told of it. */
  readonly line: string;
}

const hours = 3_600_000;

/** The `number`th picture of its kind, from `base` on for two hours. Dots of all kinds: no zero in eight bytes helps who stuffs. */
export function makeWave(number: number, base: Instant): Wave {
  const pixels = new Uint8Array((farmShape.width / 8) * farmShape.height);
  let noise = number * 2_654_435_761 + 1;
  for (let at = 0; at < pixels.length; at++) {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = 1 + ((noise >>> 24) % 255);
  }
  const { width, height } = farmShape;
  const bitmap = { width, height, format: "mono1", pixels, palette: new Uint8Array(0) } as const;
  const page = { bitmap, motion: "hold", msPerPx: 0, holdMs: 10_000, step: 0, window: null, fields: [] } as const;
  const message = makeMessage(farmShape, [page]);
  const turns = [{ message: 0, endMs: message.durationMs }];
  const span = { startMs: 0, endMs: 2 * hours, leadMs: 0, turns, utcOffsetMin: 480 };
  const programme = { shape: farmShape, base, endMs: 2 * hours, messages: [message.hash], spans: [span] };
  const id = programmeId(programme);
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const crc = crc32(pixels).toString(16).padStart(8, "0");
  const line = [hex(encodeProgramme(programme)), hex(message.bytes), id, message.hash, crc].join(" ");
  return { programme, id, message, line };
}
