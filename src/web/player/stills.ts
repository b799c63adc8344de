/** A message as pictures that stand: every page, and of what moves as many as let everything in it be read. */
import { messageFrame, pageMs } from "../../message/index.ts";
import type { Frame, Instant, Message, Page } from "../../message/types.ts";

export interface Still {
  /** Which page, from 0. */
  readonly page: number;
  /** Since the message began, ms; and the instant, for what follows the clock. */
  readonly elapsedMs: number;
  readonly at: Instant;
}

/** `at`: for pages without a window, and their clocks. Pictures that are wholly black are left out, unless all are. */
export function stillsOf(message: Message, at: Instant, utcOffsetMin: number): readonly Still[] {
  const stills: Still[] = [];
  let startMs = 0;
  message.pages.forEach((page, index) => {
    const before = message.pages[index - 1];
    if (before && before.step !== page.step) startMs += pageMs(before);
    const when = page.window === null ? at : page.window.from;
    for (const ms of momentsOf(page, message.shape)) stills.push({ page: index, elapsedMs: startMs + ms, at: when });
  });
  const lit = stills.filter((still) => frameOf(message, still, utcOffsetMin).pixels.some((byte) => byte !== 0));
  return lit.length > 0 ? lit : stills;
}

export function frameOf(message: Message, { elapsedMs, at }: Still, utcOffsetMin: number): Frame {
  return messageFrame(message, elapsedMs, at, utcOffsetMin);
}

/** ms into the page: where it stands whole; of a strip every panel's length, less a letter, so that none is cut in all. */
function momentsOf(page: Page, { width, height }: Message["shape"]): readonly number[] {
  const { bitmap, motion, msPerPx, holdMs } = page;
  if (motion === "hold") return [pageMs({ ...page, exit: null }) - 1];
  if (motion === "blink") return [0];
  const along = motion === "scroll-left" || motion === "scroll-right";
  const [length, room] = along ? [bitmap.width, width] : [bitmap.height, height];
  const overlap = along ? Math.min(height, width >> 2) : height >> 2;
  const moments: number[] = [];
  for (let offset = 0; offset < length; offset += Math.max(1, room - overlap))
    moments.push(offset === 0 ? 0 : holdMs + offset * msPerPx);
  return moments;
}
