/** A card that refuses: whatever it is asked, with whatever error, it is told of with what to do, and the line stays quiet. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { remedy } from "../../../src/fault.ts";
import { blankMessage } from "../../../src/message/index.ts";
import { beside, displayModes, runModes, updateAreas } from "../../../src/panels/onbon/areas.ts";
import { lockScreen } from "../../../src/panels/onbon/commands.ts";
import {
  anyDevice,
  type DynamicFrame,
  encodeFrame,
  ourAddress,
  type StandardFrame,
} from "../../../src/panels/onbon/frame.ts";
import { pass, picture, within } from "../card-town.ts";
import { fakes } from "../town.ts";
import { cardFault, codes, plays, rig5, shape, shows, townOf } from "./rig.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const long = picture(shape, 1, 60_000);
/** Everything that it may be refused; not the ping, which has its own test. */
const commands = ["a20f", "a205", "a207", "a202", "a20d", "a700", "a701"];

test("a card that refuses everything, as one with a password does, is asked little, and told of", async () => {
  const { town, card } = townOf(rig5({ brightness: 6 }));
  card.locked = true;
  await within(1000, () => card.asked.includes("a20f"), town);
  for (const name of commands) card.refuses.set(name, 20);
  town.loop.want(plays(town, long));
  await pass(20_000, town);
  // Polls, and of each kind at 0, 2, 6 and 14 s.
  expect(card.asked.length).toBeLessThan(50);
  expect(card.asked).toContain("a700");
  expect(cardFault(town)?.what.en).toBe("it wants a password (error 20)");
  card.refuses.clear();
  await within(20_000, shows(town, long), town);
  await town.stop();
});

test.each(["a202", "a207", "a20d"])("what it can do without is refused (%s), and the picture is lit", async (name) => {
  const { town, card } = townOf(rig5({ brightness: 6 }));
  card.locked = name === "a20d";
  for (const one of ["a202", "a207", name]) card.refuses.set(one, 2);
  town.loop.want(plays(town, long));
  await within(5000, () => card.areaIds().length === 1, town);
  const before = card.asked.length;
  await pass(10_000, town);
  expect(card.asked.length - before).toBeLessThan(15);
  await town.stop();
});

test("one that will not be switched off is made black by a picture, and is asked again", async () => {
  const { town, card } = townOf(rig5());
  const wanted = plays(town, long);
  town.loop.want(wanted);
  await within(3000, shows(town, long), town);
  card.refuses.set("a205", 2);
  town.loop.want({ ...wanted, dark: true });
  const isBlack = () => town.lit().every((byte) => byte === 0);
  await within(1000, isBlack, town);
  await pass(20_000, town);
  expect(isBlack()).toBe(true);
  // At 0, 2, 6 and 14 s.
  expect(card.asked.filter((name) => name === "a205").length).toBe(4);
  expect(card.asked.filter((name) => name === "a700").length).toBe(2);
  // A moment without power, of which its line says nothing: what was in its RAM is gone.
  const lines = card.asked.length;
  card.powerCycle();
  await pass(40_000, town);
  expect(card.asked.slice(lines).filter((name) => name === "a700").length).toBeGreaterThan(0);
  expect(card.areaIds().length).toBe(1);
  expect(cardFault(town)?.what.en).toBe("it has no such command (error 2)");
  town.loop.want(wanted);
  await within(1000, shows(town, long), town);
  await town.stop();
});

test("one that does not answer when it is to be switched off is made black by a picture as well", async () => {
  const { town, card } = townOf(rig5());
  const wanted = plays(town, long);
  town.loop.want(wanted);
  await within(3000, shows(town, long), town);
  card.refuses.set("a205", 2);
  const hear = card.hear.bind(card);
  card.hear = (bytes, nowMs) => {
    const before = card.asked.length;
    const answers = hear(bytes, nowMs);
    return card.asked.slice(before).includes("a205") ? [] : answers;
  };
  town.loop.want({ ...wanted, dark: true });
  const isBlack = () => town.lit().every((byte) => byte === 0);
  await within(10_000, isBlack, town);
  await pass(60_000, town);
  expect(isBlack()).toBe(true);
  expect(town.loop.counters.connections).toBe(1);
  card.refuses.clear();
  card.hear = hear;
  await within(60_000, () => !card.on, town);
  await town.stop();
});

