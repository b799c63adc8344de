/**
 * Remakes the kernel's bytes (`../window.wasm.ts`) from its text:
 *
 *     npx tsx src/message/kernel/source/assemble.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";
import { windowText } from "./window.ts";

/** The file that holds the module, base64: lines as the formatter leaves them. */
export async function windowFile(): Promise<string> {
  const module = (await wabt()).parseWat("window.wat", windowText);
  const { buffer } = module.toBinary({});
  module.destroy();
  return `/** Made by \`source/assemble.ts\` from \`source/window.ts\`. */\nexport const windowBytes =\n  "${Buffer.from(buffer).toString("base64")}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL("../window.wasm.ts", import.meta.url), await windowFile());
