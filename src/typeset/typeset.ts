/** Stage 3: a revision's content and a shape in, a message out. Pure: same content and shape, same bytes. */
import { createHash } from "node:crypto";
import type { Fault } from "../fault.ts";
import { type Message, makeMessage, messageProblem, type Sha256, type Shape, type Window } from "../message/index.ts";
import type { Content } from "../notices/types.ts";
import { unifont } from "./font.ts";
import { templates } from "./templates/list.ts";
import type { Job } from "./templates/template.ts";
import { placesOf } from "./text.ts";

/** A hundred times as fast as the one that runs in browsers; an LCD's messages have megabytes. */
const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export interface TypesetRequest {
  readonly notice: string;
  readonly content: Content;
  readonly shape: Shape;
  /** IANA zone of day-windowed pages. */
  readonly zone: string;
  /** The envelope's window: countdowns have a page for each of its days. */
  readonly window: Window;
}

export type TypesetResult =
  | {
      readonly ok: true;
      readonly message: Message;
      /** The text as laid out, line by line. */
      readonly lines: readonly string[];
      readonly pages: number;
      readonly scrolls: boolean;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function typeset(request: TypesetRequest): TypesetResult {
  const { content, shape, notice } = request;
  const job: Job = { ...request, font: unifont(), faults: [], missing: new Set(), measured: new Map() };
  const { pages, lines } = templates[content.displayKind](job);
  const faults = [...missingGlyphs(job), ...job.faults];
  if (faults.length > 0) return { ok: false, faults };
  const problem = pages.length === 0 ? "没有可显示的内容 / there is nothing to show" : messageProblem(shape, pages);
  if (problem !== null) {
    const panel = `${shape.width}x${shape.height}:${shape.colour}`;
    return { ok: false, faults: [{ code: "notice/does-not-fit", notice, panel, detail: problem }] };
  }
  const scrolls = pages.some((page) => page.motion !== "hold");
  return { ok: true, message: makeMessage(shape, pages, sha256), lines, pages: pages.length, scrolls };
}

/** One fault for each place of the notice where a character stands that the layout met and the font lacks. */
function missingGlyphs({ notice, content, font, missing }: Job): Fault[] {
  if (missing.size === 0) return [];
  const parts = { title: content.title, body: content.body, signature: content.signature.org };
  return (Object.keys(parts) as (keyof typeof parts)[]).flatMap((part) =>
    placesOf(parts[part], missing).map(
      (place): Fault => ({ code: "notice/missing-glyph", notice, part, ...place, font: font.name }),
    ),
  );
}
