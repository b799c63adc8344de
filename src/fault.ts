/**
 * Every failure in one place: its code, what it is about, one sentence and one remedy in each language.
 * Add a code here and the compiler names the two tables that need it.
 */
import { type BackupFault, backupRemedy, backupSentence } from "./backup-fault.ts";
import { type BoardFault, boardRemedy, boardSentence, isBoardFault } from "./board-fault.ts";
import { type DoorFault, doorRemedy, doorSentence, isDoorFault } from "./door-fault.ts";
import { type LedgerFault, ledgerRemedy, ledgerSentence } from "./ledger-fault.ts";
import { isPeopleFault, type PeopleFault, peopleRemedy, peopleSentence } from "./people-fault.ts";
import { isPictureFault, type PictureFault, pictureRemedy, pictureSentence } from "./picture-fault.ts";
import { isReviewFault, type ReviewFault, reviewRemedy, reviewSentence } from "./review-fault.ts";
import { type StoppedFault, stoppedRemedy, stoppedSentence } from "./stopped-fault.ts";

export type Fault =
  | { readonly code: "link/refused"; readonly board: string; readonly where: string; readonly detail: string }
  | { readonly code: "link/lost"; readonly board: string; readonly where: string; readonly detail: string }
  | { readonly code: "link/no-answer"; readonly board: string; readonly where: string; readonly label: string }
  | { readonly code: "wire/noise"; readonly board: string; readonly bytes: number }
  | { readonly code: "wire/refused"; readonly board: string; readonly label: string; readonly detail: string }
  | { readonly code: "panel/clock"; readonly board: string; readonly errorMs: number }
  | { readonly code: "panel/shape"; readonly board: string; readonly wanted: string; readonly found: string }
  | { readonly code: "panel/version"; readonly board: string; readonly found: string }
  | { readonly code: "panel/frame"; readonly board: string; readonly wanted: string; readonly found: string }
  | { readonly code: "panel/full"; readonly board: string; readonly needs: number; readonly has: number }
  | { readonly code: "seal/refused"; readonly board: string; readonly notice: string; readonly why: string }
  | { readonly code: "message/altered"; readonly board: string; readonly message: string }
  | { readonly code: "calendar/unknown"; readonly year: number }
  | {
      readonly code: "notice/missing-glyph";
      readonly notice: string;
      readonly part: NoticePart;
      readonly character: string;
      /** Within the part, in what a reader sees as characters, from 0. */
      readonly position: number;
      readonly font: string;
      /** What may stand there instead. */
      readonly proposal?: Sentence;
    }
  | {
      readonly code: "notice/script";
      readonly notice: string;
      readonly part: NoticePart;
      /** The first one, and where it stands, as above. */
      readonly character: string;
      readonly position: number;
      /** What writing it is. */
      readonly script: Sentence;
    }
  | { readonly code: "notice/does-not-fit"; readonly notice: string; readonly panel: string; readonly detail: Sentence }
  | StoppedFault
  | BackupFault
  | BoardFault
  | DoorFault
  | LedgerFault
  | PictureFault
  | PeopleFault
  | ReviewFault
  | {
      readonly code: "config/invalid";
      readonly file: string;
      /** Both from 1. */
      readonly line: number;
      readonly column: number;
      readonly what: Sentence;
      readonly remedy: Sentence;
    }
  | { readonly code: "input/busy"; readonly waiting: number; readonly max: number }
  | { readonly code: "input/invalid"; readonly where: string; readonly what: string; readonly remedy: string };

export type { LedgerFault } from "./ledger-fault.ts";

/** Of a notice's text; `caption`: of all its pictures. `contact` and `phone` are a 公示's. */
export type NoticePart = "title" | "body" | "signature" | "caption" | "contact" | "phone";
const partZh: Readonly<Record<NoticePart, string>> = {
  title: "标题",
  body: "正文",
  signature: "落款",
  caption: "图片说明",
  contact: "意见反映人",
  phone: "监督电话",
};

export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** A fault on its way up through code that returns values; thrown only inside one stage, never across two. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(sentence(fault).en);
    this.name = "FaultError";
    this.fault = fault;
  }
}

