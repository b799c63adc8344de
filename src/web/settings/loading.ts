/** What a part of the settings shows is asked for when it is opened, and again when the daemon is back. */
import { onMounted, watch } from "vue";
import { useAsking } from "../asking.ts";
import { usePage } from "../page.ts";

export function useLoading(load: () => Promise<unknown>) {
  const asking = useAsking();
  const { online } = usePage();
  onMounted(() => asking.attempt(load));
  watch(online, (now) => {
    if (now && asking.refusal.value?.status === 0) void asking.attempt(load);
  });
  return asking;
}
