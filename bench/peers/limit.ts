/** `limit.c` compiled and asked, where a C compiler is. */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { unifont } from "../../src/typeset/fonts/unifont.ts";
import type { Contender } from "../harness.ts";
import { compiled } from "./compiled.ts";

/** A loop of `limit.c` as a contender; it measures itself. */
export type Limit = (name: string, loop: "line" | "dither" | "copy") => Contender;

/** Lines of glyphs to draw, by code points, all equally long. Null where no compiler is. */
export function compileLimit(lines: readonly string[]): Limit | null {
  const made = compiled("limit.c", "-O3", "-march=native");
  if (made === null) return null;
  const child = spawn(made.program, { stdio: ["pipe", "pipe", "inherit"] });
  child.once("spawn", made.forget);
  const { rows, slots } = unifont();
  child.stdin.write(Buffer.from(Uint32Array.of(rows.length).buffer));
  child.stdin.write(Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength));
  child.stdin.write(Buffer.from(Uint32Array.of(lines[0]?.length ?? 0, lines.length).buffer));
  child.stdin.write(
    Buffer.from(Uint16Array.from([...lines.join("")], (character) => slots[character.codePointAt(0) ?? 0] ?? 0).buffer),
  );
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // Only an asked one keeps the bench's process alive.
  const pipes = [child, child.stdin as Socket, child.stdout as Socket];
  for (const pipe of pipes) pipe.unref();
  return (name, loop) => ({
    name,
    perRun: 1,
    measured: async (runs) => {
      for (const pipe of pipes) pipe.ref();
      child.stdin.write(`${loop} ${runs}\n`);
      const { value, done } = await answers.next();
      for (const pipe of pipes) pipe.unref();
      if (done === true) throw new Error("limit.c ended");
      return Number(value) / 1e6;
    },
  });
}
