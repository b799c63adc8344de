/** A question under way, inside of a component: whether it is, and what came of it. */
import { ref, shallowRef } from "vue";
import { Refusal } from "./ask.ts";

export function useAsking() {
  const busy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  /** Runs one at a time; true: it went well. What fails is kept to be shown, and what was typed stays. */
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy.value) return false;
    busy.value = true;
    try {
      await work();
      refusal.value = null;
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal.value = error;
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, refusal, attempt };
}
