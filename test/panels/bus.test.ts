/** Several panels on one line: who has it when, what a dead one costs the others, and what happens to all when it breaks. */
import { type Duplex, duplexPair } from "node:stream";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeBus } from "../../src/panels/links/bus.ts";
import { Street } from "./street.ts";
import { fakes } from "./town.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const [blank, put] = [8, 4];
/** Longest exchange of the reference protocol that nobody answers, where the line has no speed. */
const silenceMs = 1500;
/** Between two turns. */
const gapMs = 10;

/** One at a time: a frame is on the wire only after the one before was answered, or given up. */
function assertHalfDuplex({ wire }: Street): void {
  for (const [index, one] of wire.entries()) {
    const before = wire[index - 1];
    if (!before || one.atMs >= before.atMs + silenceMs) continue;
    expect(before.answeredMs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(one.atMs);
  }
}

test("three panels are on one port: it is opened once, each has its own and is read back", async () => {
  const street = new Street(3);
  for (const address of [1, 2, 3]) street.want(address);
  await street.until(() => [1, 2, 3].every((address) => street.confirmed(address)));
  expect(street.opened).toBe(1);
  expect(street.reader.damaged).toBe(0);
  assertHalfDuplex(street);
  expect(street.houses.flatMap(({ strange }) => strange)).toEqual([]);
  await street.stop();
  expect(street).toMatchObject({ opened: 1, stopped: 1 });
});

test("turns go round: long uploads end together, and no one has two turns while another waits", async () => {
  const street = new Street(3);
  await street.until(() => street.wire.length >= 9);
  for (const address of [1, 2, 3]) street.want(address, {}, 3000);
  const from = street.wire.length;
  await street.until(() => street.wire.slice(from).filter(({ verb }) => verb === put).length >= 24);
  const turns = street.wire.slice(from).filter(({ verb }) => verb === put);
  for (let at = 0; at + 3 <= turns.length; at += 3)
    expect(new Set(turns.slice(at, at + 3).map(({ address }) => address)).size).toBe(3);
  await street.stop();
});

describe("one of three does not answer", () => {
  test("it costs the others a quarter of the line at most, and less and less", async () => {
    const street = new Street(3);
    street.house(2).mood.dead = true;
    for (const address of [1, 2, 3]) street.want(address);
    await street.until(() => street.confirmed(1) && street.confirmed(3), 4 * silenceMs);
    // The first two silences are behind it.
    await street.advance(6 * silenceMs);
    for (const mostShare of [1 / 4, 1 / 8, 1 / 8]) {
      const [from, sinceMs] = [street.wire.length, performance.now()];
      await street.advance(60_000);
      expect(street.takenMs(2, from) / (performance.now() - sinceMs)).toBeLessThan(mostShare);
    }
    for (const address of [1, 3]) expect(street.house(address).loop.counters.timeouts).toBe(0);
    expect(street.opened).toBe(1);
    await street.stop();
  });

  test("and several of them have a quarter of the line together", async () => {
    const street = new Street(6);
    for (const address of [1, 2, 3, 4]) street.house(address).mood.dead = true;
    for (const { address } of street.houses) street.want(address);
    await street.until(() => street.confirmed(5) && street.confirmed(6), 10 * silenceMs);
    // Until each of them has been silent twice.
    await street.advance(40_000);
    const [from, sinceMs] = [street.wire.length, performance.now()];
    await street.advance(60_000);
    const share = [1, 2, 3, 4].reduce((sum, address) => sum + street.takenMs(address, from), 0);
    expect(share / (performance.now() - sinceMs)).toBeLessThan(0.26);
    for (const address of [5, 6]) expect(street.house(address).loop.counters.timeouts).toBe(0);
    await street.stop();
  });

  test("and when it has power again it is found within half a minute, and is like the others", async () => {
    const street = new Street(3);
    street.house(2).mood.dead = true;
    for (const address of [1, 2, 3]) street.want(address);
    await street.advance(60_000);
    street.house(2).mood.dead = false;
    await street.until(() => street.confirmed(2), 45_000);
    await street.stop();
  });

  test("dark goes before all uploads of others, and those that answer do not wait for those that do not", async () => {
    const street = new Street(6, { baud: 115_200 });
    street.house(2).mood.dead = true;
    for (const { address } of street.houses) street.want(address, {}, 20_000);
    await street.until(() => street.wire.filter(({ verb }) => verb === put).length > 20);
    for (const address of [1, 2, 5]) street.want(address, { dark: true }, 20_000);
    const from = street.wire.length;
    const isDark = (address: number) => street.house(address).panel.snapshot().why === "dark";
    await street.until(() => isDark(1) && isDark(5), silenceMs + 200);
    const since = street.wire.slice(from);
    // What was under way, and no more of the uploads.
    expect(since.filter(({ verb }) => verb === put).length).toBeLessThanOrEqual(1);
    const last = since.slice(-2).map(({ address, verb }) => `${address} ${verb}`);
    expect(last.sort()).toEqual([`1 ${blank}`, `5 ${blank}`]);
    await street.stop();
  });

  test("a panel that was silent, and rests, is asked at once to be dark", async () => {
    const street = new Street(2);
    for (const address of [1, 2]) street.want(address);
    await street.until(() => street.confirmed(1) && street.confirmed(2));
    street.house(2).mood.dead = true;
    await street.until(() => street.house(2).loop.counters.timeouts === 2, 30_000);
    street.house(2).mood.dead = false;
    street.want(2, { dark: true });
    await street.until(() => street.house(2).panel.snapshot().why === "dark", 2 * gapMs);
    await street.stop();
  });
});

test("an answer that comes in another's turn is not taken for that one's, though it asked the same", async () => {
  const street = new Street(2);
  // It comes when the second one has been asked the same, and has not answered yet.
  street.house(1).mood.lateMs = silenceMs + 20;
  street.house(2).mood.lateMs = 50;
  await street.advance(20_000);
  expect(street.wire.filter(({ address }) => address === 2).length).toBeGreaterThan(3);
  expect(street.house(2).strange).toEqual([]);
  expect(street.house(2).loop.counters).toMatchObject({ timeouts: 0, noise: 0 });
  await street.stop();
});

test("half of an answer is not joined to the next one", async () => {
  const street = new Street(2);
  for (const address of [1, 2]) street.want(address);
  await street.until(() => street.confirmed(1) && street.confirmed(2));
  street.house(1).mood.torn = 1;
  await street.advance(20_000);
  expect(street.house(1).loop.counters).toMatchObject({ timeouts: 1, noise: 0 });
  await street.stop();
});

describe("the line", () => {
  test("cut in the middle breaks for all, and is opened again once", async () => {
    const street = new Street(3);
    for (const address of [1, 2, 3]) street.want(address, {}, 3000);
    await street.until(() => street.wire.filter(({ verb }) => verb === put).length > 5);
    street.near?.destroy();
    await street.until(() => street.houses.every(({ loop }) => loop.facts().link !== "connected"), 100);
    await street.until(() => [1, 2, 3].every((address) => street.confirmed(address, 3000)));
    expect(street.opened).toBe(2);
    for (const { loop } of street.houses) expect(loop.counters).toMatchObject({ connections: 2, timeouts: 0 });
    await street.stop();
  });

  test("that cannot be opened is tried once a second at most, and is a fault of each", async () => {
    const street = new Street(3, { unplugged: true });
    await street.advance(2900);
    expect(street.opened).toBeLessThanOrEqual(3);
    for (const { loop } of street.houses) expect(loop.facts().faults[0]?.fault.code).toBe("link/refused");
    street.unplugged = false;
    await street.until(() => street.houses.every(({ loop }) => loop.facts().link === "connected"), 20_000);
    await street.stop();
  });

  test("on which nobody answers any more is closed and opened again", async () => {
    const street = new Street(3);
    for (const address of [1, 2, 3]) street.want(address);
    await street.until(() => [1, 2, 3].every((address) => street.confirmed(address)));
    for (const { mood } of street.houses) mood.dead = true;
    await street.until(() => street.opened > 1, 60_000);
    for (const { mood } of street.houses) mood.dead = false;
    await street.until(() => street.houses.every(({ loop }) => loop.facts().faults.length === 0), 60_000);
    await street.stop();
  });

  test("a noisy panel is not the others' noise, and gets its picture", async () => {
    const street = new Street(3);
    street.house(2).mood.noisy = 30;
    for (const address of [1, 2, 3]) street.want(address, {}, 3000);
    await street.until(() => [1, 3].every((address) => street.confirmed(address, 3000)), 30_000);
    await street.until(() => street.confirmed(2, 3000), 120_000);
    for (const address of [1, 3]) expect(street.house(address).loop.counters).toMatchObject({ noise: 0, timeouts: 0 });
    await street.stop();
  });
});

test("who has not the line says nothing on it, and hears nothing; it is given up with the last one that is on it", async () => {
  const ends: Duplex[] = [];
  const open = async () => {
    const [near, far] = duplexPair();
    ends.push(near, far);
    return near;
  };
  const bus = makeBus({ where: "memory", bitsPerSecond: null, open, stop: async () => {} });
  const [one, other] = [bus.seat(), bus.seat()] as const;
  const { signal } = new AbortController();
  const streams = [await one.open(signal), await other.open(signal)] as const;
  expect(ends).toHaveLength(2);
  const heard: string[] = [];
  ends[1]?.on("data", (bytes) => heard.push(`wire ${bytes}`));
  for (const [at, stream] of streams.entries()) stream.on("data", (bytes) => heard.push(`${at} ${bytes}`));
  const turn = await one.turns?.take(streams[0], () => false);
  streams[1].write("not mine");
  streams[0].write("mine");
  ends[1]?.write("answer");
  for (let round = 0; round < 4; round++) await new Promise((resolve) => setImmediate(resolve));
  turn?.done(true);
  ends[1]?.write("late");
  for (let round = 0; round < 4; round++) await new Promise((resolve) => setImmediate(resolve));
  expect(heard.sort()).toEqual(["0 answer", "wire mine"]);
  streams[0].destroy();
  await new Promise((resolve) => setImmediate(resolve));
  expect(ends[0]?.destroyed).toBe(false);
  streams[1].destroy();
  await new Promise((resolve) => streams[1].once("close", resolve));
  expect(ends[0]?.destroyed).toBe(true);
  await Promise.all([one.stop(), other.stop()]);
});

test("whatever happens: frames are whole and one at a time, no one takes another's answer, stop() leaves nothing", async () => {
  const mood = fc.record({
    dead: fc.boolean(),
    noisy: fc.constantFrom(0, 0, 10, 40),
    // Later than the time-out is in somebody else's turn.
    lateMs: fc.constantFrom(0, 0, 40, 1510, 1530, 3100),
  });
  const event = fc.oneof(
    fc.record({ do: fc.constant("mood" as const), address: fc.integer({ min: 1, max: 3 }), mood }),
    fc.record({ do: fc.constant("want" as const), address: fc.integer({ min: 1, max: 3 }), dark: fc.boolean() }),
    fc.record({ do: fc.constant("cut" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(event, fc.constantFrom(10, 300, 2500)), { maxLength: 8 }), async (events) => {
      const street = new Street(3);
      for (const address of [1, 2, 3]) street.want(address, {}, 1500);
      let cuts = 0;
      for (const [one, ms] of events) {
        if (one.do === "mood") Object.assign(street.house(one.address).mood, one.mood);
        else if (one.do === "want") street.want(one.address, { dark: one.dark }, 1500);
        else {
          cuts++;
          street.near?.destroy();
        }
        await street.advance(ms);
      }
      expect(street.reader.damaged).toBeLessThanOrEqual(cuts);
      if (cuts === 0) assertHalfDuplex(street);
      expect(street.houses.flatMap(({ strange }) => strange)).toEqual([]);
      await street.stop();
      // An answer that is still on its way is the street's own.
      vi.advanceTimersByTime(4000);
      expect(vi.getTimerCount()).toBe(0);
      expect(street.near?.destroyed ?? true).toBe(true);
      expect(street.stopped).toBe(1);
    }),
    { numRuns: 30 },
  );
});
