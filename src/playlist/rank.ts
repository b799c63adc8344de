/** The one order of urgency. */

/** Smaller goes first: by priority, 0 before 9, and within one priority what is pinned before what is not. */
export function rankOf({ priority, pinned }: { readonly priority: number; readonly pinned?: boolean }): number {
  return 2 * priority + (pinned ? 0 : 1);
}
