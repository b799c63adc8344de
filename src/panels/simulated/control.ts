/**
 * The way into a card's process: JSON lines over a loopback port, one answer line for each line, as a panel of our own
 * protocol has it. `{"do":"frame"}` gives what is lit at one moment; the others are what happens to cards. It is no part of a protocol.
 */
import { monotonicMs } from "../../time/clock.ts";
import type { SimulatedCard } from "./cards.ts";
import { type Listening, listen } from "./listen.ts";

const requestBytesMax = 4096;

export function serveControl(port: number, card: SimulatedCard, cut: () => void): Promise<Listening> {
  const obey = (request: unknown): object => {
    switch (request) {
      case "frame": {
        card.tick(monotonicMs());
        const { shape, pixels } = card.frame();
        return { shape, pixels: Buffer.from(pixels).toString("base64") };
      }
      case "stats":
        return { flashWrites: card.flashWrites };
      case "power-cycle":
        card.powerCycle();
        cut();
        return { ok: true };
      case "cut":
        cut();
        return { ok: true };
      default:
        return { error: `unknown request ${String(request)}` };
    }
  };
  return listen(port, "127.0.0.1", (socket) => {
    let text = "";
    socket.on("data", (chunk) => {
      const lines = (text + chunk.toString("utf8")).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) socket.write(`${JSON.stringify(obey(requestIn(line)))}\n`);
      if (text.length > requestBytesMax) socket.destroy();
    });
  });
}

/** What a line asks for; itself, where it is no JSON. */
function requestIn(line: string): unknown {
  try {
    return (JSON.parse(line) as { readonly do?: unknown } | null)?.do;
  } catch {
    return line;
  }
}
