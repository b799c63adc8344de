/** Real sockets on the loopback, both ways, and real time: the loop, the links and a simulated panel together. */
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { createDelivery } from "../../src/panels/delivery/index.ts";
import type { PanelLoop } from "../../src/panels/delivery/panel-loop.ts";
import type { Link } from "../../src/panels/links/link.ts";
import { tcpIn } from "../../src/panels/links/tcp-in.ts";
import { tcpOut } from "../../src/panels/links/tcp-out.ts";
import { type RunningPanel, runSimulatedPanel } from "../../src/panels/reference/simulator/process.ts";
import { serveLine } from "../../src/panels/reference/simulator/line.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { type Frame, FrameReader } from "../../src/panels/reference/simulator/wire.ts";
import { liveBoard } from "./live.ts";
import { base, FakeSeals, picture, poll, sealed, shape, wantedOf } from "./town.ts";

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.stop();
});
function kept<T extends { stop(): Promise<void> }>(one: T): T {
  started.push(one);
  return one;
}

const message = picture(0x3c, 0, 1500);

function loopOn(link: Link): PanelLoop {
  const { loop, want } = liveBoard(link, message);
  want();
  return kept(loop);
}
const simulated = async (transport: Parameters<typeof runSimulatedPanel>[0]["transport"]): Promise<RunningPanel> =>
  kept(await runSimulatedPanel({ id: "B1", shape, address: 1, transport }));
const confirmed = (loop: PanelLoop) => poll(() => loop.facts().confirmed?.message === message.hash, "confirmed");

