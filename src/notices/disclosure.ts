/**
 * 公开期限规则: how many working days there are to disclose, and to answer an application, by which rule, from when on.
 * What was formed under a rule keeps to it.
 */
import type { CivilDate } from "./types.ts";

/** In force from `from` until the next one of its list. */
export interface RuleSet {
  readonly from: CivilDate;
  readonly workingDays: number;
  /** 依据. */
  readonly source: string;
}

/**
 * 主动公开: "自该政府信息形成或者变更之日起20个工作日内". 2007 Article 18, in force 2008-05-01; 2019 Article 26, in force
 * 2019-05-15: the length stayed, the article did not.
 */
export const lawOfDisclosure: readonly RuleSet[] = [
  { from: "2008-05-01", workingDays: 20, source: "《政府信息公开条例》（国务院令第492号）第十八条" },
  { from: "2019-05-15", workingDays: 20, source: "《政府信息公开条例》（国务院令第711号）第二十六条" },
];

/** 依申请公开, where it cannot be answered on the spot: 2007 Article 24; 2019 Article 33. */
export const lawOfReplies: readonly RuleSet[] = [
  { from: "2008-05-01", workingDays: 15, source: "《政府信息公开条例》（国务院令第492号）第二十四条" },
  { from: "2019-05-15", workingDays: 20, source: "《政府信息公开条例》（国务院令第711号）第三十三条" },
];

/** The rule of a list on a day; null: before the first. Lists need no order. */
export function ruleOn(rules: readonly RuleSet[], day: CivilDate): RuleSet | null {
  let found: RuleSet | null = null;
  // Dates of four-digit years are in the order of their letters.
  for (const rule of rules) if (rule.from <= day && (found === null || found.from <= rule.from)) found = rule;
  return found;
}

/** The law's, or this office's own promise where that is shorter. Before there was a law the first one is gone by. */
export function disclosureRule(formedOn: CivilDate, promises: readonly RuleSet[] = []): RuleSet {
  const law = ruleOn(lawOfDisclosure, formedOn) ?? (lawOfDisclosure[0] as RuleSet);
  const promise = ruleOn(promises, formedOn);
  return promise !== null && promise.workingDays < law.workingDays ? promise : law;
}
