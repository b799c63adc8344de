import fc from "fast-check";
import { expect, test } from "vitest";
import { changesOf, type Piece } from "../../src/web/changes.ts";

const side = (pieces: readonly Piece[], other: Piece["kind"]) =>
  pieces
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join("");

test("what was kept and taken out is the old text, what was kept and put in the new one", () => {
  const text = fc.string({ unit: fc.constantFrom("关", "于", "公", "示", "1", "2", "a", "\n", "🀄"), maxLength: 60 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = changesOf(before, after);
      expect(side(pieces, "added")).toBe(before);
      expect(side(pieces, "removed")).toBe(after);
      for (let at = 1; at < pieces.length; at++) expect(pieces[at]?.kind).not.toBe(pieces[at - 1]?.kind);
    }),
  );
});

test("as little as can be is called changed; a number changes as a whole", () => {
  expect(changesOf("公示期 2017-10-11 止", "公示期 2017-10-12 止")).toEqual([
    { kind: "kept", text: "公示期 2017-10-" },
    { kind: "removed", text: "11" },
    { kind: "added", text: "12" },
    { kind: "kept", text: " 止" },
  ]);
  fc.assert(
    fc.property(fc.array(fc.constantFrom("甲", "乙", "丙"), { minLength: 1, maxLength: 40 }), fc.nat(), (units, at) => {
      const index = at % units.length;
      const after = [...units.slice(0, index), ...units.slice(index + 1)].join("");
      const removed = changesOf(units.join(""), after).filter(({ kind }) => kind !== "kept");
      expect(removed.map(({ kind, text }) => `${kind} ${text.length}`)).toEqual(["removed 1"]);
    }),
  );
});

test("two long texts that have nothing in common are told as replaced, at once", () => {
  const [before, after] = ["\u7532".repeat(20_000), "\u4e59".repeat(20_000)];
  expect(changesOf(before, after)).toEqual([
    { kind: "removed", text: before },
    { kind: "added", text: after },
  ]);
});
