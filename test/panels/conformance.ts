/**
 * What every driver does on its simulator, whatever its protocol: the signed dots and no others are lit, in time; black is
 * black; a card that lost its power, its line or some bytes has it all back; and nothing outlives its end. Each protocol's
 * own test gives a `Rig`, and what its card cannot promise is in its driver's capabilities, which are held to here. Of a sign
 * that a person loads by stick: `conformance-carried.ts`; of a card that nobody hears, and of one that is not the one that is wanted: `conformance-blind.ts`,
 * `conformance-unfit.ts`, run from here.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyFrame, type Message, type Shape } from "../../src/message/index.ts";
import { CardTown, pass, picture, programmeOf, type Rig, within } from "./card-town.ts";
import { describeBlindDark } from "./conformance-blind.ts";
import { describeUnfitDark } from "./conformance-unfit.ts";
import { base, fakes, sealed } from "./town.ts";

const black = (shape: Shape) => emptyFrame(shape).pixels;
const hour = 3_600_000;

export function describeDriver(rig: Rig): void {
  const mostMs = rig.settlesMs ?? 3000;
  const name = ({ width, height, colour }: Shape) => `${width}x${height} ${colour}`;
  describe.each(rig.shapes.map((shape) => [name(shape), shape] as const))(`${rig.name}, %s`, (_name, shape) => {
    beforeEach(() => void vi.useFakeTimers(fakes));
    afterEach(() => void vi.useRealTimers());
    const drawn = rig.picture ?? picture;
    const [red, blue, long] = [drawn(shape, 1), drawn(shape, 2), drawn(shape, 3, 60_000)];
    const plays = (notice: string, message: Message, untilMs = hour) =>
      programmeOf(shape, [{ fromMs: 0, untilMs, show: [[notice, message]] }]);
    const shows = (town: CardTown, message: Message) => () =>
      Buffer.compare(town.lit(), message.pages[0]?.bitmap.pixels ?? black(shape)) === 0;
    const isBlack = (town: CardTown) => () => Buffer.compare(town.lit(), black(shape)) === 0;

    test("lights the signed dots, and says that it was sent and nothing more than it knows", async () => {
      const town = new CardTown(rig, shape);
      const wanted = sealed(town.seals, plays("R1", red));
      town.loop.want(wanted);
      await within(mostMs, shows(town, red), town);
      await within(mostMs, () => town.loop.facts().sent?.notice === "R1", town);
      const { confirmed, faults, sent } = town.loop.facts();
      expect(sent?.message).toBe(red.hash);
      if (!readsBack(rig, shape)) expect(confirmed).toBe(null);
      expect(faults).toEqual([]);
      expect(town.far.flashWrites).toBe(rig.keeps ? 1 : 0);
      await town.stop();
    });

    test("takes turns at their boundaries", async () => {
      const town = new CardTown(rig, shape);
      const show = [["R1", red] as const, ["R2", blue] as const];
      const wanted = sealed(town.seals, programmeOf(shape, [{ fromMs: 0, untilMs: hour, show }]));
      town.loop.want(wanted);
      await within(mostMs, shows(town, red), town);
      for (const message of [blue, red, blue]) {
        const boundary = Math.ceil((town.now() - base + 1) / 4000) * 4000;
        await pass(boundary - (town.now() - base), town);
        await within(1000, shows(town, message), town);
      }
      expect(town.far.flashWrites).toBe(rig.keeps ? 2 : 0);
      await town.stop();
    });

    test("of what is not signed, not a dot leaves", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(plays("R1", red));
      await pass(10_000, town);
      expect(isBlack(town)()).toBe(true);
      expect(town.loop.facts().sent).toBe(null);
      expect(town.loop.facts().faults.map(({ fault }) => fault.code)).toContain("seal/refused");
      await town.stop();
    });

    test("what is withdrawn goes, though nothing else comes", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.seals.verdicts.set("R1", { ok: false, why: "withdrawn" } as never);
      await within(5000 + mostMs, isBlack(town), town);
      await town.stop();
    });

    test("the newest wins, whatever was on", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.loop.want(sealed(town.seals, plays("R2", blue)));
      town.loop.want(sealed(town.seals, plays("R3", red)));
      await within(mostMs, shows(town, red), town);
      await town.stop();
    });

    test("dark is black whatever is wanted, and light again is what is wanted then", async () => {
      const town = new CardTown(rig, shape);
      const wanted = sealed(town.seals, plays("R1", long));
      town.loop.want(wanted);
      await within(mostMs, shows(town, long), town);
      town.loop.want({ ...wanted, dark: true });
      await within(mostMs, isBlack(town), town);
      await pass(5000, town);
      expect(isBlack(town)()).toBe(true);
      town.loop.want(sealed(town.seals, plays("R2", red)));
      await within(mostMs, shows(town, red), town);
      await town.stop();
    });

    test("where nothing is on it is black, and what comes next comes in time", async () => {
      const town = new CardTown(rig, shape);
      const wanted = programmeOf(shape, [
        { fromMs: 0, untilMs: 6000, show: [["R1", red]] },
        { fromMs: 12_000, untilMs: hour, show: [["R2", blue]] },
      ]);
      town.loop.want(sealed(town.seals, wanted));
      await within(mostMs, shows(town, red), town);
      await pass(7000 - (town.now() - base), town);
      expect(isBlack(town)()).toBe(true);
      await pass(13_000 - (town.now() - base), town);
      expect(shows(town, blue)()).toBe(true);
      await town.stop();
    });

    test("a card that lost its power has it back", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.far.powerCycle();
      town.cut();
      expect(isBlack(town)()).toBe(!rig.keeps);
      await within(20_000 + mostMs, shows(town, long), town);
      expect(town.far.flashWrites).toBe(rig.keeps ? 1 : 0);
      await town.stop();
    });

    test("a line that was cut is dialled again, and what is on by then is what is wanted by then", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await within(mostMs, shows(town, long), town);
      town.faults.unplugged = true;
      town.cut();
      await pass(8000, town);
      expect(town.loop.facts().link).not.toBe("connected");
      town.loop.want(sealed(town.seals, plays("R2", red)));
      town.faults.unplugged = false;
      await within(20_000 + mostMs, shows(town, red), town);
      await town.stop();
    });

    test("bytes that are spoilt on the way cost time, and never end with a wrong picture", async () => {
      const town = new CardTown(rig, shape);
      town.faults.spoilt = rig.datagrams ? 3 : 97;
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await pass(8000, town);
      town.faults.spoilt = 0;
      await within(40_000 + mostMs, shows(town, long), town);
      await pass(3000, town);
      expect(shows(town, long)()).toBe(true);
      await town.stop();
    });

    test("a card whose answers are lost is asked again, and is known not to have answered", async () => {
      const town = new CardTown(rig, shape);
      town.faults.mute = true;
      town.loop.want(sealed(town.seals, plays("R1", long)));
      await pass(15_000, town);
      if (!town.oneWay) {
        expect(town.loop.facts().sent).toBe(null);
        expect(town.loop.facts().faults.map(({ fault }) => fault.code)).toContain("link/no-answer");
      }
      town.faults.mute = false;
      await within(40_000 + mostMs, shows(town, long), town);
      await town.stop();
    });

    test("when nobody reaches it any more, what was on ends with its time, or as its capabilities say", async () => {
      const town = new CardTown(rig, shape);
      town.loop.want(sealed(town.seals, plays("R1", long, 20_000)));
      await within(mostMs, shows(town, long), town);
      town.faults.unplugged = true;
      town.cut();
      await pass(20_000 - (town.now() - base) + 3000, town);
      expect(isBlack(town)()).toBe(town.ends !== "never");
      await town.stop();
    });
    describeBlindDark(rig, shape);
    describeUnfitDark(rig, shape);
  });
}

function readsBack(rig: Rig, shape: Shape): boolean {
  const driver = rig.driver(shape);
  return ("asks" in driver ? driver.asks : driver.streams).capabilities.readBack;
}
