/** An Onbon card of the conformance suite: the simulated one behind the suite's own line. */
import type { Message, Shape } from "../../../src/message/index.ts";
import { onbonDriver, type OnbonOptions, plainOptions } from "../../../src/panels/onbon/driver.ts";
import type { CardParts, OnbonCard } from "../../../src/panels/onbon/simulator/card.ts";
import { type Simulated, simulatedOnbon } from "../../../src/panels/simulated/cards.ts";
import { CardTown, programmeOf, type Rig, type Unfit } from "../card-town.ts";
import { sealed } from "../town.ts";

const e5 = { device: [0x54, 0x03], areas: 4, generation: 5 } as const;
const e6 = { device: [0x74, 0x02], areas: 32, generation: 6 } as const;
const q6 = { device: [0x66, 0x02], areas: 32, generation: 6 } as const;
export const cards = { e5, e6, q6 } as const;

export function rigOf(
  name: string,
  card: Pick<CardParts, "device" | "areas" | "generation">,
  shapes: readonly Shape[],
  change: Partial<OnbonOptions> & { readonly bitsPerSecond?: number; readonly far?: Partial<CardParts> } = {},
): Rig {
  const { bitsPerSecond, far, ...options } = change;
  return {
    name,
    datagrams: false,
    ...(bitsPerSecond !== undefined && { bitsPerSecond }),
    shapes,
    driver: () => ({ asks: onbonDriver({ ...plainOptions, ...options }) as never }),
    far: (shape) => simulatedOnbon(shape, { ...card, planes: "RG", rgb: "888", ...far }),
    settlesMs: 4000,
    unfit: [
      {
        name: "of another size",
        fault: "panel/shape",
        written: (shape) => ({ ...shape, width: shape.width + 3 }),
      },
      unfitFor("without screen parameters", (card) => {
        card.hasScreen = false;
      }),
      unfitFor("of a type that nobody knows", (card) => {
        card.device = [0x7f, 1];
      }),
      unfitFor("that will not say what it is", (card) => void card.refuses.set("a200", 1)),
    ],
  };
}

const unfitFor = (name: string, change: (card: OnbonCard) => void): Unfit => ({
  ...{ name, fault: "panel/card" },
  change: (far) => change((far as Simulated<OnbonCard>).card),
});

export const shape: Shape = { width: 32, height: 8, colour: "mono" };
export const hour = 3_600_000;

/** A town, and its card. */
export function townOf(
  rig: Rig,
  of: Shape = rig.shapes[0] ?? shape,
): { readonly town: CardTown; readonly card: OnbonCard } {
  const town = new CardTown(rig, of);
  return { town, card: (town.far as Simulated<OnbonCard>).card };
}
export const rig5 = (change = {}) => rigOf("5E", cards.e5, [shape], change);
export const plays = (town: CardTown, message: Message, untilMs = hour, notice = "R1") =>
  sealed(town.seals, programmeOf(message.shape, [{ fromMs: 0, untilMs, show: [[notice, message]] }]));
export const shows = (town: CardTown, message: Message) => () =>
  Buffer.compare(town.lit(), message.pages[0]?.bitmap.pixels ?? new Uint8Array(0)) === 0;
export const codes = (town: CardTown) => town.loop.facts().faults.map(({ fault }) => fault.code);
export const cardFault = (town: CardTown) => {
  const found = town.loop
    .facts()
    .faults.map(({ fault }) => fault)
    .find(({ code }) => code === "panel/card");
  return found?.code === "panel/card" ? found : null;
};
