/** Parts of the wall that need no browser: the control room's places, and the day's strip. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/message/types.ts";
import { changeAt, changeBeside, lastsUntil, opensNext, pathOf, stripOf } from "../../src/web/day-strip.ts";
import { fitPanel } from "../../src/web/player/fit.ts";
import { placesIn, type Room, type RoomPanel } from "../../src/web/room.ts";
import { fakeBoards } from "../preview/fake-boards.ts";

const panels = fakeBoards.map(
  ({ id, shape, device }): RoomPanel => ({ id, ...shape, kind: device === "lcd" ? "pixels" : "led" }),
);
const roomOf = (width: number, height: number, pixelRatio = 1): Room => ({
  width,
  height,
  caption: 34,
  gap: 16,
  pixelRatio,
});

describe("the control room", () => {
  test("nine boards on usual screens: every sign of whole dots", () => {
    for (const [width, height, ratio] of [
      [1920, 1030, 1],
      [1440, 850, 1],
      [1920, 1030, 2],
      [2560, 1390, 1],
    ] as const) {
      const places = placesIn(panels, roomOf(width, height, ratio));
      expect(places.map(({ id }) => id).sort()).toEqual(panels.map(({ id }) => id));
      for (const place of places) {
        const panel = panels.find(({ id }) => id === place.id);
        if (panel?.kind !== "led") continue;
        const { canvasWidth } = fitPanel(panel, "led", place.width, place.height, ratio, 1);
        expect(canvasWidth % panel.width, `${place.id} at ${width}`).toBe(0);
      }
    }
  });

  test("whatever the panels and the screen, nothing overlaps, hangs out, or loses its proportion", () => {
    const side = fc.integer({ min: 8, max: 2000 });
    const some = fc.array(fc.tuple(side, side), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        some,
        fc.integer({ min: 300, max: 2600 }),
        fc.integer({ min: 240, max: 1500 }),
        (sizes, width, height) => {
          const all = sizes.map(
            ([w, h], index): RoomPanel => ({ id: `${index}`, width: w, height: h, colour: "mono", kind: "led" }),
          );
          const room = roomOf(width, height);
          const places = placesIn(all, room);
          if (places.length === 0) return;
          expect(places.length).toBe(all.length);
          for (const one of places) {
            const panel = all[Number(one.id)];
            expect(one.width / one.height).toBeCloseTo((panel?.width ?? 0) / (panel?.height ?? 1), 5);
            expect(one.x >= 0 && one.y >= 0).toBe(true);
            expect(one.x + one.width).toBeLessThanOrEqual(width + 1e-6);
            expect(one.y + one.height + room.caption).toBeLessThanOrEqual(height + 1e-6);
            for (const other of places) if (other.id < one.id) expect(overlap(one, other, room.caption)).toBe(false);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

function overlap(one: Box, other: Box, caption: number): boolean {
  const apart =
    one.x + one.width <= other.x + 1e-6 ||
    other.x + other.width <= one.x + 1e-6 ||
    one.y + one.height + caption <= other.y + 1e-6 ||
    other.y + other.height + caption <= one.y + 1e-6;
  return !apart;
}
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe("the day's strip", () => {
  const at = (text: string): Instant => Date.parse(`2017-11-06T${text}:00+08:00`);
  const iso = (text: string) => new Date(at(text)).toISOString();
  const day = { from: at("00:00"), until: at("00:00") + 86_400_000 };
  const one = (
    start: string,
    end: string,
    notices: readonly string[],
    priority: number | null,
    suspended: "dark" | null = null,
  ) => ({
    ...{ start: iso(start), end: iso(end), priority, suspended, notices: [...notices] },
  });
  const strip = stripOf(day, [
    {
      board: "B1",
      open: [{ from: iso("07:30"), until: iso("21:00") }],
      intervals: [
        one("00:00", "07:30", [], null),
        one("07:30", "08:00", ["default:B1"], 10),
        one("08:00", "09:00", ["N05"], 5),
        one("09:00", "10:00", ["W01"], 0),
        one("10:00", "11:00", ["N05"], 5, "dark"),
      ],
    },
    { board: "B2", open: [], intervals: [one("00:00", "09:00", [], null), one("09:00", "12:00", ["N05"], 5)] },
  ]);

  test("tells what is open, default, a notice, urgent; what is suspended is none of them", () => {
    const [lane] = strip.lanes;
    const spans = Object.fromEntries(
      Object.entries(lane?.windows ?? {}).map(([look, list]) => [
        look,
        list.map(({ from, until }) => (until - from) / 60_000),
      ]),
    );
    expect(spans).toEqual({ open: [810], standby: [30], lit: [60], urgent: [60] });
    expect(pathOf(lane?.windows.lit ?? [], day, 6, 5)).toBe("M480 6H540v5H480z");
    expect(pathOf([{ from: day.from - 3_600_000, until: at("01:00") }], day, 0, 5)).toBe("M0 0H60v5H0z");
  });

  test("a sign that is loaded by stick: what was put in, all day and all night, from when somebody said so", () => {
    const card = [
      { from: iso("00:00"), until: iso("09:10"), loaded: null, notices: [] },
      { from: iso("09:10"), until: iso("14:00"), loaded: iso("09:10"), notices: ["N07", "default:B9"] },
      { from: iso("14:00"), until: iso("24:00"), loaded: iso("14:00"), notices: ["default:B9"] },
    ];
    const open = [{ from: iso("07:30"), until: iso("21:00") }];
    const { lanes, changes } = stripOf(day, [
      { board: "B9", open, intervals: [one("08:00", "08:05", ["N07"], 5)], card },
    ]);
    expect(lanes[0]?.windows).toEqual({
      open: [
        { from: at("09:10"), until: at("14:00") },
        { from: at("14:00"), until: day.until },
      ],
      lit: [{ from: at("09:10"), until: at("14:00") }],
      standby: [{ from: at("14:00"), until: day.until }],
      urgent: [],
    });
    expect(changes).toEqual([
      { at: at("09:10"), boards: ["B9"] },
      { at: at("14:00"), boards: ["B9"] },
    ]);
  });

  test("how long something may be on without a break: to its end, to the day's, or not known", () => {
    const next = [one("12:00", "14:00", ["N05", "N06"], 5), one("14:00", "24:00", ["default:B1"], 10)];
    const whole = stripOf(day, [{ board: "B1", open: [], intervals: [one("08:00", "12:00", ["N05"], 5), ...next] }]);
    const lasts = (owner: string | null, time: string, of = whole) => lastsUntil(of, "B1", owner, at(time));
    expect(lasts("N05", "09:00")).toBe(at("14:00"));
    expect(lasts("N06", "12:00")).toBe(at("14:00"));
    expect(lasts("default:B1", "20:00")).toBe("day");
    // Not what that day's schedule has then, before it begins, another board, another day: nothing is made up.
    expect([lasts("N06", "09:00"), lasts("N05", "07:00"), lasts("N05", "20:00")]).toEqual([null, null, null]);
    expect(lastsUntil(whole, "B2", "N05", at("09:00"))).toBeNull();
    expect(lastsUntil(whole, "B1", "N05", day.until)).toBeNull();
    // Nothing is on until it is something; a board that is dark shows nothing of what its schedule has.
    expect(lasts(null, "01:00", strip)).toBe(at("07:30"));
    expect([lasts("N05", "10:30", strip), lasts(null, "10:30", strip)]).toEqual([null, at("11:00")]);
  });

  test("every change once, with its boards; the one before and the one after", () => {
    expect(strip.changes.map((change) => [new Date(change.at).toISOString(), change.boards.join()])).toEqual([
      [iso("07:30"), "B1"],
      [iso("08:00"), "B1"],
      [iso("09:00"), "B1,B2"],
      [iso("10:00"), "B1"],
    ]);
    expect(changeAt(strip, at("09:00"))?.boards).toEqual(["B1", "B2"]);
    expect(changeAt(strip, at("09:01"))).toBeNull();
    expect(changeBeside(strip, at("08:00"), "after")?.at).toBe(at("09:00"));
    expect(changeBeside(strip, at("08:00"), "before")?.at).toBe(at("07:30"));
    expect(changeBeside(strip, at("07:30"), "before")).toBeNull();
    expect(changeBeside(strip, at("10:00"), "after")).toBeNull();
  });

  test("when a closed board opens: not asked of an open one, of another day, or of a board that is not there", () => {
    expect(opensNext(strip, "B1", at("05:00"))).toBe(at("07:30"));
    expect(opensNext(strip, "B1", at("21:00"))).toBeNull();
    expect(opensNext(strip, "B1", at("20:59"))).toBeUndefined();
    expect(opensNext(strip, "B1", day.until)).toBeUndefined();
    expect(opensNext(strip, "B7", at("05:00"))).toBeUndefined();
    expect(opensNext(null, "B1", at("05:00"))).toBeUndefined();
  });
});
