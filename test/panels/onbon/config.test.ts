/** The driver as it is written in the installation file. */
import { expect, test } from "vitest";
import { driverProblems, driverSchema, toDriver } from "../../../src/config/driver.ts";
import { driverOf } from "../../../src/panels/drivers.ts";
import { plainOptions } from "../../../src/panels/onbon/driver.ts";

test("kind: onbon is all that has to be written", () => {
  const driver = toDriver(driverSchema.parse({ kind: "onbon" }));
  expect(driver).toEqual({ kind: "onbon", ...plainOptions });
  const shape = { width: 32, height: 8, colour: "mono" } as const;
  const made = driverOf({ driver, shape, ledColour: null });
  expect("asks" in made && made.asks.capabilities).toEqual({
    ...{ kind: "message", readBack: false, authenticated: false },
    ...{ ends: "by-timeout", motion: "card" },
  });
});

test("levels of brightness are 0 to 15, one or 48", () => {
  const isRight = (brightness: unknown) => driverSchema.safeParse({ kind: "onbon", brightness }).success;
  expect([0, 15, new Array(48).fill(3)].map(isRight)).toEqual([true, true, true]);
  expect([16, -1, 1.5, new Array(47).fill(3), new Array(48).fill(16)].map(isRight)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("its card is reached by TCP in either direction, or by a serial line", () => {
  const driver = driverSchema.parse({ kind: "onbon" });
  const panel = { width: 32, height: 8, colour: "mono" } as never;
  const over = (link: unknown) => driverProblems(driver, panel, link as never).map(({ at }) => at.join("."));
  expect(over({ kind: "tcp-out", host: "192.0.2.7" })).toEqual([]);
  expect(over({ kind: "tcp-in", port: 5005 })).toEqual([]);
  expect(over({ kind: "serial", path: "/dev/ttyS0", baud: 57_600 })).toEqual([]);
  expect(over({ kind: "udp", host: "192.0.2.7" })).toEqual(["link.kind"]);
});
