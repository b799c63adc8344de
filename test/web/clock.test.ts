import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BoardClock } from "../../src/web/player/clock.ts";

/** Our time, the daemon's, and the line between, all by hand. */
function world(offsetMs = 1_500_000_000_000) {
  let mine = 1000;
  let theirs = offsetMs;
  let steps = 0;
  const clock = new BoardClock({ monotonic: () => mine, onStep: () => steps++ });
  const pass = (ms: number) => {
    mine += ms;
  };
  return {
    clock,
    pass,
    truth: () => mine + theirs,
    steps: () => steps,
    setOffset: (ms: number) => {
      theirs = ms;
    },
    roundTrip(outMs: number, backMs: number, clockId = "c1") {
      const askedAt = mine;
      pass(outMs);
      const now = mine + theirs;
      pass(backMs);
      clock.sample({ askedAt, heardAt: mine, now, clockId });
    },
  };
}

describe("the board clock in a browser", () => {
  test("the first round trip sets it, half of it is the doubt", () => {
    const { clock, roundTrip, truth, steps } = world();
    roundTrip(20, 20);
    expect(clock.now()).toBe(truth());
    expect(clock.uncertaintyMs).toBe(20);
    expect(steps()).toBe(1);
  });

  test("a lopsided line misleads by half of its lopsidedness, until a better trip is home", () => {
    const { clock, roundTrip, truth, pass } = world();
    roundTrip(300, 20);
    expect(clock.now() - truth()).toBe(140);
    roundTrip(5, 5);
    pass(10_000);
    expect(Math.abs(clock.now() - truth())).toBeLessThanOrEqual(1);
    roundTrip(20, 300);
    pass(10_000);
    expect(Math.abs(clock.now() - truth())).toBeLessThanOrEqual(1);
  });

  test("small errors are slewed: it neither jumps nor runs back", () => {
    const { clock, roundTrip, truth, pass, steps } = world();
    roundTrip(400, 100);
    roundTrip(2, 2);
    expect(steps()).toBe(1);
    expect(Math.abs(clock.now() - truth())).toBeGreaterThan(100);
    let previous = clock.now();
    for (let turn = 0; turn < 600; turn++) {
      pass(16);
      const now = clock.now();
      expect(now - previous).toBeGreaterThanOrEqual(14);
      expect(now - previous).toBeLessThanOrEqual(18);
      previous = now;
    }
    expect(Math.abs(clock.now() - truth())).toBeLessThanOrEqual(1);
  });

  test("large errors are stepped: the daemon's clock was set, or this computer slept", () => {
    const { clock, roundTrip, truth, setOffset, steps } = world();
    for (let trip = 0; trip < 8; trip++) roundTrip(3, 3);
    setOffset(1_600_000_000_000);
    roundTrip(3, 3);
    expect(clock.now()).toBe(truth());
    expect(steps()).toBe(2);
  });

  test("another clock id is another clock, however small the difference", () => {
    const { clock, roundTrip, truth, setOffset, steps } = world();
    roundTrip(3, 3);
    setOffset(1_500_000_000_050);
    roundTrip(3, 3, "c2");
    expect(clock.now()).toBe(truth());
    expect(steps()).toBe(2);
    expect(clock.clockId).toBe("c2");
  });

  test("the time in a state serves until a round trip is home, and never again", () => {
    const { clock, roundTrip, truth } = world();
    expect(clock.clockId).toBeNull();
    clock.hint(truth() - 700, "c1");
    expect(clock.now()).toBe(truth() - 700);
    roundTrip(4, 4);
    expect(clock.now()).toBe(truth());
    clock.hint(truth() - 900, "c1");
    expect(clock.now()).toBe(truth());
  });

  test("whatever the line does, it is never further off than half of the best trip it knows of allows", () => {
    const delay = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 8 }), (trips) => {
        const { clock, roundTrip, truth, pass } = world();
        for (const [out, back] of trips) roundTrip(out, back);
        pass(20_000);
        const best = Math.min(...trips.map(([out, back]) => out + back));
        expect(Math.abs(clock.now() - truth())).toBeLessThanOrEqual(best / 2 + 2);
      }),
    );
  });
});
