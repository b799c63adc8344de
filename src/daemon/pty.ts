import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Keeper } from "./keep-running.ts";

export interface Pty extends Pick<Keeper, "stop"> {
  readonly near: string;
  readonly far: string;
}

const madeWithinMs = 3000;
/** Ends with whoever holds its standard input, as the panels do. */
const untilInputEnds = 'socat "$0" "$1" & far=$!; cat >/dev/null; kill $far; wait $far';

/** Two joined pseudo-terminals made by socat, or null where socat is not installed. */
export async function openPty(folder: string, board: string): Promise<(Pty & Keeper) | null> {
  if (spawnSync("socat", ["-V"]).error) return null;
  mkdirSync(folder, { recursive: true });
  // A socat that a killed daemon left takes its links away when it ends: ours have names of their own.
  const near = join(folder, `${board}-daemon-${process.pid}`);
  const far = join(folder, `${board}-panel-${process.pid}`);
  for (const path of [near, far]) rmSync(path, { force: true });
  const end = (path: string) => `pty,raw,echo=0,link=${path}`;
  const child = spawn("sh", ["-c", untilInputEnds, end(near), end(far)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  let over = false;
  const gone = new Promise<void>((resolve) => {
    const done = () => {
      over = true;
      resolve();
    };
    child.once("exit", done);
    child.once("error", done);
  });
  const stop = async () => {
    child.stdin.end();
    await gone;
    for (const path of [near, far]) rmSync(path, { force: true });
  };
  for (let waitedMs = 0; waitedMs < madeWithinMs && !over; waitedMs += 20) {
    if (both(near, far)) return { near, far, ready: Promise.resolve(""), stop };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await stop();
  return null;
}

function both(...paths: readonly string[]): boolean {
  return paths.every((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
}
