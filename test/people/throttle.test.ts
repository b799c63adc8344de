import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Buckets, Failing } from "../../src/people/throttle.ts";
import { networkOf } from "../../src/people/network.ts";

const minute = 60_000;

function fails(free = 3, max = 100) {
  const time = { now: 1_000_000_000 };
  return { time, failing: new Failing({ now: () => time.now }, free, max) };
}

describe("failures", () => {
  it("cost nothing at first, then each doubles the wait, up to a quarter of an hour", () => {
    const { time, failing } = fails();
    const waits = Array.from({ length: 16 }, () => {
      failing.count("a");
      const wait = failing.waitMs("a");
      time.now += wait;
      return wait / 1000;
    });
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
    expect(failing.waitMs("a")).toBe(0);
    expect(failing.waitMs("b")).toBe(0);
  });

  it("are forgotten after an hour, after a success, and one by one", () => {
    const { time, failing } = fails();
    for (let i = 0; i < 6; i++) failing.count("a");
    time.now += 61 * minute;
    expect(failing.count("a")).toBe(1);
    for (let i = 0; i < 6; i++) failing.count("a");
    failing.forgive("a");
    expect(failing.waitMs("a")).toBe(0);
    failing.forget("a");
    expect(failing.count("a")).toBe(1);
  });

  it("a clock set back shuts nobody out", () => {
    const { time, failing } = fails();
    for (let i = 0; i < 20; i++) failing.count("a");
    time.now -= 40 * 86_400_000;
    expect(failing.waitMs("a")).toBe(0);
  });

  it("whatever the keys, no more are remembered than may be, and the newest are", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 300 }), (keys) => {
        const { failing } = fails(1, 10);
        for (const key of keys) failing.count(String(key));
        expect(failing.size).toBeLessThanOrEqual(10);
        const newest = [...new Set([...keys].reverse())].slice(0, 10);
        for (const key of newest) expect(failing.waitMs(String(key))).toBeGreaterThan(0);
      }),
    );
  });
});

it("a bucket gives what it holds at once, then one at a time", () => {
  const time = { now: 0 };
  const buckets = new Buckets({ now: () => time.now }, 3, 1000, 10);
  const take = () => buckets.take("a");
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1000]);
  time.now += 400;
  expect(take()).toBe(600);
  time.now += 600;
  expect([take(), take()]).toEqual([0, 1000]);
  time.now += 60_000;
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1000]);
  expect(buckets.take("b")).toBe(0);
});

it.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:1:2::6", "2001:db8:1:2::/64"],
  ["2001:db8::6", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["", ""],
])("%j is of the network %j", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
