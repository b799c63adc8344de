/**
 * Practice mode's far ends: for each LED board with a line, a simulated panel in a process of its own, reached over a real
 * loopback socket or a pty. They end with the daemon: each watches the pipe that is its standard input.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { BoardConfig, LinkConfig } from "../config/types.ts";
import type { Sentence } from "../fault.ts";

export interface SimulatedPanels {
  /** How the daemon reaches each simulated board. */
  readonly links: ReadonlyMap<string, LinkConfig>;
  readonly notes: ReadonlyMap<string, Sentence>;
  /** Loopback port on which a panel process shows its frame buffer (`panel --control`). */
  readonly controlPorts: ReadonlyMap<string, number>;
  stop(): void;
}

/** A panel that takes longer to answer than this at start did not start. */
const readyTimeoutMs = 15_000;

/** `self` runs this program again: `[node, …flags, entry]`. `folder` holds the pty links and must exist. */
export async function startSimulatedPanels(
  boards: readonly BoardConfig[],
  folder: string,
  self: readonly string[],
): Promise<SimulatedPanels> {
  const children: ChildProcess[] = [];
  const links = new Map<string, LinkConfig>();
  const notes = new Map<string, Sentence>();
  const controlPorts = new Map<string, number>();
  // Every child watches its standard input, so a daemon that is killed leaves none behind either.
  const stop = () => {
    for (const child of children) child.stdin?.end();
  };
  const start = async (board: BoardConfig) => {
    const made = await startOne(board, folder, self, children);
    if (!made) return;
    links.set(board.id, made.link);
    notes.set(board.id, made.note);
    controlPorts.set(board.id, made.controlPort);
  };
  try {
    await Promise.all(boards.map(start));
  } catch (error) {
    stop();
    throw error;
  }
  return { links, notes, controlPorts, stop };
}

interface Made {
  readonly link: LinkConfig;
  readonly note: Sentence;
  readonly controlPort: number;
}

async function startOne(
  board: BoardConfig,
  folder: string,
  self: readonly string[],
  children: ChildProcess[],
): Promise<Made | null> {
  const { link } = board;
  if (link.kind === "browser" || link.kind === "carried") return null;
  const common = ["--address", String(link.address), "--id", board.id, "--control", "0", "--exit-with-parent"];
  const size = `${board.shape.width}x${board.shape.height}:${board.shape.colour}`;
  const panel = (...where: string[]) => spawnPanel(self, ["panel", ...where, "--size", size, ...common], children);
  if (link.kind === "tcp-in") {
    const port = await freePort();
    const { controlPort } = await panel("--connect", `tcp:127.0.0.1:${port}`);
    return {
      link: { ...link, port },
      note: { zh: `模拟屏拨入 TCP 127.0.0.1:${port}`, en: `simulated panel dials in to TCP 127.0.0.1:${port}` },
      controlPort,
    };
  }
  const pty = link.kind === "serial" ? await openPty(folder, board.id, children) : null;
  if (pty && link.kind === "serial") {
    const { controlPort } = await panel("--serial", `${pty.far}@${link.baud}`, "--baud", String(link.baud));
    return {
      link: { ...link, path: pty.near },
      note: { zh: `模拟屏接虚拟串口(pty),${link.baud} 波特`, en: `simulated panel on a pty at ${link.baud} baud` },
      controlPort,
    };
  }
  const { port, controlPort } = await panel("--listen", "tcp:0");
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

/** The panel's first line is `panel ready {"port":…,"control":…}`. */
function spawnPanel(
  self: readonly string[],
  words: readonly string[],
  children: ChildProcess[],
): Promise<{ port: number; controlPort: number }> {
  const [command = process.execPath, ...flags] = self;
  const child = spawn(command, [...flags, ...words], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`simulated panel ${words.join(" ")}: ${why}`));
    const timer = setTimeout(() => fail("not ready in time"), readyTimeoutMs);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => fail(`ended with ${code}`));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const ready = /^panel ready (\{.*\})$/.exec(line);
      if (!ready) return;
      clearTimeout(timer);
      const said = JSON.parse(ready[1] ?? "{}") as { port?: number; control?: number };
      resolve({ port: said.port ?? 0, controlPort: said.control ?? 0 });
    });
  });
}

/** Two joined pseudo-terminals made by socat, or null where socat is not installed. */
async function openPty(
  folder: string,
  board: string,
  children: ChildProcess[],
): Promise<{ near: string; far: string } | null> {
  mkdirSync(folder, { recursive: true });
  const near = join(folder, `${board}-daemon`);
  const far = join(folder, `${board}-panel`);
  for (const path of [near, far]) rmSync(path, { force: true });
  if (spawnSync("socat", ["-V"]).error) return null;
  const end = (path: string) => `pty,raw,echo=0,link=${path}`;
  const untilInputEnds = 'socat "$0" "$1" & far=$!; cat >/dev/null; kill $far';
  const child = spawn("sh", ["-c", untilInputEnds, end(near), end(far)], { stdio: ["pipe", "ignore", "ignore"] });
  let gone = false;
  child.once("exit", () => {
    gone = true;
  });
  for (let waitedMs = 0; waitedMs < 3000 && !gone; waitedMs += 20) {
    if ([near, far].every((path) => statSync(path, { throwIfNoEntry: false }))) {
      children.push(child);
      return { near, far };
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.stdin.end();
  return null;
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
