/** A card that is to be dark and has not said what it is: how it is told, whatever it is; and what its silence leaves unknown. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Goal } from "../../../src/panels/contract.ts";
import { onbonDriver, type OnbonOptions, plainOptions } from "../../../src/panels/onbon/driver.ts";
import { decodePayload, encodePayload, ourAddress } from "../../../src/panels/onbon/frame.ts";
import { pass, picture, within } from "../card-town.ts";
import { base, fakes } from "../town.ts";
import { cards, codes, plays, rigOf, townOf } from "./rig.ts";

const shape = { width: 64, height: 32, colour: "mono" } as const;
const panel = { board: "B1", shape, address: 7, where: "memory", bitsPerSecond: null, shared: true } as const;
const goal: Goal = { wanted: null, dark: true, pollDue: false, now: base };

/** The exchange after the first ping has gone unanswered. */
function told(options: Partial<OnbonOptions> = {}, bitsPerSecond: number | null = null) {
  const driver = onbonDriver({ ...plainOptions, ...options });
  const first = driver.ask(driver.connect({ ...panel, bitsPerSecond }, 9), goal);
  if (!first) throw new Error("nothing to say");
  const step = driver.ask(driver.silence(first.state, first.exchange), goal);
  if (!step) throw new Error("nothing to say");
  const frames = driver
    .createReader()
    .read(step.exchange.bytes)
    .map((payload) => decodePayload(payload));
  return { driver, ...step, frames };
}

const heads = (frames: ReturnType<typeof told>["frames"]) =>
  frames.map((frame) => (frame?.kind === "standard" ? [frame.generation, frame.line, frame.seq] : null));

test("in the header of each series that it may be, to its own number alone, and nothing but that it be off", () => {
  const { exchange, frames } = told();
  // Even numbers are counted; 5A cards know number 1 and a serial line alone.
  expect(heads(frames)).toEqual([
    [5, 1, 20],
    [5, 0, 1],
    [6, 1, 20],
  ]);
  for (const frame of frames) {
    expect(frame).toMatchObject({ to: 7, device: [0xfe, 0xff] });
    expect([...(frame?.body ?? [])]).toEqual([1, 0xa2, 0x05, 1, 0, 0]);
  }
  expect(Buffer.concat((exchange.parts ?? []).map(({ bytes }) => bytes))).toEqual(exchange.bytes);
});

test("one whose series is written hears it in that one's header", () => {
  expect(heads(told({ family: "5A" }).frames)).toEqual([[5, 0, 1]]);
  expect(heads(told({ family: "5E" }).frames)).toEqual([[5, 1, 20]]);
  expect(heads(told({ family: "6Q" }).frames)).toEqual([[6, 1, 20]]);
});

test("on a serial line each has the time to be answered before the next one is said", () => {
  const { exchange } = told({}, 9600);
  for (const { bytes, pauseMs } of exchange.parts ?? [])
    expect(pauseMs).toBeGreaterThan(((bytes.length + 60) * 10) / 9.6);
  const pauses = (exchange.parts ?? []).reduce((sum, { pauseMs }) => sum + pauseMs, 0);
  expect(exchange.timeoutMs).toBeGreaterThan(pauses);
});

test.each([
  ["with the question's number", 20, 7, "yes"],
  ["with the one number of 5A cards", 1, 7, "yes"],
  ["with a number of before", 18, 7, "other"],
  ["from another card of the line", 20, 6, "other"],
])("that it is off is what an answer says %s", (_name, seq, from, expected) => {
  const { driver, state, exchange } = told();
  const to = { to: ourAddress, from, device: [0x54, 0x03] } as const;
  const head = { ...to, kind: "standard", generation: 5, line: 1, filler: 0 } as const;
  const body = Uint8Array.of(0, 0xa0, 0, 0, 0, 0, 0, 0, 0);
  const reply = encodePayload({ ...head, seq: seq + 0x8000, body });
  expect(driver.accepts(state, exchange, reply)).toBe(expected);
  if (expected !== "yes") return;
  const outcome = driver.reply(state, exchange, reply, { askedAt: base, heardAt: base });
  expect(outcome.dark).toBe(true);
  expect(driver.ask(outcome.state, goal)?.exchange.label).toBe("A2 00 PING");
});

test("its silence is told as nothing, and it is asked who it is, in the other generation's header", () => {
  const { driver, state, exchange } = told();
  const next = driver.ask(driver.silence(state, exchange), goal);
  expect(next?.exchange.label).toBe("A2 00 PING");
  const [payload] = driver.createReader().read(next?.exchange.bytes ?? new Uint8Array(0));
  expect(payload && decodePayload(payload)).toMatchObject({ generation: 6 });
});

describe("of another size, on a line that stays open", () => {
  beforeEach(() => void vi.useFakeTimers(fakes));
  afterEach(() => void vi.useRealTimers());

  async function off() {
    const { town, card } = townOf(rigOf("5E", cards.e5, [shape], { family: "5E", far: { width: 96 } }));
    town.loop.want({ ...plays(town, picture(shape, 1)), dark: true });
    return { town, card };
  }
  const told = (asked: readonly string[], name: string) => asked.filter((one) => one === name).length;

  test("it is told again when it says that it is lit: its power was away", async () => {
    const { town, card } = await off();
    await within(2000, () => !card.on, town);
    await pass(120_000, town);
    expect([told(card.asked, "a205"), town.loop.counters.connections, codes(town)]).toEqual([1, 1, ["panel/shape"]]);
    card.powerCycle();
    expect(card.on).toBe(true);
    await within(61_000, () => !card.on, town);
    await pass(120_000, town);
    expect(told(card.asked, "a205")).toBe(2);
    await town.stop();
  });

  test("one that refuses it and says that it is lit is told as often as it is asked who it is, and no more", async () => {
    const { town, card } = await off();
    card.refuses.set("a205", 1);
    await pass(600_000, town);
    expect(card.on).toBe(true);
    const pings = told(card.asked, "a200");
    expect(pings).toBeLessThan(18);
    expect(told(card.asked, "a205")).toBe(pings);
    expect(codes(town).sort()).toEqual(["panel/card", "panel/shape"]);
    await town.stop();
  });
});
