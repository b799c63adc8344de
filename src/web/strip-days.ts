/** The day that the page looks at, of the wall's boards: asked for once, and again when a programme is another one. */
import { onUnmounted, shallowRef, watch } from "vue";
import type { Window } from "../message/types.ts";
import { type Strip, stripOf } from "./day-strip.ts";
import { usePage } from "./page.ts";
import { boardsAtOnce, scheduleApi } from "./schedule/api.ts";
import { monotonicMs } from "../time/clock.ts";

/** More lanes are not told apart; they are of the wall's first boards. */
export const lanesMost = 24;
/** A drag over many days asks for the one where it rests; programmes that follow each other are asked for once. ms */
const restMs = 200;
const againMs = 20_000;

/** The wall's, for whoever says why a board is dark. */
const shown = shallowRef<Strip | null>(null);
export const useStrip = () => shown;

export function keepStrip(boards: () => readonly string[], day: () => Window) {
  const { previews } = usePage();
  const strip = shallowRef<Strip | null>(null);
  let asked = 0;
  let askedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = async () => {
    const ask = ++asked;
    askedAt = monotonicMs();
    const { from, until } = day();
    const ids = boards().slice(0, lanesMost);
    const parts: Promise<Awaited<ReturnType<typeof scheduleApi.view>>>[] = [];
    for (let first = 0; first < ids.length; first += boardsAtOnce)
      parts.push(scheduleApi.view(ids.slice(first, first + boardsAtOnce), from, until));
    try {
      const views = await Promise.all(parts);
      if (ask === asked)
        strip.value = stripOf(
          { from, until },
          views.flatMap((view) => view.boards),
        );
    } catch {
      // Without marks the strip is still one of time; what is asked for next may come.
      if (ask === asked && strip.value?.from !== from) strip.value = null;
    }
  };
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), ms);
  };
  watch([() => day().from, () => boards().join(" ")], () => boards().length > 0 && later(restMs), { immediate: true });
  watch(
    () => boards().map((id) => previews.value.get(id)?.programme),
    (now, before) => {
      const isOther = now.some((programme, index) => before[index] !== undefined && programme !== before[index]);
      if (isOther) later(Math.max(restMs, againMs - (monotonicMs() - askedAt)));
    },
  );
  onUnmounted(() => clearTimeout(timer));
  return strip;
}

/** While the wall's own is there it is what others are told of. */
export function shareStrip(strip: ReturnType<typeof keepStrip>): void {
  watch(strip, (now) => (shown.value = now), { immediate: true });
}
