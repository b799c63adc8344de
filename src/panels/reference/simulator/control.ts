/**
 * The way into a panel process for tests and `doctor`: JSON lines over a loopback port, one answer line for each line.
 * `{"do":"frame"}` gives what is lit at one moment; the others ask for faults. It is no part of the protocol.
 */
import { createServer, type Socket } from "node:net";
import { listening } from "./process.ts";
import type { LineFaults } from "./line.ts";
import type { SimulatedPanel } from "./panel.ts";
import { monotonicMs } from "../../../time/clock.ts";

const requestBytesMax = 4096;

type Request = { readonly do?: string; readonly bytes?: number; readonly ms?: number; readonly count?: number };

export async function serveControl(
  port: number,
  panel: SimulatedPanel,
  faults: LineFaults,
  stats: Readonly<Record<string, number>>,
  cut: () => void,
): Promise<{ port: number; stop(): Promise<void> }> {
  const answer = (request: Request): unknown => {
    switch (request.do) {
      case "frame": {
        const { frame, ...rest } = panel.snapshot();
        return { ...rest, pixels: Buffer.from(frame.pixels).toString("base64") };
      }
      case "power-cycle":
        panel.powerCycle();
        cut();
        return { ok: true };
      case "cut":
        cut();
        return { ok: true };
      case "cut-after":
        faults.cutAfterBytes = request.bytes ?? 0;
        return { ok: true };
      case "cut-after-replies":
        faults.cutAfterReplyBytes = request.bytes ?? 0;
        return { ok: true };
      case "held":
        return { messages: panel.held() };
      case "deaf":
        faults.deafUntilMs = monotonicMs() + (request.ms ?? 0);
        return { ok: true };
      case "corrupt":
        faults.corruptReplies = request.count ?? 1;
        return { ok: true };
      case "lose":
        faults.loseReplies = request.count ?? 1;
        return { ok: true };
      case "noise":
        faults.noisyBytes = request.count ?? 1;
        return { ok: true };
      case "skew":
        panel.skew(request.ms ?? 0);
        return { ok: true };
      case "stats":
        return { ...stats, activations: panel.activations, flashWrites: 0 };
      default:
        return { error: `unknown request ${String(request.do)}` };
    }
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = "";
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      text += chunk.toString("utf8");
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        let reply: unknown;
        try {
          reply = answer(JSON.parse(text.slice(0, end)) as Request);
        } catch (error) {
          reply = { error: error instanceof Error ? error.message : String(error) };
        }
        socket.write(`${JSON.stringify(reply)}\n`);
        text = text.slice(end + 1);
      }
      if (text.length > requestBytesMax) socket.destroy();
    });
  });
  await listening(server, port, "127.0.0.1");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
