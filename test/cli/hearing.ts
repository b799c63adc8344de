/** An output that remembers what a verb said. */
import type { Output } from "../../src/cli/say.ts";

export function hearing() {
  const said = { out: "", err: "" };
  const output: Output = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    bytes: async (text) => {
      said.out += Buffer.from(text).toString("latin1");
    },
  };
  return { output, said };
}
