import { moveFrame } from "../frame-edit.ts";
import { acrossPx, type TransitionKind } from "./transition.ts";

/** The page moves in over the panel's edge at entry, and out over the opposite one at exit. */
export const push: TransitionKind = {
  name: "push",
  code: 2,
  directions: ["left", "right", "up", "down"],
  travelPx: acrossPx,
  draw(direction, shown, leaving, frame) {
    const missing = acrossPx(direction, frame.shape.width, frame.shape.height) - shown;
    // Before it is there, a page that moves to the left is still too far on the right.
    const by = (direction === "left" || direction === "up") !== leaving ? missing : -missing;
    if (direction === "left" || direction === "right") moveFrame(frame, by, 0);
    else moveFrame(frame, 0, by);
  },
};
