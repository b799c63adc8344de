/** The three facts, and what is wrong with what a panel says; back-off. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { blankMessage, crc32, frameAt, lookup, programmeId } from "../../src/message/index.ts";
import type { PanelStatus, Wanted } from "../../src/panels/contract.ts";
import { backoffMs } from "../../src/panels/delivery/backoff.ts";
import { disagreement, FaultList, factAt } from "../../src/panels/delivery/facts.ts";
import { base, picture, shape, wantedOf } from "./town.ts";

const [red, blue] = [picture(0x0f), picture(0xf0)];
const wanted = wantedOf([
  { fromMs: 0, untilMs: 10_000, show: [["R1", red]] },
  { fromMs: 20_000, untilMs: 30_000, show: [["R2", blue]] },
]);
const id = programmeId(wanted.programme);

/** What an honest panel says at `ms`. */
function honest(ms: number, of: Wanted = wanted): PanelStatus {
  const panelTime = base + ms;
  const { message } = lookup(of.programme, panelTime);
  const frame = frameAt(of.programme, (hash) => of.messages.get(hash), panelTime);
  const why = message === null ? "blank" : "turn";
  const heard = { askedAt: panelTime, heardAt: panelTime, clockRight: true, bootId: "5eed0001" };
  return { panelTime, programme: id, message, why, frameCrc: crc32(frame.pixels), ...heard };
}

describe("disagreement", () => {
  test.each([0, 9_999, 10_000, 15_000, 20_000, 29_999, 30_000, 99_999])("none with an honest panel, %i ms in", (ms) => {
    expect(disagreement(wanted, id, honest(ms))).toBeNull();
  });

  const dishonest: [string, Partial<PanelStatus>][] = [
    ["another programme", { programme: "ab".repeat(32) }],
    ["no programme", { programme: null }],
    ["another message", { message: blue.hash }],
    ["no message", { message: null }],
    ["another frame", { frameCrc: 1 }],
    ["the frame of another moment", { panelTime: base + 25_000 }],
  ];
  test.each(dishonest)("with %s", (_name, change) => {
    expect(disagreement(wanted, id, { ...honest(5000), ...change })).toMatchObject({
      code: "panel/frame",
      board: "B1",
    });
  });

  test("dark means dark, and black", () => {
    const dark = { ...wanted, dark: true };
    const black = crc32(new Uint8Array(32));
    const said = { ...honest(5000), why: "dark", message: null, frameCrc: black } as const;
    expect(disagreement(dark, id, said)).toBeNull();
    expect(disagreement(dark, id, { ...said, frameCrc: 1 })).toMatchObject({ code: "panel/frame" });
    expect(disagreement(dark, id, honest(5000))).toMatchObject({ code: "panel/frame", wanted: "dark", found: "turn" });
  });
});

describe("a fact", () => {
  test("names the message of its moment and whose it is; black is nobody's", () => {
    const blank = { message: blankMessage(shape).hash, notice: null };
    expect(factAt(wanted, base, 7)).toEqual({ message: red.hash, notice: "R1", at: 7 });
    expect(factAt(wanted, base + 10_000, 7)).toEqual({ ...blank, at: 7 });
    expect(factAt(wanted, base + 20_000, 7)).toEqual({ message: blue.hash, notice: "R2", at: 7 });
    expect(factAt({ ...wanted, dark: true }, base, 7)).toEqual({ ...blank, at: 7 });
  });
});

describe("the list of faults", () => {
  const noise = (bytes: number) => ({ code: "wire/noise", board: "B1", bytes }) as const;
  const lost = { code: "link/lost", board: "B1", where: "x", detail: "y" } as const;

  test("has the newest of each kind, newest first, and forgets what works again", () => {
    const list = new FaultList();
    list.add(noise(1), 1);
    list.add(lost, 2);
    list.add(noise(3), 3);
    expect(list.all()).toEqual([
      { fault: noise(3), at: 3 },
      { fault: lost, at: 2 },
    ]);
    list.clear("wire/noise");
    expect(list.all()).toEqual([{ fault: lost, at: 2 }]);
    list.clear();
    expect(list.all()).toEqual([]);
    expect(list.all().length).toBeLessThanOrEqual(limits.faultsPerBoard);
  });
});

describe("back-off", () => {
  test("doubles to 15 s, with jitter over the whole of it, and never hurries below an eighth of a second", () => {
    const most = [0, 1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => backoffMs(attempt, () => 1));
    expect(most).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, luck) => {
        const ms = backoffMs(attempt, () => luck);
        expect(ms).toBeGreaterThanOrEqual(125);
        expect(ms).toBeLessThanOrEqual(15_000);
      }),
    );
    expect(backoffMs(6, () => 0.1)).toBe(1500);
  });
});
