/** A headless Chromium that does nothing of its own accord. */
import { type Browser, chromium, selectors } from "playwright-core";

const unused = [
  // Playwright's own: of two lists the last one holds.
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"],
  ...["HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"],
  "PreconnectToSearch",
  // The address field of each window, which nobody sees, is a page of its own: a third of what opening a window costs.
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "PreloadTopChromeWebUI"],
];

/** Silent towards the network; works as root and without a graphics card. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${unused.join(",")}`,
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
