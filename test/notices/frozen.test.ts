/** Maps that stay as they are, for whoever reads them. */
import { expect, test } from "vitest";
import { frozenMap } from "../../src/notices/frozen.ts";

const entries: readonly (readonly [string, string])[] = [
  ["B1", "a"],
  ["B2", "b"],
];

test("what a frozen Map tells is what a Map tells", () => {
  const [fixed, told] = [frozenMap(entries), [] as unknown[]];
  fixed.forEach((value, at) => {
    told.push([at, value]);
  });
  expect([[...fixed], [...fixed.entries()], told, fixed.size]).toEqual([entries, entries, entries, 2]);
  expect([...fixed.keys(), ...fixed.values()]).toEqual(["B1", "B2", "a", "b"]);
  expect([fixed.get("B2"), fixed.has("B2"), fixed.get("B3"), fixed.has("B3")]).toEqual(["b", true, undefined, false]);
});

test("it is a copy, and neither a Map's methods nor what it hands out alter it", () => {
  const given = new Map<string, string>(entries);
  const fixed = frozenMap(given);
  given.clear();
  for (const change of [
    () => Map.prototype.set.call(fixed, "B9", ""),
    () => Map.prototype.clear.call(fixed),
    () => Object.assign(fixed, { get: () => "" }),
    () =>
      fixed.forEach((_, __, itself) => {
        Map.prototype.clear.call(itself);
      }),
  ])
    expect(change).toThrow(TypeError);
  for (const entry of fixed.entries()) entry[1] = "";
  expect([...fixed]).toEqual(entries);
});
