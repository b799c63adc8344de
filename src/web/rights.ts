/** Which roles a view is for, where reading or being signed in is not enough; the daemon decides all the same. */
import type { Role } from "../people/types.ts";
import type { ViewName } from "./view-names.ts";

/** Whoever works here; a contributor is of another office. */
export const staff: readonly Role[] = ["maker", "reviewer", "signer", "operator", "auditor", "administrator"];

export const rolesFor: Partial<Record<ViewName, readonly Role[]>> = {
  drafts: ["contributor", "maker", "auditor"],
  draft: ["contributor", "maker", "auditor"],
  new: ["contributor", "maker"],
  cases: staff,
  warnings: staff,
};
