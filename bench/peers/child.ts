/** A program of the bench's own that answers each line that it is asked with one line. */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";

export interface Child {
  /** The next line, after `question` where there is one. */
  ask(question?: string): Promise<string>;
  /** Its input ends, and with it the program. */
  stop(): Promise<void>;
}

/** It keeps the bench's process alive only while it is asked. */
export function startChild(program: string, words: readonly string[]): Child {
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const pipes = [child, child.stdin as Socket, child.stdout as Socket];
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (const pipe of pipes) pipe.unref();
  return {
    async ask(question) {
      for (const pipe of pipes) pipe.ref();
      if (question !== undefined) child.stdin.write(`${question}\n`);
      const { value, done } = await answers.next();
      for (const pipe of pipes) pipe.unref();
      if (done === true) throw new Error(`${program} ${words.join(" ")} ended`);
      return value;
    },
    async stop() {
      for (const pipe of pipes) pipe.ref();
      child.stdin.end();
      await ended;
    },
  };
}
