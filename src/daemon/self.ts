import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The words that run this program again as another process: the bundle beside us, or the sources through tsx. */
export function selfCommand(): readonly string[] {
  const bundle = fileURLToPath(new URL("./boardcast.js", import.meta.url));
  if (!import.meta.url.endsWith(".ts") && existsSync(bundle)) return [process.execPath, bundle];
  return [process.execPath, "--import", "tsx", fileURLToPath(new URL("../cli/main.ts", import.meta.url))];
}
