/** Why a warning that was received is not shown: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type WarningFault =
  /** Refused whole when it came. `where`: "line 3, column 9", "info.expires", a file's name. */
  | {
      readonly code: "warning/refused";
      readonly where: string;
      readonly what: Sentence;
      readonly remedy: Sentence;
    }
  /** `what`: "cap" or "sender". */
  | { readonly code: "warning/unknown"; readonly what: "cap" | "sender"; readonly id: string }
  /** Somebody decided, or its time is over. */
  | { readonly code: "warning/decided"; readonly id: string; readonly state: string }
  /** Its pixels are not those that were looked at, or a board cannot show it. */
  | { readonly code: "warning/board"; readonly id: string; readonly board: string; readonly why: Sentence }
  /** It ends what others sent, and whoever confirms has not said that they saw it. `others`: "SENDER IDENTIFIER". */
  | {
      readonly code: "warning/another-sender";
      readonly id: string;
      readonly sender: string;
      readonly others: readonly string[];
    }
  /** A sender cannot be believed like this. */
  | { readonly code: "warning/sender"; readonly sender: string; readonly why: Sentence }
  /** A received warning waits for one person's confirmation: for the tiles of the boards that it is for. */
  | { readonly code: "warning/waiting"; readonly count: number; readonly title: string };

export const isWarningFault = (fault: { readonly code: string }): fault is WarningFault =>
  fault.code.startsWith("warning/");

/** What happened. */
export function warningSentence(fault: WarningFault): Sentence {
  switch (fault.code) {
    case "warning/refused":
      return { zh: `${fault.where}\uff1a${fault.what.zh}`, en: `${fault.where}: ${fault.what.en}` };
    case "warning/unknown":
      return fault.what === "cap"
        ? { zh: `没有收到过编号为 ${fault.id} 的预警`, en: `no warning ${fault.id} was received` }
        : { zh: `没有这个可信发布单位\uff1a${fault.id}`, en: `no such sender: ${fault.id}` };
    case "warning/decided":
      return {
        zh: `收到的预警 ${fault.id} 已不再等人确认（${fault.state}）`,
        en: `received warning ${fault.id} does not wait for anybody any more (${fault.state})`,
      };
    case "warning/board":
      return {
        zh: `收到的预警 ${fault.id} 不能在 ${fault.board} 上播出\uff1a${fault.why.zh}`,
        en: `received warning ${fault.id} cannot be shown on ${fault.board}: ${fault.why.en}`,
      };
    case "warning/another-sender":
      return {
        zh: `${fault.sender} 的 ${fault.id} 要结束别的发布者的预警\uff1a${fault.others.join("、")}`,
        en: `${fault.id} by ${fault.sender} ends warnings of other senders: ${fault.others.join(", ")}`,
      };
    case "warning/sender":
      return {
        zh: `发布单位 ${fault.sender} 不能这样列为可信\uff1a${fault.why.zh}`,
        en: `${fault.sender} cannot be believed like this: ${fault.why.en}`,
      };
    case "warning/waiting":
      return {
        zh: `收到 ${fault.count} 条预警\uff0c还没有人确认\uff1a“${fault.title}”`,
        en: `${fault.count} received warning(s) nobody has confirmed yet: "${fault.title}"`,
      };
  }
}

/** What you can do. */
export function warningRemedy(fault: WarningFault): Sentence {
  switch (fault.code) {
    case "warning/refused":
      return fault.remedy;
    case "warning/unknown":
      return { zh: "在“收到的预警”里看全部。", en: "See them all under received warnings." };
    case "warning/decided":
      return {
        zh: "不用再做什么\uff1b要撤下已播出的\uff0c用撤下。",
        en: "Nothing is to be done; withdraw it if it is on the boards and should not be.",
      };
    case "warning/board":
      return { zh: "再看一遍各屏的画面\uff0c选能播的公开栏。", en: "Look at the boards once more and choose others." };
    case "warning/another-sender":
      return {
        zh: "先向原发布者核实\uff0c再勾选“发布者不同\uff0c已核实”确认（命令行写 --another-sender）\uff1b不实的\uff0c拒绝。",
        en: "Ask the first sender, then confirm with the box for another sender ticked (--another-sender); else refuse it.",
      };
    case "warning/sender":
      return {
        zh: "证书须是发布单位交来的 PEM,由另一人核对指纹后确认。",
        en: "The certificate is a PEM from the sender; another person compares its fingerprint and confirms it.",
      };
    case "warning/waiting":
      return {
        zh: "经办人、签发人或屏幕管理员打开“收到的预警”\uff0c看过画面后确认或拒绝。",
        en: "A maker, signer or operator opens received warnings, looks at it, and confirms or refuses it.",
      };
  }
}
