/** What a person has to do now, for the view and for the numbers beside the places: asked for once, shared by all of the page. */
import { onMounted, onUnmounted, ref, shallowRef, watch } from "vue";
import type { TodayJson } from "../api/today-schemas.ts";
import { ask, Refusal } from "./ask.ts";
import { usePage } from "./page.ts";
import { useSession } from "./session.ts";

const today = shallowRef<TodayJson | null>(null);
/** Why the last asking brought nothing. */
const refused = shallowRef<Refusal | null>(null);
const asking = ref(false);
const everyMs = 20_000;

export const useToday = () => ({ today, refused, refresh });

async function refresh(): Promise<void> {
  if (asking.value) return;
  asking.value = true;
  try {
    today.value = await ask<TodayJson>("GET", "/api/v1/today");
    refused.value = null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refused.value = error;
  } finally {
    asking.value = false;
  }
}

/** Once, in `App.vue`: as long as somebody is signed in; anew whenever boards changed, or one comes back to the page. */
export function keepToday(): void {
  const { previews } = usePage();
  const { who, account, leaving } = useSession();
  const isKnown = () => account.value !== null || who.value?.via === "local";
  let timer: ReturnType<typeof setInterval> | null = null;
  const look = () => {
    if (isKnown() && !leaving.value && document.visibilityState === "visible") void refresh();
  };
  // Another person's list is not to be seen for a moment either.
  watch([() => account.value?.id, () => who.value?.via], () => {
    today.value = null;
    look();
  });
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
