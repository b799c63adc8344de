/** A serial line: a pty pair made by socat, the simulated panel keeping to 115,200 bits a second both ways. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { PanelLoop } from "../../src/panels/delivery/panel-loop.ts";
import { serialLink } from "../../src/panels/links/serial.ts";
import { runSimulatedPanel } from "../../src/panels/reference/simulator/process.ts";
import { monotonicMs } from "../../src/time/clock.ts";
import { needTool } from "../tools.ts";
import { liveBoard } from "./live.ts";
import { picture, poll, shape } from "./town.ts";

const socat = needTool("socat");
const baud = 115_200;

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function ptyPair(): Promise<readonly [string, string]> {
  const folder = mkdtempSync(join(tmpdir(), "boardcast-pty-"));
  const ends = [join(folder, "daemon"), join(folder, "panel")] as const;
  const child = spawn(
    socat ?? "",
    ends.map((path) => `pty,raw,echo=0,link=${path}`),
    { stdio: "ignore" },
  );
  const gone = once(child, "exit");
  undo.push(async () => {
    child.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  await poll(() => ends.every((path) => existsSync(path)), "two ptys");
  return ends;
}

/** 12 KB: about a second on the line. */
const message = picture(0x3c, 0, 3000);

/** A loop on one end, a simulated panel on the other, and the way to ask it for faults. */
async function line() {
  const [near, far] = await ptyPair();
  const panel = await runSimulatedPanel({
    id: "B5",
    shape,
    address: 9,
    transport: { kind: "serial", path: far, baud },
    pacedBaud: baud,
    control: { port: 0 },
  });
  undo.push(() => panel.stop());
  const control = connect(panel.controlPort, "127.0.0.1");
  await once(control, "connect");
  undo.push(async () => void control.destroy());
  const link = serialLink(near, baud);
  const { loop, want } = liveBoard(link, message, 9);
  undo.push(() => loop.stop());
  return { panel, loop, want, ask: (request: object) => ask(control, request) };
}

async function ask(control: Socket, request: object): Promise<Record<string, unknown>> {
  control.write(`${JSON.stringify(request)}\n`);
  const [chunk] = (await once(control, "data")) as [Buffer];
  return JSON.parse(chunk.toString()) as Record<string, unknown>;
}

const confirmed = (loop: PanelLoop) => poll(() => loop.facts().confirmed?.message === message.hash, "confirmed");

describe.skipIf(needTool("socat") === null)("serial, through a pty pair paced like a UART", () => {
  test("content arrives and is confirmed; the panel's pace is a UART's", async () => {
    const { panel, loop, want } = await line();
    await poll(() => loop.counters.exchanges >= 3, "greeted");
    const [before, from] = [loop.counters.bytesOut, monotonicMs()];
    want();
    await confirmed(loop);
    expect(panel.panel.snapshot()).toMatchObject({ message: message.hash, why: "turn" });
    expect(loop.facts().faults).toEqual([]);
    const rate = ((loop.counters.bytesOut - before) * 1000) / (monotonicMs() - from);
    console.info(
      `serial: ${Math.round(rate)} bytes/s with one command at a time, of ${baud / 10} that the line carries`,
    );
  });

  test("survives noise both ways", async () => {
    const { panel, loop, want, ask } = await line();
    want();
    await poll(() => panel.panel.held().length > 0, "under way");
    // Two long commands are hit many times, and one reply.
    await ask({ do: "noise", count: 30 });
    await ask({ do: "corrupt", count: 1 });
    await confirmed(loop);
    expect(loop.counters.timeouts).toBeGreaterThan(0);
    expect(loop.counters.activations).toBe(1);
  });

  test("survives a cut in the middle of an upload: the port is opened again and the upload goes on", async () => {
    const { panel, loop, want, ask } = await line();
    await poll(() => loop.counters.exchanges >= 3, "greeted");
    await ask({ do: "cut-after", bytes: 6000 });
    want();
    await poll(() => panel.panel.held().length > 0, "under way");
    await confirmed(loop);
    const { bytesIn, connections } = (await ask({ do: "stats" })) as { bytesIn: number; connections: number };
    expect(connections).toBe(2);
    // What had arrived before the cut was not sent again.
    expect(bytesIn).toBeLessThan(6000 + message.bytes.length);
  });

  test("a port that is not there is a fault; when it comes, it is used; closed, it can be opened again", async () => {
    const [near] = await ptyPair();
    const missing = serialLink(`${near}-not`, baud);
    await expect(missing.open(new AbortController().signal)).rejects.toThrow();
    const link = serialLink(near, baud);
    for (let round = 0; round < 3; round++) {
      const port = await link.open(new AbortController().signal);
      // Nobody reads at the other end: a write stays pending.
      port.write(Buffer.alloc(200_000));
      const closed = once(port, "close");
      port.destroy();
      await closed;
    }
  });
});
