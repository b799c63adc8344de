/** What is special to Alpha signs: the pace, two pictures kept, memory that is lost, strips page by page, the clock. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { blankMessage, emptyFrame, makeMessage, type Message, type Shape } from "../../../src/message/index.ts";
import { packetParts, smallDots, textFile } from "../../../src/panels/alpha/codec.ts";
import { alphaDriver } from "../../../src/panels/alpha/driver.ts";
import { AlphaSign } from "../../../src/panels/alpha/simulator/sign.ts";
import { CardTown, pass, picture, programmeOf, within } from "../card-town.ts";
import { base, fakes, sealed } from "../town.ts";
import { type Simulated, simulatedAlpha } from "../../../src/panels/simulated/cards.ts";

const shape: Shape = { width: 32, height: 7, colour: "mono" };
const hour = 3_600_000;
const [red, blue] = [picture(shape, 1), picture(shape, 2)];

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

function open(answers: boolean): { readonly town: CardTown; readonly sign: AlphaSign } {
  const town = new CardTown(
    {
      name: "Alpha",
      datagrams: false,
      shapes: [shape],
      driver: () => ({ asks: alphaDriver({ answers, type: "Z", sign: 0, baud: 9600 }) }),
      far: (of) => simulatedAlpha(of, answers),
    },
    shape,
  );
  return { town, sign: (town.far as Simulated<AlphaSign>).card };
}

function plays(town: CardTown, shown: readonly Message[]): void {
  const show = shown.map((message, at) => [`R${at + 1}`, message] as const);
  town.loop.want(sealed(town.seals, programmeOf(shape, [{ fromMs: 0, untilMs: hour, show }])));
}

const shows = (town: CardTown, pixels: Uint8Array | undefined) => () =>
  Buffer.compare(town.lit(), pixels ?? emptyFrame(shape).pixels) === 0;
const isBlack = (town: CardTown) => shows(town, undefined);
const pixelsOf = (message: Message) => message.pages[0]?.bitmap.pixels;

test("a sign that is given no time loses the packet, and one that is has the picture", () => {
  const to = { type: "Z", address: 0 };
  const rows = ["01", "10"];
  const lit = (pauseMs: number) => {
    const sign = new AlphaSign();
    const blocks = [{ bytes: Buffer.from("E$PDU02021000") }, smallDots("P", rows), textFile("A", "\x14P")];
    const parts = blocks.flatMap((block) => packetParts([block], to));
    for (const [index, { bytes }] of parts.entries()) sign.hear(bytes, index * pauseMs);
    return sign.lit;
  };
  expect(lit(100)).toEqual(rows);
  expect(lit(99)).toBe(null);
  // More than a second inside a packet is an end, too.
  expect(lit(1001)).toBe(null);
});

test("of two pictures that take turns neither is sent again but to make sure of it", async () => {
  const { town } = open(true);
  plays(town, [red, blue]);
  await pass(10_000, town);
  const before = town.heard;
  await pass(20_000, town);
  // Five turns of a call and a look, not of 230 dots each.
  expect(town.heard - before).toBeLessThan(5 * 230);
  expect([shows(town, pixelsOf(red))(), shows(town, pixelsOf(blue))()]).toContain(true);
  await town.stop();
});

test("an answering sign that lost its memory while the line stood has all of it again", async () => {
  const { town, sign } = open(true);
  plays(town, [picture(shape, 3, 600_000)]);
  const there = shows(town, pixelsOf(picture(shape, 3)));
  await within(3000, there, town);
  await pass(6000, town);
  sign.powerCycle();
  expect(there()).toBe(false);
  await within(8000, there, town);
  expect(town.loop.counters.connections).toBe(1);
  await town.stop();
});

test("to one that never answers it is said again: at once when the line is new, and within the hour for good", async () => {
  const { town, sign } = open(false);
  plays(town, [picture(shape, 3, 2 * hour)]);
  const there = shows(town, pixelsOf(picture(shape, 3)));
  await within(3000, there, town);
  expect(town.loop.facts().link).toBe("one-way");
  sign.powerCycle();
  await within(32_000, there, town);
  // A picture that was lost alone.
  sign.pictures.clear();
  await within(32_000, there, town);
  await town.stop();
});

test("what an answering sign refuses is told with its meaning, and sent anew until it has it", async () => {
  const { town, sign } = open(true);
  plays(town, [picture(shape, 3, 600_000)]);
  const obey = sign.hear.bind(sign);
  // Its parity errors spoil every picture for a while.
  let spoils = true;
  sign.hear = (bytes, nowMs) =>
    obey(spoils && bytes.length > 200 ? bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) : bytes, nowMs);
  await pass(4000, town);
  const [fault] = town.loop.facts().faults.map((one) => one.fault);
  expect(fault).toMatchObject({ code: "wire/refused", detail: expect.stringContaining("checksum") });
  expect(town.loop.facts().sent).toBe(null);
  spoils = false;
  await within(8000, shows(town, pixelsOf(picture(shape, 3))), town);
  await within(1000, () => town.loop.facts().faults.length === 0, town);
  await town.stop();
});

test("what it refuses of taking it over does not keep it from being dark; only that it is, is not said", async () => {
  const { town, sign } = open(true);
  const wanted = sealed(
    town.seals,
    programmeOf(shape, [{ fromMs: 0, untilMs: hour, show: [["R1", picture(shape, 3, 600_000)]] }]),
  );
  town.loop.want(wanted);
  await within(3000, shows(town, pixelsOf(picture(shape, 3))), town);
  const obey = sign.hear.bind(sign);
  let [spoils, spoilt] = [true, 0];
  sign.hear = (bytes, nowMs) => {
    const at = Buffer.from(bytes).indexOf("E.");
    if (!spoils || at < 0) return obey(bytes, nowMs);
    spoilt++;
    return obey(
      bytes.map((byte, index) => (index === at + 3 ? byte ^ 1 : byte)),
      nowMs,
    );
  };
  await within(40_000, () => spoilt > 0, town);
  // Nor from being given the next picture, and nothing is asked without a pause.
  const next = sealed(
    town.seals,
    programmeOf(shape, [{ fromMs: 0, untilMs: hour, show: [["R2", picture(shape, 9, 600_000)]] }]),
  );
  town.loop.want(next);
  await within(6000, shows(town, pixelsOf(picture(shape, 9))), town);
  const asked = spoilt;
  await pass(65_000, town);
  expect(spoilt - asked).toBeGreaterThan(0);
  expect(spoilt - asked).toBeLessThan(4);
  town.loop.want({ ...wanted, dark: true });
  await within(4000, isBlack(town), town);
  const before = spoilt;
  await pass(35_000, town);
  expect(spoilt - before).toBeLessThan(3);
  expect(isBlack(town)()).toBe(true);
  const saysDark = () => town.loop.facts().sent?.message === blankMessage(shape).hash;
  expect(saysDark()).toBe(false);
  expect(town.loop.facts().faults.map(({ fault }) => fault.code)).toEqual(["wire/refused"]);
  spoils = false;
  await within(40_000, saysDark, town);
  await town.stop();
});

test("a strip is shown panel by panel, each for its share of the way", async () => {
  const long: Shape = { ...shape, width: 96 };
  const bitmap = { ...(picture(long, 4).pages[0] as Message["pages"][number]).bitmap };
  const page = { bitmap, motion: "scroll-left", msPerPx: 100, holdMs: 0, step: 0, window: null, fields: [] } as const;
  const { town } = open(true);
  plays(town, [makeMessage(shape, [page])]);
  // 96 dots of 100 ms: three panels of 3.2 s.
  const third = (at: number) => {
    const { pixels } = bitmap;
    return Uint8Array.from(
      { length: 28 },
      (_, index) => pixels[Math.floor(index / 4) * 12 + at * 4 + (index % 4)] ?? 0,
    );
  };
  for (const at of [0, 1, 2, 0]) await within(3800, shows(town, third(at)), town);
  await town.stop();
});

test("who had the sign before is put away: their priority text, and their files in its run sequence", async () => {
  for (const dark of [false, true]) {
    const { town, sign } = open(true);
    sign.texts.set("0", "\x1b bOLD NEWS");
    sign.texts.set("C", "\x1b bFOR SALE");
    sign.runSequence = "TUC";
    const written: string[] = [];
    const set = sign.texts.set.bind(sign.texts);
    sign.texts.set = (label, words) => {
      written.push(label);
      return set(label, words);
    };
    // Dark from the first word on, too: an empty file A alone leaves theirs lit.
    if (dark) town.loop.want({ ...programmeOf(shape, []), dark });
    else plays(town, [red]);
    await within(3000, dark ? isBlack(town) : shows(town, pixelsOf(red)), town);
    await pass(1000, town);
    expect([sign.texts.get("0"), sign.runSequence]).toEqual(["", "SUA"]);
    expect(written[0]).toBe("0");
    await town.stop();
  }
});

test.each([
  ["that answers and says that nothing is wrong", true],
  ["that says nothing", false],
])("a packet that a sign %s never heard is not believed to be there for long", async (_name, answers) => {
  for (const verb of ["I", "AA", "A0"]) {
    const { town, sign } = open(answers);
    sign.texts.set("0", "\x1b bOLD NEWS");
    const obey = sign.hear.bind(sign);
    // Its header is spoilt, each time: whose packet it was nobody can tell.
    let deaf = true;
    let packet = "";
    sign.hear = (bytes, nowMs) => {
      packet = bytes[0] === 0 ? "" : packet + String.fromCharCode(...bytes);
      return deaf && packet.startsWith(verb) ? [] : obey(bytes, nowMs);
    };
    plays(town, [picture(shape, 3, 600_000)]);
    await pass(6000, town);
    const there = shows(town, pixelsOf(picture(shape, 3)));
    expect(there(), verb).toBe(false);
    deaf = false;
    await within(32_000, there, town);
    if (verb === "AA")
      for (const dark of [false, true]) {
        deaf = true;
        town.loop.want({ ...programmeOf(shape, []), dark });
        await pass(3000, town);
        expect(there(), "still lit").toBe(true);
        deaf = false;
        await within(32_000, isBlack(town), town);
        plays(town, [picture(shape, 3, 600_000)]);
        await within(3000, there, town);
      }
    await town.stop();
  }
});

test("its clock is the office's, and a priority text of somebody else's is taken off", async () => {
  const { town, sign } = open(true);
  sign.texts.set("0", "\x1b bOLD NEWS");
  plays(town, [red]);
  await within(3000, shows(town, pixelsOf(red)), town);
  await pass(2000, town);
  // Base is 08:30 at UTC+8 on Monday, 6 November 2017.
  expect(sign.clock).toEqual({ time: "0830", date: "110617", weekday: "2", hours: "M" });
  expect(town.now() - base).toBeLessThan(60_000);
  town.loop.want({ ...programmeOf(shape, []), dark: true });
  await within(2000, isBlack(town), town);
  await town.stop();
});

test("a sign that has not answered and is to be dark shows nothing of others either", async () => {
  const { town, sign } = open(true);
  const empty = programmeOf(shape, []);
  town.loop.want(empty);
  await pass(1000, town);
  // Another program's, in the priority file and in the run sequence.
  sign.texts.set("0", "SALE");
  sign.texts.set("B", "SALE");
  sign.runSequence = "SUB";
  town.faults.mute = true;
  town.cut();
  expect(isBlack(town)()).toBe(false);
  town.loop.want({ ...empty, dark: true });
  await within(6000, isBlack(town), town);
  expect(town.loop.facts().dark).toBe(null);
  await town.stop();
});
