/**
 * A message as cards take one that turn pages by themselves: panel-sized pictures, each with how it comes and how long it
 * stays. What such a card cannot do (an entry, a blink, an exact speed) is its driver's to leave out.
 */
import {
  emptyFrame,
  type Frame,
  type Instant,
  type Message,
  type MotionName,
  messageFrame,
  type Page,
  pageMs,
} from "../../message/index.ts";

export interface CardScene {
  /** One that stands or blinks; or a strip cut into panels, in the order in which they come, which goes round without a seam. */
  readonly pictures: readonly Frame[];
  readonly motion: MotionName;
  /** Milliseconds a dot of travel; 0 where it stands. */
  readonly msPerPx: number;
  /** Dots of one round of the strip: its last picture goes on with its beginning; 0 where it stands. */
  readonly travelPx: number;
  /** With whatever leads into it and out of it, ms. */
  readonly lastsMs: number;
}

/**
 * The scenes of `message` in order, as its windows and clock fields have them at `at`; where no page's window holds it, the
 * step is black. They hold until `changesAt` of then. At most `message`'s own dots, rounded up to whole panels.
 */
export function scenesOf(message: Message, at: Instant, utcOffsetMin: number): readonly CardScene[] {
  const scenes: CardScene[] = [];
  let startMs = 0;
  for (const pages of stepsOf(message.pages)) {
    const page = pages.find(({ window }) => !window || (window.from <= at && at < window.until));
    const lastsMs = pages[0] ? pageMs(pages[0]) : 0;
    if (page) {
      const pictures = placesOf(page).map((ms) => messageFrame(message, startMs + ms, at, utcOffsetMin));
      scenes.push({ pictures, motion: page.motion, msPerPx: page.msPerPx, travelPx: travelPx(page), lastsMs });
    } else scenes.push({ pictures: [emptyFrame(message.shape)], motion: "hold", msPerPx: 0, travelPx: 0, lastsMs });
    startMs += lastsMs;
  }
  return scenes;

  /** Where in the page's time each picture stands, ms after its beginning. */
  function placesOf(page: Page): readonly number[] {
    const { bitmap, msPerPx, holdMs } = page;
    const { width, height } = message.shape;
    switch (page.motion) {
      case "hold":
      case "blink":
        return [page.entry ? pageMs({ ...page, exit: null }) - holdMs : 0];
      case "scroll-left":
      case "scroll-right":
        return every(width, bitmap.width).map((dots) => (dots === 0 ? 0 : holdMs + dots * msPerPx));
      case "scroll-up":
      case "scroll-down":
        return every(height, bitmap.height).map((dots) => (dots === 0 ? 0 : holdMs + dots * msPerPx));
    }
  }
}

function travelPx({ motion, bitmap }: Page): number {
  if (motion === "scroll-left" || motion === "scroll-right") return bitmap.width;
  return motion === "scroll-up" || motion === "scroll-down" ? bitmap.height : 0;
}

function stepsOf(pages: readonly Page[]): readonly (readonly Page[])[] {
  const steps = new Map<number, Page[]>();
  for (const page of pages) steps.set(page.step, [...(steps.get(page.step) ?? []), page]);
  return [...steps.values()];
}

function every(side: number, whole: number): readonly number[] {
  return Array.from({ length: Math.ceil(whole / side) }, (_, index) => index * side);
}
