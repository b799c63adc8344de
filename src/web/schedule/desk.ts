/** What the page of the schedule looks at: which boards, which days; and what the daemon says of them. */
import { computed, onMounted, ref, shallowRef, watch } from "vue";
import type { Instant, Window } from "../../message/types.ts";
import { useAsking } from "../asking.ts";
import { type BoardOutlookJson, outlookApi } from "../outlook-api.ts";
import { usePage } from "../page.ts";
import { type Scale, shifted, spanOf } from "../schedule-moves.ts";
import { boardsAtOnce, scheduleApi, type ScheduleViewJson } from "./api.ts";

const minuteMs = 60_000;

/** Kept while one goes from all boards to one and back. */
const scale = ref<Scale>("week");
const anchor = ref<Instant | null>(null);
const wanted = ref("");
const turned = ref(0);

/** `board`: this one alone; null: a page of all. */
export function useScheduleDesk(board: string | null) {
  const { office, boards, now } = usePage();
  const { busy, refusal, newest } = useAsking();
  const zone = computed(() => office.value?.zone ?? "UTC");
  const view = shallowRef<ScheduleViewJson | null>(null);
  const findings = shallowRef<ReadonlyMap<string, BoardOutlookJson>>(new Map());
  const at = computed(() => anchor.value ?? now.value);
  /** The clock ticks five times a second; the line is drawn anew when its days are others, and once a minute. */
  const span = computed<Window | null>((before) => {
    const next = at.value === null ? null : spanOf(scale.value, at.value, zone.value);
    return before && next && before.from === next.from && before.until === next.until ? before : next;
  });
  const minute = computed(() => (now.value === null ? null : Math.floor(now.value / minuteMs) * minuteMs));

  const found = computed(() => {
    const words = wanted.value.trim().toLowerCase();
    const all = boards.value;
    if (words === "") return all;
    return all.filter(({ id, name, place }) => `${id} ${name} ${place}`.toLowerCase().includes(words));
  });
  const pages = computed(() => Math.max(1, Math.ceil(found.value.length / boardsAtOnce)));
  const page = computed({
    get: () => Math.min(turned.value, pages.value - 1),
    set: (to) => {
      turned.value = Math.max(0, Math.min(pages.value - 1, to));
    },
  });
  const shown = computed(() =>
    board !== null
      ? [board]
      : found.value.slice(page.value * boardsAtOnce, (page.value + 1) * boardsAtOnce).map(({ id }) => id),
  );

  const key = computed(() => (span.value ? `${span.value.from} ${span.value.until} ${shown.value.join(",")}` : ""));
  const load = async (): Promise<void> => {
    await newest(async () => {
      const asked = key.value;
      const there = span.value;
      if (there === null || shown.value.length === 0) return;
      const answer = await scheduleApi.view(shown.value, there.from, there.until);
      // Days were turned meanwhile, and those are asked for next.
      if (asked === key.value) view.value = answer;
    });
  };
  const loadFindings = async () => {
    const told = await outlookApi.outlook(30).catch(() => null);
    if (told) findings.value = new Map(told.boards.map((one) => [one.board, one]));
  };
  watch(key, () => void load(), { immediate: true });
  // Others sign, withdraw and move meanwhile.
  watch(minute, (_, before) => {
    if (before !== null && document.visibilityState === "visible") void load();
  });
  onMounted(loadFindings);

  const turn = (by: number) => {
    if (span.value === null) return;
    const days = { day: 1, week: 7, month: 32 }[scale.value];
    anchor.value = by > 0 ? shifted(zone.value, span.value.from, days * 1440) : span.value.from - 1;
  };
  const toToday = () => {
    anchor.value = null;
  };
  return {
    ...{ zone, scale, span, minute, view, findings, wanted, found, page, pages, busy, refusal, load, turn, toToday },
    async reload() {
      await Promise.all([load(), loadFindings()]);
    },
    isToday: computed(() => {
      const [there, here] = [span.value, now.value];
      return there !== null && here !== null && there.from <= here && here < there.until;
    }),
  };
}
