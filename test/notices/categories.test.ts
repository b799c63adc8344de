import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowsOn, categoryGroups } from "../../src/notices/categories.ts";
import type { Track } from "../../src/notices/types.ts";
import { parsed } from "./samples.ts";

const tracks: readonly Track[] = ["政府信息", "党务", "村(居)务", "屏幕服务"];
const names = categoryGroups.flatMap(({ name, categories }) => [name, ...categories]);

describe("what a board may be limited to (R24)", () => {
  test("人、财、物 stand on top, and every category of the samples is in one group", () => {
    expect(categoryGroups.slice(0, 3).map(({ name }) => name)).toEqual(["人", "财", "物"]);
    const all = categoryGroups.flatMap(({ categories }) => categories);
    expect(new Set(all).size).toBe(all.length);
    for (const { content } of parsed.accepted) expect(all).toContain(content.category);
  });

  test("a board that is not limited shows everything, one that allows nothing shows nothing", () => {
    for (const track of tracks)
      for (const category of [...names, "别的"]) {
        expect(allowsOn(undefined, { track, category })).toBe(true);
        expect(allowsOn([], { track, category })).toBe(false);
      }
  });

  test("a track, a group or a category lets in what is of it", () => {
    const notice = { track: "政府信息", category: "财政预决算" } as const;
    for (const allows of [["政府信息"], ["财"], ["财政预决算"], ["党务", "财"]])
      expect(allowsOn(allows, notice)).toBe(true);
    for (const allows of [["人"], ["政府采购"], ["党务", "屏幕服务"]]) expect(allowsOn(allows, notice)).toBe(false);
  });

  test("a party notice is on no board that does not allow party affairs, under whatever category it is filed", () => {
    const others = fc.subarray([...tracks, ...names].filter((name) => name !== "党务" && name !== "党建"));
    fc.assert(
      fc.property(others, fc.constantFrom(...names, "别的"), (allows, category) => {
        expect(allowsOn(allows, { track: "党务", category })).toBe(false);
        expect(allowsOn([...allows, "党务"], { track: "党务", category })).toBe(true);
      }),
    );
  });
});
