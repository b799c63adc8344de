/**
 * Personal numbers that no board may show (R14): identity numbers, mobiles, bank cards. A number counts only where its digits
 * begin and end: project numbers and 统一社会信用代码 are longer runs. Its digits may be grouped, full-width or Chinese.
 */
import { isBankCard, isCreditCode, isIdentityNumber, isOldIdentityNumber } from "./check-digits.ts";
import { type Folded, folded, spanOf } from "./text.ts";
import type { Hit } from "./types.ts";
import { whyNumber } from "./words.ts";

type NumberRule = "id18" | "id15" | "mobile" | "bankcard" | "labelled";
export type NumberHit = Omit<Hit, "part"> & { readonly rule: NumberRule; readonly proposal: string };

/** A mobile's digits with nothing but signs and unseen characters between them. Most texts have none, and every send asks. */
const mayHold = /(?:[\p{Nd}\u3007零幺一二三四五六七八九][^\p{L}\p{Nd}\u3007|]*){11}/u;

/** Never throws; hits in the order of the text, none over another. */
export function screenNumbers(text: string): NumberHit[] {
  if (!mayHold.test(text)) return [];
  const read = withChineseDigits(folded(text));
  return clustersOf(read.plain).flatMap((cluster) =>
    numbersIn(cluster, read.plain).map(({ rule, severity, digits, from, to }): NumberHit => {
      const { index, found } = spanOf(text, read, from, to);
      return { rule, severity, index, found, proposal: mask(rule, digits), why: whyNumber[rule] };
    }),
  );
}

interface Group {
  readonly digits: string;
  readonly from: number;
  readonly to: number;
}
/** Groups of digits with the same sign between them, by which people group one number: or part two. */
interface Cluster {
  readonly groups: readonly Group[];
  readonly sign: string;
}
interface Numbered extends Group {
  readonly rule: NumberRule;
  readonly severity: Hit["severity"];
}

/** Letters may stand before a number; inside or after it they make it something else. */
const word = /[0-9A-Za-z]+/g;
const digitsIn = /^(?:tel|phone|mob|mobile|id|no|qq|wx|vx|wechat)?(\d+X?)$/i;
const joint = /^(?: {1,2}|[-.\u00b7\n])$/;

function clustersOf(plain: string): Cluster[] {
  const clusters: { groups: Group[]; sign: string }[] = [];
  for (const match of plain.matchAll(word)) {
    const digits = digitsIn.exec(match[0])?.[1];
    if (digits === undefined) continue;
    const to = match.index + match[0].length;
    const group = { digits: digits.toUpperCase(), from: to - digits.length, to };
    const last = clusters.at(-1);
    const before = last?.groups.at(-1);
    const between = before ? plain.slice(before.to, match.index) : "";
    const isJoined = joint.test(between) && group.from === match.index;
    if (last && isJoined && (last.groups.length === 1 || last.sign === between[0])) {
      last.sign = between[0] as string;
      last.groups.push(group);
    } else clusters.push({ groups: [group], sign: "" });
  }
  return clusters;
}

/** Longer groups than those of one grouped number: what stands beside one is a number of its own. */
const figuresFrom = 7;
const digitsMost = 19;

interface Taken {
  readonly number: Numbered;
  /** Groups. */
  readonly count: number;
}

function numbersIn({ groups, sign }: Cluster, plain: string): Numbered[] {
  // From the end, because a number may end where the next one begins.
  const begins: (Taken | null)[] = [];
  for (let at = groups.length - 1; at >= 0; at--) begins[at] = numberAt(at, true);
  const found: Numbered[] = [];
  let isFree = true;
  for (let at = 0; at < groups.length; ) {
    const taken: Taken | null | undefined = isFree ? begins[at] : numberAt(at, false);
    if (taken) found.push(taken.number);
    at += taken?.count ?? 1;
    isFree = Boolean(taken) || isLong(groups[at - 1]) || /^(?:00)?86$/.test(groups[at - 1]?.digits ?? "");
  }
  return found;

  /** The longest number that begins with this group. `isFree`: what stands before it is none of its row of figures. */
  function numberAt(at: number, isFree: boolean): Taken | null {
    const [first, window] = [groups[at] as Group, [] as Group[]];
    let digits = "";
    let longest: Taken | null = null;
    for (const group of groups.slice(at, at + digitsMost)) {
      window.push(group);
      digits += group.digits;
      const count = window.length;
      if (count > 1 && digits.length > digitsMost) break;
      const named =
        count === 1
          ? single(digits, plain.slice(Math.max(0, first.from - labelReach), first.from))
          : grouped(window, digits, sign);
      if (!named) continue;
      // A row of figures may hold anything by chance; a check character with a birth date is none.
      const next = at + count;
      const isAlone = isFree && (next === groups.length || isLong(groups[next]) || Boolean(begins[next]));
      if (count === 1 || named.rule === "id18" || isAlone)
        longest = { count, number: { ...named, digits, from: first.from, to: group.to } };
    }
    return longest;
  }
}

