import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { blankMessage } from "../../src/message/index.ts";
import type { Instant, Message } from "../../src/message/types.ts";
import { dotColours } from "../../src/web/player/dots.ts";
import { fitPanel } from "../../src/web/player/fit.ts";
import { lampPixels } from "../../src/web/player/lamp.ts";
import { MessageCache, NotGiven } from "../../src/web/player/message-cache.ts";
import { ProgrammeBook } from "../../src/web/player/programme-book.ts";
import { type FakeOffice, fakeOffice, practiceStart } from "../preview/fake-office.ts";

let office: FakeOffice;
beforeAll(async () => {
  office = await fakeOffice();
});
const programmeOf = async (board: string, at: Instant) => {
  const found = await office.programme(board, at);
  if (!found) throw new Error(`no board ${board}`);
  return found;
};

describe("messages by hash", () => {
  const message = blankMessage({ width: 64, height: 16, colour: "mono" });
  const numbered = (width: number): Message => blankMessage({ width, height: 16, colour: "mono" });

  test("fetched once, however many ask", async () => {
    let fetched = 0;
    const cache = new MessageCache({
      maxBytes: 1e6,
      fetchBytes: async () => {
        fetched++;
        return message.bytes;
      },
    });
    expect(cache.get(message.hash)).toBeUndefined();
    const all = await Promise.all([cache.load(message.hash), cache.load(message.hash), cache.load(message.hash)]);
    expect(all.map((one) => one?.hash)).toEqual(Array(3).fill(message.hash));
    expect(cache.get(message.hash)?.hash).toBe(message.hash);
    expect(fetched).toBe(1);
  });

  test("bytes that are not what their name says are never shown", async () => {
    const altered = message.bytes.slice();
    altered[altered.length - 1] = 0x80;
    for (const bytes of [altered, numbered(48).bytes, new Uint8Array(), deflateSync(message.bytes)]) {
      const cache = new MessageCache({ maxBytes: 1e6, fetchBytes: async () => bytes });
      expect(await cache.load(message.hash)).toBeNull();
      expect(cache.get(message.hash)).toBeUndefined();
      expect(cache.bytes).toBe(0);
    }
  });

  test("what could not be had is asked for again, after a while", async () => {
    let fetched = 0;
    const cache = new MessageCache({
      maxBytes: 1e6,
      retryMs: 1,
      fetchBytes: async () => {
        if (++fetched === 1) throw new Error("no line");
        return message.bytes;
      },
    });
    expect(await cache.load(message.hash)).toBeNull();
    expect(fetched).toBe(1);
    await new Promise((done) => setTimeout(done, 5));
    expect((await cache.load(message.hash))?.hash).toBe(message.hash);
  });

  test("what is not given is said to be so as soon as it is known, for as long as it is so, and asked for again", async () => {
    const why = { zh: "已按期清除", en: "erased" };
    let answer: () => Uint8Array = () => {
      throw new NotGiven(why);
    };
    const told: string[] = [];
    const cache = new MessageCache({
      ...{ maxBytes: 1e6, retryMs: 0, fetchBytes: async () => answer() },
      onArrival: () => told.push(cache.refused(message.hash)?.why.zh ?? "here"),
    });
    expect(cache.refused(message.hash)).toBeNull();
    await cache.load(message.hash);
    // While it is asked for again it is still what it was; told once.
    const again = cache.load(message.hash);
    expect(cache.refused(message.hash)?.why).toEqual(why);
    await again;
    expect(told).toEqual(["已按期清除"]);
    answer = () => {
      throw new Error("no line");
    };
    await cache.load(message.hash);
    expect(cache.refused(message.hash)).toBeNull();
    answer = () => message.bytes;
    await cache.load(message.hash);
    expect(told).toEqual(["已按期清除", "here"]);
  });

  test("what is not given is not asked for sooner than anything that failed often", async () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(0);
    let asked = 0;
    const fetchBytes = async () => {
      asked++;
      throw new NotGiven({ zh: "", en: "" });
    };
    const cache = new MessageCache({ maxBytes: 1e6, retryMs: 15_000, fetchBytes });
    for (const at of [0, 600, 14_999, 15_000]) {
      now.mockReturnValue(at);
      await cache.load(message.hash);
    }
    now.mockRestore();
    expect(asked).toBe(2);
  });

  test("the least used go when there is no more room", async () => {
    const messages = [64, 72, 80, 88].map(numbered);
    const byHash = new Map(messages.map((one) => [one.hash, one]));
    const size = Math.max(...messages.map((one) => one.bytes.length));
    const cache = new MessageCache({
      maxBytes: 2 * size,
      fetchBytes: async (hash) => byHash.get(hash)?.bytes ?? new Uint8Array(),
    });
    const [first, second, third, last] = messages as [Message, Message, Message, Message];
    await cache.load(first.hash);
    await cache.load(second.hash);
    cache.get(first.hash);
    await cache.load(third.hash);
    expect(cache.get(first.hash)).toBeDefined();
    expect(cache.get(third.hash)).toBeDefined();
    expect(cache.bytes).toBeLessThanOrEqual(2 * size);
    const small = new MessageCache({ maxBytes: 10, fetchBytes: async () => last.bytes });
    expect((await small.load(last.hash))?.hash).toBe(last.hash);
    expect(small.get(last.hash)).toBeDefined();
  });

  test("only a few at a time", async () => {
    let running = 0;
    let most = 0;
    const messages = Array.from({ length: 12 }, (_, index) => numbered(16 + 8 * index));
    const byHash = new Map(messages.map((one) => [one.hash, one]));
    const cache = new MessageCache({
      maxBytes: 1e6,
      concurrency: 3,
      fetchBytes: async (hash) => {
        most = Math.max(most, ++running);
        await new Promise((done) => setTimeout(done, 1));
        running--;
        return byHash.get(hash)?.bytes ?? new Uint8Array();
      },
    });
    const loaded = await Promise.all(messages.map(({ hash }) => cache.load(hash)));
    expect(loaded.every((one) => one !== null)).toBe(true);
    expect(most).toBe(3);
  });
});

