/** Senders in other languages, each a process of its own that talks to panels of its own. They say what they took. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";
import { compiled } from "./compiled.ts";
import type { Wave } from "./farm.ts";

/**
 * `full`: says and checks what a daemon must, all in one write. `single`: the same, one command after the other. `plain`:
 * commands made beforehand, in one write, and any line is an answer.
 */
export const kinds = ["full", "single", "plain"] as const;
export type Kind = (typeof kinds)[number];

export interface Sender {
  readonly name: string;
  wave(kind: Kind, wave: Wave): Promise<{ readonly cpuMs: number; readonly clockMs: number }>;
  stop(): Promise<void>;
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Null, after saying so, where there is no Python. */
export async function asyncioSender(ports: readonly number[]): Promise<Sender | null> {
  if (spawnSync("python3", ["-c", "import asyncio"], { stdio: "ignore" }).status !== 0) return missing("python3");
  return sender("asyncio", startChild("python3", [path("sender_asyncio.py")]), ports);
}

/** Null, after saying so, where there is no C compiler, or no epoll. */
export async function epollSender(ports: readonly number[]): Promise<Sender | null> {
  const made = compiled("sender_epoll.c", "-O2");
  if (made === null) return missing("cc, with Linux's epoll");
  const one = await sender("C epoll", startChild(made.program, []), ports);
  made.forget();
  return one;
}

function missing(what: string): null {
  console.error(`SKIPPED: a sender that needs ${what}, which is not here: its gates are not measured, and not reached`);
  return null;
}

async function sender(name: string, child: Child, ports: readonly number[]): Promise<Sender> {
  const said = await child.ask(ports.join(" "));
  if (said !== "ready") throw new Error(`${name}: ${said}`);
  return {
    name,
    async wave(kind, { line }) {
      const [cpuMs = Number.NaN, clockMs = Number.NaN] = (await child.ask(`${kind} ${line}`)).split(" ").map(Number);
      return { cpuMs, clockMs };
    },
    stop: () => child.stop(),
  };
}
