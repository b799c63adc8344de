/** Which instants of a message tell what it does: each page that stands once, one that moves in a few. */
import { type Frame, type Message, messageFrame, type Page, pageMs } from "../../src/message/index.ts";

export interface Still {
  readonly frame: Frame;
  /** Since the message began. */
  readonly elapsedMs: number;
}

/** UTC+8, as the samples'. */
const utcOffsetMin = 480;

/** At most `most` of them; `at`: the instant, for clocks and days. */
export function filmOf(message: Message, at: number, most: number, perMove: number): Still[] {
  const out: Still[] = [];
  let startMs = 0;
  let step = -1;
  for (const page of message.pages) {
    if (page.step === step) continue;
    step = page.step;
    for (const intoMs of instantsOf(page, perMove)) {
      if (out.length === most) return out;
      const elapsedMs = startMs + intoMs;
      out.push({ frame: messageFrame(message, elapsedMs, at, utcOffsetMin), elapsedMs });
    }
    startMs += pageMs(page);
  }
  return out;
}

function instantsOf(page: Page, perMove: number): number[] {
  const { motion, holdMs, msPerPx, bitmap, entry, exit } = page;
  const spread = (from: number, length: number, parts: number) =>
    Array.from({ length: parts }, (_, index) => Math.floor(from + (length * (index + 0.5)) / parts));
  if (motion === "blink") return [0, msPerPx];
  if (motion !== "hold") {
    const travel = motion === "scroll-left" || motion === "scroll-right" ? bitmap.width : bitmap.height;
    return [
      0,
      ...Array.from(
        { length: perMove - 1 },
        (_, index) => holdMs + Math.floor((travel * (index + 1)) / perMove) * msPerPx,
      ),
    ];
  }
  if (!entry && !exit) return [Math.floor(pageMs(page) / 2)];
  const entryMs = entry ? pageMs({ ...page, exit: null }) - holdMs : 0;
  const exitMs = exit ? pageMs({ ...page, entry: null }) - holdMs : 0;
  const moving = perMove - 1;
  const before = entry ? Math.ceil(exit ? moving / 2 : moving) : 0;
  return [
    ...spread(0, entryMs, before),
    entryMs + Math.floor(holdMs / 2),
    ...spread(entryMs + holdMs, exitMs, exit ? moving - before : 0),
  ];
}
