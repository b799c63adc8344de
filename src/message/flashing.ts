/** No flashing above 3 Hz (SPEC.md §5.8; WCAG 2.1, success criterion 2.3.1: at most three flashes in any second). */
import { limits } from "../limits.ts";
import { motions } from "./motions/list.ts";
import { pageMs, transitionMs } from "./page-time.ts";
import type { Page } from "./types.ts";

/** Two opposite changes are a flash: with one change more than this in a second there may be a fourth one. */
const most = limits.changesPerSecond;

/** Pages that are a message otherwise. */
export function flashProblem(pages: readonly Page[]): string | null {
  const { changes, loopMs } = changesOf(pages);
  // One loop and the next ones' beginnings: where the message begins anew it flashes as well.
  const ahead = (index: number) => (changes[index % changes.length] ?? 0) + Math.floor(index / changes.length) * loopMs;
  for (const [index, change] of changes.entries())
    if (ahead(index + most) - change < 1000)
      return `flashes: more than ${most} changes in the second after ${change} ms`;
  return edgesProblem(pages);
}

/** One representative of each step is enough: alternatives change at the same moments (`check.ts`). */
function changesOf(pages: readonly Page[]): { readonly changes: readonly number[]; readonly loopMs: number } {
  const steps = pages.filter((page, index) => page.step !== pages[index - 1]?.step);
  const changes: number[] = [];
  let start = 0;
  for (const [index, page] of steps.entries()) {
    const before = (steps[index - 1] ?? steps[steps.length - 1]) as Page;
    const bothBlack = before.exit && page.entry;
    const stays = steps.length === 1 && !page.entry && !page.exit;
    // Windows may exchange the page while it is on: once more, at their edge.
    if (!bothBlack && !stays) changes.push(...(page.window ? [start, start] : [start]));
    const whole = start + transitionMs(page.entry, page.bitmap);
    if (page.entry) changes.push(whole);
    if (page.motion === "blink") changes.push(...blinks(page, start));
    if (page.exit) changes.push(whole + motions[page.motion].durationMs(page));
    start += pageMs(page);
  }
  return { changes, loopMs: start };
}

/** The first and the last ones: those between keep the distance that each blink has. */
function blinks(page: Page, start: number): number[] {
  const count = page.holdMs / page.msPerPx - 1;
  const all = Array.from({ length: Math.min(count, 2 * most) }, (_, index) => index + 1);
  const nth = (index: number) => (index <= most ? index : count - 2 * most + index);
  return all.map((index) => start + (count > 2 * most ? nth(index) : index) * page.msPerPx);
}

function edgesProblem(pages: readonly Page[]): string | null {
  let edges: number[] = [];
  for (const [index, { window, step }] of pages.entries()) {
    if (pages[index - 1]?.step !== step) edges = [];
    if (!window) continue;
    if (edges[edges.length - 1] === window.from) edges.push(window.until);
    else edges.push(window.from, window.until);
    for (let last = Math.max(most, edges.length - 2); last < edges.length; last++)
      if ((edges[last] ?? 0) - (edges[last - most] ?? 0) < 1000)
        return `page ${index}: flashes: more than ${most} edges of windows within a second`;
  }
  return null;
}
