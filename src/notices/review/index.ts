/** Review: from a draft to a seal, and what may be done with it afterwards. */
import { type DraftVerbs, draftVerbs } from "./drafts.ts";
import { type MoveVerbs, moveVerbs } from "./move.ts";
import type { ReviewParts } from "./parts.ts";
import { type SignVerbs, signVerbs } from "./sign.ts";
import { type StepVerbs, stepVerbs } from "./steps.ts";
import { type SubmitVerbs, submitVerbs } from "./submit.ts";

export type ReviewDesk = DraftVerbs & SubmitVerbs & StepVerbs & SignVerbs & MoveVerbs;

export function createReview(parts: ReviewParts): ReviewDesk {
  return { ...draftVerbs(parts), ...submitVerbs(parts), ...stepVerbs(parts), ...signVerbs(parts), ...moveVerbs(parts) };
}

export type { ReviewParts, ReviewPeople, ReviewStore } from "./parts.ts";
export type * from "./types.ts";
export { checkIds, unreviewed } from "./types.ts";
