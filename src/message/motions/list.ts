import type { MotionName, TransitionName } from "../types.ts";
import { blink } from "./blink.ts";
import { hold } from "./hold.ts";
import type { Motion } from "./motion.ts";
import { push } from "./push.ts";
import { reveal } from "./reveal.ts";
import { scrollDown } from "./scroll-down.ts";
import { scrollLeft } from "./scroll-left.ts";
import { scrollRight } from "./scroll-right.ts";
import { scrollUp } from "./scroll-up.ts";
import type { TransitionKind } from "./transition.ts";
import { wipe } from "./wipe.ts";

export const motions: Readonly<Record<MotionName, Motion>> = {
  hold,
  "scroll-left": scrollLeft,
  "scroll-up": scrollUp,
  "scroll-right": scrollRight,
  "scroll-down": scrollDown,
  blink,
};

export const transitions: Readonly<Record<TransitionName, TransitionKind>> = { wipe, push, reveal };

const byCode = new Map(Object.values(motions).map((motion) => [motion.code, motion]));
const kindByCode = new Map(Object.values(transitions).map((kind) => [kind.code, kind]));

export function motionByCode(code: number): Motion | undefined {
  return byCode.get(code);
}

export function transitionByCode(code: number): TransitionKind | undefined {
  return kindByCode.get(code);
}
