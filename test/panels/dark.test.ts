import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { carriedBoard } from "../../src/panels/delivery/without-line.ts";
import { replyLine } from "../../src/panels/reference/simulator/wire.ts";
import { advance, base, FakeSeals, fakes, picture, sealed, Town, until, wantedOf } from "./town.ts";

const hour = 3_600_000;
const red = picture(0x0f);
/** 6 KB: several frames. */
const long = picture(0x3c, 0, 1500);
const playing = (message = red, notice = "R1") => wantedOf([{ fromMs: 0, untilMs: hour, show: [[notice, message]] }]);
const blank = 8;

describe("on a line", () => {
  beforeEach(() => void vi.useFakeTimers(fakes));
  afterEach(() => void vi.useRealTimers());
  const isDark = (town: Town) => () => town.panel.snapshot().why === "dark";

  test("in the middle of an upload: the question under way is answered, the very next one is BLANK", async () => {
    const town = new Town({ baud: 115_200 });
    const wanted = sealed(town.seals, playing(long));
    town.loop.want(wanted);
    await until(() => town.heard.filter(({ verb }) => verb === 4).length >= 2, town);
    // One may be on the line already, not yet heard.
    const asked = town.loop.counters.exchanges;
    town.loop.want({ ...wanted, dark: true });
    await until(isDark(town), town);
    expect(town.heard[asked]?.verb).toBe(blank);
    await until(() => town.loop.facts().dark !== null, town);
    // Not one piece of it is sent after that.
    await advance(20_000, town);
    const after = town.heard.slice(asked).map(({ verb }) => verb);
    expect(after.filter((verb) => verb >= 3 && verb <= 6)).toEqual([]);
    expect(town.loop.counters.activations).toBe(0);
    await town.stop();
  });

  test("what was refused is told of no more while the board is dark, and again when it is lit and refused again", async () => {
    const town = new Town();
    const handle = town.panel.handle.bind(town.panel);
    town.panel.handle = (frame) =>
      frame.verb === 6 ? replyLine(frame.seq, false, { code: "missing", count: 1 }) : handle(frame);
    const wanted = sealed(town.seals, playing());
    town.loop.want(wanted);
    await until(() => town.faultCodes().includes("wire/refused"), town);
    town.loop.want({ ...wanted, dark: true });
    await until(() => town.loop.facts().dark != null, town);
    expect(town.faultCodes()).toEqual([]);
    town.loop.want(wanted);
    await until(() => town.faultCodes().includes("wire/refused"), town, 5000);
    await town.stop();
  });

  test("is not known before it was told, however long what came in one piece takes to be taken in", async () => {
    let lateMs = 0;
    const told: number[] = [];
    const started = performance.now();
    const town = new Town({
      now: () => base + Math.floor(performance.now() - started) + lateMs,
      witness: (event) => void (event.kind === "dark" && told.push(event.at)),
    });
    const handle = town.panel.handle.bind(town.panel);
    town.panel.handle = (frame) => {
      if (frame.verb === blank) lateMs += 5;
      return handle(frame);
    };
    town.loop.want({ ...sealed(town.seals, playing()), dark: true });
    await until(() => town.loop.facts().dark != null, town);
    expect(told.length).toBe(1);
    expect(town.loop.facts().dark).toBeGreaterThanOrEqual(told[0] ?? Number.POSITIVE_INFINITY);
    await town.stop();
  });

  test("known to be dark is what was read back, and of this press", async () => {
    const town = new Town();
    const wanted = sealed(town.seals, playing());
    town.loop.want(wanted);
    await until(() => town.loop.facts().confirmed !== null, town);
    expect(town.loop.facts().dark).toBeNull();
    await advance(12_000, town);
    const pressed = town.loop.facts().intended.at;
    town.loop.want({ ...wanted, dark: true });
    await until(() => town.loop.facts().dark !== null, town);
    const first = town.loop.facts().dark;
    expect(first).toBeGreaterThanOrEqual(pressed);
    expect(town.loop.facts().sent?.at).toBeGreaterThanOrEqual(pressed);
    // What the planner goes on wanting changes nothing, nor the time at which it was confirmed.
    town.loop.want({ ...sealed(town.seals, playing(picture(0x77), "R2")), dark: true });
    await advance(12_000, town);
    expect([town.loop.facts().dark, town.panel.snapshot().why]).toEqual([first, "dark"]);
    town.loop.want(wanted);
    await until(() => town.panel.snapshot().why === "turn", town);
    expect(town.loop.facts().dark).toBeNull();
    await town.stop();
  });

  test("a panel that loses its power comes back black and is told again before anything else", async () => {
    const town = new Town();
    const wanted = sealed(town.seals, playing());
    town.loop.want({ ...wanted, dark: true });
    await until(isDark(town), town);
    const asked = town.heard.length;
    town.panel.powerCycle();
    town.near?.destroy();
    await until(isDark(town), town);
    expect(
      town.heard
        .slice(asked)
        .map(({ verb }) => verb)
        .slice(0, 2),
    ).toEqual([1, blank]);
    await advance(60_000, town);
    expect(town.loop.counters.activations).toBe(0);
    expect(town.panel.snapshot()).toMatchObject({ why: "dark", bootId: "00000002" });
    await town.stop();
  });

  test("a line that is lost and found: dark before, dark after", async () => {
    const town = new Town();
    const wanted = sealed(town.seals, playing());
    town.loop.want(wanted);
    await until(() => town.loop.facts().confirmed !== null, town);
    town.unplugged = true;
    town.near?.destroy();
    await advance(3000, town);
    town.loop.want({ ...wanted, dark: true });
    await advance(3000, town);
    expect([town.loop.facts().dark, town.panel.snapshot().why]).toEqual([null, "turn"]);
    town.unplugged = false;
    await until(() => town.loop.facts().dark !== null, town, 60_000);
    expect(isDark(town)()).toBe(true);
    await town.stop();
  });

  test("a daemon that starts for a dark board lights nothing on a panel that another left dark, or bare", async () => {
    for (const left of ["dark", "bare"]) {
      const before = new Town();
      const wanted = sealed(before.seals, playing());
      before.loop.want(wanted);
      await until(() => before.loop.facts().confirmed !== null, before);
      before.loop.want({ ...wanted, dark: true });
      await until(isDark(before), before);
      await before.stop();
      if (left === "bare") before.panel.powerCycle();
      const town = new Town({ panel: before.panel });
      town.loop.want({ ...sealed(town.seals, playing()), dark: true });
      const lit: number[] = [];
      for (let step = 0; step < 300; step += 1) {
        lit.push(...town.panel.snapshot().frame.pixels.filter((byte) => byte !== 0));
        await advance(50, town);
      }
      expect([left, lit, isDark(town)()]).toEqual([left, [], true]);
      await town.stop();
    }
  });

  test("a panel that refuses is asked again, and is not said to be dark", async () => {
    const town = new Town();
    const handle = town.panel.handle.bind(town.panel);
    let refusing = true;
    town.panel.handle = (frame) =>
      refusing && frame.verb === blank ? handle({ ...frame, payload: new Uint8Array(9) }) : handle(frame);
    const wanted = sealed(town.seals, playing());
    town.loop.want(wanted);
    refusing = false;
    await until(() => town.loop.facts().confirmed !== null, town);
    refusing = true;
    town.loop.want({ ...wanted, dark: true });
    await advance(15_000, town);
    expect([town.loop.facts().dark, town.panel.snapshot().why]).toEqual([null, "turn"]);
    expect(town.heard.filter(({ verb }) => verb === blank).length).toBeGreaterThan(2);
    refusing = false;
    await until(() => town.loop.facts().dark !== null, town, 120_000);
    await town.stop();
  });
});

describe("without a line", () => {
  test("nothing darkens a sign that only a person reaches: it is to be black, has what was put in, and nothing is confirmed", () => {
    const clock = { now: () => base + 5000 };
    const seals = new FakeSeals();
    const holding = { may: [], known: true, readBack: null, via: "file" } as const;
    const board = carriedBoard(
      wantedOf([]),
      clock,
      () => ({ loaded: { ...playing(), loaded: base }, holding }),
      () => {},
    );
    const wanted = sealed(seals, playing());
    board.want(wanted);
    expect(board.facts()).toMatchObject({ sent: { notice: "R1", at: base }, confirmed: null });
    board.want({ ...wanted, dark: true });
    expect(board.facts()).toMatchObject({
      intended: { notice: null },
      sent: { notice: "R1", at: base },
      confirmed: null,
    });
    expect(board.facts().dark).toBeUndefined();
  });
});
