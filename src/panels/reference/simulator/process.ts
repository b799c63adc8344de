/** A simulated panel on a real transport, or several on one: what `boardcast panel` runs, and practice mode starts for each line. */
import { randomBytes } from "node:crypto";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { SerialPort } from "serialport";
import type { Shape } from "../../../message/index.ts";
import { monotonicMs } from "../../../time/clock.ts";
import { serveControl } from "./control.ts";
import { type LineFaults, serveLine } from "./line.ts";
import { SimulatedPanel } from "./panel.ts";
import { FrameReader } from "./wire.ts";

interface OnePanel {
  readonly id: string;
  readonly shape: Shape;
  readonly address: number;
  /** A loopback port (0: any) on which tests and `doctor` read the frame buffer and ask for faults. */
  readonly control?: { readonly port: number };
  /** Default 4 MiB, as the cards of 2017 had. */
  readonly ramBytes?: number;
}

export interface SimulatedPanelOptions extends OnePanel {
  readonly transport:
    | { readonly kind: "listen"; readonly host: string; readonly port: number }
    | { readonly kind: "connect"; readonly host: string; readonly port: number }
    | { readonly kind: "serial"; readonly path: string; readonly baud: number };
  /** Bits a second that the line carries both ways; absent: as fast as the transport. */
  readonly pacedBaud?: number;
  /** Other panels on the same line: each hears everything, and answers what has its address. Faults of the line are all's. */
  readonly beside?: readonly OnePanel[];
}

export interface RunningPanel {
  readonly panel: SimulatedPanel;
  /** Listening port, 0 where there is none. */
  readonly port: number;
  readonly controlPort: number;
  /** In order. */
  readonly beside: readonly { readonly id: string; readonly panel: SimulatedPanel; readonly controlPort: number }[];
  stop(): Promise<void>;
}

const redialMs = 500;

export async function runSimulatedPanel(options: SimulatedPanelOptions): Promise<RunningPanel> {
  const made = [options, ...(options.beside ?? [])].map(({ id, shape, address, ramBytes, control }) => ({
    id,
    control,
    panel: new SimulatedPanel({
      ...{ id, shape, address, monotonicMs },
      ramBytes: ramBytes ?? 4 * 1024 * 1024,
      newBootId: () => randomBytes(4).toString("hex"),
    }),
  }));
  const faults: LineFaults = {
    cutAfterBytes: null,
    cutAfterReplyBytes: null,
    deafUntilMs: 0,
    corruptReplies: 0,
    loseReplies: 0,
    noisyBytes: 0,
  };
  const stats = { bytesIn: 0, framesIn: 0, damaged: 0, connections: 0 };
  let current: Duplex | null = null;

  const serve = (stream: Duplex) => {
    // The newest connection is the one that counts: the older may be half dead.
    current?.destroy();
    current = stream;
    stats.connections++;
    const reader = new FrameReader();
    const end = serveLine(stream, options.pacedBaud ?? null, faults, monotonicMs, (byte) => {
      stats.bytesIn++;
      const before = reader.damaged;
      const frame = reader.feed(byte);
      stats.damaged += reader.damaged - before;
      if (!frame) return null;
      stats.framesIn++;
      let said: string | null = null;
      // One that is for all is obeyed by all, and answered by none.
      for (const { panel } of made) said = panel.handle(frame) ?? said;
      return said;
    });
    stream.on("error", () => {});
    stream.once("close", end);
  };

  const panels = await Promise.all(
    made.map(async ({ id, panel, control }) => ({
      ...{ id, panel },
      control: control ? await serveControl(control.port, panel, faults, stats, () => current?.destroy()) : null,
    })),
  );
  const transport = await openTransport(options.transport, serve);
  const [first, ...beside] = panels.map(({ id, panel, control }) => ({ id, panel, controlPort: control?.port ?? 0 }));
  if (!first) throw new Error("no panel");
  return {
    ...first,
    port: transport.port,
    beside,
    async stop() {
      const stopped = transport.stop();
      // A server is closed only when its last connection is.
      current?.destroy();
      await stopped;
      await Promise.all(panels.map(({ control }) => control?.stop()));
    },
  };
}

async function openTransport(
  transport: SimulatedPanelOptions["transport"],
  serve: (stream: Duplex) => void,
): Promise<{ port: number; stop(): Promise<void> }> {
  switch (transport.kind) {
    case "listen": {
      const server = createServer({ noDelay: true }, serve);
      await listening(server, transport.port, transport.host);
      const address = server.address();
      return {
        port: typeof address === "object" && address ? address.port : 0,
        stop: () => new Promise((resolve) => server.close(() => resolve())),
      };
    }
    case "connect":
      return dialer(transport.host, transport.port, serve);
    case "serial": {
      // Loaded here, not above: its machine code is a third of the start of a panel that has none of it.
      const { SerialPort: Port } = await import("serialport");
      return serial(() => new Port({ path: transport.path, baudRate: transport.baud, autoOpen: false }), serve);
    }
  }
}

export function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** A card that calls its server, again and again. */
function dialer(host: string, port: number, serve: (stream: Duplex) => void): { port: number; stop(): Promise<void> } {
  let stopped = false;
  let socket: Socket | null = null;
  let timer: NodeJS.Timeout | null = null;
  const dial = () => {
    if (stopped) return;
    const made = connect({ host, port, noDelay: true });
    socket = made;
    made.once("connect", () => serve(made));
    made.on("error", () => {});
    made.once("close", () => {
      if (!stopped) timer = setTimeout(dial, redialMs);
    });
  };
  dial();
  return {
    port: 0,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      socket?.destroy();
    },
  };
}

/** A serial card is powered whatever happens to the line: it opens its port again and again. */
function serial(make: () => SerialPort, serve: (stream: Duplex) => void): { port: number; stop(): Promise<void> } {
  let stopped = false;
  let port: SerialPort | null = null;
  let timer: NodeJS.Timeout | null = null;
  const open = () => {
    if (stopped) return;
    const made = make();
    // Destroying the stream alone would leave the port open, and locked against opening it again.
    made._destroy = (_error, done) => (made.isOpen ? made.close(() => done(null)) : done(null));
    port = made;
    const again = () => {
      if (!stopped && !timer)
        timer = setTimeout(() => {
          timer = null;
          open();
        }, redialMs);
    };
    made.on("error", () => {});
    made.once("close", again);
    made.open((error) => (error ? again() : serve(made)));
  };
  open();
  return {
    port: 0,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      const last = port;
      if (last?.isOpen) await new Promise((resolve) => last.destroy().once("close", resolve));
    },
  };
}
