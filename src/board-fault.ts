/** What a board cannot show as the installation file or the notices ask: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type BoardFault =
  | { readonly code: "board/overfull"; readonly board: string; readonly spans: number; readonly max: number }
  /** Its default picture is not signed; the board is black between notices, or shows the one of before. */
  | { readonly code: "board/default-unsigned"; readonly board: string; readonly why: Sentence }
  /** Somebody asked to take a default picture down. */
  | { readonly code: "board/default-stays"; readonly board: string }
  | { readonly code: "board/unknown"; readonly board: string }
  /** It was added, and nobody has gone through its guided check. */
  | { readonly code: "board/unchecked"; readonly board: string }
  /** A text was to be put up at once, in an office where somebody signs. */
  | { readonly code: "board/text-signed"; readonly board: string }
  /** An operator of other boards. */
  | { readonly code: "board/others"; readonly boards: readonly string[] }
  /** 紧急关屏: nothing is lit on it. */
  | { readonly code: "board/dark"; readonly board: string }
  | { readonly code: "board/not-dark"; readonly boards: readonly string[] }
  /** It was asked to go dark and has not said that it is. */
  | {
      readonly code: "board/dark-unconfirmed";
      readonly board: string;
      readonly place: string;
      readonly custodian: string;
    }
  /** The panels were told; but what was done is not on disk. */
  | { readonly code: "board/dark-unkept"; readonly boards: readonly string[]; readonly detail: string }
  | {
      readonly code: "board/pattern";
      readonly board: string;
      readonly pattern: string;
      readonly known: readonly string[];
    }
  | { readonly code: "board/warning"; readonly board: string }
  | { readonly code: "board/not-maintained"; readonly board: string }
  | { readonly code: "board/reports-full"; readonly board: string; readonly max: number }
  | { readonly code: "board/report-unknown"; readonly board: string; readonly number: number };

export const isBoardFault = (fault: { readonly code: string }): fault is BoardFault => fault.code.startsWith("board/");

/** What happened. */
export function boardSentence(fault: BoardFault): Sentence {
  switch (fault.code) {
    case "board/overfull":
      return {
        zh: `${fault.board}：节目单太满：${fault.spans} 段，最多 ${fault.max} 段`,
        en: `${fault.board}: the programme is overfull: ${fault.spans} spans, at most ${fault.max}`,
      };
    case "board/default-unsigned":
      return {
        zh: `${fault.board}：待机画面没有签发：${fault.why.zh}`,
        en: `${fault.board}: its default picture is not signed: ${fault.why.en}`,
      };
    case "board/default-stays":
      return {
        zh: `${fault.board} 的待机画面不能撤下：它是安装文件里的文字`,
        en: `The default picture of ${fault.board} is not withdrawn: it is what the installation file says`,
      };
    case "board/unchecked":
      return {
        zh: `${fault.board}：新增后还没有做引导检查`,
        en: `${fault.board}: added, and not checked yet`,
      };
    case "board/unknown":
      return { zh: `没有编号为“${fault.board}”的公开栏`, en: `There is no board "${fault.board}"` };
    case "board/text-signed":
      return {
        zh: `这里的信息由人签发，不能直接放到 ${fault.board} 上`,
        en: `What is shown here is signed by somebody: a text cannot be put on ${fault.board} just so`,
      };
    case "board/others":
      return { zh: `${fault.boards.join("、")} 不归您管`, en: `Not your boards: ${fault.boards.join(", ")}` };
    case "board/dark":
      return { zh: `${fault.board} 已紧急关屏`, en: `${fault.board} is switched dark` };
    case "board/not-dark":
      return { zh: `${fault.boards.join("、")} 没有关屏`, en: `Not switched dark: ${fault.boards.join(", ")}` };
    case "board/dark-unconfirmed":
      return {
        zh: `${fault.board}\uff1a未确认\uff0c请现场断电\uff1a${fault.place}\uff08保管人 ${fault.custodian}\uff09`,
        en: `${fault.board}: not confirmed dark, cut the power at ${fault.place} (custodian ${fault.custodian})`,
      };
    case "board/dark-unkept":
      return {
        zh: `${fault.boards.join("、")} 已通知关屏\uff0c但没有存进磁盘\uff08${fault.detail}\uff09`,
        en: `${fault.boards.join(", ")}: told to go dark, but it could not be written to disk (${fault.detail})`,
      };
    case "board/pattern":
      return {
        zh: `${fault.board} 没有测试图“${fault.pattern}”`,
        en: `${fault.board} has no test picture "${fault.pattern}"`,
      };
    case "board/warning":
      return { zh: `${fault.board} 正在播预警`, en: `${fault.board} is showing a warning` };
    case "board/not-maintained":
      return { zh: `${fault.board} 不在维护中`, en: `${fault.board} is not in maintenance` };
    case "board/reports-full":
      return {
        zh: `${fault.board} 已有 ${fault.max} 条报修没有答复`,
        en: `${fault.board} has ${fault.max} reports that wait for an answer`,
      };
    case "board/report-unknown":
      return {
        zh: `${fault.board} 没有待答复的第 ${fault.number} 号报修`,
        en: `${fault.board} has no report ${fault.number} that waits for an answer`,
      };
  }
}

