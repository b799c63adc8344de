/**
 * Practice mode's far ends: for each LED board with a line, a simulated panel in a process of its own, reached over a real
 * loopback socket or a pty. They end with the daemon: each watches the pipe that is its standard input. One that dies
 * before is started again in its place, bare, as a power-cycled panel is.
 */
import { createServer } from "node:net";
import type { BoardConfig, LinkConfig } from "../config/types.ts";
import type { Sentence } from "../fault.ts";
import { type Keeper, keepRunning } from "./keep-running.ts";
import { openPty } from "./pty.ts";

export interface SimulatedPanels {
  /** How the daemon reaches each simulated board. */
  readonly links: ReadonlyMap<string, LinkConfig>;
  readonly notes: ReadonlyMap<string, Sentence>;
  /** Loopback port on which a panel process shows its frame buffer (`panel --control`). */
  readonly controlPorts: ReadonlyMap<string, number>;
  /** Resolves when no process is left. */
  stop(): Promise<void>;
}

/** `self` runs this program again: `[node, …flags, entry]`. `folder` is made for the pty links where there is a serial board. */
export async function startSimulatedPanels(
  boards: readonly BoardConfig[],
  folder: string,
  self: readonly string[],
  failed: (error: unknown) => void,
): Promise<SimulatedPanels> {
  const keepers: Keeper[] = [];
  const links = new Map<string, LinkConfig>();
  const notes = new Map<string, Sentence>();
  const controlPorts = new Map<string, number>();
  const stop = async () => {
    await Promise.all(keepers.map((keeper) => keeper.stop()));
  };
  const start = async (board: BoardConfig) => {
    const made = await startOne(board, { folder, self, keepers, failed });
    if (!made) return;
    links.set(board.id, made.link);
    notes.set(board.id, made.note);
    controlPorts.set(board.id, made.controlPort);
  };
  const started = await Promise.allSettled(boards.map(start));
  for (const one of started) {
    if (one.status === "fulfilled") continue;
    await stop();
    throw one.reason;
  }
  return { links, notes, controlPorts, stop };
}

interface Made {
  readonly link: LinkConfig;
  readonly note: Sentence;
  readonly controlPort: number;
}

interface Where {
  readonly folder: string;
  readonly self: readonly string[];
  readonly keepers: Keeper[];
  readonly failed: (error: unknown) => void;
}

async function startOne(board: BoardConfig, where: Where): Promise<Made | null> {
  const { link } = board;
  // Streams go out to nobody: what simulates our own protocol does not take them.
  if (link.kind === "browser" || link.kind === "carried" || link.kind === "udp") return null;
  const common = ["--address", String(link.address), "--id", board.id, "--exit-with-parent"];
  const size = `${board.shape.width}x${board.shape.height}:${board.shape.colour}`;
  const panel = (words: (port: number) => readonly string[]) =>
    keepPanel(
      (port, control) => ["panel", ...words(port), "--size", size, "--control", `${control}`, ...common],
      where,
    );
  if (link.kind === "tcp-in") {
    const port = await freePort();
    const { controlPort } = await panel(() => ["--connect", `tcp:127.0.0.1:${port}`]);
    return {
      link: { ...link, port },
      note: { zh: `模拟屏拨入 TCP 127.0.0.1:${port}`, en: `simulated panel dials in to TCP 127.0.0.1:${port}` },
      controlPort,
    };
  }
  const pty = link.kind === "serial" ? await openPty(where.folder, board.id) : null;
  if (pty && link.kind === "serial") {
    where.keepers.push(pty);
    const { controlPort } = await panel(() => ["--serial", `${pty.far}@${link.baud}`, "--baud", `${link.baud}`]);
    return {
      link: { ...link, path: pty.near },
      note: { zh: `模拟屏接虚拟串口(pty),${link.baud} 波特`, en: `simulated panel on a pty at ${link.baud} baud` },
      controlPort,
    };
  }
  const { port, controlPort } = await panel((again) => ["--listen", `tcp:${again}`]);
  const instead = link.kind === "serial";
  return {
    link: { kind: "tcp-out", host: "127.0.0.1", port, address: link.address },
    note: {
      zh: `模拟屏 TCP 127.0.0.1:${port}${instead ? "(本机没有 socat,以 TCP 代替串口)" : ""}`,
      en: `simulated panel at TCP 127.0.0.1:${port}${instead ? " (no socat here: TCP instead of serial)" : ""}`,
    },
    controlPort,
  };
}

/** A panel process; started again it listens where it did before. `words` gets 0 and 0 the first time. */
async function keepPanel(
  words: (port: number, control: number) => readonly string[],
  { self, keepers, failed }: Where,
): Promise<{ port: number; controlPort: number }> {
  const [command = process.execPath, ...flags] = self;
  let known = { port: 0, controlPort: 0 };
  const keeper = keepRunning({
    command,
    words: () => [...flags, ...words(known.port, known.controlPort)],
    ready: /^panel ready (\{.*\})$/,
    failed,
  });
  keepers.push(keeper);
  const said = JSON.parse(await keeper.ready) as { port?: number; control?: number };
  known = { port: said.port ?? 0, controlPort: said.control ?? 0 };
  return known;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
