/** What is special to Huidu's cards: files by their MD5, a day's limit, refusals, heartbeats, ends by the card's clock. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openFlashCounts } from "../../../src/daemon/flash-counts.ts";
import { makeMessage, type Message, type Page, type Shape } from "../../../src/message/index.ts";
import type { Cleared, Wanted } from "../../../src/panels/contract.ts";
import { huiduDriver, type State } from "../../../src/panels/huidu/driver.ts";
import { HuiduCard } from "../../../src/panels/huidu/simulator/card.ts";
import { type CardTown, pass, picture, programmeOf, within } from "../card-town.ts";
import { base, fakes } from "../town.ts";
import { heard, hour, isBlack, open, options, plays, shape, shows, storeOurs } from "./town.ts";

const messages = Array.from({ length: 6 }, (_, seed) => picture(shape, seed + 1));
const [red, blue] = messages as [Message, Message];

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const codes = (town: CardTown) => town.loop.facts().faults.map(({ fault }) => fault.code);
test("a rotation stores each picture once, however often it comes and whoever connects again", async () => {
  const { town, card } = open();
  plays(town, ...messages);
  await pass(60_000, town);
  town.cut();
  await pass(30_000, town);
  expect(card.fileWrites).toBe(messages.length);
  expect(codes(town)).toEqual([]);
  await town.stop();
});

test("a picture that stays is not written again at each turn, and is known to belong to each", async () => {
  const { town, card } = open();
  plays(town, red);
  await pass(40_000, town);
  expect(card.programmeWrites).toBe(1);
  expect(town.loop.counters.activations).toBeGreaterThanOrEqual(9);
  await town.stop();
});

/** One connection by hand, until the driver has nothing to say, or `until` says so. The state that it ends with. */
function converse(
  driver: ReturnType<typeof huiduDriver>,
  { card, shape: of }: { readonly card: HuiduCard; readonly shape: Shape },
  wanted: Wanted,
  now: number,
  {
    from,
    until = () => false,
  }: { readonly from?: State; until?(bytes: Uint8Array, unanswered: boolean): boolean } = {},
): State {
  let state = from ?? driver.connect({ board: "B1", shape: of, address: 1, where: "memory", bitsPerSecond: null }, 1);
  const reader = driver.createReader();
  for (let step = 0; step < 100; step++) {
    const goal = { wanted: wanted as Cleared<Wanted>, dark: false, pollDue: false, now };
    const asked = driver.ask(state, goal);
    if (!asked) return state;
    state = asked.state;
    const { exchange } = asked;
    const replies = card.hear(exchange.bytes, now - base).flatMap((answer) => reader.read(answer));
    const timing = { askedAt: now, heardAt: now };
    if (exchange.unanswered) state = driver.sent?.(state, exchange, timing).state ?? state;
    else {
      const reply = replies.find((one) => !driver.unasked?.(one)) ?? new Uint8Array(0);
      expect(driver.accepts(state, exchange, reply)).toBe("yes");
      state = driver.reply(state, exchange, reply, timing).state;
    }
    if (until(exchange.bytes, exchange.unanswered === true)) return state;
  }
  throw new Error("it never ends");
}

test("a file that was cut off goes on where it stopped", () => {
  const large: Shape = { width: 256, height: 192, colour: "rgb" };
  const driver = huiduDriver(options);
  const far = { card: new HuiduCard(256, 192), shape: large };
  const wanted = programmeOf(large, [{ fromMs: 0, untilMs: hour, show: [["R1", picture(large, 9, 60_000)]] }]);
  let contents = 0;
  const counts = (bytes: Uint8Array, unanswered: boolean) => {
    if (unanswered) contents += bytes.length;
    return unanswered;
  };
  converse(driver, far, wanted, base, { until: counts });
  expect(far.card.fileWrites).toBe(0);
  far.card.hangUp();
  converse(driver, far, wanted, base, { until: (bytes, unanswered) => counts(bytes, unanswered) && false });
  expect(far.card.fileWrites).toBe(1);
  const [stored] = [...far.card.files.values()];
  expect(stored?.size).toBeGreaterThan(100_000);
  // Heads of packets are the only bytes more than the file's own.
  expect(contents).toBeGreaterThan(stored?.size ?? 0);
  expect(contents).toBeLessThan((stored?.size ?? 0) * 1.01);
});

test("beyond the day's pictures nothing is stored, nothing old stays lit, and it says why", async () => {
  const { town, card } = open({ picturesPerDay: 1 });
  plays(town, red, blue);
  await within(3000, shows(town, red), town);
  await pass(5000 - (town.now() - base), town);
  await within(1500, isBlack(town), town);
  expect(card.fileWrites).toBe(1);
  expect(codes(town)).toContain("wire/refused");
  await pass(8500 - (town.now() - base), town);
  expect(shows(town, red)()).toBe(true);
  await town.stop();
});

