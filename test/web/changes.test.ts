/** What became of a text, what of a case was looked at, and what a browser keeps of both: without a browser. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyDay } from "../../src/notices/schedule-format.ts";
import type { Content, Schedule } from "../../src/notices/types.ts";
import { changedFacts, countChanges } from "../../src/web/case-changes.ts";
import { dropNotes, keepNotes, notesOf } from "../../src/web/case-notes.ts";
import { changesOf, type Piece } from "../../src/web/changes.ts";
import { isLookedAt, Looks } from "../../src/web/looked.ts";
import type { Shelf } from "../../src/web/notice/keeper.ts";
import { blankOf } from "../../src/web/notice/kinds.ts";

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

describe("what of a notice is otherwise than it was signed", () => {
  const { content, schedule } = blankOf("notice", {
    ...{ zone: "Asia/Shanghai", now: Date.parse("2017-07-14T09:00+08:00"), org: "青石港办事处", last: {} },
    boards: ["B1"],
  });
  const signed = { content: content as Content, schedule: { ...everyDay, ...schedule, boards: ["B1"] } as Schedule };

  test("a date, a board, an hour: each is named, and the order of keys is no change", () => {
    const { signature, ...rest } = signed.content;
    expect(changedFacts(signed, { ...signed, content: { signature, ...rest } })).toEqual([]);
    const moved = { ...signed.schedule, until: signed.schedule.until + 1, boards: ["B1", "B2"] };
    const later = { ...signed.content, signature: { ...signature, date: "2017-07-15" }, personal: true as const };
    expect(changedFacts(signed, { content: later, schedule: moved })).toEqual(["date", "boards", "when", "personal"]);
    expect(changedFacts(signed, { ...signed, schedule: { ...moved, weekdays: [1] } })).toContain("rule");
  });

  test("what cannot be read back is compared with nothing", () => {
    expect(changedFacts(signed, { content: null, schedule: null })).toEqual([]);
    expect(
      changedFacts({ ...signed, schedule: null }, { ...signed, content: { ...signed.content, category: "x" } }),
    ).toEqual(["category"]);
  });

  test("a replacement is one place", () => {
    expect(countChanges("公示期11日止", "公示期12日起")).toBe(2);
    expect(countChanges("甲乙", "甲乙")).toBe(0);
  });
});

describe("pages that were looked at", () => {
  const place = { board: "B1", message: "aa" };
  const other = { board: "B2", message: "aa" };

  test("a board is seen when every picture was, whatever the order; the same pixels on another board are not", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
        const looks = new Looks();
        looks.begin([place, other], [], {});
        looks.arrived(place, 5);
        const last = order.map((picture) => looks.see(place, picture));
        expect(last).toEqual([false, false, false, false, true]);
        expect([looks.isSeen(place), looks.isSeen(other)]).toEqual([true, false]);
        expect(looks.progress()[0]).toMatchObject({ seen: 5, pictures: 5, isDone: false });
        expect(looks.next()).toEqual({ board: "B2", picture: 0 });
      }),
    );
  });

  test("what was seen before counts when the message is here, and of another message nothing does", () => {
    const looks = new Looks();
    looks.begin([place], [], { "B1 aa": [0, 1, 9], "B1 bb": [2] });
    expect(looks.arrived(place, 3)).toBe(false);
    expect(looks.next()).toEqual({ board: "B1", picture: 2 });
    expect(looks.see(place, 2)).toBe(true);
    expect(looks.kept()).toEqual({ "B1 aa": [0, 1, 2] });
  });

  test("what the daemon knows is done; all of a case, only with every board", () => {
    const looks = new Looks();
    looks.begin([place, other], ["B1"], {});
    expect(looks.progress().map(({ isDone }) => isDone)).toEqual([true, false]);
    expect(isLookedAt({ pixels: [place, other], looked: ["B1"] })).toBe(false);
    expect(isLookedAt({ pixels: [place, other], looked: ["B2", "B1"] })).toBe(true);
    expect(isLookedAt({ pixels: [place] })).toBe(false);
  });
});

describe("what is kept of a case in a browser", () => {
  const owner = { mode: "real", account: "a1" };
  const shelf = (): Shelf & { readonly all: Map<string, string> } => {
    const all = new Map<string, string>();
    return {
      ...{ all, getItem: (key) => all.get(key) ?? null, setItem: (key, value) => void all.set(key, value) },
      ...{ removeItem: (key) => void all.delete(key), key: (index) => [...all.keys()][index] ?? null },
      get length() {
        return all.size;
      },
    };
  };
  const notes = (at: number) => ({ at, opinion: "同意", reason: "", seen: { "B1 aa": [0, 2] } });

  test("comes back to the same person and mode, and to nobody else; the oldest goes", () => {
    const kept = shelf();
    for (let at = 0; at < 30; at++) keepNotes(kept, owner, `c${at}`, notes(at));
    expect(kept.all.size).toBe(20);
    expect(notesOf(kept, owner, "c29")).toEqual(notes(29));
    expect(notesOf(kept, owner, "c9")).toBeNull();
    expect(notesOf(kept, { ...owner, mode: "practice" }, "c29")).toBeNull();
    dropNotes(kept, owner, "c29");
    expect(notesOf(kept, owner, "c29")).toBeNull();
  });

  test("whatever lies there, nothing throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const kept = shelf();
        kept.all.set("boardcast.case real a1 c", text);
        const found = notesOf(kept, owner, "c");
        expect(found === null || typeof found.opinion === "string").toBe(true);
      }),
    );
    const kept = shelf();
    keepNotes(kept, owner, "c", { ...notes(1), seen: { x: [-1], y: ["a"] as never, z: [1] } });
    expect(notesOf(kept, owner, "c")?.seen).toEqual({ z: [1] });
  });
});
