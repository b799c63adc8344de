/**
 * Every failure in one place: its code, what it is about, one sentence and one remedy in each language.
 * Add a code here and the compiler names the two tables that need it.
 */
import { type AlarmFault, alarmRemedy, alarmSentence, isAlarmFault } from "./alarm-fault.ts";
import { type BackupFault, backupRemedy, backupSentence } from "./backup-fault.ts";
import { type BoardFault, boardRemedy, boardSentence, isBoardFault } from "./board-fault.ts";
import { type CardFault, cardRemedy, cardSentence, isCardFault } from "./card-fault.ts";
import { type CatalogueFault, catalogueRemedy, catalogueSentence, isCatalogueFault } from "./catalogue-fault.ts";
import { type DoorFault, doorRemedy, doorSentence, isDoorFault } from "./door-fault.ts";
import {
  type InstallationFault,
  installationRemedy,
  installationSentence,
  isInstallationFault,
} from "./installation-fault.ts";
import { type LedgerFault, ledgerRemedy, ledgerSentence } from "./ledger-fault.ts";
import { isJobFault, type JobFault, jobRemedy, jobSentence } from "./job-fault.ts";
import { isPaperFault, type PaperFault, paperRemedy, paperSentence } from "./paper-fault.ts";
import { isPanelFault, type PanelFault, panelRemedy, panelSentence } from "./panel-fault.ts";
import { isPeriodFault, type PeriodFault, periodRemedy, periodSentence } from "./period-fault.ts";
import { isPeopleFault, type PeopleFault, peopleRemedy, peopleSentence } from "./people-fault.ts";
import { isPictureFault, type PictureFault, pictureRemedy, pictureSentence } from "./picture-fault.ts";
import { isPlaylistFault, type PlaylistFault, playlistRemedy, playlistSentence } from "./playlist-fault.ts";
import { isWarningFault, type WarningFault, warningRemedy, warningSentence } from "./warning-fault.ts";
import { isReviewFault, type ReviewFault, reviewRemedy, reviewSentence } from "./review-fault.ts";
import { isTakedownFault, type TakedownFault, takedownRemedy, takedownSentence } from "./takedown-fault.ts";
import { type StoppedFault, stoppedRemedy, stoppedSentence } from "./stopped-fault.ts";

export type Fault =
  | { readonly code: "seal/refused"; readonly board: string; readonly notice: string; readonly why: string }
  | { readonly code: "message/altered"; readonly board: string; readonly message: string }
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
  | {
      readonly code: "notice/does-not-fit";
      readonly notice: string;
      readonly panel: string;
      readonly detail: Sentence;
      /** Where another than the usual one helps. */
      readonly remedy?: Sentence;
    }
  | StoppedFault
  | AlarmFault
  | BackupFault
  | BoardFault
  | CardFault
  | CatalogueFault
  | DoorFault
  | InstallationFault
  | JobFault
  | LedgerFault
  | PanelFault
  | PaperFault
  | PlaylistFault
  | TakedownFault
  | WarningFault
  | PictureFault
  | PeopleFault
  | PeriodFault
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
export { lineTroubleOf } from "./panel-fault.ts";

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

/** Nothing has failed: somebody should see to it in their own time. */
const reminders: ReadonlySet<Fault["code"]> = new Set([
  "board/stale",
  "board/empty-slot",
  "board/unchecked",
  "calendar/ending",
  "card/not-loaded",
  "card/still-on",
  "notice/overdue",
  "panel/key-ends",
  "paper/not-posted",
  "paper/still-hanging",
  "review/to-countersign",
]);

export const isReminder = ({ code }: Fault): boolean => reminders.has(code);

