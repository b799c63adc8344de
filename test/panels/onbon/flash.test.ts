/** Flash: the default picture alone, counted, at most so often a day, and gone by itself; others' programmes. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openFlashCounts } from "../../../src/daemon/flash-counts.ts";
import { limits } from "../../../src/limits.ts";
import { emptyFrame, type Shape } from "../../../src/message/index.ts";
import type { FlashCount, Goal, Wanted } from "../../../src/panels/contract.ts";
import { onbonDriver, plainOptions } from "../../../src/panels/onbon/driver.ts";
import { type CardTown, pass, picture, programmeOf, within } from "../card-town.ts";
import { base, fakes, sealed } from "../town.ts";
import { cards, rigOf, townOf as rigTown } from "./rig.ts";

const shapes = { 5: { width: 40, height: 16, colour: "dual" }, 6: { width: 48, height: 32, colour: "rgb" } } as const;
const hour = 3_600_000;
const boards = [{ id: "B1", driver: { kind: "onbon" } as never }];

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

/** A day's count that the test moves; what is kept, and read again. */
async function countsOf(
  kept = new Map<string, string>(),
  day = { now: () => base },
): Promise<{ readonly count: FlashCount; readonly kept: Map<string, string> }> {
  const settings = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => void kept.set(key, value),
  };
  const counts = await openFlashCounts(settings, boards, () => {}, day);
  return { count: counts("B1"), kept };
}
function townOf(generation: 5 | 6, flash: FlashCount | null, change = {}) {
  const shape: Shape = shapes[generation];
  const rig = rigOf("flash", generation === 5 ? cards.e5 : cards.q6, [shape], { keepsDefault: true, ...change });
  return { ...rigTown({ ...rig, ...(flash && { flash }) }, shape), shape };
}
/** The default picture and a notice in turn. */
function rotation(town: CardTown, shape: Shape) {
  const [resting, notice] = [picture(shape, 1), picture(shape, 2)];
  const show = [["default:B1", resting] as const, ["R1", notice] as const];
  return { wanted: sealed(town.seals, programmeOf(shape, [{ fromMs: 0, untilMs: 3 * hour, show }])), resting };
}

test.each([5, 6] as const)(
  "on a BX-%i the default picture is written once, is shown when nobody comes any more, and not after tomorrow",
  async (generation) => {
    const { count, kept } = await countsOf();
    const { town, card, shape } = townOf(generation, count);
    const { wanted, resting } = rotation(town, shape);
    town.loop.want(wanted);
    await within(8000, () => card.flash.programmes === 1, town);
    await pass(30_000, town);
    expect(card.flash.writes).toBe(1);
    expect(count.now()).toEqual({ left: limits.flashWritesPerDay - 1, holds: expect.stringContaining(resting.hash) });
    expect(kept.size).toBe(1);
    // Its own is none of others'.
    expect(town.loop.facts().faults).toEqual([]);
    town.faults.unplugged = true;
    town.cut();
    await pass(15_000, town);
    expect(Buffer.compare(town.lit(), resting.pages[0]?.bitmap.pixels ?? new Uint8Array(0))).toBe(0);
    await town.stop();
    card.tick(performance.now() + 2 * 24 * hour);
    expect(card.pixels()).toEqual(emptyFrame(shape).pixels);
  },
);

test("where the installation file does not say so, or nobody counts, no byte is written to flash", async () => {
  for (const [flash, keepsDefault] of [
    [(await countsOf()).count, false],
    [null, true],
  ] as const) {
    const { town, card, shape } = townOf(5, flash, { keepsDefault });
    town.loop.want(rotation(town, shape).wanted);
    await pass(20_000, town);
    expect(card.flash.writes).toBe(0);
    expect(card.asked.filter((name) => name.startsWith("a1"))).toEqual([]);
    await town.stop();
  }
});

