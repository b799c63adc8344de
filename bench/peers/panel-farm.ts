/**
 * Simulated panels, each on a loopback port of its own, in one process: `panel-farm.ts COUNT`. Says their ports in one
 * line; then, asked on standard input: `stall FROM UNTIL`, and these panels neither read nor answer from now on.
 *
 * What comes in one turn of the event loop is answered together in the next: whoever asks many of them finds many
 * answers at once, as from panels that all take a moment.
 */
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { listening } from "../../src/panels/reference/simulator/process.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { FrameReader } from "../../src/panels/reference/simulator/wire.ts";
import { monotonicMs } from "../../src/time/clock.ts";
import { farmShape } from "./farm-shape.ts";

let stalled = [0, 0];
const isStalled = (index: number) => index >= (stalled[0] ?? 0) && index < (stalled[1] ?? 0);
const answers: { readonly socket: Socket; readonly line: string }[] = [];

function answer(socket: Socket, line: string): void {
  if (answers.length === 0)
    setImmediate(() => {
      const lines = new Map<Socket, string>();
      for (const { socket, line } of answers.splice(0)) lines.set(socket, (lines.get(socket) ?? "") + line);
      for (const [socket, line] of lines) if (!socket.destroyed) socket.write(line, "latin1");
    });
  answers.push({ socket, line });
}

const panels = Array.from({ length: Number(process.argv[2]) }, (_, index) => {
  let boots = 0;
  const panel = new SimulatedPanel({
    ...{ id: `P${index}`, shape: farmShape, address: 1, ramBytes: 256 * 1024, monotonicMs },
    newBootId: () => (index * 256 + ++boots).toString(16).padStart(8, "0"),
  });
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    // The newest connection is the one that counts.
    for (const older of open) older.destroy();
    open.add(socket);
    const reader = new FrameReader();
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
    socket.on("data", (bytes) => {
      if (isStalled(index)) return;
      for (const byte of bytes) {
        const frame = reader.feed(byte);
        const line = frame && panel.handle(frame);
        if (line !== null) answer(socket, line);
      }
    });
    if (isStalled(index)) socket.pause();
  });
  const deaf = (on: boolean) => {
    for (const socket of open) on ? socket.pause() : socket.resume();
  };
  return { server, deaf };
});

const ports: number[] = [];
for (const { server } of panels) {
  await listening(server, 0, "127.0.0.1");
  const address = server.address();
  ports.push(typeof address === "object" && address ? address.port : 0);
}
console.log(ports.join(" "));
createInterface({ input: process.stdin })
  .on("line", (line) => {
    stalled = line.split(" ").slice(1).map(Number);
    for (const [index, { deaf }] of panels.entries()) deaf(isStalled(index));
    console.log("done");
  })
  .once("close", () => process.exit(0));
