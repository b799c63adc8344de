/** What a person has to do now, for the view and for the numbers beside the places: asked for once, shared by all of the page. */
import { onMounted, onUnmounted, shallowRef, watch } from "vue";
import type { TodayJson } from "../api/today-schemas.ts";
import { ask, Refusal } from "./ask.ts";
import { usePage } from "./page.ts";
import { useSession } from "./session.ts";

const today = shallowRef<TodayJson | null>(null);
/** Why the last asking brought nothing. */
const refused = shallowRef<Refusal | null>(null);
/** What is being asked for; it is let go with the session that asks. */
let asking: AbortController | null = null;
const everyMs = 20_000;

export const useToday = () => ({ today, refused, refresh });

async function refresh(): Promise<void> {
  if (asking !== null) return;
  const mine = new AbortController();
  asking = mine;
  try {
    const found = await ask<TodayJson>("GET", "/api/v1/today", undefined, mine.signal);
    if (mine.signal.aborted) return;
    today.value = found;
    refused.value = null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!mine.signal.aborted) refused.value = error;
  } finally {
    if (asking === mine) asking = null;
  }
}

function letGo(): void {
  asking?.abort();
  asking = null;
}

/** Once, in `App.vue`: as long as somebody is signed in; anew whenever boards changed, or one comes back to the page. */
export function keepToday(): void {
  const { previews } = usePage();
  const { who, account, leaving } = useSession();
  const isKnown = () => (account.value !== null && !account.value.mustChange) || who.value?.via === "local";
  let timer: ReturnType<typeof setInterval> | null = null;
  const look = () => {
    if (isKnown() && !leaving.value && document.visibilityState === "visible") void refresh();
  };
  // Another person's list is not to be seen for a moment either.
  watch([() => account.value?.id, () => account.value?.mustChange, () => who.value?.via], () => {
    letGo();
    today.value = null;
    refused.value = null;
    look();
  });
  // Before the session's end is asked for: what was on its way would be answered by a refusal.
  watch(leaving, (now) => now && letGo(), { flush: "sync" });
  watch(() => [...previews.value.values()].map(({ facts }) => facts.faults.length).join(" "), look);
  onMounted(() => {
    timer = setInterval(look, everyMs);
    addEventListener("hashchange", look);
    document.addEventListener("visibilitychange", look);
  });
  onUnmounted(() => {
    if (timer !== null) clearInterval(timer);
    removeEventListener("hashchange", look);
    document.removeEventListener("visibilitychange", look);
  });
}
