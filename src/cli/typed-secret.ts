/** A line typed on the terminal that is not shown. */
import { StringDecoder } from "node:string_decoder";
import { limits } from "../limits.ts";

/** null: standard input is no terminal. Ctrl-C ends the program as it always does. */
export async function typedSecret(question: string): Promise<string | null> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return null;
  // Standard output may go into a file: the question is not part of it.
  stderr.write(question);
  stdin.setRawMode(true);
  const decoder = new StringDecoder("utf8");
  let typed: string[] = [];
  try {
    return await new Promise<string>((resolve) => {
      stdin.on("data", function hear(bytes: Buffer) {
        for (const letter of decoder.write(bytes)) {
          if (letter === "\u0003") {
            stdin.setRawMode(false);
            process.kill(process.pid, "SIGINT");
          } else if (letter === "\r" || letter === "\n" || letter === "\u0004") {
            stdin.off("data", hear);
            resolve(typed.join(""));
            return;
          } else if (letter === "\u007f" || letter === "\b") typed = typed.slice(0, -1);
          else if (typed.length < limits.passwordCharsMax) typed.push(letter);
        }
      });
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}
