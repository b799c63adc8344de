/** Why review refuses, or reminds: a part of `fault.ts`, which is where to import it from. */
import type { Fault, Sentence } from "./fault.ts";
import { stepZh, whatZh, whereZh } from "./review-words.ts";

/** `notice`, `case`: whose it is. Words that a person wrote are never in a fault, only what to do about them. */
export type ReviewFault =
  /** Everything that keeps a draft from being submitted, at once. */
  | { readonly code: "review/not-ready"; readonly notice: string; readonly faults: readonly Fault[] }
  | { readonly code: "review/field"; readonly notice: string; readonly field: string; readonly what: Sentence }
  | {
      readonly code: "review/hit";
      readonly notice: string;
      /** What an explanation is kept under. */
      readonly key: string;
      readonly part: string;
      /** Where in the part, UTF-16 units. */
      readonly index: number;
      /** Of what stands there; absent: nothing does, or it is a column. */
      readonly length?: number;
      /** Whether an explanation would do. */
      readonly explain: boolean;
      readonly proposal: string | null;
      readonly why: Sentence;
    }
  | {
      readonly code: "review/conflict";
      readonly notice: string;
      /** Versions: the one that was written on, and the one that is there. */
      readonly yours: number;
      readonly current: number;
    }
  | { readonly code: "review/unknown"; readonly what: keyof typeof whatZh; readonly id: string }
  | { readonly code: "review/state"; readonly case: string; readonly state: string }
  | { readonly code: "review/role"; readonly role: string }
  | { readonly code: "review/two-steps"; readonly notice: string; readonly name: string }
  | { readonly code: "review/not-yours"; readonly notice: string }
  | { readonly code: "review/others-boards"; readonly notice: string; readonly boards: readonly string[] }
  | { readonly code: "review/password" }
  | { readonly code: "review/not-looked"; readonly case: string; readonly boards: readonly string[] }
  | {
      readonly code: "review/checks";
      readonly case: string;
      readonly checks: readonly string[];
      readonly found: boolean;
    }
  | { readonly code: "review/pixels"; readonly case: string; readonly board: string }
  /** Seen by auditors and signers only. */
  | { readonly code: "review/personal-past"; readonly case: string }
  | { readonly code: "review/altered"; readonly case: string }
  /** The case's row in the database is not what the register says. */
  | { readonly code: "review/record"; readonly case: string }
  | { readonly code: "review/open-case"; readonly notice: string; readonly case: string }
  | { readonly code: "review/outside-envelope"; readonly notice: string; readonly what: readonly Sentence[] }
  /** Somebody else moved it meanwhile; both in words. `by` null: nobody knows who. */
  | {
      readonly code: "review/schedule-changed";
      readonly notice: string;
      readonly by: string | null;
      readonly was: Sentence;
      readonly now: Sentence;
    }
  | { readonly code: "review/taken-down"; readonly notice: string }
  | { readonly code: "review/off"; readonly what: Sentence }
  | { readonly code: "review/too-many"; readonly what: Sentence; readonly max: number }
  /** Reminders. */
  | {
      readonly code: "review/waiting";
      readonly notice: string;
      readonly case: string;
      readonly title: string;
      readonly state: string;
      readonly hours: number;
    }
  | { readonly code: "review/held"; readonly notice: string; readonly reviewBy: string }
  /** On its boards, until somebody countersigns it: "2017-11-06 12:30" is the last time for that. */
  | { readonly code: "review/to-countersign"; readonly notice: string; readonly title: string; readonly until: string }
  | { readonly code: "review/uncountersigned"; readonly notice: string; readonly hours: number };

export const isReviewFault = (fault: { readonly code: string }): fault is ReviewFault =>
  fault.code.startsWith("review/");

