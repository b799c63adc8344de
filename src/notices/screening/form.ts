/** What a notice of its kind must have and has not: sign-off, dates, period, telephone, openness. R03, R05–R09, R14. */
import type { Sentence } from "../../fault.ts";
import { dayNumberAt } from "../../time/zone.ts";
import { UnknownYear } from "../../time/calendar.ts";
import { postingLength } from "../../time/working-days.ts";
import type { PublicityKind } from "../publicity.ts";
import type { Content, DisplayKind } from "../types.ts";
import { folded } from "./text.ts";
import type { Hit, ScreeningContext } from "./types.ts";
import { whyMissing, whyUncounted } from "./words.ts";

/** 公文 end with who says so, and when. Slogans, clocks, rosters, welcomes and pictures between slots do not. */
const signedOff: Readonly<Record<DisplayKind, boolean>> = {
  notice: true,
  table: true,
  list: true,
  publicity: true,
  emergency: true,
  picture: true,
  slogan: false,
  welcome: false,
  duty: false,
  clock: false,
  countdown: false,
  default: false,
  cover: false,
  qrcode: false,
};

type Missing = Parameters<typeof whyMissing>[0];

export function screenForm(content: Content, context: ScreeningContext): Hit[] {
  const hits: Hit[] = [];
  const add = (
    rule: Missing,
    severity: Hit["severity"],
    part: Hit["part"],
    found = "",
    why = whyMissing(rule, found),
  ) => hits.push({ rule, severity, part, index: 0, found, proposal: null, why });
  const { openness, track, signature } = content;
  const isUndecided = context.undecided === true || (openness as string) === "待定";
  if (isUndecided) add("undecided", "must-fix", "record");
  else if (openness !== "主动公开" && !content.opennessReason?.trim())
    add("openness-reason", "must-fix", "record", openness);
  if (track === "政府信息") {
    if (content.fiveOpen === null) add("five-open", "must-fix", "record");
    if (openness === "主动公开" && content.formedOn === null) add("formed-on", "explain", "record");
  }
  if (signedOff[content.displayKind]) {
    if (signature.org.trim() === "") add("sign-off", "explain", "signature");
    if (signature.date === null) add("sign-off-date", "explain", "signature");
  }
  const isConsultation = kindOf(content) === "征求意见";
  if (isConsultation || isPublicity(content)) {
    if (!saysWhere(content, isConsultation)) add("objection-phone", "explain", "body");
    if (content.publicity === null) add("publicity-period", "explain", "record");
    for (const { rule, found, why } of shortPeriods(content, context, isConsultation))
      add(rule, "explain", "record", found, why);
  }
  return hits;
}

/** Results of one, and the board's name, are none. */
function isPublicity({ publicity, displayKind, title }: Content): boolean {
  return publicity !== null || displayKind === "publicity" || /公示(?!栏|板|屏|期满|结果|牌|情况)/.test(title);
}

/** As its record says, else by its title. */
export const kindOf = (content: Pick<Content, "title" | "publicity">): PublicityKind =>
  content.publicity?.kind ?? (asksForComments(content) ? "征求意见" : "公示");

export function asksForComments({ title }: Pick<Content, "title">): boolean {
  return /(?:征求|征集|听取).{0,12}意见/.test(title) && !/结果|采纳|反馈|汇总|情况/.test(title);
}

const anyPhone =
  /(?<!\d)(?:0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4}|1[3-9]\d{9}|[2-8]\d{6,7}|1(?:2345|23\d{2}|1[0-9]))(?!\d)/;

/** A telephone; comments may also be sent or dropped into a box. */
function saysWhere({ body, publicity }: Content, isConsultation: boolean): boolean {
  if (publicity?.phone?.trim() || anyPhone.test(folded(publicity?.contact ?? "").plain)) return true;
  const { plain } = folded(body);
  const called = plain
    .split(/[,;.\u3002\n]/)
    .some((clause) => /电话|热线|致电|拨打|举报|反映|联系/.test(clause) && anyPhone.test(clause));
  return called || (isConsultation && /信箱|邮箱|邮寄|寄至|意见箱|@/.test(plain));
}

interface Short {
  readonly rule: "publicity-short" | "consultation-short";
  /** "6/7个工作日": an explanation of six days is none of five. */
  readonly found: string;
  readonly why: Sentence;
}

/** The days on which it will be seen, first and last included; without a plan those that were promised. */
function shortPeriods({ publicity }: Content, context: ScreeningContext, isConsultation: boolean): Short[] {
  const short: Short[] = [];
  const compare = (rule: Short["rule"], required: number, unit: "workday" | "day") => {
    const promised = publicity?.unit === unit ? publicity.required : required;
    const is = plannedDays(context, unit) ?? promised;
    const found = `${is === "unknown" ? "?" : is}/${required}${unit === "day" ? "天" : "个工作日"}`;
    if (is === "unknown") short.push({ rule, found, why: whyUncounted });
    else if (is < required) short.push({ rule, found, why: whyMissing(rule, found) });
  };
  if (publicity) compare("publicity-short", publicity.required, publicity.unit);
  if (isConsultation) compare("consultation-short", context.rules.consultationDays, "day");
  return short;
}

/** Null without a plan; `unknown` where a year's calendar is. */
function plannedDays(
  { planned, zone, calendar }: ScreeningContext,
  unit: "workday" | "day",
): number | "unknown" | null {
  if (!planned) return null;
  const [first, last] = [dayNumberAt(zone, planned.from), dayNumberAt(zone, planned.until - 1)];
  try {
    return Math.max(0, postingLength(first, last, unit, calendar));
  } catch (error) {
    if (error instanceof UnknownYear) return "unknown";
    throw error;
  }
}
