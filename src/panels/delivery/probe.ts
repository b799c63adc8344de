/** Who answers at the end of a line, before a board is made of it: HELLO, and nothing else. Nothing is lit by it. */
import type { LinkConfig } from "../../config/types.ts";
import type { Link } from "../links/link.ts";
import { linkFor } from "../links/list.ts";
import { referenceDriver } from "../reference/driver.ts";
import type { Reply } from "../reference/reply.ts";
import { type NobodyThere, visit } from "./visit.ts";

export interface Found {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly colour: "mono" | "dual" | "rgb";
  readonly firmware: string;
}

/** `none`: it has no line. */
export type Probed =
  | { readonly ok: true; readonly found: Found }
  | NobodyThere
  | { readonly ok: false; readonly why: "none"; readonly detail: string };

const tries = 3;
/** Who is asked for its shape has none yet. */
const unknownShape = { width: 0, height: 0, colour: "mono" } as const;

/**
 * `openMs`: until the line has to be there. `host`: where dialling-in panels find us. `beside`: a way to the line where
 * panels of ours are on it; null, none is, and it is opened.
 */
export async function probe(
  config: LinkConfig,
  host: string,
  openMs: number,
  beside: Link | null = null,
): Promise<Probed> {
  const link = beside ?? linkFor(config, host);
  if (link === null || !("address" in config)) return { ok: false, why: "none", detail: config.kind };
  const { address } = config;
  const panel = { board: "?", shape: unknownShape, address, where: link.where, bitsPerSecond: link.bitsPerSecond };
  return visit(referenceDriver, link, openMs, async (there): Promise<Probed | null> => {
    // The driver's first question, again and again.
    const first = referenceDriver.connect(panel, 1);
    for (let attempt = 0; attempt < tries && there.ended === null; attempt++) {
      const heard = await there.ask(first);
      const found = foundIn(heard?.reply ?? null);
      if (found) return { ok: true, found };
    }
    return null;
  });
}

function foundIn(reply: Reply | null): Found | null {
  const { id, w, h, colour, fw } = reply?.fields ?? {};
  const [width, height] = [Number(w), Number(h)];
  if (id === undefined || !Number.isInteger(width) || !Number.isInteger(height)) return null;
  if (colour !== "mono" && colour !== "dual" && colour !== "rgb") return null;
  return { id: id.slice(0, 64), width, height, colour, firmware: (fw ?? "").slice(0, 64) };
}
