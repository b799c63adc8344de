/** `panel` as whoever starts it sees it: a process that says where it listens, and ends when told or left alone. */
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { builtProgram } from "../built.ts";

async function startPanel(...more: readonly string[]) {
  const words = ["panel", "--listen", "tcp:0", "--size", "64x32:mono", "--control", "0", "--exit-with-parent", ...more];
  const child = spawn(process.execPath, [await builtProgram(), ...words], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const [, ready = ""] = /^panel ready (\{.*\})$/.exec(line) ?? [];
    return { child, ended, ...(JSON.parse(ready) as { port: number; control: number }) };
  }
  throw new Error("the panel said nothing");
}

async function dial(port: number) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return socket;
}

test.each([
  ["its starter's pipe closes", []],
  ["SIGTERM", []],
  ["SIGTERM", ["--driver", "alpha"]],
] as const)("ends when %s, somebody connected or not: panel %s", async (how, more) => {
  const { child, ended, port, control } = await startPanel(...more);
  expect(port).toBeGreaterThan(0);
  expect(control).toBeGreaterThan(0);
  const socket = await dial(port);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  if (how === "SIGTERM") child.kill("SIGTERM");
  else child.stdin.end();
  expect(await ended).toBe(0);
  await closed;
});
