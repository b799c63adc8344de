/** Screening before submission (R14, R15): pure, without a clock. */
export { applyProposals } from "./apply.ts";
export { glyphHits } from "./glyphs.ts";
export { maskName } from "./names.ts";
export { screenNumbers } from "./numbers.ts";
export { isBenefitList, namePolicy } from "./policy.ts";
export { defaultRules, type ScreeningRules, screeningRulesSchema, type WatchEntry } from "./rules.ts";
export { hitKey, screenContent, screenNotice, unanswered } from "./screen.ts";
export { type Hit, type Part, type RuleId, ruleIds, type ScreeningContext } from "./types.ts";
export { watchList } from "./watch.ts";
