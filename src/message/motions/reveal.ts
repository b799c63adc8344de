import { keepOnly } from "../frame-edit.ts";
import type { TransitionKind } from "./transition.ts";

/** A black curtain before the page, which stands still, opens from the middle to both sides at entry and closes at exit. */
export const reveal: TransitionKind = {
  name: "reveal",
  code: 3,
  directions: ["horizontal", "vertical"],
  travelPx: (direction, width, height) => Math.ceil((direction === "horizontal" ? width : height) / 2),
  draw(direction, shown, _leaving, frame) {
    const { width, height } = frame.shape;
    const covered = this.travelPx(direction, width, height) - shown;
    if (direction === "horizontal") keepOnly(frame, covered, 0, width - covered, height);
    else keepOnly(frame, 0, covered, width, height - covered);
  },
};
