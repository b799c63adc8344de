/** 催办 (R16): what has waited too long at one step. Said as faults; raised on record once for each step. */
import type { Fault } from "../../fault.ts";
import type { Instant } from "../../message/types.ts";
import { UnknownYear } from "../../time/calendar.ts";
import { dateAt } from "../../time/zone.ts";
import type { ReviewParts } from "./parts.ts";
import { isOpen } from "./steps.ts";
import type { ReviewCase } from "./types.ts";
import { workingMinutes } from "./working-hours.ts";

export interface ReminderVerbs {
  /** As of `now`, by the board clock: changes nothing. */
  reminders(now: Instant): Promise<readonly Fault[]>;
  /** For the heartbeat: puts those into the register that are not there yet, and says which. */
  remind(now: Instant): Promise<readonly Fault[]>;
}

export function reminderVerbs(parts: ReviewParts): ReminderVerbs {
  const { store, rules, zone } = parts;
  const hours = rules.kind === "chain" ? rules.reminderHours : 0;

  const waiting = ({ notice, id, title, state }: ReviewCase): Fault => {
    return { code: "review/waiting", notice, case: id, title, state, hours };
  };

  return {
    async reminders(now) {
      const faults: Fault[] = [];
      try {
        for (const review of await store.cases.open())
          if (isLateByHours(parts, review, now)) faults.push(waiting(review));
      } catch (error) {
        // Not an ordinary week: somebody has to enter that year's calendar.
        if (!(error instanceof UnknownYear)) throw error;
        faults.push({ code: "calendar/unknown", year: error.year });
      }
      const today = dateAt(zone, now);
      for (const { notice, held } of await store.drafts.list())
        if (held !== null && held.reviewBy < today)
          faults.push({ code: "review/held", notice, reviewBy: held.reviewBy });
      return faults;
    },

    async remind(now) {
      const raised: Fault[] = [];
      for (const found of await store.cases.open()) {
        if (found.remindedAt !== null || !isLate(parts, found, now)) continue;
        await store.change("system", async (tx) => {
          const review = await tx.cases.get(found.id);
          if (!review || !isOpen(review) || review.since !== found.since || review.remindedAt !== null) return;
          await tx.cases.put({ ...review, remindedAt: now, version: review.version + 1 });
          const { id, notice, state, since, title } = review;
          await tx.record({
            action: "review/reminded",
            subject: notice,
            data: { case: id, state, since, hours, title },
          });
          raised.push(waiting(review));
        });
      }
      return raised;
    },
  };
}

/** Throws `UnknownYear`. */
function isLateByHours(parts: LateParts, { since }: Pick<ReviewCase, "since">, now: Instant): boolean {
  const hours = parts.rules.kind === "chain" ? parts.rules.reminderHours : 0;
  return workingMinutes(since, now, parts) >= hours * 60;
}

type LateParts = Pick<ReviewParts, "rules" | "zone" | "calendar">;

/** Not where the calendar does not know the year: somebody has to enter it first. */
export function isLate(parts: LateParts, review: Pick<ReviewCase, "since">, now: Instant): boolean {
  try {
    return isLateByHours(parts, review, now);
  } catch (error) {
    if (error instanceof UnknownYear) return false;
    throw error;
  }
}