test("one that will not be switched off is black also where others' areas were", async () => {
  const { town, card } = townOf(rig5());
  const { width, height } = shape;
  const place = { x: 0, y: 0, width, height };
  const pixels = new Uint8Array(((width + 7) >> 3) * height);
  const pages = [{ mode: displayModes.still, speed: 1, stay: 0xffff, repeat: 1, validLen: width, pixels }];
  const area = { id: 1, runMode: runModes.loop, timeoutS: 0, beside: beside.alone, place, pages };
  const frame = { kind: "dynamic", to: 0xfffe, from: ourAddress, device: anyDevice, body: updateAreas([area], 5) };
  card.hear(encodeFrame(frame as DynamicFrame), performance.now());
  expect(card.areaIds()).toEqual([1]);
  const isBlack = () => town.lit().every((byte) => byte === 0);
  expect(isBlack()).toBe(false);
  card.refuses.set("a205", 2);
  town.loop.want({ ...plays(town, long), dark: true });
  await within(3000, isBlack, town);
  await pass(1000, town);
  expect(card.areaIds()).toEqual([0]);
  await pass(20_000, town);
  expect(isBlack()).toBe(true);
  await town.stop();
});

test("a late answer to an earlier picture is not taken for black that was lost", async () => {
  const { town, card } = townOf(rig5());
  const hear = card.hear.bind(card);
  let late: ReturnType<typeof hear> = [];
  let [isSilent, isLost] = [false, false];
  card.hear = (bytes, nowMs) => {
    if (isSilent && !isLost) {
      isLost = true;
      return late;
    }
    const before = card.asked.length;
    const answers = hear(bytes, nowMs);
    if (card.asked.slice(before).includes("a700")) late = answers;
    if (!card.asked.slice(before).includes("a205")) return answers;
    isSilent = true;
    return [];
  };
  const wanted = plays(town, long);
  town.loop.want(wanted);
  await within(3000, shows(town, long), town);
  expect(late.length).toBeGreaterThan(0);
  card.refuses.set("a205", 2);
  town.loop.want({ ...wanted, dark: true });
  const isBlack = () => town.lit().every((byte) => byte === 0);
  for (let second = 0; second < 20; second++) {
    await pass(1000, town);
    const saysDark = town.loop.facts().sent?.message === blankMessage(shape).hash;
    expect([second, saysDark && !isBlack()]).toEqual([second, false]);
  }
  expect([isLost, isBlack()]).toEqual([true, true]);
  expect(town.loop.facts().sent?.message).toBe(blankMessage(shape).hash);
  await town.stop();
});

test("one that is locked, and refuses both to be switched off and unlocked, is not said to be dark", async () => {
  const { town, card } = townOf(rig5());
  const wanted = plays(town, long);
  town.loop.want(wanted);
  await within(3000, shows(town, long), town);
  const to = { to: 0xfffe, from: ourAddress, device: anyDevice };
  const lock = { kind: "standard", ...to, generation: 5, line: 1, seq: 2, filler: 0, body: lockScreen(true, false) };
  card.hear(encodeFrame(lock as StandardFrame), performance.now());
  for (const name of ["a205", "a20d"]) card.refuses.set(name, 2);
  await pass(6000, town);
  town.loop.want({ ...wanted, dark: true });
  await pass(20_000, town);
  const isBlack = () => town.lit().every((byte) => byte === 0);
  const saysDark = () => town.loop.facts().sent?.message === blankMessage(shape).hash;
  expect([isBlack(), saysDark()]).toEqual([false, false]);
  card.refuses.delete("a20d");
  await within(40_000, isBlack, town);
  await within(6000, saysDark, town);
  await town.stop();
});

test("each error is told by its number, with what it means and what can be done, for the ping as well", async () => {
  const words = new Set<string>();
  for (let error = 1; error <= 26; error++) {
    const { town, card } = townOf(rig5());
    card.refuses.set(error % 2 === 0 ? "a200" : "a700", error);
    town.loop.want(plays(town, long));
    await within(4000, () => cardFault(town) !== null, town);
    const fault = cardFault(town);
    expect(fault?.what.zh).toContain(`\uff08错误 ${error}\uff09`);
    expect(fault && remedy(fault).zh.length).toBeGreaterThan(10);
    words.add(fault?.what.en.replace(/ \(error \d+\)/, "") ?? "");
    expect(codes(town)).toEqual(["panel/card"]);
    await town.stop();
  }
  // 20 to 23 are one; so are those that the maker does not explain.
  expect(words.size).toBe(17);
});
