import { keepOnly } from "../frame-edit.ts";
import { acrossPx, type TransitionKind } from "./transition.ts";

/** An edge travels over the page, which stands still: uncovers it at entry, covers it at exit. */
export const wipe: TransitionKind = {
  name: "wipe",
  code: 1,
  directions: ["left", "right", "up", "down"],
  travelPx: acrossPx,
  draw(direction, shown, leaving, frame) {
    const { width, height } = frame.shape;
    // What an entry has uncovered lies behind its edge; what an exit has not covered yet, before it.
    const low = (direction === "right" || direction === "down") !== leaving;
    if (direction === "left" || direction === "right")
      keepOnly(frame, low ? 0 : width - shown, 0, low ? shown : width, height);
    else keepOnly(frame, 0, low ? 0 : height - shown, width, low ? shown : height);
  },
};