test("so often a day and no more, a restart included; the next day again", async () => {
  const day = { at: base, now: () => day.at };
  const { count, kept } = await countsOf(new Map(), day);
  const { town, card, shape } = townOf(5, count);
  for (let change = 0; change < limits.flashWritesPerDay + 3; change++) {
    const fresh = picture(shape, 100 + change, 60_000);
    town.loop.want(
      sealed(town.seals, programmeOf(shape, [{ fromMs: 0, untilMs: 3 * hour, show: [["default:B1", fresh]] }])),
    );
    await pass(2000, town);
  }
  expect(card.flash.writes).toBe(limits.flashWritesPerDay);
  expect(count.now().left).toBe(0);
  // Another daemon goes on counting; a clock that is set back gives nothing.
  const again = (await countsOf(kept, day)).count;
  expect(again.now()).toEqual(count.now());
  day.at -= 48 * hour;
  expect(again.now().left).toBe(0);
  day.at += 96 * hour;
  expect(again.now().left).toBe(limits.flashWritesPerDay);
  await town.stop();
});

test("what is kept and makes no sense counts as spent", async () => {
  const { count } = await countsOf(new Map([["flash.B1", "{"]]));
  expect(count.now()).toEqual({ left: 0, holds: null });
  const { town, card, shape } = townOf(5, count);
  town.loop.want(rotation(town, shape).wanted);
  await pass(3000, town);
  expect(town.loop.facts().faults.map(({ fault }) => fault)).toMatchObject([
    { code: "panel/card", what: { en: "its flash was written 8 times today, and is not written any more" } },
  ]);
  expect(card.flash.writes).toBe(0);
  await town.stop();
});

test("where nothing is on it is black, though there is a picture in its flash", async () => {
  const { town, card, shape } = townOf(5, (await countsOf()).count);
  const resting = picture(shape, 1);
  const parts = [{ fromMs: 0, untilMs: 8000, show: [["default:B1", resting] as const] }];
  town.loop.want(sealed(town.seals, programmeOf(shape, parts)));
  await within(8000, () => card.flash.programmes === 1, town);
  await pass(9000 - (town.now() - base), town);
  for (let second = 0; second < 10; second++) {
    await pass(1000, town);
    expect(town.lit()).toEqual(emptyFrame(shape).pixels);
  }
  expect(card.areaIds()).toEqual([0]);
  // Whatever a card would draw over whatever: while ours is there its programmes stand still.
  expect(card.isAlone(0)).toBe(true);
  await town.stop();
});

test("a write that is refused half way is begun anew, and counted", async () => {
  const { count } = await countsOf();
  const { town, card, shape } = townOf(5, count);
  card.refuses.set("a103", 7);
  town.loop.want(rotation(town, shape).wanted);
  await within(6000, () => card.flash.writes === 1, town);
  expect(card.flash.programmes).toBe(0);
  expect(count.now().holds).toBe(null);
  expect(town.loop.facts().faults.map(({ fault }) => fault.code)).toContain("panel/card");
  card.refuses.clear();
  await within(30_000, () => card.flash.programmes === 1, town);
  expect(card.flash.writes).toBe(2);
  await town.stop();
});

test("a card whose power is away while it is written lights what was in its flash for a moment, and no longer", async () => {
  const { town, card, shape } = townOf(5, (await countsOf()).count, { bitsPerSecond: 57_600 });
  const [old, fresh] = [picture(shape, 1, hour), picture(shape, 2, hour)];
  const plays = (message: typeof old) =>
    sealed(town.seals, programmeOf(shape, [{ fromMs: 0, untilMs: 3 * hour, show: [["default:B1", message]] }]));
  const shows = (message: typeof old) => () =>
    Buffer.compare(town.lit(), message.pages[0]?.bitmap.pixels ?? new Uint8Array(0)) === 0;
  town.loop.want(plays(old));
  await within(8000, () => card.flash.programmes === 1, town);
  const hear = card.hear.bind(card);
  // Its power is weak: it goes at the first word of the next one, and comes back before anybody notices. None is written.
  let away = false;
  card.hear = (bytes, nowMs) => {
    if (!Buffer.from(bytes).includes(Buffer.from([1, 0xa1, 0x08]))) return hear(bytes, nowMs);
    if (!away) card.powerCycle();
    away = true;
    return [];
  };
  town.loop.want(plays(fresh));
  await within(8000, () => away, town);
  expect(shows(old)()).toBe(true);
  await within(9000, shows(fresh), town);
  await town.stop();
});

