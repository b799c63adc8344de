/** Under which address another computer opens this page. */
import type { NetworkJson } from "../api/network-schemas.ts";
import { ask } from "./ask.ts";

export interface OuterAddress {
  /** Scheme, host and port, and whatever path the page lies under; no slash at its end. */
  readonly base: string;
  /** No other computer is answered yet. */
  readonly hereOnly: boolean;
}

const hereNames: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** Whoever sits at the host itself sees it under a name that leads other computers nowhere. */
export async function outerAddress(): Promise<OuterAddress> {
  const seen = (location.origin + location.pathname).replace(/\/$/, "");
  if (!hereNames.includes(location.hostname)) return { base: seen, hereOnly: false };
  const { urls, state } = await ask<NetworkJson>("GET", "/api/v1/network");
  return { base: (urls[0] ?? seen).replace(/\/$/, ""), hereOnly: state !== "open" };
}