/** What happened. */
export function reviewSentence(fault: ReviewFault): Sentence {
  const say = (zh: string, en: string): Sentence => ({ zh, en });
  switch (fault.code) {
    case "review/not-ready":
      return say(
        `信息 ${fault.notice} 还不能送审\uff0c要改 ${fault.faults.length} 处`,
        `Notice ${fault.notice} cannot be submitted yet: ${fault.faults.length} things are to be mended`,
      );
    case "review/field":
      return say(
        `信息 ${fault.notice} 的“${fault.field}”：${fault.what.zh}`,
        `Notice ${fault.notice}, ${fault.field}: ${fault.what.en}`,
      );
    case "review/hit":
      return say(
        `信息 ${fault.notice}${whereZh(fault.part, fault.index)}：${fault.why.zh}`,
        `Notice ${fault.notice}${fault.part === "record" ? "" : `, ${fault.part}, from character ${fault.index + 1}`}: ${fault.why.en}`,
      );
    case "review/conflict":
      return say(
        `信息 ${fault.notice} 的草稿已是第 ${fault.current} 稿\uff0c您改的是第 ${fault.yours} 稿`,
        `The draft of ${fault.notice} is at version ${fault.current}; yours was made from version ${fault.yours}`,
      );
    case "review/unknown":
      return say(`没有${whatZh[fault.what]} ${fault.id}`, `There is no ${fault.what} ${fault.id}`);
    case "review/state":
      return say(
        `送审件 ${fault.case} 现在是“${stepZh[fault.state] ?? fault.state}”\uff0c不能做这一步`,
        `Case ${fault.case} is at "${fault.state}": this step is not open`,
      );
    case "review/role":
      return say(`这一步要由${fault.role}来做`, `This step is for: ${fault.role}`);
    case "review/two-steps":
      return say(
        `${fault.name}已在信息 ${fault.notice} 上做过一步：同一人不得在一条信息上做两步`,
        `${fault.name} has done a step of notice ${fault.notice} already: no person holds two steps of one notice`,
      );
    case "review/not-yours":
      return say(`信息 ${fault.notice} 的草稿不归您改`, `The draft of ${fault.notice} is not yours to change`);
    case "review/others-boards":
      return say(
        `信息 ${fault.notice} 涉及不归您管的公开栏：${fault.boards.join("、")}`,
        `Notice ${fault.notice} is on boards that are not yours: ${fault.boards.join(", ")}`,
      );
    case "review/password":
      return say("密码不对\uff0c没有签发", "The password is wrong: nothing was signed");
    case "review/not-looked":
      return say(
        `送审件 ${fault.case} 的版面还没有看过：${fault.boards.map((one) => one.replace("scan:", "扫描页 ")).join("、")}`,
        `Pages of case ${fault.case} have not been looked at: ${fault.boards.join(", ").replaceAll("scan:", "scanned page ")}`,
      );
    case "review/checks": {
      const list = fault.checks.join(", ");
      return fault.found
        ? say(
            `送审件 ${fault.case} 的审查项有未处理的问题：${list}`,
            `Case ${fault.case} has unsolved problems: ${list}`,
          )
        : say(
            `送审件 ${fault.case} 的审查项没有填完：${list}`,
            `Checks of case ${fault.case} are not answered: ${list}`,
          );
    }
    case "review/pixels":
      return say(
        `送审件 ${fault.case} 在 ${fault.board} 的版面不在库中\uff0c或与送审时不同`,
        `The message of case ${fault.case} for ${fault.board} is not there, or is not what was submitted`,
      );
    case "review/personal-past":
      return say(
        `送审件 ${fault.case} 含个人信息\uff0c已不在办理或播出`,
        `Case ${fault.case} has personal information, and is no longer waiting or shown`,
      );
    case "review/altered":
      return say(`送审件 ${fault.case} 的内容与送审时不同`, `Case ${fault.case} is no longer what was submitted`);
    case "review/record":
      return say(
        `送审件 ${fault.case} 的记录被改动过\uff0c与登记台账不符`,
        `The record of case ${fault.case} was altered: the register says otherwise`,
      );
    case "review/open-case":
      return say(
        `信息 ${fault.notice} 已有送审件 ${fault.case} 在办`,
        `Notice ${fault.notice} has a case on its way already: ${fault.case}`,
      );
    case "review/outside-envelope":
      return say(
        `信息 ${fault.notice} 超出签发的范围：${fault.what.map(({ zh }) => zh).join("；")}`,
        `Notice ${fault.notice} would leave what was signed: ${fault.what.map(({ en }) => en).join("; ")}`,
      );
    case "review/schedule-changed":
      return say(
        `信息 ${fault.notice} 的安排刚被${fault.by ?? "别人"}改过\u3002您改的是\uff1a${fault.was.zh}\uff1b现在是\uff1a${fault.now.zh}`,
        `Notice ${fault.notice} was moved meanwhile by ${fault.by ?? "somebody else"}. You changed: ${fault.was.en}; it is now: ${fault.now.en}`,
      );
    case "review/taken-down":
      return say(`信息 ${fault.notice} 已撤下或被取代`, `Notice ${fault.notice} was withdrawn or superseded`);
    case "review/off":
      return fault.what;
    case "review/too-many":
      return say(`${fault.what.zh}太多：最多 ${fault.max}`, `Too many ${fault.what.en}: at most ${fault.max}`);
    case "review/waiting":
      return say(
        `信息 ${fault.notice}“${fault.title}”(${fault.case})在“${stepZh[fault.state] ?? fault.state}”已超过 ${fault.hours} 个工作小时`,
        `Notice ${fault.notice}, "${fault.title}" (${fault.case}), has been at "${fault.state}" for more than ${fault.hours} working hours`,
      );
    case "review/held":
      return say(
        `待定的信息 ${fault.notice} 应在 ${fault.reviewBy} 前研究决定`,
        `Notice ${fault.notice}, held undecided, was to be decided by ${fault.reviewBy}`,
      );
    case "review/to-countersign":
      return say(
        `预警 ${fault.notice}“${fault.title}”待补签\uff0c${fault.until} 前无人补签即撤下`,
        `Warning ${fault.notice} "${fault.title}" is to be countersigned by ${fault.until}, or it is taken down`,
      );
    case "review/uncountersigned":
      return say(
        `预警 ${fault.notice} 发出 ${fault.hours} 小时仍未补签\uff0c已撤下`,
        `Warning ${fault.notice} was not countersigned within ${fault.hours} hours and was taken down`,
      );
  }
}

