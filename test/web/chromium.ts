/** A headless Chromium that does nothing of its own accord. */
import { type Browser, chromium } from "playwright-core";

/** Silent towards the network; works as root and without a graphics card. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchChromium(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args });
}
