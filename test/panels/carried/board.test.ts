/** A board that nobody but a person reaches: what it is said to have is said, and never confirmed. */
import { expect, test } from "vitest";
import { capabilitiesOf } from "../../../src/panels/capabilities.ts";
import { carriedBoard, type OnCard } from "../../../src/panels/delivery/without-line.ts";
import { lightsUntil } from "../../../src/panels/delivery/index.ts";
import { itemWanted, loadWanted } from "../../../src/panels/carried/load.ts";
import { base, FakeSeals, picture, sealed, shape, wantedOf } from "../town.ts";

const clock = { now: () => base + 5000 };
const red = picture(0x0f);

test("it is to go round what somebody put in, and not what its schedule has; until then nothing is known, and nothing reads back", () => {
  let onCard: OnCard | null = null;
  let told = 0;
  const board = carriedBoard(
    wantedOf([]),
    clock,
    () => onCard,
    () => told++,
  );
  expect(board.holding()).toMatchObject({ may: [], known: false, via: "file" });
  board.want(sealed(new FakeSeals(), wantedOf([{ fromMs: 0, untilMs: 3_600_000, show: [["R1", red]] }])));
  expect(told).toBe(1);
  expect(board.facts()).toMatchObject({ link: "carried", intended: { notice: null }, sent: null, confirmed: null });
  const holding = { may: [], known: true, readBack: null, via: "file" } as const;
  const items = [
    { notice: "R2", message: red.hash, durationMs: 3000 },
    { notice: "R3", message: red.hash, durationMs: 6000 },
  ];
  onCard = { loaded: { ...loadWanted("B1", shape, items, base + 1000), loaded: base + 1000 }, holding };
  // 4 s after it was put in the first has had its turn.
  const on = { notice: "R3", message: red.hash };
  expect(board.facts()).toMatchObject({ intended: on, sent: { ...on, at: base + 1000 }, confirmed: null, faults: [] });
  expect(board.holding().known).toBe(true);
});

test("such a card promises nothing", () => {
  const config = { driver: undefined, link: { kind: "carried", folder: "usb" }, shape, ledColour: null } as const;
  expect(capabilitiesOf(config as never)).toEqual({
    ...{ kind: "carried", readBack: false, authenticated: false, ends: "never", motion: "card" },
  });
});

test("what may stand there does until its end, and what may not for as long as can be said", () => {
  const now = base;
  const item = { notice: "R1", message: red.hash };
  const until = now + 5000;
  expect(lightsUntil(itemWanted("B1", shape, item, { now, until }), "R1", now)).toBe(until);
  const endless = itemWanted("B1", shape, item, { now, until: Number.POSITIVE_INFINITY });
  expect(lightsUntil(endless, "R1", now)).toBe(now + 0xffff_ffff);
});
