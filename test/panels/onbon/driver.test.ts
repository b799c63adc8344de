/** What is special to Onbon's cards: time-outs, parts, strips, refusals, locks, others' programmes. On the simulated card. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyFrame, type Shape } from "../../../src/message/index.ts";
import { remedy } from "../../../src/fault.ts";
import type { PanelDriver } from "../../../src/panels/contract.ts";
import { familyOf } from "../../../src/panels/onbon/families.ts";
import { wakesAt } from "../../../src/panels/onbon/plan.ts";
import { pass, picture, within } from "../card-town.ts";
import { base, fakes } from "../town.ts";
import { cardFault, cards, codes, plays, rig5, rigOf, shape, shows, townOf, hour } from "./rig.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

test("types of cards are known by their series", () => {
  expect(familyOf(0x54, 3)).toMatchObject({ name: "5E", areas: 4, blockBytes: 14_336 });
  expect(familyOf(0x51, 2)).toMatchObject({ name: "5A", areas: 0, blockBytes: 700, plainHeader: true });
  expect(familyOf(0x56, 1)).toMatchObject({ areas: 0, rgb: "565-le" });
  expect(familyOf(0x56, 0x11)).toMatchObject({ areas: 4 });
  expect(familyOf(0x66, 2)).toMatchObject({ generation: 6, areas: 32, rgb: "888-or-565-be" });
  expect(familyOf(0x11, 2)).toBe(null);
});

test("an area's time-out is what is left of its turn, in whole seconds, rounded up", async () => {
  const { town, card } = townOf(rig5());
  const long = picture(shape, 1, 90_000);
  await pass(2300, town);
  town.loop.want(plays(town, long));
  await within(3000, shows(town, long), town);
  const leftMs = 90_000 - (town.now() - base);
  const timeoutS = card.timeoutOf(0) ?? 0;
  expect(timeoutS * 1000).toBeGreaterThanOrEqual(leftMs);
  expect(timeoutS * 1000).toBeLessThan(leftMs + 1000 + 200);
  town.faults.unplugged = true;
  town.cut();
  await pass(timeoutS * 1000 - 300 - 200, town);
  expect(shows(town, long)()).toBe(true);
  await pass(800, town);
  expect(town.lit()).toEqual(emptyFrame(shape).pixels);
  await town.stop();
});

test("on a slow line, the time that the picture needs to get there is not given to it as well", async () => {
  const wide: Shape = { width: 192, height: 64, colour: "dual" };
  const { town, card } = townOf(rigOf("5E on 9600", cards.e5, [wide], { bitsPerSecond: 9600 }), wide);
  const long = picture(wide, 1, 60_000);
  town.loop.want(plays(town, long));
  await within(9000, shows(town, long), town);
  // 3 kB of dots and their escapes are three seconds and more; the card counts from when it has them.
  expect(card.timeoutOf(0)).toBeLessThanOrEqual(57);
  await town.stop();
});

test("a card of another size, or of other colours, is told of, and nothing is sent to it", async () => {
  const { town, card } = townOf(rigOf("5E", cards.e5, [shape], { far: { width: 64 } }));
  town.loop.want(plays(town, picture(shape, 1)));
  await within(3000, () => codes(town).includes("panel/shape"), town);
  await pass(5000, town);
  expect(card.asked.filter((name) => name !== "a200" && name !== "a20f")).toEqual([]);
  await town.stop();
});

test("a card that nobody told its screen is to be told by its maker's software: we never write that", async () => {
  const { town, card } = townOf(rig5());
  card.hasScreen = false;
  town.loop.want(plays(town, picture(shape, 1)));
  await within(3000, () => cardFault(town) !== null, town);
  expect(remedy(cardFault(town) as NonNullable<ReturnType<typeof cardFault>>).en).toMatch(
    /never writes screen parameters/,
  );
  card.hasScreen = true;
  await within(8000, shows(town, picture(shape, 1)), town);
  expect(codes(town)).toEqual([]);
  await town.stop();
});

test("what it refuses is told with its meaning, tried again after a while, and another one at once", async () => {
  const { town, card } = townOf(rig5());
  const [big, small] = [picture(shape, 1, 60_000), picture(shape, 2, 60_000)];
  card.refuses.set("a700", 4);
  town.loop.want(plays(town, big));
  await within(3000, () => cardFault(town) !== null, town);
  expect(cardFault(town)).toMatchObject({ label: "A7 00 AREA", what: { en: "it is out of memory (error 4)" } });
  const tries = () => card.asked.filter((name) => name === "a700").length;
  const before = tries();
  await pass(1500, town);
  expect(tries()).toBe(before);
  await pass(1500, town);
  expect(tries()).toBe(before + 1);
  card.refuses.clear();
  town.loop.want(plays(town, small, hour, "R2"));
  await within(500, shows(town, small), town);
  expect(codes(town)).toEqual([]);
  await town.stop();
});

test("a card without dynamic areas is told of: what rotates is not written to its flash", async () => {
  const { town, card } = townOf(rigOf("5M", { device: [0x52, 0], areas: 0, generation: 5 }, [shape]));
  town.loop.want(plays(town, picture(shape, 1)));
  await within(3000, () => cardFault(town)?.what.en.includes("no dynamic areas") ?? false, town);
  await pass(5000, town);
  expect(card.flash.writes).toBe(0);
  await town.stop();
});

test("its clock is set by the board's civil time, its brightness as it is written, and a lock is taken off and told of", async () => {
  const { town, card } = townOf(rig5({ brightness: 6 }));
  card.locked = true;
  town.loop.want(plays(town, picture(shape, 1, 60_000)));
  await within(3000, shows(town, picture(shape, 1, 60_000)), town);
  expect(card.clock).toEqual([20, 17, 11, 6, 8, 30, expect.any(Number), 1]);
  expect(card.brightness).toEqual({ mode: 0, levels: new Array(48).fill(6) });
  expect(card.locked).toBe(false);
  await pass(20_000, town);
  expect(card.asked.filter((name) => name === "a207").length).toBe(1);
  expect(card.asked.filter((name) => name === "a20d").length).toBe(1);
  await town.stop();
});

test("a table of brightness is told once, and again where the card says another level than this half hour's", async () => {
  const levels = Array.from({ length: 48 }, (_, half) => half % 16);
  const { town, card } = townOf(rig5({ brightness: levels }));
  const told = () => card.asked.filter((name) => name === "a207").length;
  town.loop.want(plays(town, picture(shape, 1, 60_000)));
  // The town begins at half past eight: what its clock and the card's may see differently is left alone for two minutes.
  await pass(110_000, town);
  expect(told()).toBe(0);
  await pass(20_000, town);
  expect(card.brightness).toEqual({ mode: 1, levels });
  await pass(60_000, town);
  expect(told()).toBe(1);
  card.brightness = { mode: 1, levels: new Array<number>(48).fill(15) };
  town.cut();
  await pass(10_000, town);
  expect(told()).toBe(2);
  await town.stop();
});

test("it wakes for the next part, and not for one that is over", () => {
  const state = { shows: { programme: "", until: base } } as Parameters<typeof wakesAt>[0];
  const at = (now: number, change = {}) => wakesAt(state, { wanted: {}, dark: false, now, ...change } as never);
  expect([at(base - 1), at(base), at(base + 1)]).toEqual([base, null, null]);
  expect(at(base - 1, { dark: true })).toBe(null);
});

test("whatever happens, it is asked nothing but this: no screen parameter, no address, no firmware", async () => {
  const { town, card } = townOf(rig5({ brightness: 3, others: "deleted" }));
  const wanted = plays(town, picture(shape, 1));
  town.loop.want(wanted);
  await pass(9000, town);
  town.loop.want({ ...wanted, dark: true });
  await pass(3000, town);
  card.refuses.set("a700", 25);
  town.loop.want(wanted);
  await pass(9000, town);
  const known = [
    "a101",
    "a102",
    "a103",
    "a108",
    "a109",
    "a200",
    "a202",
    "a205",
    "a207",
    "a20d",
    "a20f",
    "a700",
    "a701",
  ];
  expect(card.asked.length).toBeGreaterThan(10);
  expect(card.asked.filter((name) => !known.includes(name))).toEqual([]);
  await town.stop();
});

test("an answer without a number that comes too late is not taken for the next one's", () => {
  const driver = (rig5().driver(shape) as { readonly asks: PanelDriver<unknown, Uint8Array> }).asks;
  const { town, card } = townOf(rig5());
  const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null };
  const wanted = plays(town, picture(shape, 1)) as never;
  const goal = { wanted, dark: false, pollDue: false, now: base };
  let state = driver.connect(panel, 9);
  const ask = (at = goal) => {
    const step = driver.ask(state, at);
    if (!step) throw new Error("nothing to say");
    state = step.state;
    return step.exchange;
  };
  const answers = (bytes: Uint8Array) => {
    const reader = driver.createReader();
    return card.hear(bytes, 0).flatMap((answer) => reader.read(answer));
  };
  for (const label of ["A2 00 PING", "A2 02 CLOCK", "A7 01 CLEAR"]) {
    const exchange = ask();
    expect(exchange.label).toBe(label);
    const [reply] = answers(exchange.bytes);
    if (!reply) throw new Error("no answer");
    expect(driver.accepts(state, exchange, reply)).toBe("yes");
    state = driver.reply(state, exchange, reply, { askedAt: base, heardAt: base }).state;
  }
  const area = ask();
  expect(area.label).toBe("A7 00 AREA");
  const [late] = answers(area.bytes);
  state = driver.silence(state, area);
  // The next question has a number; the late answer, which comes before that one's, has none.
  const status = ask();
  expect(status.label).toBe("A2 0F STATUS");
  expect(late && driver.accepts(state, status, late)).toBe("other");
  const [now] = answers(status.bytes);
  expect(now && driver.accepts(state, status, now)).toBe("yes");
  expect(now && driver.accepts(state, { ...status, seq: status.seq + 1 }, now)).toBe("other");
  expect(
    driver.accepts(
      state,
      status,
      Uint8Array.from(now ?? []).map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
    ),
  ).toBe("noise");
});