/** What happened. */
export function sentence(fault: Fault): Sentence {
  if (isBoardFault(fault)) return boardSentence(fault);
  if (isDoorFault(fault)) return doorSentence(fault);
  if (isPeopleFault(fault)) return peopleSentence(fault);
  if (isPictureFault(fault)) return pictureSentence(fault);
  if (isReviewFault(fault)) return reviewSentence(fault);
  switch (fault.code) {
    case "link/refused":
      return {
        zh: `${fault.board}:连不上 ${fault.where}(${fault.detail})`,
        en: `${fault.board}: cannot connect to ${fault.where} (${fault.detail})`,
      };
    case "link/lost":
      return {
        zh: `${fault.board}:${fault.where} 断开了(${fault.detail})`,
        en: `${fault.board}: ${fault.where} was lost (${fault.detail})`,
      };
    case "link/no-answer":
      return {
        zh: `${fault.board}:${fault.where} 没有回答“${fault.label}”`,
        en: `${fault.board}: ${fault.where} did not answer "${fault.label}"`,
      };
    case "wire/noise":
      return {
        zh: `${fault.board}:线路上有 ${fault.bytes} 个字节读不懂`,
        en: `${fault.board}: ${fault.bytes} bytes on the line made no sense`,
      };
    case "wire/refused":
      return {
        zh: `${fault.board}:显示屏拒绝了“${fault.label}”:${fault.detail}`,
        en: `${fault.board}: the panel refused "${fault.label}": ${fault.detail}`,
      };
    case "panel/clock":
      return {
        zh: `${fault.board}:显示屏时钟差 ${fault.errorMs} 毫秒`,
        en: `${fault.board}: the panel's clock is off by ${fault.errorMs} ms`,
      };
    case "panel/shape":
      return {
        zh: `${fault.board}:应为 ${fault.wanted} 的屏,接上的是 ${fault.found}`,
        en: `${fault.board}: expected a ${fault.wanted} panel, found ${fault.found}`,
      };
    case "panel/version":
      return {
        zh: `${fault.board}:显示屏说的协议版本是 ${fault.found}`,
        en: `${fault.board}: the panel speaks protocol version ${fault.found}`,
      };
    case "panel/frame":
      return {
        zh: `${fault.board}:显示的画面不对:应为 ${fault.wanted},读回 ${fault.found}`,
        en: `${fault.board}: the lit frame is wrong: expected ${fault.wanted}, read back ${fault.found}`,
      };
    case "panel/full":
      return {
        zh: `${fault.board}:显示屏存不下:需要 ${fault.needs} 字节,只有 ${fault.has}`,
        en: `${fault.board}: the panel cannot hold it: needs ${fault.needs} bytes, has ${fault.has}`,
      };
    case "seal/refused":
      return {
        zh: `${fault.board}:信息 ${fault.notice} 未发出:签发核验不通过(${fault.why})`,
        en: `${fault.board}: notice ${fault.notice} was not sent: its seal does not verify (${fault.why})`,
      };
    case "message/altered":
      return {
        zh: `${fault.board}:版面 ${fault.message.slice(0, 12)} 与签发时不同,未发出`,
        en: `${fault.board}: message ${fault.message.slice(0, 12)} differs from what was signed; not sent`,
      };
    case "calendar/unknown":
      return {
        zh: `没有 ${fault.year} 年的放假调休安排`,
        en: `No State Council calendar for ${fault.year}`,
      };
    case "notice/missing-glyph": {
      const part = partZh[fault.part];
      const count = fault.position + 1;
      return {
        zh: `信息 ${fault.notice} ${part}第 ${count} 个字“${fault.character}”在字库 ${fault.font} 中没有`,
        en: `Notice ${fault.notice}, ${fault.part}: character ${count}, "${fault.character}", is not in font ${fault.font}`,
      };
    }
    case "notice/script": {
      const part = partZh[fault.part];
      const count = fault.position + 1;
      return {
        zh: `信息 ${fault.notice} ${part}第 ${count} 个字“${fault.character}”属于${fault.script.zh},逐字排出来是错的`,
        en: `Notice ${fault.notice}, ${fault.part}: character ${count}, "${fault.character}", belongs to ${fault.script.en}, which is wrong when set letter by letter`,
      };
    }
    case "notice/does-not-fit": {
      const { zh, en } = fault.detail;
      return {
        zh: `信息 ${fault.notice} 排不进 ${fault.panel}:${zh}`,
        en: `Notice ${fault.notice} cannot be set on ${fault.panel}: ${en}`,
      };
    }
    case "notice/more-missing-glyphs":
    case "notice/typeset-stopped":
      return stoppedSentence(fault);
    case "ledger/broken":
    case "ledger/checkpoint":
    case "ledger/disagrees":
      return ledgerSentence(fault);
    case "backup/refused":
      return backupSentence(fault);
    case "config/invalid": {
      const place = `${fault.file}:${fault.line}:${fault.column}`;
      return { zh: `${place} ${fault.what.zh}`, en: `${place} ${fault.what.en}` };
    }
    case "input/busy":
      return {
        zh: `正在排版的草稿太多:${fault.waiting} 份,最多 ${fault.max} 份`,
        en: `too many drafts are being typeset: ${fault.waiting}, at most ${fault.max}`,
      };
    case "input/invalid":
      return { zh: `${fault.where}:${fault.what}`, en: `${fault.where}: ${fault.what}` };
  }
}

