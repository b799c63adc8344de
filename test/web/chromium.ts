/** A headless Chromium that does nothing of its own accord. */
import { type Browser, chromium, selectors } from "playwright-core";

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

/**
 * Chromium 86, of which Playwright itself asks for `checkVisibility` (105). What a selector engine brings is evaluated
 * beside Playwright's own script, in a world that the page does not see: for the page the word stays unknown.
 */
export async function launchOldChromium(program: string): Promise<Browser> {
  const content = `(() => {
    Element.prototype.checkVisibility ??= function () {
      return this.isConnected && this.getClientRects().length > 0;
    };
    return { query: () => null, queryAll: () => [] };
  })()`;
  await selectors.register("old", { content }, { contentScript: true });
  return chromium.launch({ executablePath: program, args: [...args, "--no-zygote"] });
}
