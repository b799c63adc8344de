/**
 * Receivers that others wrote read what our streams send, over real sockets on the loopback: npm's sacn and dmxnet in this
 * process, and Debian's OLA in its own. test/README.md tells which other judges were tried.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import dmxnet from "dmxnet";
import { Receiver } from "sacn";
import { afterEach, describe, expect, test } from "vitest";
import { artnetDriver } from "../../src/panels/artnet/driver.ts";
import type { StreamDriver } from "../../src/panels/contract.ts";
import { startStreamLoop } from "../../src/panels/delivery/stream-loop.ts";
import { e131Driver } from "../../src/panels/e131/driver.ts";
import type { Link } from "../../src/panels/links/link.ts";
import { udpLink } from "../../src/panels/links/udp.ts";
import { needTool } from "../tools.ts";
import { picture, programmeOf } from "./card-town.ts";
import { plain } from "./lamp-panel.ts";
import { base, FakeSeals, sealed } from "./town.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** 400 lamps: two whole universes and a part. */
const shape = { width: 20, height: 20, colour: "rgb" } as const;
const message = picture(shape, 5, 60_000);
const pixels = [...(message.pages[0]?.bitmap.pixels ?? [])];
const levels = [0, 1, 2].map((at) => pixels.slice(at * 510, (at + 1) * 510));
const whole = (slots: readonly number[]) => [...slots, ...new Array<number>(512 - slots.length).fill(0)];
const said = (...words: readonly unknown[]) => JSON.stringify(words);
const e131 = (universe: number, sync: number | null = null) =>
  e131Driver({ ...plain, universe, lampsPerUniverse: 170, priority: 120, sync });

/** Lit until the test is over. */
function light<State>(driver: StreamDriver<State>, link: Link): { stop(): Promise<void> } {
  const seals = new FakeSeals();
  const panel = { board: "B1", shape, address: 1, where: link.where, bitsPerSecond: null };
  const parts = { panel, link, driver, seals, clock: { now: () => base }, random: () => 0.1, changed: () => {} };
  const loop = startStreamLoop(parts, programmeOf(shape, []));
  stops.push(() => loop.stop());
  loop.want(sealed(seals, programmeOf(shape, [{ fromMs: 0, untilMs: 3_600_000, show: [["R1", message]] }])));
  return loop;
}

/** In real time: looks every few milliseconds, for at most ten seconds. */
async function seen(what: () => boolean | Promise<boolean>, name: string): Promise<void> {
  for (let round = 0; round < 500; round++) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`never: ${name}`);
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4").bind(0);
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}

describe("npm's sacn", () => {
  test("reads each universe from its own multicast group, and the good-bye", async () => {
    const port = await freeUdpPort();
    const universes = [255, 256, 257];
    const receiver = new Receiver({ universes, port, iface: "127.0.0.1" });
    const heard = new Map<number, string>();
    const ended: number[] = [];
    const troubles: unknown[] = [];
    receiver.on("packet", (packet) => {
      const { universe, priority, sourceName } = packet;
      if (packet.options === 0x40) ended.push(universe);
      else heard.set(universe, said(priority, sourceName, [...(packet.payloadAsBuffer ?? [])]));
    });
    for (const trouble of ["PacketCorruption", "PacketOutOfOrder", "error"] as const)
      receiver.on(trouble, (error: unknown) => troubles.push(error));
    stops.push(() => new Promise<void>((done) => receiver.close(done)));
    const link = udpLink("239.255.0.255", port, { from: "127.0.0.1", group: e131(255).group });
    const loop = light(e131(255), link);
    const hears = (slots: readonly (readonly number[])[]) =>
      universes.every((one, at) => heard.get(one) === said(120, "Boardcast B1", whole(slots[at] ?? [])));
    await seen(() => hears(levels), "three universes");
    await loop.stop();
    await seen(() => ended.length === 9, "three good-byes of each");
    expect(new Set(ended)).toEqual(new Set(universes));
    expect(hears([[], [], []]), "black before the good-bye").toBe(true);
    expect(troubles).toEqual([]);
  });
});

