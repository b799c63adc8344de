/** What `boardcast panel --driver` runs: each kind of card on a real line, asked by its own driver. */
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { toDriver } from "../../src/config/driver.ts";
import type { Frame, Shape } from "../../src/message/index.ts";
import type { Cleared } from "../../src/panels/contract.ts";
import { probeCard } from "../../src/panels/delivery/probe-card.ts";
import { driverOf } from "../../src/panels/drivers.ts";
import type { Link } from "../../src/panels/links/link.ts";
import { tcpIn } from "../../src/panels/links/tcp-in.ts";
import { tcpOut } from "../../src/panels/links/tcp-out.ts";
import { udpLink } from "../../src/panels/links/udp.ts";
import { simulatedCards } from "../../src/panels/simulated/cards.ts";
import {
  type SimulatedKind,
  simulatedKinds,
  simulatedNetStreams,
  simulatedStreams,
} from "../../src/panels/simulated/kinds.ts";
import { type CardProcess, runSimulatedCard } from "../../src/panels/simulated/run.ts";
import { simulatedLamps } from "../../src/panels/simulated/streams.ts";
import { cellDrawing } from "../../src/typeset/index.ts";
import { picture } from "./card-town.ts";

const started: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.stop();
});

const openMs = 20_000;
const address = 3;
const shape: Shape = { width: 64, height: 16, colour: "mono" };

async function running(kind: SimulatedKind, change: Partial<CardProcess> = {}) {
  const card = simulatedCards[kind](shape, address, cellDrawing);
  const where = { kind: "listen", host: "127.0.0.1", port: 0 } as const;
  const one = await runSimulatedCard({ card, where, bitsPerSecond: null, control: 0, ...change });
  started.push(one);
  return one;
}

/** As the installation file has it. */
const written: Readonly<Record<SimulatedKind, object>> = {
  onbon: { kind: "onbon", family: "6E" },
  "onbon-5e": { kind: "onbon" },
  "onbon-5m": { kind: "onbon" },
  "onbon-6q": { kind: "onbon", family: "6Q" },
  "onbon-k": { kind: "onbon-k" },
  huidu: { kind: "huidu" },
  alpha: { kind: "alpha", answers: true, sign: address },
};
function driverFor(kind: SimulatedKind) {
  const made = driverOf({ driver: toDriver(written[kind] as never), shape, ledColour: null }, cellDrawing);
  return "asks" in made ? made.asks : expect.fail();
}
const panelAt = (at: number, link: Pick<Link, "where" | "bitsPerSecond">) => ({
  ...{ board: "B1", shape, address: at, where: link.where, bitsPerSecond: link.bitsPerSecond },
});

/** Asked as the office's own driver asks it. */
const asked = (kind: SimulatedKind, link: Link) => probeCard(driverFor(kind), panelAt(address, link), link, openMs);

async function control(port: number, request: object): Promise<Record<string, unknown>> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`${JSON.stringify(request)}\n`);
  const [said] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return JSON.parse(said.toString()) as Record<string, unknown>;
}

test.each(simulatedKinds)("%s answers its driver, and shows what it lights", async (kind) => {
  const { port, controlPort } = await running(kind);
  const found = await asked(kind, tcpOut("127.0.0.1", port));
  // A card without areas in RAM is none to rotate on: its driver says so.
  expect(found).toMatchObject({ ok: true, faults: kind === "onbon-5m" ? [{ code: "panel/card" }] : [] });
  const frame = await control(controlPort, { do: "frame" });
  expect(frame).toEqual({ shape, pixels: Buffer.alloc(128).toString("base64") });
  expect(await control(controlPort, { do: "sing" })).toEqual({ error: "unknown request sing" });
});

test.each(simulatedKinds.filter((kind) => kind.startsWith("onbon")))("%s answers to its number alone", (kind) => {
  const driver = driverFor(kind);
  const goal = { wanted: null, dark: false, pollDue: true, now: 0 };
  const answers = [address, address + 1].map((at) => {
    const said = driver.ask(driver.connect(panelAt(at, { where: "memory", bitsPerSecond: null }), 1), goal);
    return simulatedCards[kind](shape, address, cellDrawing).hear(said?.exchange.bytes ?? expect.fail(), 0).length;
  });
  expect(answers).toEqual([1, 0]);
});

test("on a slow line it is slow, and not silent", async () => {
  const { port } = await running("onbon-k", { bitsPerSecond: 19_200 });
  expect(await asked("onbon-k", tcpOut("127.0.0.1", port, 19_200))).toMatchObject({ ok: true });
});

test("a card that dials finds whoever listens, however late", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  await running("huidu", { where: { kind: "tcp-out", host: "127.0.0.1", port, address } });
  expect(await asked("huidu", tcpIn(port, "127.0.0.1"))).toMatchObject({ ok: true });
});

test.each(simulatedStreams)("%s lights what its driver streams, and is dark at its end", async (kind) => {
  // Of so many lamps that a picture takes several datagrams of each kind.
  const matrix: Shape = { width: 33, height: 24, colour: "rgb" };
  const config = toDriver({ kind, wiring: { serpentine: true } });
  if (!("wiring" in config)) throw new Error(`${kind} has no lamps`);
  const card = simulatedLamps(config, matrix);
  const overNet = simulatedNetStreams.some((one) => one === kind);
  const host = "127.0.0.1";
  const { port, controlPort } = await running("alpha", {
    card,
    where: { kind: overNet ? "datagrams" : "listen", host, port: 0 },
  });
  const stream = await (overNet ? udpLink(host, port) : tcpOut(host, port)).open(AbortSignal.timeout(openMs));
  started.push({ stop: async () => stream.destroy() });
  const made = driverOf({ driver: config, shape: matrix, ledColour: null });
  const driver = "streams" in made ? made.streams : expect.fail();
  const pixels = picture(matrix, 1).pages[0]?.bitmap.pixels ?? expect.fail();
  const panel = { ...panelAt(1, { where: "memory", bitsPerSecond: null }), shape: matrix };
  const lit = driver.frame(driver.start(panel), { shape: matrix, pixels } as Cleared<Frame>);
  const shows = async (packets: readonly Uint8Array[], wanted: Uint8Array) =>
    vi.waitFor(
      async () => {
        // Again and again, as a stream does: what is sent once may be lost.
        for (const packet of packets) stream.write(packet);
        const frame = await control(controlPort, { do: "frame" });
        expect(frame).toEqual({ shape: matrix, pixels: Buffer.from(wanted).toString("base64") });
      },
      { timeout: openMs },
    );
  await shows(lit.packets, pixels);
  await shows(driver.end(lit.state), new Uint8Array(pixels.length));
});

test("a taken port is said, and not waited for", async () => {
  const where = { kind: "datagrams", host: "127.0.0.1", port: 0 } as const;
  const { port } = await running("alpha", { where });
  await expect(running("alpha", { where: { ...where, port } })).rejects.toThrow("EADDRINUSE");
});
