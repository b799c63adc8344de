/** Who is at the end of a line: a panel, a panel of another number, something else, nobody. */
import { type AddressInfo, createServer } from "node:net";
import { Duplex, duplexPair } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { probe } from "../../src/panels/delivery/probe.ts";
import { probeCard } from "../../src/panels/delivery/probe-card.ts";
import type { Link, Turn } from "../../src/panels/links/link.ts";
import { onbonDriver, plainOptions } from "../../src/panels/onbon/driver.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { runSimulatedPanel } from "../../src/panels/reference/simulator/process.ts";
import { FrameReader } from "../../src/panels/reference/simulator/wire.ts";
import { advance, fakes } from "./town.ts";

const started: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

const openMs = 2000;
const shape = { width: 96, height: 32, colour: "dual" } as const;
const panelAt = async (transport: Parameters<typeof runSimulatedPanel>[0]["transport"]) => {
  const panel = await runSimulatedPanel({ id: "EastGate", shape, address: 7, transport, control: { port: 0 } });
  started.push(panel);
  return panel;
};

test("a panel that is dialled says who it is; by another number it does not answer", async () => {
  const { port } = await panelAt({ kind: "listen", host: "127.0.0.1", port: 0 });
  const link = { kind: "tcp-out", host: "127.0.0.1", port, address: 7 } as const;
  expect(await probe(link, "127.0.0.1", openMs)).toMatchObject({
    ok: true,
    found: { id: "EastGate", width: 96, height: 32, colour: "dual" },
  });
  expect(await probe({ ...link, address: 8 }, "127.0.0.1", openMs)).toMatchObject({ ok: false, why: "silent" });
});

test("nobody there, and something that talks of other things", async () => {
  const server = createServer((socket) =>
    socket
      .on("error", () => {})
      .resume()
      .end("HTTP/1.1 400 Bad Request\r\n\r\n"),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const link = { kind: "tcp-out", host: "127.0.0.1", port, address: 1 } as const;
  expect(await probe(link, "127.0.0.1", openMs)).toMatchObject({ ok: false, why: "silent" });
  await new Promise((resolve) => server.close(resolve));
  expect(await probe(link, "127.0.0.1", openMs)).toMatchObject({ ok: false, why: "line" });
  expect(await probe({ kind: "browser" }, "127.0.0.1", openMs)).toMatchObject({ ok: false, why: "none" });
});

test("a panel that should dial in: nobody came in time, and the port is free again", async () => {
  const link = { kind: "tcp-in", port: 0, address: 1 } as const;
  expect(await probe(link, "127.0.0.1", 50)).toMatchObject({ ok: false, why: "line" });
});

test("on a slow line an answer has the time that it needs there", async () => {
  vi.useFakeTimers(fakes);
  const panel = new SimulatedPanel({
    ...{ id: "EastGate", shape, address: 7, ramBytes: 1 << 20 },
    ...{ monotonicMs: () => performance.now(), newBootId: () => "00000001" },
  });
  let asked = 0;
  const open = async () => {
    const [near, far] = duplexPair();
    const reader = new FrameReader();
    far.on("data", (bytes: Buffer) => {
      for (const byte of bytes) {
        const frame = reader.feed(byte);
        if (!frame) continue;
        asked++;
        setTimeout(() => far.write(panel.handle(frame) ?? ""), 4000);
      }
    });
    return near;
  };
  const line = { where: "memory", bitsPerSecond: 1200, open, stop: async () => {} };
  const link = { kind: "serial", path: "/dev/x", baud: 1200, address: 7 } as const;
  const probing = probe(link, "127.0.0.1", 20_000, line);
  await advance(5000);
  vi.useRealTimers();
  expect(await probing).toMatchObject({ ok: true, found: { id: "EastGate" } });
  expect(asked).toBe(1);
});

describe("a line that is open, and on which nothing can be said, is not called a panel that does not answer", () => {
  beforeEach(() => void vi.useFakeTimers(fakes));
  afterEach(() => void vi.useRealTimers());
  const place = { kind: "serial", path: "/dev/x", baud: 9600, address: 7 } as const;
  const card = { board: "B1", shape, address: 7, where: "memory", bitsPerSecond: null };
  const line = { where: "memory", bitsPerSecond: null, stop: async () => {} };
  const both = (link: () => Link) =>
    Promise.all([
      probe(place, "", 20_000, link()),
      probeCard(onbonDriver(plainOptions) as never, card, link(), 20_000),
    ]);

  test("others have it for too long", async () => {
    let written = 0;
    const dones: (boolean | null)[] = [];
    const busy = (afterMs: number) => {
      const turn: Turn = { seq: 9, done: (answered) => void dones.push(answered) };
      const take = () => new Promise<Turn | null>((resolve) => setTimeout(() => resolve(turn), afterMs));
      const open = async () => {
        const [near, far] = duplexPair();
        far.on("data", ({ length }: Buffer) => {
          written += length;
        });
        return near;
      };
      return { ...line, open, turns: { take, look() {} } };
    };
    const late = both(() => busy(20_500));
    await advance(21_000);
    const unsaid = { ok: false, why: "unsaid", detail: "not in time" };
    expect([await late, written, dones]).toEqual([[unsaid, unsaid], 0, [null, null]]);
    // One that was asked in time, and then no more, does not answer.
    const slow = both(() => busy(12_000));
    await advance(40_000);
    expect(await slow).toMatchObject([{ why: "silent" }, { why: "silent" }]);
  });

  test("its far end takes nothing", async () => {
    const open = async () => new Duplex({ writableHighWaterMark: 1, read() {}, write() {} });
    const stuck = both(() => ({ ...line, open }));
    await advance(6000);
    const unsaid = { ok: false, why: "unsaid", detail: "it takes nothing" };
    expect(await stuck).toEqual([unsaid, unsaid]);
  });

  test("its far end takes nothing, and closes", async () => {
    const open = async () => {
      const stream: Duplex = new Duplex({
        ...{ writableHighWaterMark: 1, read() {} },
        write: () => void setTimeout(() => stream.destroy(), 200),
      });
      return stream;
    };
    const gone = both(() => ({ ...line, open }));
    await advance(6000);
    const unsaid = { ok: false, why: "unsaid", detail: "closed by the other side" };
    expect(await gone).toEqual([unsaid, unsaid]);
  });

  test("it is closed before its turn", async () => {
    const open = async () => duplexPair()[0];
    const gone = both(() => ({ ...line, open, turns: { take: async () => null, look() {} } }));
    await advance(1000);
    const unsaid = { ok: false, why: "unsaid", detail: "closed by the other side" };
    expect(await gone).toEqual([unsaid, unsaid]);
  });
});
