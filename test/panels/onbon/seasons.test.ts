/** Summer time: a card's clock follows at once, of whichever Onbon card. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Shape } from "../../../src/message/index.ts";
import type { Goal, PanelDriver } from "../../../src/panels/contract.ts";
import { onbonDriver, plainOptions } from "../../../src/panels/onbon/driver.ts";
import { OnbonCard } from "../../../src/panels/onbon/simulator/card.ts";
import { onbonKDriver } from "../../../src/panels/onbon-k/driver.ts";
import { FontCard } from "../../../src/panels/onbon-k/simulator/card.ts";
import { cellDrawing } from "../../../src/typeset/index.ts";
import { programmeOf } from "../card-town.ts";
import { messageOf, options } from "../onbon-k/rig.ts";
import { base, fakes } from "../town.ts";

const shape: Shape = { width: 128, height: 32, colour: "mono" };
const message = messageOf("停水");

beforeEach(() => void vi.useFakeTimers(fakes));
afterEach(() => void vi.useRealTimers());

test.each([
  [
    "BX-5E",
    onbonDriver(plainOptions),
    new OnbonCard({ ...shape, device: [0x54, 3], address: 1, areas: 4, generation: 5, planes: "RG", rgb: "888" }),
  ],
  ["BX-6K", onbonKDriver(options, cellDrawing), new FontCard()],
] as const)(
  "%s: where the office's time has another offset its clock is set again, and else after six hours",
  (_name, driver, card) => {
    const told = talk(driver as PanelDriver<unknown, Uint8Array>, card);
    const setAt = (hour: number, utcOffsetMin: number) => {
      const before = card.clock;
      told(base + hour * 3_600_000, utcOffsetMin);
      return card.clock === before ? null : card.clock?.[4];
    };
    // 00:30 UTC.
    expect(setAt(0, 60)).toBe(1);
    expect(setAt(1, 60)).toBe(null);
    expect(setAt(1.01, 120)).toBe(3);
    expect(setAt(2, 120)).toBe(null);
    expect(setAt(7.02, 120)).toBe(9);
    expect(setAt(7.03, 60)).toBe(8);
  },
);

function talk(driver: PanelDriver<unknown, Uint8Array>, card: Pick<OnbonCard | FontCard, "hear">) {
  const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond: null };
  let state = driver.connect(panel, 1);
  const reader = driver.createReader();
  return (now: number, utcOffsetMin: number) => {
    const { programme, ...wanted } = programmeOf(shape, [
      { fromMs: 0, untilMs: 9 * 3_600_000, show: [["R1", message]] },
    ]);
    const spans = programme.spans.map((span) => ({ ...span, utcOffsetMin }));
    const goal = { wanted: { ...wanted, programme: { ...programme, spans } }, dark: false, pollDue: false, now };
    for (let step = 0; step < 20; step++) {
      const next = driver.ask(state, goal as unknown as Goal);
      if (!next) return;
      const [reply] = card.hear(next.exchange.bytes, now - base).flatMap((bytes) => reader.read(bytes));
      if (!reply) throw new Error("no answer");
      expect(driver.accepts(next.state, next.exchange, reply)).toBe("yes");
      state = driver.reply(next.state, next.exchange, reply, { askedAt: now, heardAt: now }).state;
    }
    throw new Error("it never ends");
  };
}
