/** Review: from a draft to a seal, and what may be done with it afterwards. */
import type { Instant } from "../../message/types.ts";
import { type BoardTextVerbs, boardTextVerbs } from "./board-text.ts";
import { type DraftVerbs, draftVerbs } from "./drafts.ts";
import { type ImportVerbs, importVerbs } from "./import-drafts.ts";
import { type MoveVerbs, moveVerbs } from "./move.ts";
import { type PaperVerbs, paperVerbs } from "./paper.ts";
import type { ReviewParts } from "./parts.ts";
import { erasing } from "./personal.ts";
import { type ReminderVerbs, reminderVerbs } from "./reminders.ts";
import { type RenewVerbs, renewVerbs } from "./renew.ts";
import { type SignVerbs, signVerbs } from "./sign.ts";
import { type StepVerbs, stepVerbs } from "./steps.ts";
import { type SubmitVerbs, submitVerbs } from "./submit.ts";
import { sweeping } from "./sweep.ts";
import { type TakeDownVerbs, takeDownVerbs } from "./take-down.ts";
import { type WaitingVerbs, waitingVerbs } from "./waiting.ts";
import { type WarningVerbs, warningVerbs } from "./warnings.ts";

export interface ReviewDesk
  extends DraftVerbs,
    SubmitVerbs,
    StepVerbs,
    SignVerbs,
    MoveVerbs,
    ReminderVerbs,
    WarningVerbs,
    RenewVerbs,
    PaperVerbs,
    WaitingVerbs,
    TakeDownVerbs,
    ImportVerbs,
    BoardTextVerbs {
  /** What is due by itself at `now`, by the board clock: for the heartbeat. */
  tend(now: Instant): Promise<void>;
}

export function createReview(parts: ReviewParts): ReviewDesk {
  const reminders = reminderVerbs(parts);
  const { takeDownUncountersigned, uncountersigned, ...warnings } = warningVerbs(parts);
  const erase = erasing(parts);
  const sweep = sweeping(parts);
  return {
    ...draftVerbs(parts),
    ...submitVerbs(parts),
    ...stepVerbs(parts),
    ...signVerbs(parts),
    ...moveVerbs(parts),
    ...renewVerbs(parts),
    ...paperVerbs(parts),
    ...waitingVerbs(parts),
    ...takeDownVerbs(parts),
    ...importVerbs(parts),
    ...boardTextVerbs(parts),
    ...warnings,
    ...reminders,
    reminders: async (now) => [...(await uncountersigned(now)), ...(await reminders.reminders(now))],
    async tend(now) {
      await takeDownUncountersigned(now);
      await erase(now);
      await sweep(now);
      await reminders.remind(now);
    },
  };
}

export type { BoardText } from "./board-text.ts";
export type { ReviewParts, ReviewPeople, ReviewStore } from "./parts.ts";
export type * from "./types.ts";
export type { Waiting, WaitsFor } from "./waiting.ts";
export { reviewRules } from "./rules.ts";
export { checkIds, unreviewed } from "./types.ts";
