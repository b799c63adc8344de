/**
 * Remakes the bytes of `message`'s kernel (`src/message/kernel/window.wasm.ts`) from its text beside them:
 *
 *     npx tsx test/message/assemble-kernel.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";
import { windowText } from "../../src/message/kernel/window-text.ts";

export const windowFileUrl = new URL("../../src/message/kernel/window.wasm.ts", import.meta.url);

/** The file that holds the module, base64: lines as the formatter leaves them. */
export async function windowFile(): Promise<string> {
  const module = (await wabt()).parseWat("window.wat", windowText);
  const { buffer } = module.toBinary({});
  module.destroy();
  const base64 = Buffer.from(buffer).toString("base64");
  return `/** Made by test/message/assemble-kernel.ts from \`window-text.ts\`. */\nexport const windowBytes =\n  "${base64}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(windowFileUrl, await windowFile());
