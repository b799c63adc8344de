import type { ReviewRules } from "./types.ts";

export const defaultChain = {
  kind: "chain",
  office: false,
  reminderHours: 16,
  paper: false,
  countersignHours: 4,
  eraseDays: 30,
} as const satisfies ReviewRules;

type Given = { readonly [Key in Exclude<keyof typeof defaultChain, "kind">]?: ReviewChainValue<Key> | undefined };
type ReviewChainValue<Key extends keyof typeof defaultChain> = Extract<ReviewRules, { kind: "chain" }>[Key];

/** The installation file's `review:`; what it leaves out is as usual. */
export function reviewRules(given: "none" | Given | undefined): ReviewRules {
  if (given === "none") return { kind: "none" };
  const said = Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined));
  return { ...defaultChain, ...said };
}
