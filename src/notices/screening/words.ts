/** Why a hit is one, and what to do about it. */
import type { Sentence } from "../../fault.ts";
import type { RuleId } from "./types.ts";

const say = (zh: string, en: string): Sentence => ({ zh, en });

export const whyNumber: Readonly<Record<"id18" | "id15" | "mobile" | "bankcard" | "labelled", Sentence>> = {
  id18: say("身份证号不得公开，请隐去中间数字", "an identity number: hide its middle digits"),
  id15: say(
    "像是15位旧身份证号，请隐去中间数字；确是编号的，请说明",
    "looks like an old identity number of 15 digits: hide its middle digits, or say what number it is",
  ),
  mobile: say(
    "手机号码不得公开，请隐去中间数字，或改用办公电话",
    "a mobile's number: hide its middle digits, or give an office's telephone",
  ),
  bankcard: say("银行卡号不得公开，请隐去中间数字", "a bank card's number: hide its middle digits"),
  labelled: say(
    "写明是证件号或卡号，但校验位不符，多半是抄错；仍属个人信息，请核对并隐去",
    "called an identity or card number, though its check digit is wrong: probably mistyped, and personal all the same; check and hide it",
  ),
};

export const whyText: Readonly<Record<"address" | "name", Sentence>> = {
  address: say(
    "住址只写到街道、村或小区；是单位地址的，请说明",
    "a home's address ends at the street or village; if it is an office's, say so",
  ),
  name: say(
    "本类名单的姓名应部分隐去；需公布全名的，请说明",
    "names of this kind of list are masked; if they must be whole, say why",
  ),
};

export function whyColumn(heading: string): Sentence {
  return say(
    `惠民名单不公布“${heading}”一栏，请整栏删去`,
    `lists of people who are helped have no column "${heading}": take it out`,
  );
}

export function whyTerm(right: string, note: Sentence | undefined): Sentence {
  return say(
    `规范表述是“${right}”${note ? `\uff08${note.zh}\uff09` : ""}`,
    `the official term is "${right}"${note ? ` (${note.en})` : ""}`,
  );
}

export function whyGlyph(proposal: Sentence | undefined): Sentence {
  return say(
    `字库缺这个字，屏上显示不出。${proposal?.zh ?? ""}`,
    `the font lacks this character: it cannot be lit. ${proposal?.en ?? ""}`.trim(),
  );
}

type Missing = Exclude<RuleId, keyof typeof whyNumber | keyof typeof whyText | "column" | "term" | "glyph">;

export const whyUncounted = say(
  "没有该年的放假安排\uff0c无法核对期限\uff1b请录入日历或说明",
  "the calendar of that year is not known and its working days cannot be counted: enter it, or say how long it hangs",
);

/** `is`: of a period, the days there are and should be ("6/7个工作日"). */
export function whyMissing(rule: Missing, is = ""): Sentence {
  const words: Readonly<Record<Missing, Sentence>> = {
    "sign-off": say("没有落款单位，请填写", "there is no sign-off: say which office it is from"),
    "sign-off-date": say("没有落款日期，请填写", "the sign-off has no date: give it"),
    "formed-on": say(
      "没有形成日期，无法计算公开期限，请填写",
      "the day on which it was formed is missing, and with it the deadline: give it",
    ),
    "publicity-period": say(
      "公示没有期限，请填写天数或工作日数",
      "the publicity has no period: give its days or working days",
    ),
    "publicity-short": say(
      `公示期不足（实际/应有：${is}）；请延长或说明`,
      `posted too short a time (days there are / should be: ${is}); lengthen it or say why`,
    ),
    "consultation-short": say(
      `征求意见的时间不足（实际/应有：${is}）；请延长或说明`,
      `comments are asked for too short a time (days there are / should be: ${is}); lengthen it or say why`,
    ),
    "objection-phone": say("没有监督（联系）电话，请填写", "there is no telephone for objections: give it"),
    "five-open": say(
      "政府信息须选定“五公开”之一，请选择",
      "public information is of one of the five openings: choose it",
    ),
    "openness-reason": say(`选择“${is}”须填写理由`, `"${is}" needs a reason: give it`),
    undecided: say(
      "公开属性待定，定为主动公开后才能上屏",
      "whether it may be disclosed is not settled: it cannot be shown before that",
    ),
  };
  return words[rule];
}
