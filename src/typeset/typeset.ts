/** Stage 3: a revision's content and a shape in, a message out. Pure: same content and shape, same bytes. */
import type { Fault } from "../fault.ts";
import { type Message, makeMessage, messageProblem, type Shape, type Window } from "../message/index.ts";
import type { Content } from "../notices/types.ts";
import { unifont } from "./font.ts";
import { templates } from "./templates/list.ts";

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
  const faults: Fault[] = [];
  const { content, shape, notice } = request;
  const { pages, lines } = templates[content.displayKind]({ ...request, font: unifont(), faults });
  if (faults.length > 0) return { ok: false, faults: distinct(faults) };
  const problem = pages.length === 0 ? "没有可显示的内容 / there is nothing to show" : messageProblem(shape, pages);
  if (problem !== null) {
    const panel = `${shape.width}x${shape.height}:${shape.colour}`;
    return { ok: false, faults: [{ code: "notice/does-not-fit", notice, panel, detail: problem }] };
  }
  const scrolls = pages.some((page) => page.motion !== "hold");
  return { ok: true, message: makeMessage(shape, pages), lines, pages: pages.length, scrolls };
}

/** A missing glyph that stands in title and body, or on many day pages, is told once a place. */
function distinct(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/** The asynchronous seam: typesetting may happen elsewhere (a worker) without its users changing. */
export interface Typesetter {
  ask(request: TypesetRequest): Promise<TypesetResult>;
}

export function createTypesetter(): Typesetter {
  return {
    async ask(request) {
      // Between two notices others get their turn.
      await new Promise((resolve) => setImmediate(resolve));
      return typeset(request);
    },
  };
}