/** What you can do. */
export function remedy(fault: Fault): Sentence {
  if (isBoardFault(fault)) return boardRemedy(fault);
  if (isDoorFault(fault)) return doorRemedy(fault);
  if (isPeopleFault(fault)) return peopleRemedy(fault);
  if (isPictureFault(fault)) return pictureRemedy(fault);
  if (isReviewFault(fault)) return reviewRemedy(fault);
  switch (fault.code) {
    case "link/refused":
    case "link/lost":
      return {
        zh: "系统会自动重连。请看屏的电源和网线(或串口线)是否接好,地址是否对。",
        en: "It is being retried. Check the panel's power and cable, and the address.",
      };
    case "link/no-answer":
      return {
        zh: "系统会自动重试。请看电源;RS485 请查 A/B 线是否接反、屏号是否对。",
        en: "It is being retried. Check power; on RS-485 check the A/B wires and the screen number.",
      };
    case "wire/noise":
      return {
        zh: "坏的数据已丢弃并重发。常见原因:波特率不对、线太长、接地不好。",
        en: "Bad data was dropped and sent again. Usual causes: wrong baud rate, long cable, poor grounding.",
      };
    case "wire/refused":
      return {
        zh: "系统会从头重发。若一直如此,请给显示屏断电重启。",
        en: "It is sent again from the start. If it goes on, power-cycle the panel.",
      };
    case "panel/clock":
      return { zh: "系统已重新对时。", en: "The clock was set again." };
    case "panel/shape":
      return {
        zh: "请核对安装文件里这块公开栏的宽、高、颜色和线路。",
        en: "Check this board's width, height, colour and link in the installation file.",
      };
    case "panel/version":
      return { zh: "请升级显示屏固件或本系统。", en: "Upgrade the panel's firmware or this system." };
    case "panel/frame":
      return { zh: "系统已重新下发。", en: "It is being sent again." };
    case "panel/full":
      return { zh: "请减少同一时段的信息,或缩短保持时间。", en: "Show fewer notices at once, or shorten the hold." };
    case "seal/refused":
    case "message/altered":
      return {
        zh: "数据可能被改动过。请查台账,重新送审签发。",
        en: "The data may have been altered. Check the ledger and have it signed again.",
      };
    case "calendar/unknown":
      return {
        zh: "请在设置里导入国务院办公厅当年的放假安排。",
        en: "Import that year's State Council holiday notice in the settings.",
      };
    case "notice/missing-glyph":
      return fault.proposal ?? { zh: "请换一个字,或改用图片。", en: "Use another character, or a picture." };
    case "notice/script":
      return {
        zh: "请用排版软件排好,存成图片或 PDF 再上屏。",
        en: "Set it in a word processor, save it as a picture or PDF, and show that.",
      };
    case "notice/does-not-fit":
      return { zh: "请缩短文字,或换一块屏。", en: "Shorten the text, or choose another board." };
    case "notice/more-missing-glyphs":
    case "notice/typeset-stopped":
      return stoppedRemedy(fault);
    case "ledger/broken":
    case "ledger/checkpoint":
    case "ledger/disagrees":
      return ledgerRemedy(fault);
    case "backup/refused":
      return backupRemedy(fault);
    case "config/invalid":
      return fault.remedy;
    case "input/busy":
      return { zh: "请过几秒再试。", en: "Try again in a few seconds." };
    case "input/invalid":
      return { zh: fault.remedy, en: fault.remedy };
  }
}
