/** How far somebody in this browser has come in the tour of the practice boards. */
import { computed, reactive, readonly } from "vue";
import { blank, type Kept, readKept, type TourStep, tourSteps } from "./tour-steps.ts";

const remembered = "boardcast.tour";
const kept = reactive<{ -readonly [Key in keyof Kept]: Kept[Key] }>({ ...readKept(load()) });

function load(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

function set(change: Partial<Kept>): void {
  Object.assign(kept, change);
  try {
    localStorage.setItem(remembered, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing offers the tour again.
  }
}

export function useTour() {
  return {
    kept: readonly(kept),
    /** It is being taken, or has never been offered. */
    touring: computed(() => kept.state !== "asked"),
    step: computed<TourStep>(() => tourSteps[kept.step] ?? "end"),
    /** From the beginning, unless it was left on its way. */
    start: (anew = false) =>
      set(anew || kept.step >= tourSteps.length - 1 ? { ...blank, state: "on" } : { state: "on" }),
    leave: () => set({ state: "asked" }),
    goOn: (found?: string) =>
      set({ step: Math.min(kept.step + 1, tourSteps.length - 1), ...(found && { case: found }) }),
    goBack: () => set({ step: Math.max(0, kept.step - 1) }),
    finish: () => set({ state: "asked", step: 0, case: null }),
  };
}
