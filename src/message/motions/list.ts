import type { MotionName } from "../types.ts";
import { hold } from "./hold.ts";
import type { Motion } from "./motion.ts";
import { scrollLeft } from "./scroll-left.ts";
import { scrollUp } from "./scroll-up.ts";

export const motions: Readonly<Record<MotionName, Motion>> = {
  hold,
  "scroll-left": scrollLeft,
  "scroll-up": scrollUp,
};

const byCode = new Map(Object.values(motions).map((motion) => [motion.code, motion]));

export function motionByCode(code: number): Motion | undefined {
  return byCode.get(code);
}
