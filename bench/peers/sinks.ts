/** `sinks.mjs` as a child: it keeps the bench's process alive only while it is asked. */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What it is asked; the answer is how many bytes all subscribers have had together. */
export type Sinks = (question: string) => Promise<number>;

export function startSinks(): Sinks {
  const program = fileURLToPath(new URL("sinks.mjs", import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const pipes = [child, child.stdin as Socket, child.stdout as Socket];
  for (const pipe of pipes) pipe.unref();
  return async (question) => {
    for (const pipe of pipes) pipe.ref();
    child.stdin.write(`${question}\n`);
    const { value, done } = await answers.next();
    for (const pipe of pipes) pipe.unref();
    if (done === true) throw new Error("sinks.mjs ended");
    return Number(value);
  };
}