test("the day's pictures are counted where a new connection and a restart find them", async () => {
  const kept = new Map<string, string>();
  const settings = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => void kept.set(key, value),
  };
  const driver = { kind: "huidu", expires: false, picturesPerDay: 3, brightness: null } as const;
  const day = { now: () => base };
  const countOf = async () => (await openFlashCounts(settings, [{ id: "B1", driver }], () => {}, day))("B1");
  const { town, card } = open({ picturesPerDay: 3 }, await countOf());
  plays(town, red, blue);
  await pass(10_000, town);
  expect(card.fileWrites).toBe(2);
  expect((await countOf()).now().left).toBe(1);
  await town.stop();
  const later = open({ picturesPerDay: 3 }, await countOf());
  plays(later.town, ...messages);
  await pass(30_000, later.town);
  expect(later.card.fileWrites).toBe(1);
  await later.town.stop();
});

test("a card that is full says so, goes dark for what it cannot have, and takes it when there is room", async () => {
  const { town, card } = open();
  card.space = 0;
  plays(town, picture(shape, 3, 60_000));
  await pass(3000, town);
  const [refusal] = town.loop.facts().faults.map(({ fault }) => fault);
  expect(refusal).toMatchObject({ code: "wire/refused", detail: expect.stringContaining("no space") });
  expect(isBlack(town)()).toBe(true);
  expect(town.loop.facts().sent).toBe(null);
  card.space = Number.POSITIVE_INFINITY;
  await within(12_000, shows(town, picture(shape, 3, 60_000)), town);
  await within(1000, () => !codes(town).includes("wire/refused"), town);
  await town.stop();
});

test("firmware that lacks what it can do without is driven all the same", async () => {
  const { town, card } = open({ brightness: 60 });
  for (const method of ["GetDeviceInfo", "GetFiles", "DeleteFiles"]) card.unknown.add(method);
  plays(town, red);
  await within(3000, shows(town, red), town);
  expect(codes(town)).toEqual([]);
  expect(card.brightness).toBe(60);
  await town.stop();
});

test("a screen of another size is told", async () => {
  const { town, card } = open();
  Object.assign(card, { width: 64 });
  await pass(1000, town);
  expect(town.loop.facts().faults.map(({ fault }) => fault)).toContainEqual({
    code: "panel/shape",
    board: "B1",
    wanted: "32x16",
    found: "64x16",
  });
  await town.stop();
});

test("its own heartbeats are answered, and ours go on while nothing changes", async () => {
  const { town, card } = open();
  plays(town, picture(shape, 3, 60_000));
  await pass(120_000, town);
  expect(card.unanswered).toBeLessThanOrEqual(1);
  expect(town.loop.counters.timeouts).toBe(0);
  expect(town.loop.counters.connections).toBe(1);
  await town.stop();
});

test("old pictures of ours are deleted, others' files and what is lit are not", async () => {
  const { town, card } = open();
  storeOurs(card, 130);
  card.files.set("company-logo.png", { md5: "", size: 1, data: Buffer.alloc(1) });
  plays(town, picture(shape, 3, 60_000));
  await pass(10_000, town);
  expect(card.files.size).toBeLessThanOrEqual(102);
  expect(card.files.has("company-logo.png")).toBe(true);
  expect(shows(town, picture(shape, 3, 60_000))()).toBe(true);
  await town.stop();
});

test("another session on the card ends ours: a new one is begun", async () => {
  const { town, card } = open();
  plays(town, red, blue);
  await within(3000, shows(town, red), town);
  // Somebody else's software greets it on the same line's behalf.
  card.hangUp();
  await pass(5000 - (town.now() - base), town);
  await within(6000, () => heard(card, "GetIFVersion") === 2, town);
  await within(5000, () => shows(town, blue)() || shows(town, red)(), town);
  await town.stop();
});

test("a picture with an end ends at the card's midnight, and goes on there when we are still about", () => {
  const driver = huiduDriver({ ...options, expires: true });
  const far = { card: new HuiduCard(32, 16), shape };
  const [page] = red.pages as [Page];
  const long = makeMessage(shape, [{ ...page, holdMs: 24 * hour }]);
  // From 08:30 to 01:30 of the next day, where the office is.
  const wanted = programmeOf(shape, [{ fromMs: 0, untilMs: 17 * hour, show: [["R1", long]] }]);
  const state = converse(driver, far, wanted, base);
  const midnight = base + 15.5 * hour;
  const lights = (now: number) => {
    far.card.tick(now - base);
    return far.card.lit.some((byte) => byte > 0);
  };
  expect(lights(midnight - 1000)).toBe(true);
  // A card that nobody reaches any more: dark until the next evening, and for good.
  expect([0, 1000, hour, 9 * hour, 24 * hour].map((ms) => lights(midnight + ms))).toEqual(Array(5).fill(false));
  expect(driver.wakes?.(state, { wanted: wanted as Cleared<Wanted>, dark: false, pollDue: false, now: base })).toBe(
    midnight,
  );
  converse(driver, far, wanted, midnight, { from: state });
  expect(lights(midnight)).toBe(true);
  expect(lights(base + 17 * hour - 1000)).toBe(true);
  expect(lights(base + 17 * hour)).toBe(false);
});
