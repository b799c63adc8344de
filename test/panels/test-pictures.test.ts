/** 维护 at the last look: a test picture is lit on a board in maintenance, until its end, and nowhere else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patternMessage, patternOwner, patternsOf } from "../../src/message/index.ts";
import { clear } from "../../src/panels/delivery/clear.ts";
import { base, FakeSeals, picture, sealed, shape, wantedOf } from "./town.ts";

const minute = 60_000;
const patterns = patternsOf(shape.colour);
const drawn = (name: string) => {
  const message = patternMessage(name, shape, "B1");
  if (message === null) throw new Error(`no ${name}`);
  return message;
};
const showing = (name: string, fromMs: number, untilMs: number, message = drawn(name)) =>
  wantedOf([{ fromMs, untilMs, show: [[patternOwner(name), message]] }]);

class Maintained extends FakeSeals {
  readonly until: number | null;
  constructor(until: number | null) {
    super();
    this.until = until;
  }
  maintenanceUntil(board: string): number | null {
    return board === "B1" ? this.until : null;
  }
}
const why = (seals: FakeSeals, wanted: ReturnType<typeof wantedOf>, now = base) => {
  const looked = clear(wanted, seals, now);
  return looked.ok ? null : looked.faults.map((fault) => ("why" in fault ? fault.why : fault.code));
};

test("it is cleared exactly while its time lies within the board's maintenance", () => {
  const instants = fc.integer({ min: -20, max: 60 }).map((minutes) => minutes * minute);
  fc.assert(
    fc.property(
      fc.constantFrom(...patterns),
      fc.option(instants),
      instants,
      fc.integer({ min: 1, max: 60 }),
      (name, end, from, minutes) => {
        const until = from + minutes * minute;
        const seals = new Maintained(end === null ? null : base + end);
        // What is over is not lit: nothing is asked of it.
        const allowed = until <= 0 || (end !== null && until <= end);
        expect(why(seals, showing(name, from, until)) === null).toBe(allowed);
      },
    ),
  );
});

describe("refused", () => {
  const inside = new Maintained(base + 10 * minute);
  test("on a board that is not in maintenance, and by seals that know of none", () => {
    expect(why(new Maintained(null), showing("red", 0, minute))).toEqual([
      "a test picture, and the board is not in maintenance",
    ]);
    expect(why(new FakeSeals(), showing("red", 0, minute))).not.toBeNull();
    expect(why(inside, { ...showing("red", 0, minute), board: "B2" })).not.toBeNull();
  });
  test("a millisecond beyond the end", () => {
    expect(why(inside, showing("red", 0, 10 * minute))).toBeNull();
    expect(why(inside, showing("red", 0, 10 * minute + 1))).toEqual(["a test picture after the end of maintenance"]);
  });
  test("other pixels under a test picture's name, and one that there is not", () => {
    expect(why(inside, showing("red", 0, minute, picture(0x5a)))).toEqual(["not the test picture's pixels"]);
    expect(why(inside, showing("checker", 0, minute, drawn("border")))).toEqual(["not the test picture's pixels"]);
    expect(why(inside, showing("green", 0, minute, drawn("red")))).toEqual(["not the test picture's pixels"]);
  });
  test("a test picture's pixels in a notice's name, also in maintenance", () => {
    const wanted = wantedOf([{ fromMs: 0, untilMs: minute, show: [["N1", drawn("red")]] }]);
    expect(why(inside, wanted)).toEqual(["unknown-notice"]);
  });
  test("a test picture among a programme's notices: it is named, they are not", () => {
    const red = picture(0x0f);
    const seals = new FakeSeals();
    const wanted = wantedOf([
      {
        fromMs: 0,
        untilMs: minute,
        show: [
          ["N1", red],
          [patternOwner("row"), drawn("row")],
        ],
      },
    ]);
    sealed(seals, wantedOf([{ fromMs: 0, untilMs: minute, show: [["N1", red]] }]));
    const looked = clear(wanted, seals, base);
    expect(looked.ok ? [] : looked.faults).toMatchObject([{ code: "seal/refused", notice: patternOwner("row") }]);
  });
});
