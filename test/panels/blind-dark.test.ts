/** Panels of our own protocol that are to be dark and whose answers do not come: alone on a line, back to back, with others. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Fault } from "../../src/fault.ts";
import { referenceDriver } from "../../src/panels/reference/driver.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { FrameReader, replyLine } from "../../src/panels/reference/simulator/wire.ts";
import type { Far, Rig, Unfit } from "./card-town.ts";
import { describeBlindDark } from "./conformance-blind.ts";
import { describeUnfitDark } from "./conformance-unfit.ts";
import { Street } from "./street.ts";
import { base, fakes, picture, sealed, shape, Town, until, wantedOf } from "./town.ts";

const hour = 3_600_000;

interface Ours extends Far {
  readonly panel: SimulatedPanel;
}

const unfitFor = (name: string, fault: Fault["code"], change: (panel: SimulatedPanel) => void): Unfit => ({
  ...{ name, fault },
  change: (far) => change((far as Ours).panel),
});

const rig: Rig = {
  ...{ name: "our own protocol", datagrams: false, shapes: [shape, { width: 24, height: 16, colour: "rgb" }] },
  driver: () => ({ asks: referenceDriver as never }),
  far(of): Ours {
    let [boots, reader] = [0, new FrameReader()];
    const panel = new SimulatedPanel({
      ...{ id: "B1", shape: of, address: 1, ramBytes: 1 << 20, monotonicMs: () => performance.now() },
      newBootId: () => (++boots).toString(16).padStart(8, "0"),
    });
    return {
      hear: (bytes) =>
        [...bytes].flatMap((byte) => {
          const frame = reader.feed(byte);
          const line = frame && panel.handle(frame);
          return line ? [Buffer.from(line, "latin1")] : [];
        }),
      tick() {},
      connected() {
        reader = new FrameReader();
      },
      powerCycle: () => panel.powerCycle(),
      frame: () => panel.snapshot().frame,
      flashWrites: 0,
      panel,
    };
  },
  unfit: [
    { name: "of another size", fault: "panel/shape", written: (of) => ({ ...of, width: of.width + 8 }) },
    unfitFor("of another version", "panel/version", (panel) => {
      panel.proto = 2;
    }),
    unfitFor("that will not say who it is", "wire/refused", (panel) => void panel.refuses.set(1, "verb")),
    {
      ...unfitFor("of another version, that takes no other frames", "panel/version", (panel) => {
        Object.assign(panel, { proto: 2, versions: [2] });
      }),
      deaf: "it is told, and refuses",
    },
  ],
};

describe.each(rig.shapes)("$width x $height", (of) => {
  describeBlindDark(rig, of);
  describeUnfitDark(rig, of);
});

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const plays = () => wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", picture(0x0f)]] }]);

test("where commands leave back to back nothing follows it: who it is, BLANK, who it is", async () => {
  const town = new Town();
  const wanted = sealed(town.seals, plays());
  town.loop.want(wanted);
  await until(() => town.loop.facts().confirmed !== null, town);
  town.faults.loseReplies = 1_000_000;
  town.heard.length = 0;
  town.far?.destroy();
  town.loop.want({ ...wanted, dark: true });
  await until(() => town.panel.snapshot().why === "dark", town);
  await until(() => town.loop.counters.connections === 3, town);
  const [hello, blank] = [1, 8];
  expect(town.heard.slice(0, 3).map(({ verb }) => verb)).toEqual([hello, blank, hello]);
  expect(town.loop.facts()).toMatchObject({ dark: null, sent: { notice: "R1" }, confirmed: { notice: "R1" } });
  expect(town.faultCodes()).toContain("link/no-answer");
  await town.stop();
});

test("one that refuses it is not told again on that connection, whatever it does not answer", () => {
  const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null };
  const goal = { wanted: null, dark: true, pollDue: false, now: base };
  let state = referenceDriver.connect(panel, 1);
  const labels: string[] = [];
  for (let at = 0; at < 6; at++) {
    const step = referenceDriver.ask(state, { ...goal, now: base + at * 100_000 });
    if (!step) throw new Error("nothing to say");
    const { label, seq } = step.exchange;
    labels.push(label);
    if (label === "BLANK") {
      const [no] = referenceDriver.createReader().read(Buffer.from(replyLine(seq, false, { code: "verb" })));
      if (!no) throw new Error("no reply");
      state = referenceDriver.reply(step.state, step.exchange, no, { askedAt: base, heardAt: base }).state;
    } else state = referenceDriver.silence(step.state, step.exchange);
  }
  expect(labels).toEqual(["HELLO", "BLANK", "HELLO", "HELLO", "HELLO", "HELLO"]);
});

test("on a line with others it is told alone, and they go on", async () => {
  const street = new Street(3);
  for (const address of [1, 2, 3]) street.want(address);
  await street.until(() => [1, 2, 3].every((address) => street.confirmed(address)));
  street.house(2).mood.torn = 100;
  // Silent for so long that it is another connection, on which it has not said who it is.
  await street.advance(120_000);
  expect(street.wire.filter(({ verb }) => verb === 8)).toEqual([]);
  street.want(2, { dark: true });
  await street.until(() => street.house(2).panel.snapshot().why === "dark");
  await street.advance(60_000);
  const blanks = street.wire.filter(({ verb }) => verb === 8);
  expect(new Set(blanks.map(({ address }) => address))).toEqual(new Set([2]));
  expect(street.house(2).loop.facts()).toMatchObject({ dark: null });
  expect([1, 3].map((address) => street.confirmed(address))).toEqual([true, true]);
  await street.stop();
});

test("on a line with others it is told within seconds, whenever dark is pressed while it is silent, and then rests as before", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 95_000 }), async (pressedMs) => {
      const street = new Street(3);
      for (const address of [1, 2, 3]) street.want(address);
      await street.until(() => [1, 2, 3].every((address) => street.confirmed(address)));
      street.house(2).mood.torn = Number.POSITIVE_INFINITY;
      // A connection's three questions, and what it rests between them, are over in that time and a half minute more.
      await street.advance(120_000 + pressedMs);
      const from = street.wire.length;
      street.want(2, { dark: true });
      // One exchange that is under way, its line dialled anew, who it is, and one of each of the others.
      await street.until(() => street.house(2).panel.snapshot().why === "dark", 5000);
      await street.advance(120_000);
      const its = street.wire.slice(from).filter(({ address }) => address === 2);
      // Two that did not wait until it had rested, and then one each half minute, as before.
      expect(its.length).toBeLessThanOrEqual(2 + 4);
      expect([1, 3].map((address) => street.confirmed(address))).toEqual([true, true]);
      await street.stop();
    }),
    { numRuns: 8 },
  );
});

test("on a line with others one of another version is told alone, once a connection, and they go on", async () => {
  const street = new Street(3);
  street.house(2).panel.proto = 2;
  for (const address of [1, 2, 3]) street.want(address);
  await street.until(() => [1, 3].every((address) => street.confirmed(address)));
  await street.advance(120_000);
  expect(new Set(street.wire.filter(({ address }) => address === 2).map(({ verb }) => verb))).toEqual(new Set([1]));
  const { connections } = street.house(2).loop.counters;
  street.want(2, { dark: true });
  await street.until(() => street.house(2).panel.snapshot().why === "dark", 16_000);
  await street.advance(120_000);
  const blanks = street.wire.filter(({ verb }) => verb === 8);
  expect(new Set(blanks.map(({ address }) => address))).toEqual(new Set([2]));
  expect(blanks.length).toBeGreaterThan(3);
  expect(blanks.length).toBeLessThanOrEqual(street.house(2).loop.counters.connections - connections + 1);
  expect([1, 3].map((address) => street.confirmed(address))).toEqual([true, true]);
  expect(
    street
      .house(2)
      .loop.facts()
      .faults.map(({ fault }) => fault.code),
  ).toEqual(["panel/version"]);
  await street.stop();
});
