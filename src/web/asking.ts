/** A question under way, inside of a component: whether it is, and what came of it. */
import { ref, shallowRef } from "vue";
import { Refusal } from "./ask.ts";

type Work = () => Promise<unknown>;

export function useAsking() {
  const busy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  let underWay: Promise<boolean> | null = null;
  const run = async (work: Work): Promise<boolean> => {
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
      underWay = null;
    }
  };
  /** Something is done, once: a second press meanwhile does nothing. True: it went well; what fails is kept to be shown. */
  const attempt = async (work: Work): Promise<boolean> => {
    if (underWay) return false;
    busy.value = true;
    underWay = run(work);
    return underWay;
  };
  let waiting: Work | null = null;
  let turns: Promise<boolean> | null = null;
  const takeTurns = async (): Promise<boolean> => {
    let fine = false;
    while (waiting) {
      // Whoever began that hears of its failure.
      while (underWay) await underWay.catch(() => false);
      const next: Work = waiting;
      waiting = null;
      fine = await attempt(next);
    }
    return fine;
  };
  /**
   * Something is asked of which the newest wording counts: while anything is under way it waits, and of several that wait
   * the last is asked. Ends when nothing waits any more. Not from inside of an `attempt` of the same asking.
   */
  const newest = (work: Work): Promise<boolean> => {
    waiting = work;
    turns ??= takeTurns().finally(() => {
      turns = null;
    });
    return turns;
  };
  return { busy, refusal, attempt, newest };
}