/** What you can do. */
export function boardRemedy(fault: BoardFault): Sentence {
  switch (fault.code) {
    case "board/overfull":
      return { zh: "请合并时段或减少信息。", en: "Merge slots or show fewer notices." };
    case "board/default-unsigned":
    case "board/default-stays":
      return {
        zh: "请修改安装文件里这块公开栏的 default,再重新启动。",
        en: "Change this board's `default` in the installation file, and start again.",
      };
    case "board/unchecked":
      return {
        zh: "请屏幕管理员站到屏前，在“公开栏设备”里打开这块屏，点“开始检查”，做完每一步。",
        en: "An operator stands before it, opens it under Boards, begins the check and goes through every step.",
      };
    case "board/unknown":
      return { zh: "GET /api/v1/boards 列出全部。", en: "GET /api/v1/boards lists them." };
    case "board/text-signed":
      return {
        zh: "请在“信息”里起草送审（或 POST /api/v1/review/drafts）。只有一个人用的地方，可在安装文件里写 review: none。",
        en: "Draft it under Notices and submit it (or POST /api/v1/review/drafts). A place of one person may write review: none in the installation file.",
      };
    case "board/others":
      return {
        zh: "请由管这些公开栏的屏幕管理员、签发人或系统管理员来做。",
        en: "Ask an operator of these boards, a signer or an administrator.",
      };
    case "board/dark":
      return { zh: "请先恢复显示。", en: "Resume it first." };
    case "board/not-dark":
      return { zh: "不用恢复。", en: "There is nothing to resume." };
    case "board/dark-unconfirmed":
      return {
        zh: "系统会一直重试。请派人到现场断电，并看一眼屏是否已黑。",
        en: "It is being retried. Send somebody to cut the power, and to see that it is dark.",
      };
    case "board/dark-unkept":
      return {
        zh: "在系统重启之前屏保持黑。请腾出磁盘空间，再按一次关屏。",
        en: "They stay dark until a restart. Free disk space and switch them dark once more.",
      };
    case "board/pattern":
      return { zh: `有的测试图：${fault.known.join("、")}。`, en: `There are: ${fault.known.join(", ")}.` };
    case "board/warning":
      return { zh: "预警结束后再维护。", en: "Begin when the warning is over." };
    case "board/not-maintained":
      return { zh: "不用结束。", en: "There is nothing to end." };
    case "board/reports-full":
      return { zh: "请屏幕管理员先答复。", en: "An operator has to answer them first." };
    case "board/report-unknown":
      return { zh: "GET /api/v1/reports 列出待答复的。", en: "GET /api/v1/reports lists those that wait." };
  }
}
