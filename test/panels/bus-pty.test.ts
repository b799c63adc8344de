/** Three boards of one office on one serial port, as their configuration says it: a pty pair, real time, the simulated panels paced. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { openPty } from "../../src/daemon/pty.ts";
import { createDelivery } from "../../src/panels/delivery/index.ts";
import { probe } from "../../src/panels/delivery/probe.ts";
import { runSimulatedPanel } from "../../src/panels/reference/simulator/process.ts";
import { wallClock } from "../../src/time/clock.ts";
import { needTool } from "../tools.ts";
import { FakeSeals, picture, poll, sealed, shape, wantedOf } from "./town.ts";

const baud = 115_200;
const boardConfig = (id: string, link: BoardConfig["link"]): BoardConfig => ({
  ...{ id, name: id, place: "", model: "", device: "led", shape, ledColour: null, link },
  ...{ hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" }, defaultLines: [], custodian: "" },
});
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

test.skipIf(needTool("socat") === null)(
  "three panels on one port show each its own; a fourth can be tried meanwhile",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "boardcast-bus-"));
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    const pty = await openPty(folder, "bus");
    if (!pty) throw new Error("no pty");
    undo.push(() => pty.stop());
    const ids = ["B1", "B2", "B3"] as const;
    const [first, ...others] = [...ids, "B4"].map((id, index) => ({ id, shape, address: index + 1 }));
    if (!first) throw new Error("no panel");
    const transport = { kind: "serial", path: pty.far, baud } as const;
    const panels = await runSimulatedPanel({ ...first, transport, pacedBaud: baud, beside: others });
    undo.push(() => panels.stop());
    const seals = new FakeSeals();
    const now = wallClock.now();
    const link = (address: number) => ({ kind: "serial", path: pty.near, baud, address }) as const;
    const delivery = createDelivery({
      boards: ids.map((id, index) => boardConfig(id, link(index + 1))),
      ...{ seals, clock: wallClock, listenHost: "127.0.0.1", changed: () => {} },
    });
    undo.push(() => delivery.stop());
    const pictures = ids.map((id, index) => {
      const message = picture(0x21 * (index + 1), 0, 400);
      const wanted = sealed(
        seals,
        wantedOf([{ fromMs: 0, untilMs: 3_600_000, show: [[`R-${id}`, message]] }], { board: id }),
      );
      seals.sign(`R-${id}`, message, {
        ...{ signedAt: 0, envelope: { boards: [id], from: 0, until: now + 1e9, bestPriority: 0 } },
        pixels: new Map([[id, message.hash]]),
      });
      delivery.want({ ...wanted, programme: { ...wanted.programme, base: now } });
      return message;
    });
    const fourth = { ...link(4) };
    const tried = await probe(fourth, "127.0.0.1", 5000, delivery.beside(fourth));
    expect(tried).toMatchObject({ ok: true, found: { id: "B4" } });
    await poll(
      () => ids.every((id, index) => delivery.facts(id).confirmed?.message === pictures[index]?.hash),
      "all confirmed",
    );
    for (const id of ids) {
      expect(delivery.facts(id).faults).toEqual([]);
      expect(delivery.counters(id)).toMatchObject({ connections: 1, timeouts: 0, noise: 0 });
    }
    const lit = [panels, ...panels.beside].map(({ panel }) => panel.snapshot().message);
    expect(lit).toEqual([...pictures.map(({ hash }) => hash), null]);
  },
);
