/** A panel cut off in the middle of an upload, at a hundred places on real sockets, in both directions; the others do not notice. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { emptyBitmap, makeMessage, type Message, type Programme } from "../../src/message/index.ts";
import type { SealVerdict } from "../../src/notices/types.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { createDelivery, type Delivery } from "../../src/panels/delivery/index.ts";
import { type RunningPanel, runSimulatedPanel } from "../../src/panels/reference/simulator/process.ts";
import { wallClock } from "../../src/time/clock.ts";
import { ask, lit, until } from "./processes.ts";

const shape = { width: 64, height: 32, colour: "mono" } as const;
const victims = Array.from({ length: 10 }, (_, index) => `V${index}`);
const others = ["O1", "O2"];
/** Each victim is cut so often, alternately in what we send and in what it answers. */
const cutsEach = 10;

let panels: ReadonlyMap<string, RunningPanel>;
let delivery: Delivery;
/** What each board was last signed to show. */
const signed = new Map<string, string>();

beforeAll(async () => {
  const made = [...victims, ...others].map(async (id) => {
    const transport = { kind: "listen", host: "127.0.0.1", port: 0 } as const;
    return [id, await runSimulatedPanel({ id, shape, transport, address: 1, control: { port: 0 } })] as const;
  });
  panels = new Map(await Promise.all(made));
  const boards = [...panels].map(
    ([id, panel]): BoardConfig => ({
      id,
      name: id,
      place: "",
      model: "",
      device: "led",
      shape,
      ledColour: null,
      link: { kind: "tcp-out", host: "127.0.0.1", port: panel.port, address: 1 },
      hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" },
      defaultLines: [],
      custodian: "",
    }),
  );
  const verdict = (notice: string): SealVerdict => ({
    ok: true,
    envelope: { boards: [notice], from: 0, until: 2 ** 47, bestPriority: 5 },
    pixels: new Map([[notice, signed.get(notice) ?? ""]]),
    signedAt: 0,
    withdrawnAt: null,
    supersededAt: null,
  });
  delivery = createDelivery({
    boards,
    seals: { verdict },
    clock: wallClock,
    listenHost: "127.0.0.1",
    changed: () => {},
  });
});
afterAll(async () => {
  await delivery?.stop();
  for (const panel of panels?.values() ?? []) await panel.stop();
});

/** Eight kilobytes of dots that no panel has yet. */
function message(): Message {
  const pages = Array.from({ length: 32 }, (_, step) => {
    const bitmap = emptyBitmap(shape.width, shape.height, "mono1", new Uint8Array(0));
    for (let at = 0; at < bitmap.pixels.length; at++) bitmap.pixels[at] = Math.floor(Math.random() * 256);
    return { bitmap, motion: "hold", msPerPx: 0, holdMs: 1000, step, window: null, fields: [] } as const;
  });
  return makeMessage(shape, pages);
}

function show(id: string): Message {
  const made = message();
  signed.set(id, made.hash);
  const base = Date.now();
  const span = {
    startMs: 0,
    endMs: 3_600_000,
    leadMs: 0,
    turns: [{ message: 0, endMs: made.durationMs }],
    utcOffsetMin: 0,
  };
  const programme: Programme = { shape, base, endMs: 3_600_000, messages: [made.hash], spans: [span] };
  const wanted: Wanted = { board: id, programme, owners: [[id]], messages: new Map([[made.hash, made]]), dark: false };
  delivery.want(wanted);
  return made;
}

const control = (id: string) => panels.get(id)?.controlPort ?? 0;
const shown = (id: string, { hash }: Message) =>
  until(
    `${id} confirmed`,
    async () => delivery.facts(id),
    ({ confirmed, sent }) => confirmed?.message === hash && sent?.message === hash,
  );

test("a hundred cuts, spread over the whole upload in both directions", async () => {
  const first = new Map([...panels.keys()].map((id) => [id, show(id)]));
  await Promise.all([...first].map(([id, made]) => shown(id, made)));
  const undisturbed = others.map((id) => ({ id, before: { ...delivery.counters(id) }, confirmed: [] as number[] }));
  const watch = setInterval(() => {
    for (const { id, confirmed } of undisturbed) confirmed.push(delivery.facts(id).confirmed?.at ?? Number.NaN);
  }, 20);

  // How many bytes an upload takes: what comes in, and what is answered (a line of some 40 characters a question).
  const [sample = ""] = victims;
  const stats = () => ask<{ bytesIn: number; framesIn: number }>(control(sample), { do: "stats" });
  const before = await stats();
  await shown(sample, show(sample));
  const after = await stats();
  const bytesIn = after.bytesIn - before.bytesIn;
  const bytesOut = (after.framesIn - before.framesIn) * 35;
  expect(bytesIn).toBeGreaterThan(8192);

  const cut = async (id: string, number: number) => {
    const share = (number + Math.random()) / (victims.length * cutsEach);
    const inwards = number % 2 === 0;
    const request = inwards
      ? { do: "cut-after", bytes: Math.floor(share * bytesIn * 0.95) }
      : { do: "cut-after-replies", bytes: Math.floor(share * bytesOut * 0.9) };
    const { connections } = delivery.counters(id);
    await ask(control(id), request);
    const made = show(id);
    await shown(id, made);
    const light = await lit(control(id));
    expect([light.message, light.why], JSON.stringify(request)).toEqual([made.hash, "turn"]);
    expect(delivery.counters(id).connections, JSON.stringify(request)).toBe(connections + 1);
  };
  const ordeals = victims.map(async (id, victim) => {
    for (let turn = 0; turn < cutsEach; turn++) await cut(id, turn * victims.length + victim);
  });
  await Promise.all(ordeals);
  // A fast machine is done before the others' next poll is due.
  const askedAgain = undisturbed.map(({ id, before }) =>
    until(
      `${id} asked again`,
      async () => delivery.counters(id).exchanges,
      (exchanges) => exchanges > before.exchanges,
    ),
  );
  await Promise.all(askedAgain);
  clearInterval(watch);

  for (const { id, confirmed } of undisturbed) {
    const now = delivery.counters(id);
    expect([now.connections, now.activations, now.timeouts, now.noise], id).toEqual([1, 1, 0, 0]);
    expect(confirmed.length).toBeGreaterThan(50);
    // Never lost, never older than it was.
    expect(confirmed.filter((at, index) => !(at >= (confirmed[index - 1] ?? 0)))).toEqual([]);
    expect(delivery.facts(id).faults).toEqual([]);
  }
}, 120_000);
