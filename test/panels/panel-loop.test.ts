/** One panel's loop against a simulated panel, on a clock that the test moves: what promises 1, 2, 3 and 5 come to on a line. */
import { getEventListeners } from "node:events";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { frameAt, programmeId } from "../../src/message/index.ts";
import { advance, base, fakes, picture, sealed, settle, Town, until, wantedOf } from "./town.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const [red, blue] = [picture(0x0f), picture(0xf0)];
/** 6 KB: several frames. */
const long = picture(0x3c, 0, 1500);
const hour = 3_600_000;

const playing = (message = red, notice = "R1") => wantedOf([{ fromMs: 0, untilMs: hour, show: [[notice, message]] }]);

/** Confirmed since `town` began, as `message`. */
const confirms = (town: Town, hash: string) => () => town.loop.facts().confirmed?.message === hash;

describe("a bare panel", () => {
  test("is greeted, set, given the programme and read back", async () => {
    const town = new Town();
    const wanted = sealed(town.seals, playing());
    town.loop.want(wanted);
    await until(confirms(town, red.hash), town);
    expect(town.verbs).toBe("HELLO CLOCK STATUS STAGE PUT ACTIVATE STATUS");
    const { programme, frame, panelTime } = town.panel.snapshot();
    expect(programme).toBe(programmeId(wanted.programme));
    expect(frame.pixels).toEqual(frameAt(wanted.programme, (hash) => wanted.messages.get(hash), panelTime).pixels);
    expect(town.loop.facts()).toMatchObject({
      link: "connected",
      sent: { notice: "R1", message: red.hash },
      confirmed: { notice: "R1", message: red.hash },
      faults: [],
    });
    await town.stop();
  });

  test("is given nothing, and nothing is darkened, before anything was decided", async () => {
    const town = new Town();
    await advance(20_000, town);
    expect(town.verbs).toBe("HELLO CLOCK STATUS");
    expect(town.loop.facts()).toMatchObject({ sent: null, confirmed: null });
    await town.stop();
  });

  test("that was power-cycled gets its content back", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    town.panel.powerCycle();
    // The line stays up, as a serial line does: the boot id alone tells.
    const before = town.loop.facts().confirmed?.at ?? 0;
    await until(() => (town.loop.facts().confirmed?.at ?? 0) > before + 1000, town, 12_000);
    expect(town.panel.snapshot()).toMatchObject({ message: red.hash, why: "turn", bootId: "00000002" });
    expect(town.loop.counters).toMatchObject({ connections: 1, activations: 2 });
    await town.stop();
  });
});

describe("newest wins", () => {
  test("in the middle of an upload: the older is never activated, and what of it was sent is of use", async () => {
    const town = new Town({ baud: 115_200 });
    const older = sealed(town.seals, playing(long));
    const newer = sealed(
      town.seals,
      wantedOf([
        {
          fromMs: 0,
          untilMs: hour,
          show: [
            ["R2", blue],
            ["R1", long],
          ],
        },
      ]),
    );
    town.loop.want(older);
    await until(() => town.heard.filter(({ verb }) => verb === 4).length >= 3, town);
    town.loop.want(newer);
    await until(() => town.panel.snapshot().programme === programmeId(newer.programme), town);
    expect(town.loop.counters.activations).toBe(1);
    await until(() => town.loop.facts().confirmed !== null, town);
    await town.stop();
  });

  test("at the moment of activation: the older is known to play until the newer does", async () => {
    const town = new Town({ baud: 115_200 });
    town.loop.want(sealed(town.seals, playing(red, "R1")));
    await until(() => town.heard.at(-1)?.verb === 6, town);
    town.loop.want(sealed(town.seals, playing(picture(0x3c, 0, 30_000), "R2")));
    await until(() => town.loop.counters.activations === 1, town);
    expect(town.loop.facts()).toMatchObject({ sent: { notice: "R1" }, intended: { notice: "R2" } });
    await until(() => town.loop.facts().confirmed?.notice === "R1", town, 6000);
    await until(() => town.loop.facts().confirmed?.notice === "R2", town);
    await town.stop();
  });

  test("a programme that is there already is not sent again by a new daemon", async () => {
    const town = new Town();
    const wanted = sealed(town.seals, playing());
    town.loop.want(wanted);
    await until(confirms(town, red.hash), town);
    const asked = town.heard.length;
    town.near?.destroy();
    const { connections } = town.loop.counters;
    await until(() => town.loop.counters.connections > connections, town);
    await advance(6000, town);
    expect(town.heard.slice(asked).map(({ verb }) => verb)).not.toContain(4);
    expect(town.loop.counters.activations).toBe(1);
    expect(town.loop.facts().confirmed?.message).toBe(red.hash);
    await town.stop();
  });
});

