/**
 * Remakes the kernels' bytes (`../*.wasm.ts`) from their text in this folder:
 *
 *     npx tsx src/typeset/kernel/source/assemble.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import wabt from "wabt";
import { ditherText } from "./dither.ts";
import { lineText } from "./line.ts";

/** File name in `..` to the module's text. */
export const kernels: Readonly<Record<string, string>> = { dither: ditherText, line: lineText };

/** The module's bytes, base64. */
export async function assembled(name: string): Promise<string> {
  const module = (await wabt()).parseWat(`${name}.wat`, kernels[name] as string, { simd: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  return Buffer.from(buffer).toString("base64");
}

/** The file's text: lines as the formatter leaves them. */
export async function fileOf(name: string): Promise<string> {
  return `/** Made by \`source/assemble.ts\` from \`source/${name}.ts\`. */\nexport const ${name}Bytes =\n  "${await assembled(name)}";\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of Object.keys(kernels))
    writeFileSync(new URL(`../${name}.wasm.ts`, import.meta.url), await fileOf(name));
