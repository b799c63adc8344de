/** Daemons, imports and simulated panels as processes of their own, and a line into each panel's frame buffer. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";

/** What a panel process says that it lights, captured in one moment. */
export interface Lit {
  readonly panelTime: number;
  readonly bootId: string;
  readonly programme: string | null;
  readonly message: string | null;
  readonly why: string;
  readonly crc: number;
  /** base64 of `Frame.pixels`. */
  readonly pixels: string;
}

const children = new Set<ChildProcess>();

/** For `afterAll`: nothing that a test started outlives it. */
export async function killAll(): Promise<void> {
  await Promise.all([...children].map(kill));
}

/** `boardcast WORDS`; its output is read from the start, so that nothing is lost and no pipe fills. */
export const run = (program: string, ...words: readonly string[]): Running => runIn(process.cwd(), program, ...words);

/** The same, begun in a folder of its own: where no option names a file, it is looked for there. */
export function runIn(cwd: string, program: string, ...words: readonly string[]): Running {
  const child = spawn(process.execPath, [program, ...words], { cwd, stdio: ["pipe", "pipe", "pipe"] });
  children.add(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    said.out += text;
  });
  child.stderr.on("data", (text) => {
    said.err += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return { child, said, ended };
}

export interface Running {
  readonly child: ChildProcess;
  /** So far. */
  readonly said: { readonly out: string; readonly err: string };
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Runs to the end. */
export async function finish(program: string, ...words: readonly string[]) {
  const running = run(program, ...words);
  const code = await running.ended;
  return { code, ...running.said };
}

/** What the first match of `wanted` in its output gives; rejects, with all that was said, if the process ends first. */
export function sayingOf({ child, said, ended }: Running, wanted: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = wanted.exec(said.out);
      if (match) resolve(match);
    };
    child.stdout?.on("data", look);
    void ended.then((code) => reject(new Error(`ended (${code}): ${said.out}${said.err}`)));
    look();
  });
}

export interface PanelProcess {
  readonly running: Running;
  readonly port: number;
  readonly control: number;
}

export async function startPanel(program: string, ...words: string[]): Promise<PanelProcess> {
  const running = run(program, "panel", "--control", "0", ...words);
  const [, json = "{}"] = await sayingOf(running, /^panel ready (\{.*\})$/m);
  const { port, control } = JSON.parse(json) as { port: number; control: number };
  return { running, port, control };
}

export interface DaemonProcess {
  readonly running: Running;
  readonly url: string;
}

export async function startDaemonProcess(program: string, ...words: string[]): Promise<DaemonProcess> {
  const running = run(program, "start", "--port", "0", ...words);
  const [, url = ""] = await sayingOf(running, /(http:\/\/\S+)\/\n/);
  return { running, url };
}

/** kill -9. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** One question over a panel's control port. */
export function ask<T>(control: number, request: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const socket = connect(control, "127.0.0.1");
    socket.once("error", reject);
    createInterface({ input: socket }).once("line", (line) => {
      socket.destroy();
      resolve(JSON.parse(line) as T);
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
}

export function lit(control: number): Promise<Lit> {
  return ask<Lit>(control, { do: "frame" });
}

export async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

interface FactJson {
  readonly message: string;
  readonly notice: string | null;
  readonly at: string;
}

export interface BoardJson {
  readonly id: string;
  readonly intended: FactJson;
  readonly sent: FactJson | null;
  readonly confirmed: FactJson | null;
  readonly faults: readonly { readonly code: string; readonly en: string }[];
  readonly panel: { readonly width: number; readonly height: number; readonly colour: string };
  readonly link: { readonly kind: string; readonly state: string; readonly note: { readonly en: string } };
}

export function boardsOf(url: string): Promise<readonly BoardJson[]> {
  return getJson(`${url}/api/v1/boards`);
}

/** Asks every 30 ms until it holds; fails with the last answer after `withinMs` (generous: it is no measurement). */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  holds: (value: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs} ms; last ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
