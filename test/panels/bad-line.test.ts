/** Promise 5 on a line that loses, damages, cuts and floods: the content arrives all the same. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { advance, base, fakes, picture, sealed, Town, until, wantedOf } from "./town.ts";

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

const red = picture(0x0f);
/** 6 KB: several frames. */
const long = picture(0x3c, 0, 1500);
const hour = 3_600_000;

const playing = (message = red, notice = "R1") => wantedOf([{ fromMs: 0, untilMs: hour, show: [[notice, message]] }]);

/** Confirmed since `town` began, as `message`. */
const confirms = (town: Town, hash: string) => () => town.loop.facts().confirmed?.message === hash;

describe("a bad line", () => {
  test("loses replies: each is asked for again, on the same connection", async () => {
    const town = new Town({ baud: 115_200 });
    town.loop.want(sealed(town.seals, playing(long)));
    await until(() => town.heard.some(({ verb }) => verb === 4), town);
    town.faults.loseReplies = 2;
    await until(confirms(town, long.hash), town);
    expect(town.loop.counters).toMatchObject({ connections: 1, activations: 1, timeouts: 2 });
    await town.stop();
  });

  test("damages replies and commands: the fault is told, then forgotten", async () => {
    const town = new Town();
    town.faults.corruptReplies = 1;
    town.faults.noisyBytes = 3;
    town.loop.want(sealed(town.seals, playing(long)));
    await until(() => town.faultCodes().includes("wire/noise"), town);
    await until(confirms(town, long.hash), town, 120_000);
    await until(() => town.faultCodes().length === 0, town);
    expect(town.loop.counters.noise).toBe(1);
    await town.stop();
  });

  test("goes silent: three time-outs, then the line is dropped and dialled again, later each time", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    town.faults.deafUntilMs = performance.now() + 90_000;
    await advance(90_000, town);
    expect(town.faultCodes()).toContain("link/no-answer");
    // 4.5 s of time-outs for each dial, and pauses that grow to 7.5 s: not a dial every few seconds.
    expect(town.loop.counters.connections).toBeGreaterThan(4);
    expect(town.loop.counters.connections).toBeLessThan(16);
    await until(() => town.loop.facts().faults.length === 0, town);
    await town.stop();
  });

  test("is unplugged and plugged in again", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    town.unplugged = true;
    town.near?.destroy();
    await until(() => town.faultCodes().includes("link/refused"), town);
    expect(["waiting", "connecting"]).toContain(town.loop.facts().link);
    town.unplugged = false;
    await until(() => town.faultCodes().length === 0, town);
    expect(town.loop.facts().link).toBe("connected");
    await town.stop();
  });

  test("is cut anywhere in an upload: the content arrives all the same, whole", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(7000), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (places, replies) => {
          const town = new Town();
          town.loop.want(sealed(town.seals, playing(long)));
          for (const place of places) {
            if (replies) town.faults.cutAfterReplyBytes = place % 900;
            else town.faults.cutAfterBytes = place;
            await until(() => town.faults.cutAfterBytes === null || town.loop.facts().confirmed !== null, town);
          }
          await until(confirms(town, long.hash), town);
          expect(town.panel.snapshot()).toMatchObject({ message: long.hash, why: "turn" });
          await town.stop();
          expect(vi.getTimerCount()).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("floods us: nothing but answers is taken, and little is kept", async () => {
    const town = new Town();
    town.loop.want(sealed(town.seals, playing()));
    await until(confirms(town, red.hash), town);
    for (let round = 0; round < 200; round++) town.far?.write("ffff OK nonsense=1 *0000\r\n".repeat(40));
    town.far?.write("x".repeat(100_000));
    town.far?.write("\n");
    await advance(11_000, town);
    expect(town.loop.facts().confirmed?.at).toBeGreaterThan(base + 5000);
    expect(town.loop.counters.connections).toBe(1);
    await town.stop();
  });
});
