/** The line to a card, where it is a slow one. */
import type { PanelIdentity } from "../contract.ts";

/** Time that `bytes` need on the line, ms, escapes and marks included by a tenth; 8N1 is ten bits a byte. */
export function lineMs({ panel }: { readonly panel: Pick<PanelIdentity, "bitsPerSecond"> }, bytes: number): number {
  const { bitsPerSecond } = panel;
  return bitsPerSecond === null ? 0 : Math.round((bytes * 11_000) / bitsPerSecond);
}
