/** A line is tried before there is a board: on one that boards of ours are on, in turns with them, or not at all. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { duplexPair } from "node:stream";
import { expect, test } from "vitest";
import { toDriver } from "../../src/config/driver.ts";
import type { BoardConfig, LinkConfig } from "../../src/config/types.ts";
import { lineTrier } from "../../src/daemon/try-line.ts";
import { makeBus } from "../../src/panels/links/bus.ts";
import { serveLine } from "../../src/panels/reference/simulator/line.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { FrameReader } from "../../src/panels/reference/simulator/wire.ts";
import { simulatedOnbon } from "../../src/panels/simulated/cards.ts";
import type { Far } from "../panels/card-town.ts";
import { cards, shape as onbonShape } from "../panels/onbon/rig.ts";
import { shape } from "../panels/town.ts";

const baud = 9600;
const line = (address: number, more: object = {}) =>
  ({ kind: "serial", path: "/dev/ttyUSB0", baud, address, ...more }) as const;
const site = (...links: readonly LinkConfig[]) => ({
  practice: false,
  listen: { host: "127.0.0.1", port: 0 },
  boards: links.map((link, index) => ({ id: `B${index + 1}`, link }) as BoardConfig),
});

/** A port with a panel of number 3 on it. */
function port() {
  const panel = new SimulatedPanel({
    ...{ id: "B3", shape, address: 3, ramBytes: 1 << 20 },
    ...{ monotonicMs: () => performance.now(), newBootId: () => "00000001" },
  });
  const faults = { cutAfterBytes: null, cutAfterReplyBytes: null, deafUntilMs: 0 };
  const none = { corruptReplies: 0, loseReplies: 0, noisyBytes: 0 };
  return makeBus({
    ...{ where: "memory", bitsPerSecond: null, stop: async () => {} },
    open: async () => {
      const [near, far] = duplexPair();
      const reader = new FrameReader();
      const answer = (byte: number) => {
        const frame = reader.feed(byte);
        return frame && panel.handle(frame);
      };
      near.once(
        "close",
        serveLine(far, null, { ...faults, ...none }, () => performance.now(), answer),
      );
      return near;
    },
  });
}

test("a number of its own on a line that takes turns: the panel says who it is", async () => {
  const bus = port();
  const running = bus.seat();
  const stream = await running.open(new AbortController().signal);
  const tryLine = lineTrier(site(line(1), line(2)), () => bus.seat());
  const tried = await tryLine(line(3));
  expect(tried.found).toMatchObject({ id: "B3", ...shape });
  // The boards' own line is as it was.
  expect(stream.destroyed).toBe(false);
  await running.stop();
});

test.each([
  ["a number that a board of the line has", line(2), "On this line, 2 is the number of B2: give it another."],
  ["another speed", line(3, { baud: 115_200 }), "B1 is on this line at 9600 baud: choose the same."],
])("%s: it is said, and nothing is sent", async (_name, link, says) => {
  const tryLine = lineTrier(site(line(1), line(2)), () => {
    throw new Error("asked");
  });
  expect(await tryLine(link)).toMatchObject({ found: null, says: { en: says } });
});

test("a line without turns is left alone", async () => {
  const link = { kind: "tcp-out", host: "192.0.2.1", port: 5005, address: 1 } as const;
  const tried = await lineTrier(site(link), () => null)({ ...link, address: 2 });
  expect(tried).toMatchObject({ found: null, says: { en: expect.stringContaining("B1 uses this line") } });
});

/** Another maker's card behind a port of its own; what it is asked is counted. */
function cardPort(far: Far) {
  let asked = 0;
  const server = createServer((socket) => {
    far.connected?.();
    socket.on("data", (bytes: Uint8Array) => {
      asked++;
      for (const answer of far.hear(bytes, performance.now())) socket.write(answer);
    });
    socket.on("error", () => {});
  });
  return { server, asked: () => asked };
}
const listening = async (server: Server) => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { kind: "tcp-out", host: "127.0.0.1", port: (server.address() as AddressInfo).port } as const;
};
const cardOf = (width: number, more: object = {}) => ({
  driver: toDriver({ kind: "onbon", ...more } as never),
  shape: { width, height: 8, colour: "mono" } as const,
});

test("another maker's card is asked what its driver asks first: it answers, it is of another size, or it is none of that kind", async () => {
  const far = simulatedOnbon(onbonShape, { ...cards.e6, planes: "RG", rgb: "888" });
  const { server, asked } = cardPort(far);
  const link = await listening(server);
  try {
    const tryLine = lineTrier(site(), () => null);
    expect(await tryLine(link, cardOf(onbonShape.width))).toMatchObject({ ok: true, found: null });
    expect(asked()).toBeGreaterThan(0);
    // Nothing was lit by it, and nothing written into its flash.
    expect(far.frame().pixels.every((byte) => byte === 0)).toBe(true);
    expect(far.flashWrites).toBe(0);
    const wrong = await tryLine(link, cardOf(onbonShape.width * 2));
    expect([wrong.ok, wrong.says.en]).toEqual([false, expect.stringMatching(/^The card answers: .*64/)]);
    const huidu = { driver: toDriver({ kind: "ddp" } as never), shape: onbonShape };
    expect(await tryLine(link, huidu)).toMatchObject({
      ok: false,
      says: { en: expect.stringContaining("only listens") },
    });
  } finally {
    server.close();
  }
});

test("nobody at the other end, and nobody who answers, are told apart", async () => {
  const dumb = createServer((socket) => void socket.on("error", () => {}).resume());
  const link = await listening(dumb);
  const tryLine = lineTrier(site(), () => null);
  const silent = await tryLine(link, cardOf(32));
  expect([silent.ok, silent.says.en]).toEqual([false, expect.stringContaining("no card answers")]);
  await new Promise((resolve) => dumb.close(resolve));
  const gone = await tryLine(link, cardOf(32));
  expect([gone.ok, gone.says.en]).toEqual([false, expect.stringContaining("cannot be opened")]);
}, 30_000);

test("a line on which nothing could be said is not told as a card that does not answer", async () => {
  const turns = { take: async () => null, look() {} };
  const open = async () => duplexPair()[0];
  const busy = { where: "memory", bitsPerSecond: null, turns, open, stop: async () => {} };
  const tryLine = lineTrier(site(line(1)), () => busy);
  for (const card of [null, cardOf(32)]) {
    const { ok, says } = await tryLine(line(3), card);
    expect([ok, says.zh, says.en]).toEqual([
      false,
      expect.stringMatching(/^线路通了\uff0c话没能发出去/),
      expect.stringMatching(/^The line is open, and nothing could be said on it/),
    ]);
  }
});
