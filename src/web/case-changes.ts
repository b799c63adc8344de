/** What of a notice is otherwise than it was signed before, beside its words: a date or a board that moved is as grave as they are. */
import type { Content, Schedule } from "../notices/types.ts";
import { changesOf } from "./changes.ts";

export type ChangedFact =
  | "date"
  | "kind"
  | "category"
  | "track"
  | "openness"
  | "formedOn"
  | "changedOn"
  | "boards"
  | "when"
  | "rule"
  | "priority"
  | "publicity"
  | "pictures"
  | "motion"
  | "alert"
  | "personal";

export interface Signed {
  readonly content: Content | null;
  readonly schedule: Schedule | null;
}

/** How each is told apart; `say` in `CaseText.vue` puts it into words. */
const facts: Readonly<Record<ChangedFact, (signed: Signed) => unknown>> = {
  date: ({ content }) => content?.signature.date ?? null,
  kind: ({ content }) => content?.displayKind,
  category: ({ content }) => content?.category,
  track: ({ content }) => [content?.track, content?.fiveOpen ?? null],
  openness: ({ content }) => [content?.openness, content?.opennessReason ?? null],
  formedOn: ({ content }) => content?.formedOn ?? null,
  changedOn: ({ content }) => content?.changedOn ?? null,
  boards: ({ schedule }) => schedule?.boards,
  when: ({ schedule }) => [schedule?.from, schedule?.until],
  rule: ({ schedule }) => [
    ...[schedule?.cron ?? null, schedule?.slotMinutes, schedule?.calendar, schedule?.weight, schedule?.pinned],
    ...[schedule?.hours, schedule?.weekdays, schedule?.exceptions],
  ],
  priority: ({ schedule }) => schedule?.priority,
  publicity: ({ content }) => content?.publicity ?? null,
  pictures: ({ content }) => content?.pictures ?? [],
  motion: ({ content }) => content?.motion ?? null,
  alert: ({ content }) => content?.alert ?? null,
  personal: ({ content }) => content?.personal ?? false,
};

/** Keys of objects in whatever order. */
const told = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? "";

/** Those that both have and that differ. What cannot be read back is compared with nothing. */
export function changedFacts(before: Signed, now: Signed): readonly ChangedFact[] {
  if (before.content === null || now.content === null) return [];
  const ofSchedule: readonly ChangedFact[] = ["boards", "when", "rule", "priority"];
  const has = before.schedule !== null && now.schedule !== null;
  return (Object.keys(facts) as ChangedFact[]).filter(
    (fact) => (has || !ofSchedule.includes(fact)) && told(facts[fact](before)) !== told(facts[fact](now)),
  );
}

/** Places where something was put in, taken out or put in the place of something. */
export function countChanges(before: string, after: string): number {
  let count = 0;
  let isOpen = false;
  for (const { kind } of changesOf(before, after)) {
    if (kind !== "kept" && !isOpen) count++;
    isOpen = kind !== "kept";
  }
  return count;
}
