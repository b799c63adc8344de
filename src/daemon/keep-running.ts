import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface KeepRunning {
  readonly command: string;
  /** Asked at each start. */
  words(): readonly string[];
  /** The line of output by which it says that it is ready; its first group is what `ready` resolves with. */
  readonly ready: RegExp;
  failed(why: unknown): void;
}

export interface Keeper {
  /** Of the first start; rejects if the process ends before, or takes too long. */
  readonly ready: Promise<string>;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

const readyTimeoutMs = 15_000;
const againMs = 1000;
/** How long it has, after its standard input has closed, before it is killed. */
const patienceMs = 1000;

/** A child process that watches its standard input, and so ends with us however we end. Once ready it is started again whenever it ends. */
export function keepRunning(parts: KeepRunning): Keeper {
  let stopping = false;
  let child: ChildProcess | null = null;
  let gone: Promise<void> = Promise.resolve();
  let again: NodeJS.Timeout | null = null;

  const start = (ready: (line: string) => void, ended: (why: string) => void) => {
    const words = parts.words();
    // A group of its own: Ctrl-C is for the daemon, which ends its children in order.
    const made = spawn(parts.command, [...words], {
      stdio: ["pipe", "pipe", "inherit"],
      detached: process.platform !== "win32",
    });
    child = made;
    // What we write to one that has just died comes back as an error of the pipe.
    made.stdin.on("error", () => {});
    createInterface({ input: made.stdout }).on("line", (line) => {
      const match = parts.ready.exec(line);
      if (match) ready(match[1] ?? "");
    });
    gone = new Promise((resolve) => {
      const over = (why: string) => {
        resolve();
        ended(`${words.join(" ")}: ${why}`);
      };
      made.once("error", (error) => over(error.message));
      made.once("exit", (code, signal) => over(`ended (${code ?? signal})`));
    });
  };
  const restart = (why: string) => {
    if (stopping) return;
    parts.failed(why);
    again = setTimeout(() => start(() => {}, restart), againMs);
  };
  const ready = new Promise<string>((resolve, reject) => {
    let is = false;
    const timer = setTimeout(() => reject(new Error(`${parts.words().join(" ")}: not ready in time`)), readyTimeoutMs);
    start(
      (line) => {
        is = true;
        clearTimeout(timer);
        resolve(line);
      },
      (why) => {
        clearTimeout(timer);
        if (is) restart(why);
        else reject(new Error(why));
      },
    );
  });
  return {
    ready,
    async stop() {
      stopping = true;
      if (again) clearTimeout(again);
      child?.stdin?.end();
      const kill = setTimeout(() => child?.kill("SIGKILL"), patienceMs);
      await gone;
      clearTimeout(kill);
    },
  };
}
