/** A board on a real line and in real time: its loop, and one message that it is to show from now on. */
import type { Message } from "../../src/message/index.ts";
import { type PanelLoop, startPanelLoop } from "../../src/panels/delivery/panel-loop.ts";
import type { Link } from "../../src/panels/links/link.ts";
import { referenceDriver } from "../../src/panels/reference/driver.ts";
import { wallClock } from "../../src/time/clock.ts";
import { FakeSeals, sealed, shape, wantedOf } from "./town.ts";

export function liveBoard(link: Link, message: Message, address = 1): { readonly loop: PanelLoop; want(): void } {
  const seals = new FakeSeals();
  const now = wallClock.now();
  const panel = { board: "B1", shape, address, where: link.where, bitsPerSecond: link.bitsPerSecond };
  const parts = { panel, link, driver: referenceDriver, seals, clock: wallClock, random: () => 0.1, changed: () => {} };
  const loop = startPanelLoop(parts, wantedOf([]));
  const wanted = wantedOf([{ fromMs: 0, untilMs: 3_600_000, show: [["R1", message]] }]);
  sealed(seals, wanted);
  seals.sign("R1", message, {
    signedAt: 0,
    envelope: { boards: ["B1"], from: 0, until: now + 1e9, bestPriority: 0 },
  });
  return { loop, want: () => loop.want({ ...wanted, programme: { ...wanted.programme, base: now } }) };
}