/** Bytes pass both ways until told otherwise. */
async function relay(port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.once("close", () => to.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return kept({
    port: (server.address() as AddressInfo).port,
    cut,
    stop: () =>
      new Promise<void>((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  });
}

describe("dialling out", () => {
  test("content arrives and is confirmed; cut again and again, it comes back", async () => {
    const panel = await simulated({ kind: "listen", host: "127.0.0.1", port: 0 });
    const line = await relay(panel.port);
    const loop = loopOn(tcpOut("127.0.0.1", line.port));
    await confirmed(loop);
    for (let round = 0; round < 5; round++) {
      const { connections } = loop.counters;
      const before = loop.facts().confirmed?.at ?? 0;
      line.cut();
      await poll(() => loop.counters.connections > connections, "dialled again");
      await poll(() => (loop.facts().confirmed?.at ?? 0) > before, "confirmed again");
    }
    expect(loop.counters.activations).toBe(1);
  });

  test("a port where nobody listens is a fault that says so, and stop() does not wait for it", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const loop = loopOn(tcpOut("127.0.0.1", port));
    await poll(() => loop.facts().faults.length > 0, "a fault");
    expect(loop.facts().faults[0]?.fault).toMatchObject({ code: "link/refused", where: `tcp 127.0.0.1:${port}` });
  });

  test("a far end that accepts and says nothing is given up after a while, and delays no other", async () => {
    const mute = createServer((socket) => void socket.on("error", () => {}).resume()).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const panel = await simulated({ kind: "listen", host: "127.0.0.1", port: 0 });
    const dead = loopOn(tcpOut("127.0.0.1", (mute.address() as AddressInfo).port));
    const alive = loopOn(tcpOut("127.0.0.1", panel.port));
    await confirmed(alive);
    await poll(() => dead.facts().faults.some(({ fault }) => fault.code === "link/no-answer"), "no answer");
    expect(dead.facts().confirmed).toBeNull();
    await dead.stop();
    await new Promise((resolve) => mute.close(resolve));
  });
});

describe("a panel alone behind a serial server", () => {
  /** A far end that has a line of `baud` bits a second; what it was asked, and how much of that at once. */
  async function server(baud: number) {
    const panel = new SimulatedPanel({
      ...{ id: "B1", shape, address: 1, ramBytes: 1 << 20 },
      ...{ monotonicMs: () => performance.now(), newBootId: () => "00000001" },
    });
    const faults = { cutAfterBytes: null, cutAfterReplyBytes: null, deafUntilMs: 0 };
    const none = { corruptReplies: 0, loseReplies: 0, noisyBytes: 0 };
    const asked: Frame[] = [];
    let [waiting, most] = [0, 0];
    const listening = createServer((socket) => {
      const [onSocket, onLine] = [new FrameReader(), new FrameReader()];
      socket
        .on("error", () => {})
        .on("data", (bytes: Buffer) => {
          for (const byte of bytes) waiting += onSocket.feed(byte) ? 1 : 0;
          most = Math.max(most, waiting);
        });
      const hear = (byte: number) => {
        const frame = onLine.feed(byte);
        if (!frame) return null;
        asked.push(frame);
        waiting--;
        return panel.handle(frame);
      };
      socket.once(
        "close",
        serveLine(socket, baud, { ...faults, ...none }, () => performance.now(), hear),
      );
    }).listen(0, "127.0.0.1");
    await once(listening, "listening");
    kept({ stop: () => new Promise<void>((resolve) => listening.close(() => resolve())) });
    return { port: (listening.address() as AddressInfo).port, asked, most: () => most };
  }

  /** What the installation file makes of it, on a clock that goes on by `tickMs`: what is more is the line's. */
  async function shown(baud: number | undefined) {
    const [tickMs, started] = [50, performance.now()];
    const clock = { now: () => base + tickMs * Math.floor((performance.now() - started) / tickMs) };
    const far = await server(115_200);
    const seals = new FakeSeals();
    const board = { id: "B1", shape, link: { kind: "tcp-out", host: "127.0.0.1", port: far.port, baud, address: 1 } };
    const delivery = kept(
      createDelivery({
        ...{ boards: [board as unknown as BoardConfig], seals, clock },
        ...{ listenHost: "127.0.0.1", changed: () => {} },
      }),
    );
    delivery.want(sealed(seals, wantedOf([{ fromMs: 0, untilMs: 3_600_000, show: [["R1", picture(0x3c)]] }])));
    await poll(() => delivery.facts("B1").confirmed?.message === picture(0x3c).hash, "confirmed");
    const told = far.asked.find(({ verb }) => verb === 2)?.payload ?? expect.fail();
    return { most: far.most(), lateMs: (Buffer.from(told).readUIntLE(0, 6) - base) % tickMs };
  }

  test("that is said to be there is told one thing at a time, and the time of day as its line brings it", async () => {
    // A CLOCK is 9 bytes and its 6, in a frame of 18.
    expect(await shown(9600)).toEqual({ most: 1, lateMs: 19 });
    const plain = await shown(undefined);
    expect(plain.most).toBeGreaterThan(1);
    expect(plain.lateMs).toBe(0);
  });

  test("that dials in, too; without a speed each is a panel on the network", () => {
    for (const [link, line] of [
      [tcpIn(0, "127.0.0.1", 9600), { bitsPerSecond: 9600, backToBack: undefined }],
      [tcpIn(0, "127.0.0.1"), { bitsPerSecond: null, backToBack: true }],
    ] as const)
      expect({ bitsPerSecond: link.bitsPerSecond, backToBack: link.backToBack }).toEqual(line);
  });
});

describe("dialling in", () => {
  /** A link whose port is known. */
  async function waiting() {
    const link = tcpIn(0, "127.0.0.1");
    const loop = loopOn(link);
    await poll(() => link.port() !== 0, "listening");
    return { link, loop, port: link.port() };
  }

  test("content arrives and is confirmed", async () => {
    const { loop, port } = await waiting();
    expect(loop.facts().link).toBe("connecting");
    const panel = await simulated({ kind: "connect", host: "127.0.0.1", port });
    await confirmed(loop);
    expect(panel.panel.snapshot()).toMatchObject({ message: message.hash, why: "turn" });
  });

  test("the newest connection wins: a card that calls again has lost the older", async () => {
    const { loop, port } = await waiting();
    const half = connect(port, "127.0.0.1")
      .on("error", () => {})
      .resume();
    await poll(() => loop.facts().link === "connected", "the half-dead one");
    const panel = await simulated({ kind: "connect", host: "127.0.0.1", port });
    await confirmed(loop);
    await poll(() => half.closed, "the older closed");
    expect(panel.panel.snapshot().why).toBe("turn");
  });

  test("stop() gives the port back, with a panel connected or without", async () => {
    for (const connected of [false, true]) {
      const { loop, port } = await waiting();
      const socket = connected ? connect(port, "127.0.0.1").on("error", () => {}) : null;
      if (socket) await once(socket, "connect");
      await loop.stop();
      const again = createServer().listen(port, "127.0.0.1");
      await once(again, "listening");
      await new Promise((resolve) => again.close(resolve));
      socket?.destroy();
    }
  });

  test("stop() that comes before it listens leaves nothing behind", async () => {
    const link = tcpIn(0, "127.0.0.1");
    const giveUp = new AbortController();
    const opening = link.open(giveUp.signal);
    giveUp.abort();
    await Promise.all([expect(opening).rejects.toThrow("stopped"), link.stop()]);
    expect(link.port()).toBe(0);
  });
});
