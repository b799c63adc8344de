/** Whose names are shown in full (R15), and which lists are of people who are helped. */
import type { Content } from "../types.ts";
import type { ScreeningRules } from "./rules.ts";

type Judged = Pick<Content, "title" | "category" | "track" | "displayKind">;

const helped =
  /救助|低保|最低生活|补贴|补助|津贴|救济|优抚|抚恤|特困|五保|残疾|困难|慰问|扶贫|脱贫|贫困|危房改造|公租房|廉租|住房保障|资助|奖补|惠农|孤儿|养老金|退役|社会保障|三农/;
/** Says how to get it, not who gets it. */
const guide = /指南|流程|须知|政策|办法|细则|标准|解读/;
/** Cadres, party members, those on duty: the rules want them named. */
const inOffice = /任前|任免|任职|干部|发展党员|预备党员|党员|录用|招聘|聘|值班|人事|党务|先进|表彰|候选人|代表/;

/** 救助、低保、补贴…: a list whose identity, telephone, account, address and illness columns are dropped. */
export function isBenefitList({ title, category, track }: Judged): boolean {
  return (
    track !== "党务" && !inOffice.test(category) && !guide.test(title) && (helped.test(category) || helped.test(title))
  );
}

/** As the office chose for the category; else masked for benefit lists and 公示 of residents, full for all others. */
export function namePolicy(content: Judged, rules: ScreeningRules): "full" | "masked" {
  const chosen = Object.hasOwn(rules.names, content.category) ? rules.names[content.category] : undefined;
  if (chosen) return chosen;
  const { title, category, track, displayKind } = content;
  if (track === "党务" || displayKind === "duty" || inOffice.test(category) || inOffice.test(title)) return "full";
  return isBenefitList(content) || displayKind === "publicity" || /公示/.test(title) ? "masked" : "full";
}
