/** Promise 2 on a line: what was withdrawn goes, whether or not something better comes; and the dark switch. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { advance, base, fakes, picture, sealed, Town, until, wantedOf } from "./town.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;
const [red, blue] = [picture(0x0f), picture(0xf0)];
const playing = (notice: string, message = red) => wantedOf([{ fromMs: 0, untilMs: hour, show: [[notice, message]] }]);
const black = (town: Town) => town.panel.snapshot().frame.pixels.every((byte) => byte === 0);

async function lit(): Promise<Town> {
  const town = new Town();
  town.loop.want(sealed(town.seals, playing("R1")));
  await until(() => town.loop.facts().confirmed !== null, town);
  return town;
}
const withdraw = (town: Town) => town.seals.sign("R1", red, { withdrawnAt: base + 1000 });

describe("a notice that is withdrawn", () => {
  test("and replaced at once goes without a black moment", async () => {
    const town = await lit();
    withdraw(town);
    await advance(1500, town);
    town.loop.want(sealed(town.seals, playing("R2", blue)));
    await until(() => town.loop.facts().confirmed?.notice === "R2", town, 2000);
    expect(town.verbs).not.toContain("BLANK");
    await town.stop();
  });

  test("and not replaced is darkened within a few seconds, and says so", async () => {
    const town = await lit();
    withdraw(town);
    await until(() => black(town), town, 6000);
    expect(town.panel.snapshot().why).toBe("dark");
    expect(town.faultCodes()).toEqual(["seal/refused"]);
    // Asked at once whether it is so, not at the next round.
    await until(() => town.loop.facts().confirmed?.notice === null, town, 200);
    expect(town.loop.facts().sent?.notice).toBeNull();
    // And light again, with what is right.
    town.loop.want(sealed(town.seals, playing("R2", blue)));
    await until(() => town.loop.facts().confirmed?.notice === "R2", town, 6000);
    expect(town.panel.snapshot()).toMatchObject({ why: "turn", message: blue.hash });
    expect(town.loop.facts().faults).toEqual([]);
    await town.stop();
  });

  test("while the line is down is darkened when the panel is reached again, before anything else", async () => {
    const town = await lit();
    town.unplugged = true;
    town.near?.destroy();
    withdraw(town);
    await advance(30_000, town);
    expect(black(town)).toBe(false);
    town.unplugged = false;
    const asked = town.heard.length;
    await until(() => black(town), town, 20_000);
    expect(town.heard.slice(asked).some(({ verb }) => verb === 4 || verb === 5)).toBe(false);
    await town.stop();
  });

  test("leaves a panel alone whose own programme may still be lit", async () => {
    const town = await lit();
    // What is wanted next is forged; what plays is not.
    town.loop.want(playing("forged", blue));
    await advance(30_000, town);
    expect(town.faultCodes()).toContain("seal/refused");
    expect(town.panel.snapshot()).toMatchObject({ why: "turn", message: red.hash });
    expect(town.verbs).not.toContain("BLANK");
    // Then that is withdrawn too.
    withdraw(town);
    await until(() => black(town), town, 6000);
    await town.stop();
  });

  test("on a panel that plays what nobody here knows: dark, if nothing may be sent", async () => {
    const town = await lit();
    await town.stop();
    const next = new Town({ panel: town.panel });
    next.loop.want(playing("forged", blue));
    await until(() => black(next), next, 6000);
    await next.stop();
  });
});

describe("the dark switch", () => {
  test("is obeyed at once, needs no seal, and ends with what is wanted", async () => {
    const town = await lit();
    town.loop.want({ ...playing("forged", blue), dark: true });
    await until(() => black(town), town, 1000);
    await until(() => town.loop.facts().confirmed?.notice === null, town, 6000);
    expect(town.loop.facts().intended.notice).toBeNull();
    town.loop.want(sealed(town.seals, playing("R1")));
    await until(() => !black(town), town, 1000);
    await until(() => town.loop.facts().confirmed?.notice === "R1", town, 6000);
    await town.stop();
  });

  test("in the middle of an upload stops it", async () => {
    const town = new Town({ baud: 9600 });
    const long = picture(3, 0, 1500);
    const wanted = sealed(town.seals, playing("R1", long));
    town.loop.want(wanted);
    await until(() => town.heard.some(({ verb }) => verb === 4), town);
    const puts = town.heard.filter(({ verb }) => verb === 4).length;
    town.loop.want({ ...wanted, dark: true });
    await advance(20_000, town);
    expect(town.heard.filter(({ verb }) => verb === 4).length - puts).toBeLessThanOrEqual(1);
    expect(town.panel.snapshot().why).toBe("dark");
    await town.stop();
  });
});
