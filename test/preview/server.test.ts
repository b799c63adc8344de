import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { doorkeeper } from "../../src/api/index.ts";
import { limits } from "../../src/limits.ts";
import { attachPreview, type Preview, type PreviewOptions, type PreviewSource } from "../../src/preview/server.ts";
import type { PreviewState } from "../../src/preview/types.ts";

/** An office that only counts: its state says how often it changed, and is as large as the test wants. */
class CountingOffice implements PreviewSource {
  clockId = "c1";
  changes = 0;
  padding = "";
  readonly #listeners = new Set<() => void>();
  now = () => 1_509_928_190_000;
  preview(): PreviewState {
    const state = { v: 1 as const, clockId: this.clockId, now: this.now() + this.changes, boards: [] };
    return Object.assign(state, { padding: this.padding });
  }
  onChange(listener: () => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  get listeners() {
    return this.#listeners.size;
  }
  change() {
    this.changes++;
    for (const listener of this.#listeners) listener();
  }
}

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(office: CountingOffice, options: PreviewOptions = {}, prepare?: (server: Server) => void) {
  const server = createServer((_, response) => response.end("not a web socket"));
  prepare?.(server);
  const preview = attachPreview(server, office, options);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  cleanups.push(() => new Promise((done) => server.close(done)));
  cleanups.push(() => preview.close());
  const { port } = server.address() as AddressInfo;
  return { preview, port, url: `ws://127.0.0.1:${port}/preview` };
}

/** A browser that keeps all it gets. */
async function subscribe(url: string, origin?: string) {
  const received: Record<string, unknown>[] = [];
  const webSocket = new WebSocket(url, origin === undefined ? {} : { origin });
  const closed = new Promise<number>((done) => webSocket.on("close", done));
  webSocket.on("message", (data) => received.push(JSON.parse(data.toString())));
  webSocket.on("error", () => {});
  cleanups.push(() => webSocket.terminate());
  await Promise.race([new Promise((done) => webSocket.on("open", done)), closed]);
  return { webSocket, received, closed };
}

/** The same by hand: a line that can stop reading. */
async function rawSubscribe(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  cleanups.push(() => socket.destroy());
  socket.write(
    "GET /preview HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  await new Promise((done) => socket.once("readable", done));
  return socket;
}

async function until(what: string, condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (condition()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

const settled = (preview: Preview, subscribers: number) =>
  until(`${subscribers} subscribers`, () => preview.metrics().subscribers === subscribers);

describe("states", () => {
  test("a subscriber gets the whole state at once, and again after a change", async () => {
    const office = new CountingOffice();
    const { url } = await serve(office);
    const { received } = await subscribe(url);
    await until("the first state", () => received.length === 1);
    office.change();
    await until("the second", () => received.length === 2);
    expect(received.map((state) => state.now)).toEqual([office.now(), office.now() + 1]);
  });

  test("many changes become few states, the last of them the newest", async () => {
    const office = new CountingOffice();
    const { url, preview } = await serve(office, { perSecond: 20 });
    const { received } = await subscribe(url);
    await until("the first state", () => received.length === 1);
    for (let change = 0; change < 1000; change++) {
      office.change();
      if (change % 100 === 0) await new Promise((done) => setTimeout(done, 5));
    }
    await until("the newest state", () => received.at(-1)?.now === office.now() + 1000);
    expect(preview.metrics().states).toBeLessThan(50);
  });

  test("every subscriber is written the very same buffer, made once", async () => {
    const office = new CountingOffice();
    const written: unknown[][] = [];
    const { url, preview } = await serve(office, { perSecond: 1000 }, (server) =>
      server.on("upgrade", (_, socket) => {
        const chunks: unknown[] = [];
        written.push(chunks);
        const write = socket.write.bind(socket);
        socket.write = (chunk: Uint8Array | string, ...rest: never[]) => {
          chunks.push(chunk);
          return write(chunk, ...rest);
        };
      }),
    );
    for (let client = 0; client < 3; client++) await subscribe(url);
    await settled(preview, 3);
    await new Promise((done) => setTimeout(done, 20));
    const before = preview.metrics();
    office.change();
    await until("three sendings", () => preview.metrics().sent === before.sent + 3);
    expect(preview.metrics().states).toBe(before.states + 1);
    const [first, second, third] = written.map((chunks) => chunks.at(-1));
    expect(first).toBeInstanceOf(Buffer);
    expect(second === first && third === first).toBe(true);
  });

  test("without any change a state goes out now and then: what is intended changes with time alone", async () => {
    const { url, preview } = await serve(new CountingOffice(), { freshMs: 20 });
    const { received } = await subscribe(url);
    await until("three states", () => received.length >= 3);
    expect(preview.metrics().states).toBeGreaterThanOrEqual(3);
  });

  test("however often it changes and whoever comes, a subscriber gets at most so many a second", async () => {
    const office = new CountingOffice();
    const { url, preview } = await serve(office, { perSecond: 10 });
    const { received } = await subscribe(url);
    await until("the first state", () => received.length === 1);
    const begun = performance.now();
    while (received.length < 6) {
      office.change();
      await subscribe(url);
      await new Promise((done) => setTimeout(done, 5));
    }
    // Five gaps of 100 ms lie between six states; a slow computer only makes them longer.
    expect(performance.now() - begun).toBeGreaterThan(380);
    expect(preview.metrics().states).toBeLessThanOrEqual(Math.ceil((performance.now() - begun) / 100) + 2);
  });

  test("nothing is serialised while nobody looks", async () => {
    const office = new CountingOffice();
    const { preview } = await serve(office, { freshMs: 5 });
    for (let change = 0; change < 100; change++) office.change();
    await new Promise((done) => setTimeout(done, 30));
    expect(preview.metrics().states).toBe(0);
  });

  test("a subscriber that does not read skips to the newest and holds up nobody", async () => {
    const office = new CountingOffice();
    office.padding = "x".repeat(1_000_000);
    const { url, preview } = await serve(office, { perSecond: 1000 });
    const slow = await subscribe(url);
    slow.webSocket.pause();
    const quick = await subscribe(url);
    await settled(preview, 2);
    for (let change = 1; preview.metrics().skipped < 5; change++) {
      expect(change).toBeLessThan(200);
      office.change();
      await until("the quick one's state", () => quick.received.at(-1)?.now === office.now() + office.changes);
    }

    // Now it reads: what was on its way, then the newest; never a state in between that it missed.
    slow.webSocket.resume();
    const states = () => slow.received.map(({ now }) => Number(now) - office.now());
    await until("the slow one's newest state", () => states().at(-1) === office.changes);
    expect(states().length).toBeLessThan(office.changes);
    expect(states()).toEqual(states().sort((a, b) => a - b));
  });
});

describe("the line", () => {
  test("a ping is answered with the time", async () => {
    const office = new CountingOffice();
    const { url } = await serve(office);
    const { webSocket, received } = await subscribe(url);
    webSocket.send(JSON.stringify({ ping: 12.5 }));
    await until("the pong", () => received.some((message) => "pong" in message));
    expect(received.find((message) => "pong" in message)).toEqual({ pong: 12.5, now: office.now(), clockId: "c1" });
  });

  test.each<[string, string | Buffer, number]>([
    ["text that is no JSON", "{ping", 1008],
    ["another question", '{"please":1}', 1008],
    ["a ping that is no number", '{"ping":"1"}', 1008],
    ["binary", Buffer.from([1, 2, 3]), 1003],
    ["more than its maximum", JSON.stringify({ ping: 1, x: "x".repeat(limits.previewInboundBytes) }), 1009],
  ])("%s ends the connection", async (_, data, code) => {
    const { url, preview } = await serve(new CountingOffice());
    const { webSocket, closed } = await subscribe(url);
    webSocket.send(data);
    expect(await closed).toBe(code);
    await settled(preview, 0);
    expect(preview.metrics().dropped).toBe(1);
  });

  test("a flood of pings ends the connection", async () => {
    const { url } = await serve(new CountingOffice());
    const { webSocket, closed } = await subscribe(url);
    for (let ping = 0; ping < 100; ping++) webSocket.send('{"ping":1}');
    expect(await closed).toBe(1008);
  });

  test("a page under a name that somebody else gave our address is refused", async () => {
    const turned: PreviewOptions["turned"] = ({ headers }) => doorkeeper([])(headers);
    const { preview, port, url } = await serve(new CountingOffice(), { turned });
    const state = async (host: string, origin?: string) => {
      const webSocket = new WebSocket(url, { headers: { Host: host, ...(origin && { Origin: origin }) } });
      cleanups.push(() => webSocket.terminate());
      return new Promise<number>((done) => {
        webSocket.on("open", () => done(101)).on("error", () => {});
        webSocket.on("unexpected-response", (_, response) => done(response.statusCode ?? 0));
      });
    };
    expect(await state(`evil.example:${port}`, `http://evil.example:${port}`)).toBe(421);
    expect(await state(`localhost:${port}`, "http://evil.example")).toBe(403);
    expect(await state(`localhost:${port}`, `http://localhost:${port}`)).toBe(101);
    expect(preview.metrics().refused).toBe(2);
  });

  test("another site's page is refused, our own and programs without a page are not", async () => {
    const { url, port, preview } = await serve(new CountingOffice());
    expect((await subscribe(url, "http://elsewhere.example")).webSocket.readyState).not.toBe(WebSocket.OPEN);
    expect((await subscribe(url, "null")).webSocket.readyState).not.toBe(WebSocket.OPEN);
    expect((await subscribe(url, `http://127.0.0.1:${port}`)).webSocket.readyState).toBe(WebSocket.OPEN);
    expect((await subscribe(url)).webSocket.readyState).toBe(WebSocket.OPEN);
    expect(preview.metrics().refused).toBe(2);
  });

  test("no more subscribers than the maximum", async () => {
    const { url, preview } = await serve(new CountingOffice(), { subscribers: 2 });
    for (let client = 0; client < 2; client++) await subscribe(url);
    await settled(preview, 2);
    expect((await subscribe(url)).webSocket.readyState).not.toBe(WebSocket.OPEN);
    expect(preview.metrics().subscribers).toBe(2);
  });

  test("only /preview is a web socket", async () => {
    const { port, preview } = await serve(new CountingOffice());
    expect((await subscribe(`ws://127.0.0.1:${port}/other`)).webSocket.readyState).not.toBe(WebSocket.OPEN);
    expect(preview.metrics()).toMatchObject({ subscribers: 0, refused: 0 });
  });

  test("a line that has gone silent is dropped", async () => {
    const { port, preview } = await serve(new CountingOffice(), { aliveMs: 20, silenceMs: 60 });
    await rawSubscribe(port);
    await settled(preview, 1);
    await settled(preview, 0);
  });

  test("a living line stays", async () => {
    const { url, preview } = await serve(new CountingOffice(), { aliveMs: 20, silenceMs: 2000 });
    const { webSocket } = await subscribe(url);
    let pings = 0;
    webSocket.on("ping", () => pings++);
    await until("several checks", () => pings >= 3);
    expect(preview.metrics().subscribers).toBe(1);
  });

  test("closing tells the subscribers and leaves the office", async () => {
    const office = new CountingOffice();
    const { url, preview } = await serve(office);
    const { closed } = await subscribe(url);
    await settled(preview, 1);
    await preview.close();
    expect(await closed).toBe(1001);
    expect(office.listeners).toBe(0);
  });
});

test("a state arrives as it was, whatever its length", async () => {
  const office = new CountingOffice();
  const { url } = await serve(office, { perSecond: 10_000 });
  const { received } = await subscribe(url);
  const bare = JSON.stringify(office.preview()).length;
  const lengths = [125, 126, 127, 65_535, 65_536, 300_000].map((length) => "x".repeat(length - bare));
  for (const padding of [...lengths, "公开栏🀄".repeat(30_000), '\u0000\n"\\']) {
    office.padding = padding;
    office.change();
    await until("the state", () => received.at(-1)?.padding === padding);
  }
});