describe("programmes of other days", () => {
  test("asked for once, kept, and asked for again when they are old", async () => {
    let now = 0;
    let fetched = 0;
    let arrived = () => {};
    const arrival = () => new Promise<void>((done) => (arrived = done));
    const book = new ProgrammeBook({
      monotonic: () => now,
      onArrival: () => arrived(),
      fetchDay: (board, at) => {
        fetched++;
        return programmeOf(board, at);
      },
    });
    let came = arrival();
    expect(book.day("B1", practiceStart)).toBeUndefined();
    book.day("B1", practiceStart);
    await came;
    expect(book.day("B1", practiceStart + 3_600_000)?.programme.shape.width).toBe(384);
    expect(fetched).toBe(1);
    now += 120_000;
    came = arrival();
    expect(book.day("B1", practiceStart)).toBeDefined();
    await came;
    expect(fetched).toBe(2);
  });

  test("the live programme answers for the instants that it holds, its day for the others", async () => {
    const asked: Instant[] = [];
    const book = new ProgrammeBook({
      monotonic: () => 0,
      fetchDay: (board, at) => {
        asked.push(at);
        return programmeOf(board, at);
      },
    });
    const live = await programmeOf("B1", practiceStart);
    book.setLive("B1", live);
    expect(await book.holding("B1", practiceStart)).toBe(live);
    const other = practiceStart + 30 * 86_400_000;
    const held = await book.holding("B1", other);
    expect(held.programme.base).toBeGreaterThan(practiceStart);
    expect(asked).toEqual([other]);
  });
});

describe("what is drawn", () => {
  test("mono dots take the panel's own colour, dual ones red, green and both", () => {
    const mono = { shape: { width: 10, height: 1, colour: "mono" as const }, pixels: Uint8Array.of(0x80, 0x40) };
    const dots = new Uint32Array(10);
    dotColours(mono, { kind: "led", ledColour: "#123456" }, dots);
    expect([...dots]).toEqual([0x123456, 0, 0, 0, 0, 0, 0, 0, 0, 0x123456]);
    const dual = {
      shape: { width: 4, height: 1, colour: "dual" as const },
      pixels: Uint8Array.of(0b10100000, 0b01100000),
    };
    const lamps = new Uint32Array(4);
    dotColours(dual, { kind: "led", ledColour: null }, lamps);
    expect(new Set(lamps).size).toBe(4);
    expect(lamps[3]).toBe(0);
    const rgb = { shape: { width: 2, height: 1, colour: "rgb" as const }, pixels: Uint8Array.of(1, 2, 3, 255, 0, 0) };
    const colours = new Uint32Array(2);
    dotColours(rgb, { kind: "led", ledColour: null }, colours);
    expect([...colours]).toEqual([0x010203, 0xff0000]);
  });

  test("a lamp is round, brightest in its middle, and an unlit one is faint but there", () => {
    const red = (pixel: number | undefined) => (pixel ?? 0) & 255;
    const lit = lampPixels(9, 0xff2200, 0xff2200);
    expect(red(lit[4 * 9 + 4])).toBe(255);
    expect(red(lit[0])).toBeLessThan(100);
    expect(red(lit[4])).toBeGreaterThan(red(lit[0]));
    const dark = lampPixels(9, null, 0xff2200);
    expect(red(dark[4 * 9 + 4])).toBeGreaterThan(red(dark[0]));
    expect(red(dark[4 * 9 + 4])).toBeLessThan(60);
  });

  test("a panel keeps its proportion and its room, and lamps get whole pixels where that wastes little", () => {
    const side = fc.integer({ min: 8, max: 2000 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.constantFrom("led" as const, "pixels" as const),
        fc.integer({ min: 100, max: 2000 }),
        fc.integer({ min: 60, max: 1200 }),
        fc.constantFrom(1, 1.25, 1.5, 2, 3),
        (width, height, kind, roomWidth, roomHeight, ratio) => {
          const fit = fitPanel({ width, height, colour: "mono" }, kind, roomWidth, roomHeight, ratio);
          expect(fit.cssWidth).toBeLessThanOrEqual(roomWidth + 1 / ratio);
          expect(fit.cssHeight).toBeLessThanOrEqual(roomHeight + 1 / ratio);
          expect(Math.abs(fit.canvasWidth - (fit.canvasHeight * width) / height)).toBeLessThanOrEqual(
            width / height + 1,
          );
          expect(Number.isInteger(fit.cellPx) && fit.cellPx >= 1).toBe(true);
        },
      ),
    );
    expect(fitPanel({ width: 384, height: 32, colour: "mono" }, "led", 1300, 400, 1)).toMatchObject({
      cellPx: 3,
      canvasWidth: 1152,
      canvasHeight: 96,
    });
  });
});
