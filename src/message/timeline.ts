/** A message's steps with their times worked out once: a frame is asked for every few milliseconds. */
import { motions } from "./motions/list.ts";
import type { Motion } from "./motions/motion.ts";
import { pageMs } from "./page-time.ts";
import type { Page } from "./types.ts";

export interface Step {
  /** ms since the message began. */
  readonly startMs: number;
  readonly endMs: number;
  /** Alternatives, in the order of their windows. */
  readonly scenes: readonly Scene[];
}

export interface Scene {
  readonly page: Page;
  readonly motion: Motion;
  /** Has neither entry nor exit: its phase is its motion's. */
  readonly plain: boolean;
}

const timelines = new WeakMap<readonly Page[], readonly Step[]>();
/** That of the last frame: a panel plays one message for many frames. */
let latestPages: readonly Page[] | null = null;
let latest: readonly Step[] = [];

/** The steps of a message's pages (which are valid, `check.ts`). */
export function stepsOf(pages: readonly Page[]): readonly Step[] {
  if (pages === latestPages) return latest;
  let steps = timelines.get(pages);
  if (!steps) {
    steps = made(pages);
    timelines.set(pages, steps);
  }
  latestPages = pages;
  latest = steps;
  return steps;
}

function made(pages: readonly Page[]): readonly Step[] {
  const steps: (Step & { readonly scenes: Scene[] })[] = [];
  for (const page of pages) {
    const last = steps[steps.length - 1];
    const scene = { page, motion: motions[page.motion], plain: !page.entry && !page.exit };
    if (last?.scenes[0]?.page.step === page.step) last.scenes.push(scene);
    else {
      const startMs = last?.endMs ?? 0;
      steps.push({ startMs, endMs: startMs + pageMs(page), scenes: [scene] });
    }
  }
  return steps;
}

/** The step that `elapsedMs` falls in, or undefined past the last one. O(log steps). */
export function stepAt(steps: readonly Step[], elapsedMs: number): Step | undefined {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (elapsedMs < (steps[middle] as Step).endMs) high = middle;
    else low = middle + 1;
  }
  return steps[low];
}

/** The scene whose window holds `at`, or undefined: the step is black now. */
export function sceneAt(step: Step, at: number): Scene | undefined {
  const { scenes } = step;
  for (let index = 0; index < scenes.length; index++) {
    const { window } = (scenes[index] as Scene).page;
    if (!window || (window.from <= at && at < window.until)) return scenes[index];
  }
  return undefined;
}