test.each(["withdrawn", "another's turn", "still due"])(
  "what is being written when it is %s: not a byte more of what is not cleared now, and the card is told that no more comes",
  async (then) => {
    const { town, card, shape } = townOf(6, null);
    const { wanted, resting } = rotation(town, shape);
    await town.stop();
    const driver = onbonDriver({ ...plainOptions, family: "6Q", keepsDefault: true });
    let state = driver.connect({ board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null }, 1);
    const reader = driver.createReader();
    const only = (owner: string) => ({ ...wanted, owners: [[owner]], messages: new Map([[resting.hash, resting]]) });
    const holds: (string | null)[] = [];
    let goal = { wanted: only("default:B1") as Wanted | null, flash: { left: 8, holds: null as string | null } };
    for (let step = 0; step < 30; step++) {
      const next = driver.ask(state, {
        ...(goal as Pick<Goal, "wanted">),
        ...{ flash: goal.flash, dark: false, pollDue: false, now: base },
      });
      if (!next) break;
      const [reply] = card.hear(next.exchange.bytes, 0).flatMap((bytes) => reader.read(bytes));
      const outcome = driver.reply(next.state, next.exchange, reply ?? new Uint8Array(0), {
        askedAt: base,
        heardAt: base,
      });
      state = outcome.state;
      if (outcome.flashHolds !== undefined) holds.push(outcome.flashHolds);
      goal = { ...goal, flash: { left: 8, holds: holds.at(-1) ?? null } };
      if (next.exchange.label !== "A1 03 FLASH" || then === "still due") continue;
      goal = { ...goal, wanted: then === "withdrawn" ? null : only("R1") };
    }
    const said = card.asked.filter((name) => name.startsWith("a1"));
    const whole = then === "still due";
    expect(said).toEqual(["a108", "a102", "a103", ...(whole ? ["a102", "a103"] : []), "a109"]);
    expect(card.flash.programmes).toBe(whole ? 1 : 0);
    expect(holds).toEqual(whole ? [null, expect.stringContaining(resting.hash)] : [null]);
  },
);

test("on a line that is too slow for its turn it is not begun", async () => {
  const shape: Shape = { width: 192, height: 64, colour: "dual" };
  const begun = async (bitsPerSecond: number) => {
    const { count } = await countsOf();
    const rig = rigOf("flash", cards.e5, [shape], { keepsDefault: true, bitsPerSecond });
    const { town, card } = rigTown({ ...rig, flash: count }, shape);
    const { wanted } = rotation(town, shape);
    town.loop.want(wanted);
    await pass(12_000, town);
    await town.stop();
    return card.flash.writes;
  };
  // Three kilobytes, in what is left of four seconds when they are shown.
  expect([await begun(57_600), await begun(4800)]).toEqual([1, 0]);
});

test("programmes of others are told of; they go where the installation file says so, once", async () => {
  for (const others of ["told", "deleted"] as const) {
    const { count } = await countsOf();
    const { town, card, shape } = townOf(5, count, { others, keepsDefault: false });
    card.flash.files.set("P000", Uint8Array.of(1));
    town.loop.want(rotation(town, shape).wanted);
    await pass(9000, town);
    const codes = town.loop.facts().faults.map(({ fault }) => fault.code);
    expect(codes).toEqual(others === "told" ? ["panel/card"] : []);
    expect(card.flash.programmes).toBe(others === "told" ? 1 : 0);
    expect(card.flash.writes).toBe(others === "told" ? 0 : 1);
    expect(count.now().left).toBe(limits.flashWritesPerDay - card.flash.writes);
    await town.stop();
  }
});

test("on a day on which no more may be written, nothing is deleted either", async () => {
  const { count } = await countsOf();
  count.wrote(limits.flashWritesPerDay, null);
  const { town, card, shape } = townOf(5, count, { others: "deleted", keepsDefault: false });
  card.flash.files.set("P000", Uint8Array.of(1));
  town.loop.want(rotation(town, shape).wanted);
  await pass(9000, town);
  expect(card.flash.programmes).toBe(1);
  expect(town.loop.facts().faults.map(({ fault }) => fault.code)).toEqual(["panel/card"]);
  await town.stop();
});
