/** A schedule that somebody is changing: as it was, as it would be, what that would do; kept with a reason, or undone. */
import { computed, onUnmounted, ref, shallowRef, watch } from "vue";
import { useAsking } from "../asking.ts";
import { outsideOf } from "../schedule-moves.ts";
import { type Schedule, scheduleApi, type ScheduledNoticeJson, scheduleOf, type WhatIfJson } from "./api.ts";

/** Dragging passes many times of day: only where it rests it is asked what that does. */
const restMs = 500;

interface Kept {
  readonly notice: string;
  readonly before: Schedule;
  readonly now: Schedule;
}

export function useScheduleDraft(changed: () => Promise<void>) {
  const { busy, refusal, attempt } = useAsking();
  const effects = useAsking();
  const notice = shallowRef<ScheduledNoticeJson | null>(null);
  const schedule = shallowRef<Schedule | null>(null);
  const reason = ref("");
  const effect = shallowRef<WhatIfJson | null>(null);
  const kept = shallowRef<Kept | null>(null);
  /** Of the notice that is changed, as somebody else has it by now; null: nobody has. */
  const theirs = shallowRef<ScheduledNoticeJson | null>(null);
  /** Of the fields: what stands in them is no schedule. */
  const wrong = ref(false);

  const select = (one: ScheduledNoticeJson | null) => {
    if (notice.value?.notice === one?.notice && isChanged.value) return;
    notice.value = one;
    schedule.value = one && scheduleOf(one);
    reason.value = "";
    refusal.value = null;
    theirs.value = null;
    wrong.value = false;
    if (kept.value?.notice !== one?.notice) kept.value = null;
  };
  const isChanged = computed(
    () => notice.value !== null && schedule.value !== null && !isSame(schedule.value, notice.value.schedule),
  );
  const outside = computed(() =>
    notice.value && schedule.value ? outsideOf(schedule.value, notice.value.envelope as never) : [],
  );

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch([schedule, wrong], () => {
    effect.value = null;
    clearTimeout(timer);
    if (!isChanged.value || wrong.value || outside.value.length > 0) return;
    const [about, asked] = [notice.value, schedule.value];
    timer = setTimeout(() => {
      if (about === null || asked === null) return;
      void effects.newest(async () => {
        const told = await scheduleApi.whatIf(about.notice, asked);
        if (schedule.value === asked) effect.value = told;
      });
    }, restMs);
  });
  onUnmounted(() => clearTimeout(timer));

  const put = async (id: string, next: Schedule, why: string, was: Schedule, before: Schedule | null) => {
    const fine = await attempt(async () => {
      await scheduleApi.keep(id, next, why, was);
      kept.value = before && { notice: id, before, now: next };
      notice.value = null;
      theirs.value = null;
      await changed();
    });
    // Somebody else was sooner: the view is told anew, and what was chosen here stays.
    if (!fine && refusal.value?.status === 409) await changed();
    return fine;
  };
  return {
    ...{ notice, schedule, reason, effect, kept, theirs, wrong, isChanged, outside, busy, refusal, select },
    effectBusy: effects.busy,
    effectRefusal: effects.refusal,
    change(part: Partial<Schedule>) {
      if (schedule.value) schedule.value = tidy({ ...schedule.value, ...part });
    },
    /** What the daemon says of it now, each time that it is asked. */
    told(one: ScheduledNoticeJson) {
      if (notice.value?.notice !== one.notice || !isChanged.value) return select(one);
      theirs.value = isSame(one.schedule, notice.value.schedule) ? null : one;
    },
    /** What was chosen here is a change of theirs from now on. */
    insist() {
      if (theirs.value) notice.value = theirs.value;
      theirs.value = null;
      refusal.value = null;
    },
    takeTheirs() {
      const one = theirs.value;
      theirs.value = null;
      notice.value = null;
      select(one);
    },
    revert() {
      if (notice.value) schedule.value = scheduleOf(notice.value);
      wrong.value = false;
      refusal.value = null;
    },
    async keep() {
      const [one, next] = [notice.value, schedule.value];
      return (
        one !== null && next !== null && put(one.notice, next, reason.value.trim(), scheduleOf(one), scheduleOf(one))
      );
    },
    async undo(why: string) {
      const last = kept.value;
      return last !== null && put(last.notice, last.before, why, last.now, null);
    },
  };
}

/** The order of keys is nobody's business. */
function isSame(one: object, other: object): boolean {
  const text = (schedule: object) => JSON.stringify(Object.entries(schedule).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other);
}

export type ScheduleDraft = ReturnType<typeof useScheduleDraft>;

/** Without the keys that say nothing: the daemon takes no `undefined`, and compares texts. */
function tidy(schedule: { readonly [key in keyof Schedule]: Schedule[key] | undefined }): Schedule {
  return Object.fromEntries(Object.entries(schedule).filter(([, value]) => value !== undefined)) as unknown as Schedule;
}