test("npm's dmxnet reads each port-address, over net and sub-net", async () => {
  const port = await freeUdpPort();
  // Nothing of it leaves this computer.
  const node = new dmxnet.dmxnet({ listen: port, hosts: ["127.0.0.1"], log: { silent: true } });
  const inside = node as unknown as { listener4: { close(): void }; socket: { close(): void } };
  stops.push(() => {
    inside.listener4.close();
    inside.socket.close();
  });
  const addresses = [255, 256, 257].map((address) => ({
    net: address >> 8,
    subnet: (address >> 4) & 15,
    universe: address & 15,
  }));
  const heard: number[][] = [[], [], []];
  for (const [at, address] of addresses.entries())
    node.newReceiver(address).on("data", (data: number[]) => {
      heard[at] = [...data];
    });
  light(artnetDriver({ ...plain, universe: 255, lampsPerUniverse: 170, sync: true }), udpLink("127.0.0.1", port));
  await seen(() => JSON.stringify(heard) === JSON.stringify(levels), "three port-addresses");
});

describe.skipIf(needTool("olad") === null)("Debian's OLA", () => {
  test("reads both protocols, each universe as its own", async () => {
    const ola = await startOla();
    const [ports, count] = [{ e131: "2-I", artnet: "1-I" }, levels.length];
    const patched = (first: number, device: string) =>
      Array.from({ length: count }, (_, at) => ola.patch(first + at, `${device}-${at}`));
    // An Art-Net input of its takes the port-address that its universe's last four bits name.
    await Promise.all([...patched(31, ports.e131), ...patched(4, ports.artnet)]);
    light(e131(31), udpLink("127.0.0.1", 5568));
    light(artnetDriver({ ...plain, universe: 4, lampsPerUniverse: 170, sync: false }), udpLink("127.0.0.1", 6454));
    for (const [first, name] of [
      [31, "E1.31"],
      [4, "Art-Net"],
    ] as const)
      for (const [at, slots] of levels.entries()) {
        // Universes have 512 slots over E1.31, and what was sent over Art-Net.
        await seen(
          async () => {
            const dmx = await ola.levels(first + at);
            return dmx.length >= slots.length && slots.every((level, slot) => dmx[slot] === level);
          },
          `${name} universe ${first + at}`,
        );
      }
  }, 15_000);
});

/** With a folder of its own, and no plug-in but the two; on this computer alone. */
async function startOla() {
  const folder = mkdtempSync(join(tmpdir(), "boardcast-ola-"));
  const others =
    "dmx4linux dummy espnet ftdidmx gpio karate kinet milinst nanoleaf opendmx openpixelcontrol osc pathport renard sandnet shownet spi spidmx stageprofi synadymx uartdmx usbdmx usbpro usbserial";
  const files: Record<string, string> = {
    artnet: "enabled = true\nip = 127.0.0.1\nuse_loopback = true\nnet = 0\nsubnet = 0\noutput_ports = 0\n",
    e131: "enabled = true\nip = 127.0.0.1\ninput_ports = 4\noutput_ports = 0\n",
    ...Object.fromEntries(others.split(" ").map((name) => [name, "enabled = false\n"])),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `ola-${name}.conf`), text);
  // It will not run as root.
  const root = process.getuid?.() === 0;
  const nobody = 65_534;
  if (root)
    for (const path of [folder, ...Object.keys(files).map((name) => join(folder, `ola-${name}.conf`))])
      chownSync(path, nobody, nobody);
  const [http, rpc] = [await freeTcpPort(), await freeTcpPort()];
  const flags = ["-c", folder, "-p", `${http}`, "-r", `${rpc}`, "--no-register-with-dns-sd", "-l", "1"];
  const as = root ? { uid: nobody, gid: nobody } : {};
  const child = spawn(needTool("olad") ?? "", flags, { stdio: ["ignore", "ignore", "pipe"], ...as });
  stops.push(async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  });
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2000);
  });
  const url = `http://127.0.0.1:${http}`;
  const json = async (path: string, body?: URLSearchParams): Promise<Record<string, unknown>> => {
    if (child.exitCode !== null) throw new Error(`olad ended: ${said}`);
    const response = await fetch(url + path, body ? { method: "POST", body } : {});
    return (await response.json()) as Record<string, unknown>;
  };
  await seen(async () => {
    const answer = await json("/json/get_ports").catch((error: unknown) => {
      if (child.exitCode !== null) throw error;
      return null;
    });
    return JSON.stringify(answer ?? "").includes("2-I-0");
  }, "olad's ports");
  return {
    async patch(universe: number, port: string) {
      const body = new URLSearchParams({ id: `${universe}`, name: `u${universe}`, add_ports: port });
      const answer = await json("/new_universe", body);
      if (answer.ok !== true) throw new Error(`olad: universe ${universe}: ${JSON.stringify(answer)}`);
    },
    levels: async (universe: number) => ((await json(`/get_dmx?u=${universe}`)).dmx ?? []) as readonly number[],
  };
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const over = once(child, "exit");
  child.kill("SIGKILL");
  await over;
}
