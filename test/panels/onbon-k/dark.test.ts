/** A BX-K card that is to be dark, whatever it does with the command for it. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyFrame, makeMessage } from "../../../src/message/index.ts";
import { pass, within } from "../card-town.ts";
import { decodePayload } from "../../../src/panels/onbon-k/codec.ts";
import type { PanelDriver } from "../../../src/panels/contract.ts";
import { base, fakes } from "../town.ts";
import { cardFaults, fontCard, messageOf, plays, rigOf, shape, shows, townOf } from "./rig.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const black = emptyFrame(shape).pixels;
/** Of several pages, each in its time. */
const long = messageOf("关于停水检修的通知\uff0c请各位居民提前储水\uff0c互相转告\u3002");

test("one that will not be switched off shows nothing all the same, and is asked again", async () => {
  const { town, card } = townOf();
  const wanted = plays(town, long);
  town.loop.want(wanted);
  await within(3000, shows(town, long), town);
  card.refuses.set("a300", 2);
  town.loop.want({ ...wanted, dark: true });
  await within(1000, () => Buffer.compare(town.lit(), black) === 0, town);
  await pass(20_000, town);
  expect(town.lit()).toEqual(black);
  expect(cardFaults(town)).toHaveLength(1);
  card.refuses.clear();
  await within(20_000, () => !card.on, town);
  await town.stop();
});

test("one that does not answer when it is to be switched off shows nothing all the same", async () => {
  const { town, card } = townOf();
  const { pages } = messageOf("停水");
  const minute = makeMessage(
    shape,
    pages.map((page) => ({ ...page, holdMs: 60_000 })),
  );
  const wanted = plays(town, minute);
  town.loop.want(wanted);
  await within(3000, shows(town, minute), town);
  card.refuses.set("a300", 2);
  const hear = card.hear.bind(card);
  card.hear = (bytes, nowMs) => (Buffer.from(bytes).includes(Buffer.from([0xa3, 0x00, 1])) ? [] : hear(bytes, nowMs));
  town.loop.want({ ...wanted, dark: true });
  await within(10_000, () => Buffer.compare(town.lit(), black) === 0, town);
  await pass(60_000, town);
  expect(town.lit()).toEqual(black);
  card.refuses.clear();
  card.hear = hear;
  await within(60_000, () => !card.on, town);
  await town.stop();
});

test("a card that does not answer once while it is dark may have been switched on anew: it is made dark again", async () => {
  const { town, card } = townOf();
  const wanted = plays(town, messageOf("停水"));
  town.loop.want({ ...wanted, dark: true });
  await within(3000, () => !card.on, town);
  town.faults.mute = true;
  card.powerCycle();
  await within(8000, () => town.loop.counters.timeouts > 0, town);
  town.faults.mute = false;
  await within(3000, () => !card.on, town);
  expect(town.loop.counters.connections).toBe(1);
  await town.stop();
});

test("an answer that is late and has no number is not taken for the one to being switched off", () => {
  const rig = rigOf("6K", [shape]);
  const { asks: driver } = rig.driver(shape) as { readonly asks: PanelDriver<unknown, Uint8Array> };
  const far = fontCard(shape, "6K");
  const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null };
  let now = base;
  const goal = () => ({ wanted: null, dark: true, pollDue: true, now });
  const reader = driver.createReader();
  let state = driver.connect(panel, 9);
  /** What is said next, and what the card answers; `hears`: it gets there. */
  const ask = (label: string, hears = true) => {
    const step = driver.ask(state, goal());
    if (!step) throw new Error(`not ${label}, nothing`);
    state = step.state;
    expect(step.exchange.label).toBe(label);
    const payloads = driver.createReader().read(step.exchange.bytes);
    expect(payloads.map((payload) => decodePayload(payload)?.to)).toEqual([1]);
    const replies = hears ? far.hear(step.exchange.bytes, 0).flatMap((bytes) => reader.read(bytes)) : [];
    return { exchange: step.exchange, replies };
  };
  const learns = ({ exchange }: ReturnType<typeof ask>, reply: Uint8Array | undefined) => {
    if (!reply || driver.accepts(state, exchange, reply) !== "yes") throw new Error("no answer");
    const outcome = driver.reply(state, exchange, reply, { askedAt: now, heardAt: now });
    state = outcome.state;
    return outcome.dark;
  };
  /** Nothing is said for as long as an answer may still come. */
  const rests = () => {
    const until = driver.wakes?.(state, goal()) ?? 0;
    expect(until - now).toBe(5000);
    for (; now < until; now += 500) expect(driver.ask(state, goal())).toBeNull();
  };
  const first = ask("A2 00 PING");
  state = driver.silence(state, first.exchange);
  now += 2000;
  // The ping's answer, and the command was lost.
  const off = ask("A3 00 OFF", false);
  expect(learns(off, first.replies[0])).toBe(undefined);
  expect(far.card.on).toBe(true);
  const second = ask("A2 00 PING");
  expect(learns(second, second.replies[0])).toBe(undefined);
  rests();
  const again = ask("A3 00 OFF");
  expect(learns(again, again.replies[0])).toBe(true);
  expect(far.card.on).toBe(false);
  // Of one that is known, and refuses: that comes when nobody waits any more.
  far.card.powerCycle();
  const poll = ask("A2 00 PING");
  state = driver.silence(state, poll.exchange);
  now += poll.exchange.timeoutMs;
  far.card.refuses.set("a300", 1);
  expect(learns(ask("A3 00 OFF"), poll.replies[0])).toBe(undefined);
  expect(far.card.on).toBe(true);
  far.card.refuses.clear();
  rests();
  const last = ask("A3 00 OFF");
  expect(learns(last, last.replies[0])).toBe(true);
  expect(far.card.on).toBe(false);
});

test("a card that is busy when it is asked whether it is there is not asked again at once", async () => {
  const rig = rigOf("6K", [shape]);
  const { town, card } = townOf(rig);
  const lasting = rig.picture?.(shape, 3, 600_000) ?? messageOf("停水");
  town.loop.want(plays(town, lasting));
  await within(4000, shows(town, lasting), town);
  await pass(10_000, town);
  // An answer is lost: until it has answered again what it has agreed to is not known.
  town.faults.mute = true;
  const { timeouts } = town.loop.counters;
  await within(10_000, () => town.loop.counters.timeouts > timeouts, town);
  town.faults.mute = false;
  card.refuses.set("a200", 1);
  const hear = card.hear.bind(card);
  let heard = 0;
  // Without an end to it time would never go on.
  card.hear = (...bytes) => (++heard < 30 ? hear(...bytes) : []);
  await pass(60_000, town);
  expect(heard).toBeLessThan(20);
  expect(shows(town, lasting)()).toBe(true);
  expect(cardFaults(town)).toHaveLength(1);
  await town.stop();
});
