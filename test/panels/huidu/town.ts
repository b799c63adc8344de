/** One simulated Huidu card with its board's loop, and what its tests ask of both. Begin with `vi.useFakeTimers(fakes)`. */
import { expect } from "vitest";
import { emptyFrame, type Message, type Shape } from "../../../src/message/index.ts";
import type { FlashCount } from "../../../src/panels/contract.ts";
import { huiduDriver } from "../../../src/panels/huidu/driver.ts";
import type { HuiduOptions } from "../../../src/panels/huidu/plan.ts";
import type { HuiduCard } from "../../../src/panels/huidu/simulator/card.ts";
import { type Simulated, simulatedHuidu } from "../../../src/panels/simulated/cards.ts";
import { CardTown, programmeOf } from "../card-town.ts";
import { sealed } from "../town.ts";

export const shape: Shape = { width: 32, height: 16, colour: "rgb" };
export const options: HuiduOptions = { picturesPerDay: 500, brightness: null, ink: [255, 0, 0], expires: false };
export const hour = 3_600_000;

export function open(change: Partial<HuiduOptions> = {}, flash?: FlashCount) {
  const town = new CardTown(
    {
      name: "Huidu",
      datagrams: false,
      shapes: [shape],
      driver: () => ({ asks: huiduDriver({ ...options, ...change }) }),
      far: (of) => simulatedHuidu(of),
      ...(flash && { flash }),
    },
    shape,
  );
  return { town, card: (town.far as Simulated<HuiduCard>).card };
}

/** In turn, for an hour. */
export const anHourOf = (...shown: readonly Message[]) =>
  programmeOf(shape, [
    { fromMs: 0, untilMs: hour, show: shown.map((message, at) => [`R${at + 1}`, message] as const) },
  ]);
export const plays = (town: CardTown, ...shown: readonly Message[]) =>
  town.loop.want(sealed(town.seals, anHourOf(...shown)));

export const shows = (town: CardTown, message: Message) => () =>
  Buffer.compare(town.lit(), message.pages[0]?.bitmap.pixels ?? expect.fail("no picture")) === 0;
export const isBlack = (town: CardTown) => () => Buffer.compare(town.lit(), emptyFrame(shape).pixels) === 0;

/** How often it heard a method. */
export const heard = (card: HuiduCard, method: string) => card.heardMethods.filter((one) => one === method).length;

/** Pictures on the card whose names are of our making. */
export function storeOurs(card: HuiduCard, count: number): void {
  for (let at = 0; at < count; at++)
    card.files.set(`boardcast-${at.toString(16).padStart(32, "0")}.png`, { md5: "", size: 1, data: Buffer.alloc(1) });
}
