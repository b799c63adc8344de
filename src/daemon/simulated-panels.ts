/**
 * Practice mode's far ends: for each line of an LED board, a process with its simulated panel, or with all that share the
 * line, reached over a real loopback socket or a pty. They end with the daemon: each watches the pipe that is its standard input. One that dies
 * before is started again in its place, bare, as a power-cycled panel is.
 */
import { createServer } from "node:net";
import type { BoardConfig, LinkConfig } from "../config/types.ts";
import type { Sentence } from "../fault.ts";
import { sharedLine } from "../panels/links/list.ts";
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
  const start = async (sharers: Sharers) => {
    const [board] = sharers;
    const made = await startLine(sharers, { folder, self, keepers, failed });
    if (!made) return;
    for (const { id, link } of sharers) {
      // All else of the line is the first one's too.
      links.set(id, "address" in made.link && "address" in link ? { ...made.link, address: link.address } : made.link);
      notes.set(id, made.note);
      controlPorts.set(id, id === board.id ? made.controlPort : (made.beside[id] ?? 0));
    }
  };
  const started = await Promise.allSettled(linesOf(boards).map(start));
  for (const one of started) {
    if (one.status === "fulfilled") continue;
    await stop();
    throw one.reason;
  }
  return { links, notes, controlPorts, stop };
}

/** The boards of one line. */
type Sharers = readonly [BoardConfig, ...BoardConfig[]];

function linesOf(boards: readonly BoardConfig[]): readonly Sharers[] {
  const lines = new Map<string, Sharers>();
  for (const board of boards) {
    const key = sharedLine(board.link) ?? `of ${board.id}`;
    const before = lines.get(key);
    lines.set(key, before ? [...before, board] : [board]);
  }
  return [...lines.values()];
}

/** What a panel process said of itself. */
interface Ready {
  readonly port: number;
  readonly controlPort: number;
  /** Of the others on its line. */
  readonly beside: Readonly<Record<string, number>>;
}

interface Made extends Omit<Ready, "port"> {
  readonly link: LinkConfig;
  readonly note: Sentence;
}

interface Where {
  readonly folder: string;
  readonly self: readonly string[];
  readonly keepers: Keeper[];
  readonly failed: (error: unknown) => void;
}

async function startLine([board, ...others]: Sharers, where: Where): Promise<Made | null> {
  const { link } = board;
  // Streams go out to nobody: what simulates our own protocol does not take them.
  if (link.kind === "browser" || link.kind === "carried" || link.kind === "udp") return null;
  const common = ["--address", String(link.address), "--id", board.id, "--exit-with-parent"];
  const beside = (known: Ready) =>
    others.flatMap((other) => {
      const address = "address" in other.link ? other.link.address : 1;
      return ["--beside", `${other.id}@${address}:${sizeOf(other)}:${known.beside[other.id] ?? 0}`];
    });
  const panel = (words: (port: number) => readonly string[]) =>
    keepPanel(
      (known) => [
        ...["panel", ...words(known.port), "--size", sizeOf(board), "--control", `${known.controlPort}`],
        ...[...common, ...beside(known)],
      ],
      where,
    );
  // Behind a serial server it is no faster than its line.
  const paced = link.baud === undefined ? [] : ["--baud", `${link.baud}`];
  if (link.kind === "tcp-in") {
    const port = await freePort();
    const ports = await panel(() => ["--connect", `tcp:127.0.0.1:${port}`, ...paced]);
    return {
      link: { ...link, port },
      note: { zh: `模拟屏拨入 TCP 127.0.0.1:${port}`, en: `simulated panel dials in to TCP 127.0.0.1:${port}` },
      ...ports,
    };
  }
  const pty = link.kind === "serial" ? await openPty(where.folder, board.id) : null;
  if (pty && link.kind === "serial") {
    where.keepers.push(pty);
    const ports = await panel(() => ["--serial", `${pty.far}@${link.baud}`, ...paced]);
    return {
      link: { ...link, path: pty.near },
      note: {
        zh: `模拟屏接虚拟串口（pty），${link.baud} 波特`,
        en: `simulated panel on a pty at ${link.baud} baud`,
      },
      ...ports,
    };
  }
  const { port, ...ports } = await panel((again) => ["--listen", `tcp:${again}`, ...paced]);
  const instead = link.kind === "serial";
  return {
    link: { kind: "tcp-out", host: "127.0.0.1", port, baud: link.baud, address: link.address },
    note: {
      zh: `模拟屏 TCP 127.0.0.1:${port}${instead ? "（本机没有 socat,以 TCP 代替串口）" : ""}`,
      en: `simulated panel at TCP 127.0.0.1:${port}${instead ? " (no socat here: TCP instead of serial)" : ""}`,
    },
    ...ports,
  };
}

const sizeOf = ({ shape }: BoardConfig) => `${shape.width}x${shape.height}:${shape.colour}`;

/** A panel process; started again it listens where it did before. `words` gets zeroes the first time. */
async function keepPanel(words: (known: Ready) => readonly string[], { self, keepers, failed }: Where): Promise<Ready> {
  const [command = process.execPath, ...flags] = self;
  let known: Ready = { port: 0, controlPort: 0, beside: {} };
  const keeper = keepRunning({
    command,
    words: () => [...flags, ...words(known)],
    ready: /^panel ready (\{.*\})$/,
    failed,
  });
  keepers.push(keeper);
  const said = JSON.parse(await keeper.ready) as { port?: number; control?: number; beside?: Ready["beside"] };
  known = { port: said.port ?? 0, controlPort: said.control ?? 0, beside: said.beside ?? {} };
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
