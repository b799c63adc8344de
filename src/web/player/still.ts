/** How long a picture stands: whoever knows need not look at every animation frame whether it is still the same. */
import { lookup, pageAt, pageMs } from "../../message/index.ts";
import type { Instant, MessageSource, Page, Programme } from "../../message/types.ts";

/**
 * Until then, at least, every frame is that of `at`: the pose (`poseAt`) stays as it is. `at` itself where that is not
 * known; what has not arrived may come at any time, and is not foreseen.
 */
export function stillUntil(programme: Programme, messages: MessageSource, at: Instant): Instant {
  const { message: hash, elapsedMs, until } = lookup(programme, at);
  const message = hash === null ? undefined : messages(hash);
  if (message === undefined) return until;
  const place = pageAt(message, elapsedMs, at);
  // Black, because none of a step's pages has its window open: how long that step is, its page would say.
  if (place === null) return at;
  let still = Math.min(until, at + standingMs(place.page, place.elapsedMs));
  for (const { window } of message.pages) {
    if (window === null) continue;
    for (const edge of [window.from, window.until]) if (edge > at) still = Math.min(still, edge);
  }
  if (place.page.fields.length > 0) still = Math.min(still, (Math.floor(at / 1000) + 1) * 1000);
  return still;
}

/** ms from here until its phase is another one, or its end. */
function standingMs(page: Page, elapsedMs: number): number {
  const { entry, exit, motion, msPerPx, holdMs } = page;
  const leftMs = pageMs(page) - elapsedMs;
  if (entry || exit) {
    // Such a page holds; while it comes and goes it is looked at frame by frame.
    const enterMs = pageMs({ ...page, exit: null }) - pageMs({ ...page, entry: null, exit: null });
    const leaveMs = pageMs({ ...page, entry: null }) - pageMs({ ...page, entry: null, exit: null });
    return elapsedMs < enterMs ? 0 : Math.max(0, leftMs - leaveMs);
  }
  switch (motion) {
    case "hold":
      return leftMs;
    case "blink":
      return Math.min(leftMs, msPerPx - (elapsedMs % msPerPx));
    case "scroll-left":
    case "scroll-right":
    case "scroll-up":
    case "scroll-down": {
      const moving = elapsedMs - holdMs;
      return Math.min(leftMs, moving < 0 ? msPerPx - moving : msPerPx - (moving % msPerPx));
    }
  }
}