describe("confirmed means what it says", () => {
  test("a clock that is wrong is set, reported, and confirms nothing", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    const { at } = town.loop.facts().confirmed ?? { at: 0 };
    town.panel.skew(-400);
    await until(() => town.faultCodes().includes("panel/clock"), town);
    expect(town.loop.facts().confirmed?.at).toBe(at);
    await until(() => town.faultCodes().length === 0, town);
    expect(town.loop.facts().confirmed?.at).toBeGreaterThan(at);
    await town.stop();
  });

  test("our own clock is moved: the panel follows", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    town.clockErrorMs = 600_000;
    await advance(12_000, town);
    expect(town.panel.snapshot().panelTime).toBeGreaterThan(base + 600_000);
    expect(town.faultCodes()).toEqual([]);
    await town.stop();
  });

  test("a panel that lights something else is found out, and given again what it has lost", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    (Reflect.get(town.panel, "messages") as Map<string, unknown>).delete(red.hash);
    await until(() => town.loop.counters.activations === 2, town);
    expect(town.seen).toContain("panel/frame");
    await until(() => town.faultCodes().length === 0, town);
    expect(town.panel.snapshot().frame.pixels.some((byte) => byte !== 0)).toBe(true);
    await town.stop();
  });

  test("a panel of another shape is given nothing", async () => {
    const town = new Town({ identity: { shape: { width: 64, height: 8, colour: "mono" } } });
    town.loop.want(sealed(town.seals, playing()));
    await advance(10_000, town);
    expect(town.verbs).toBe("HELLO");
    expect(town.faultCodes()).toEqual(["panel/shape"]);
    await town.stop();
  });
});

describe("what the panel cannot hold", () => {
  test("is brought in time, part after part", async () => {
    const parts = Array.from({ length: 6 }, (_, index) => ({
      fromMs: index * 20_000,
      untilMs: (index + 1) * 20_000,
      show: [[`R${index}`, picture(index + 1, 0, 1000)]] as const,
    }));
    const size = parts[0]?.show[0]?.[1].bytes.length ?? 0;
    const town = new Town({ ramBytes: size * 5 });
    town.loop.want(sealed(town.seals, wantedOf(parts)));
    for (const { untilMs, show } of parts) {
      await until(confirms(town, show[0]?.[1].hash ?? ""), town, 30_000);
      expect(town.panel.snapshot().panelTime).toBeLessThan(base + untilMs);
      expect(town.panel.held().length).toBeLessThanOrEqual(5);
    }
    expect(town.faultCodes()).toEqual([]);
    await town.stop();
  });

  test("at all is said, and asked again less and less often", async () => {
    const town = new Town({ ramBytes: 1000 });
    town.loop.want(sealed(town.seals, playing(long)));
    await until(() => town.faultCodes().includes("panel/full"), town);
    // Each time it is staged first; of its pieces several leave at once.
    const asked = town.heard.filter(({ verb }) => verb === 5).length;
    await advance(60_000, town);
    const again = town.heard.filter(({ verb }) => verb === 5).length - asked;
    expect([again > 1, again < 6]).toEqual([true, true]);
    // Something that fits is tried at once.
    town.loop.want(sealed(town.seals, playing(red)));
    await until(confirms(town, red.hash), town, 1000);
    await town.stop();
  });
});

describe("the daemon ends", () => {
  test("and the panel plays on to its horizon, to the millisecond, then goes black", async () => {
    const town = new Town();
    town.loop.want(
      sealed(
        town.seals,
        wantedOf([
          { fromMs: 0, untilMs: 20_000, show: [["R1", red]] },
          { fromMs: 20_000, untilMs: 30_000, show: [["R2", blue]] },
        ]),
      ),
    );
    await until(confirms(town, red.hash), town);
    await town.stop();
    const at = (ms: number) => {
      vi.advanceTimersByTime(base + ms - town.panel.snapshot().panelTime);
      return town.panel.snapshot();
    };
    expect(at(19_999)).toMatchObject({ message: red.hash });
    expect(at(20_000)).toMatchObject({ message: blue.hash });
    expect(at(29_999)).toMatchObject({ message: blue.hash, why: "turn" });
    expect(at(30_000)).toMatchObject({ message: null, why: "blank" });
    expect(town.panel.snapshot().frame.pixels.every((byte) => byte === 0)).toBe(true);
  });

  test("stop() leaves no timer, no stream and no listener, whenever it comes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.boolean(), async (steps, unplugged) => {
        const town = new Town({ baud: 115_200, unplugged });
        town.loop.want(sealed(town.seals, playing(long)));
        await advance(steps * 25, town);
        const { near } = town;
        await town.stop();
        expect(vi.getTimerCount()).toBe(0);
        expect(near?.destroyed ?? true).toBe(true);
        expect(town.loop.facts().link).toBe("down");
      }),
      { numRuns: 25 },
    );
  });

  test("a line that stays open for long gathers no listeners", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    const count = () =>
      ["data", "close", "end", "error", "drain"].map(
        (name) => getEventListeners(town.near as NonNullable<typeof town.near>, name).length,
      );
    const before = count();
    await advance(600_000, town);
    expect(town.loop.counters.exchanges).toBeGreaterThan(100);
    expect(count()).toEqual(before);
    await town.stop();
  });
});

test("a dead panel delays no other", async () => {
  const [dead, alive] = [new Town({ unplugged: true }), new Town()];
  for (const town of [dead, alive]) town.loop.want(sealed(town.seals, playing()));
  await settle(dead, alive);
  expect(alive.loop.facts().confirmed?.message).toBe(red.hash);
  let before = -1;
  for (let round = 0; round < 6; round++) {
    await advance(5100, dead, alive);
    const at = alive.loop.facts().confirmed?.at ?? 0;
    expect(at).toBeGreaterThan(before);
    before = at;
  }
  expect(dead.loop.facts().confirmed).toBeNull();
  await Promise.all([dead.stop(), alive.stop()]);
});