/** What you can do. */
export function reviewRemedy(fault: ReviewFault): Sentence {
  const say = (zh: string, en: string): Sentence => ({ zh, en });
  switch (fault.code) {
    case "review/not-ready":
      return say("请按列出的各处修改后再送审。", "Mend what is listed and submit again.");
    case "review/field":
      return say("请填好这一项。", "Fill in this field.");
    case "review/hit":
      if (fault.proposal !== null && fault.explain)
        return say(
          `请改为“${fault.proposal}”\uff0c或写明为什么保留。`,
          `Write "${fault.proposal}", or explain why it stays.`,
        );
      if (fault.explain) return say("请修改\uff0c或写明为什么保留。", "Mend it, or explain why it stays.");
      return fault.proposal === null
        ? say("请修改\uff0c说明不能代替。", "Mend it; no explanation will do.")
        : say(`请改为“${fault.proposal}”\uff0c说明不能代替。`, `Write "${fault.proposal}"; no explanation will do.`);
    case "review/conflict":
      return say(
        "别人刚改过：请看两稿的不同\uff0c再保存。",
        "Somebody wrote on it meanwhile: compare the two, then save again.",
      );
    case "review/unknown":
      return say("请从列表里选。", "Choose from the list.");
    case "review/state":
      return say("请刷新看最新状态。", "Look at the case again.");
    case "review/role":
    case "review/not-yours":
      return say("请由有此职责的人来做。", "Ask somebody whose step it is.");
    case "review/others-boards":
      return say(
        "请由管这些公开栏的屏幕管理员、经办人或签发人来做。",
        "Ask an operator of all these boards, a maker or a signer.",
      );
    case "review/two-steps":
      return say("请换一个人\uff0c或由代签人来做。", "Ask another person, or a deputy.");
    case "review/password":
      return say("请重新输入自己的密码。", "Enter your own password again.");
    case "review/not-looked":
      return say("请逐块打开看过版面\uff0c再签发。", "Open the pages of each board, then sign.");
    case "review/checks":
      return fault.found
        ? say("请退回修改\uff0c处理后再签。", "Return it, have it solved, then sign.")
        : say("请逐项填写审查表。", "Answer every check of the form.");
    case "review/pixels":
    case "review/altered":
      return say("请退回\uff0c重新送审。", "Return it and have it submitted again.");
    case "review/record":
      return say(
        "请不要签发\uff0c先用 boardcast verify 查明\uff0c再退回或撤回\uff0c重新送审。",
        "Do not sign it. Find out with `boardcast verify`, then return it or take it back and submit it again.",
      );
    case "review/personal-past":
      return say("请监督员或签发人查看。", "An auditor or a signer may look at it.");
    case "review/open-case":
      return say("请等它办完\uff0c或先撤回它。", "Wait for it, or withdraw it first.");
    case "review/outside-envelope":
      return say("请开新稿\uff0c重新送审签发。", "Open an edit of it and have that signed.");
    case "review/schedule-changed":
      return say(
        "没有改动任何安排\u3002请看过现在的安排\uff0c再决定照您的改\uff0c还是用现在的\u3002",
        "Nothing was changed. Look at it as it is now, then decide whether to change it anew.",
      );
    case "review/taken-down":
      return say("要再播\uff0c请另开新稿送审。", "To show it again, open an edit and submit that.");
    case "review/off":
      return say("请看安装文件的 review 一节。", "See `review` in the installation file.");
    case "review/too-many":
      return say("请先办完或删去一些。", "Finish or remove some first.");
    case "review/waiting":
      return say("请催办\uff0c或由代签人办理。", "Remind whose turn it is, or have a deputy do it.");
    case "review/held":
      return say("请决定公开与否\uff0c或改定日期。", "Decide whether it is disclosed, or set another date.");
    case "review/to-countersign":
      return say(
        "请签发人核对后补签\uff1b有误的立即撤下。",
        "A signer looks at it and countersigns, or withdraws it at once.",
      );
    case "review/uncountersigned":
      return say(
        "请核对预警是否仍然有效\uff0c需要时重新发出。",
        "Check whether the warning still holds; send it again if so.",
      );
  }
}