/** What happened. */
export function sentence(fault: Fault): Sentence {
  if (isAlarmFault(fault)) return alarmSentence(fault);
  if (isBoardFault(fault)) return boardSentence(fault);
  if (isCardFault(fault)) return cardSentence(fault);
  if (isCatalogueFault(fault)) return catalogueSentence(fault);
  if (isDoorFault(fault)) return doorSentence(fault);
  if (isInstallationFault(fault)) return installationSentence(fault);
  if (isJobFault(fault)) return jobSentence(fault);
  if (isPanelFault(fault)) return panelSentence(fault);
  if (isPaperFault(fault)) return paperSentence(fault);
  if (isPeopleFault(fault)) return peopleSentence(fault);
  if (isPeriodFault(fault)) return periodSentence(fault);
  if (isPictureFault(fault)) return pictureSentence(fault);
  if (isPlaylistFault(fault)) return playlistSentence(fault);
  if (isReviewFault(fault)) return reviewSentence(fault);
  if (isTakedownFault(fault)) return takedownSentence(fault);
  if (isWarningFault(fault)) return warningSentence(fault);
  switch (fault.code) {
    case "seal/refused":
      return {
        zh: `${fault.board}：信息 ${fault.notice} 未发出：签发核验不通过（${fault.why}）`,
        en: `${fault.board}: notice ${fault.notice} was not sent: its seal does not verify (${fault.why})`,
      };
    case "message/altered":
      return {
        zh: `${fault.board}：版面 ${fault.message.slice(0, 12)} 与签发时不同，未发出`,
        en: `${fault.board}: message ${fault.message.slice(0, 12)} differs from what was signed; not sent`,
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
        zh: `信息 ${fault.notice} ${part}第 ${count} 个字“${fault.character}”属于${fault.script.zh}，逐字排出来是错的`,
        en: `Notice ${fault.notice}, ${fault.part}: character ${count}, "${fault.character}", belongs to ${fault.script.en}, which is wrong when set letter by letter`,
      };
    }
    case "notice/does-not-fit": {
      const { zh, en } = fault.detail;
      return {
        zh: `信息 ${fault.notice} 排不进 ${fault.panel}：${zh}`,
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
        zh: `正在排版的草稿太多：${fault.waiting} 份，最多 ${fault.max} 份`,
        en: `too many drafts are being typeset: ${fault.waiting}, at most ${fault.max}`,
      };
    case "input/invalid":
      return { zh: `${fault.where}：${fault.what}`, en: `${fault.where}: ${fault.what}` };
  }
}

/** What you can do. */
export function remedy(fault: Fault): Sentence {
  if (isAlarmFault(fault)) return alarmRemedy(fault);
  if (isBoardFault(fault)) return boardRemedy(fault);
  if (isCardFault(fault)) return cardRemedy(fault);
  if (isCatalogueFault(fault)) return catalogueRemedy(fault);
  if (isDoorFault(fault)) return doorRemedy(fault);
  if (isInstallationFault(fault)) return installationRemedy(fault);
  if (isJobFault(fault)) return jobRemedy(fault);
  if (isPanelFault(fault)) return panelRemedy(fault);
  if (isPaperFault(fault)) return paperRemedy(fault);
  if (isPeopleFault(fault)) return peopleRemedy(fault);
  if (isPeriodFault(fault)) return periodRemedy(fault);
  if (isPictureFault(fault)) return pictureRemedy(fault);
  if (isPlaylistFault(fault)) return playlistRemedy(fault);
  if (isReviewFault(fault)) return reviewRemedy(fault);
  if (isTakedownFault(fault)) return takedownRemedy(fault);
  if (isWarningFault(fault)) return warningRemedy(fault);
  switch (fault.code) {
    case "seal/refused":
    case "message/altered":
      return {
        zh: "数据可能被改动过。请查台账，重新送审签发。",
        en: "The data may have been altered. Check the ledger and have it signed again.",
      };
    case "notice/missing-glyph":
      return fault.proposal ?? { zh: "请换一个字，或改用图片。", en: "Use another character, or a picture." };
    case "notice/script":
      return {
        zh: "请用排版软件排好，存成图片或 PDF 再上屏。",
        en: "Set it in a word processor, save it as a picture or PDF, and show that.",
      };
    case "notice/does-not-fit":
      return fault.remedy ?? { zh: "请缩短文字，或换一块屏。", en: "Shorten the text, or choose another board." };
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