function isLong(group: Group | undefined): boolean {
  return group !== undefined && group.digits.length >= figuresFrom;
}

type Named = Pick<Numbered, "rule" | "severity">;
const mustFix = (rule: NumberRule): Named => ({ rule, severity: "must-fix" });

/** With its country's or its trunk's digits before it. */
const mobile = /^(?:(?:00)?86|0)?1[3-9]\d{9}$/;
const labelReach = 24;
const identityLabel = /(?:身份证|身份号|证件号|公民身份)[^\d\n,;\u3001\u3002]{0,10}$/;
const cardLabel = /(?:卡号|账号|帐号|银行卡|存折|社保卡|一卡通)[^\d\n,;\u3001\u3002]{0,10}$/;
/** What such a number is called is no card, though one in ten passes Luhn. */
const recordLabel =
  /(?:项目|订单|合同|招标|采购|备案|许可|受理|档案|运单|流水|工程|登记|票据)(?:编号|编码|代码|号)[:\s为是]{0,3}$/;
const codeLabel = /(?:信用代码|机构代码)[^\d\n,;\u3001\u3002]{0,10}$/;

function single(digits: string, before: string): Named | null {
  if (digits.length < 11) return null;
  if (isIdentityNumber(digits)) return isCreditCode(digits) && codeLabel.test(before) ? null : mustFix("id18");
  if (isCreditCode(digits)) return null;
  if (mobile.test(digits)) return mustFix("mobile");
  if (recordLabel.test(before)) return null;
  if (isBankCard(digits)) return mustFix("bankcard");
  const isCalledIdentity = identityLabel.test(before);
  if (isOldIdentityNumber(digits)) return { rule: "id15", severity: isCalledIdentity ? "must-fix" : "explain" };
  const isMistyped = isCalledIdentity
    ? /^(?:\d{15}|\d{17}[\dX])$/.test(digits)
    : cardLabel.test(before) && /^\d{16,19}$/.test(digits);
  return isMistyped ? { rule: "labelled", severity: "explain" } : null;
}

/** 138 0013 8000; 6200-0000-0000-0005; 999999 19800101 0011; digit by digit; an identity number over the end of a line. */
function grouped(groups: readonly Group[], digits: string, sign: string): Named | null {
  if (digits.length < 16 && digits.length !== 11) return null;
  if (isIdentityNumber(digits) && (sign !== "\n" || groups.length === 2)) return mustFix("id18");
  const isMobile = /^1[3-9]\d{9}$/.test(digits);
  if (sign === "\n" || !(isMobile || isBankCard(digits))) return null;
  const lengths = groups.map((group) => group.digits.length).join("");
  const isSpelt = groups.length === digits.length;
  const usual = !isMobile ? /^(?:4444[1-3]?|610|613)$/ : sign === "-" ? /^(?:344|434|335)$/ : /^344$/;
  return isSpelt || usual.test(lengths) ? mustFix(isMobile ? "mobile" : "bankcard") : null;
}

const chineseDigits = "\u3007一二三四五六七八九";

/** 一三八零零… spelt out to at least a mobile's length; years (二\u3007一七) are shorter. None beside digits: 张三138… is a name. */
function withChineseDigits({ plain, at }: Folded): Folded {
  const figures = /(?<![0-9])[\u3007零幺一二三四五六七八九]{11,}(?![0-9])/g;
  return {
    plain: plain.replace(figures, (run) =>
      run.replace(/./g, (one) => String(one === "零" ? 0 : one === "幺" ? 1 : chineseDigits.indexOf(one))),
    ),
    at,
  };
}

/** 35*************123, 138****1234, 6200********0005: as much as the rules on publishing lists leave. */
function mask(rule: NumberRule, digits: string): string {
  const [head, tail] =
    rule === "mobile" ? [digits.length - 8, 4] : rule === "bankcard" || digits.length === 16 ? [4, 4] : [2, 3];
  return digits.slice(0, head) + "*".repeat(digits.length - head - tail) + digits.slice(-tail);
}
