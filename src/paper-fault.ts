/** What a posting place waits for: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

interface Awaited {
  readonly board: string;
  readonly notice: string;
  readonly title: string;
  /** As people read it. */
  readonly since: string;
  readonly place: string;
  readonly custodian: string;
}

export type PaperFault =
  /** R26: an office day has gone, and nobody has said that it hangs; or, its time over, that it was taken down. */
  | ({ readonly code: "paper/not-posted" } & Awaited)
  | ({ readonly code: "paper/still-hanging" } & Awaited)
  | { readonly code: "paper/unknown"; readonly notice: string; readonly board: string }
  /** What somebody said does not go with what is known: not to be posted yet, or not any more; posted already. */
  | {
      readonly code: "paper/state";
      readonly notice: string;
      readonly board: string;
      readonly what: "posted" | "taken";
      readonly state: "planned" | "to-post" | "hanging" | "to-take-down" | "taken-down" | "missed";
    }
  /** Its sheets are not in the store: erased in their time, or damaged. */
  | { readonly code: "paper/gone"; readonly notice: string; readonly board: string }
  | { readonly code: "paper/several-pages"; readonly has: number };

export const isPaperFault = (fault: { readonly code: string }): fault is PaperFault => fault.code.startsWith("paper/");

const statesZh = {
  planned: "还没到张贴时间",
  "to-post": "待张贴",
  hanging: "已张贴\uff0c还没到期",
  "to-take-down": "已张贴\uff0c待撤下",
  "taken-down": "已撤下",
  missed: "张贴时间已过",
} as const;
const statesEn = {
  planned: "its time has not come",
  "to-post": "to be posted",
  hanging: "posted, and its time is not over",
  "to-take-down": "posted, to be taken down",
  "taken-down": "taken down",
  missed: "its time is over",
} as const;

const whereZh = ({ board, notice, title, place, custodian }: Awaited) =>
  `${board}\uff08${place}\uff0c保管人 ${custodian}\uff09\uff1a${notice}《${title}》`;
const whereEn = ({ board, notice, title, place, custodian }: Awaited) =>
  `${board} (${place}, custodian ${custodian}): ${notice} "${title}"`;

/** What happened. */
export function paperSentence(fault: PaperFault): Sentence {
  switch (fault.code) {
    case "paper/not-posted":
      return {
        zh: `${whereZh(fault)}自 ${fault.since} 起应张贴\uff0c还没有人登记已张贴`,
        en: `${whereEn(fault)} should hang since ${fault.since}; nobody has confirmed that it was posted`,
      };
    case "paper/still-hanging":
      return {
        zh: `${whereZh(fault)}${fault.since} 已到期或撤下\uff0c还没有人登记纸质件已取下`,
        en: `${whereEn(fault)} was over at ${fault.since}; nobody has confirmed that its paper was taken down`,
      };
    case "paper/unknown":
      return {
        zh: `${fault.board} 没有 ${fault.notice} 的张贴件`,
        en: `There is nothing of ${fault.notice} to post on ${fault.board}`,
      };
    case "paper/state": {
      const asked = fault.what === "posted" ? { zh: "张贴", en: "posted" } : { zh: "撤下", en: "taken down" };
      return {
        zh: `${fault.notice} 在 ${fault.board} ${statesZh[fault.state]}\uff0c不能登记${asked.zh}`,
        en: `${fault.notice} on ${fault.board} (${statesEn[fault.state]}) cannot be confirmed as ${asked.en}`,
      };
    }
    case "paper/gone":
      return {
        zh: `${fault.notice} 在 ${fault.board} 的张贴件不在库中`,
        en: `The sheets of ${fault.notice} for ${fault.board} are not in the store`,
      };
    case "paper/several-pages":
      return {
        zh: `照片只要一张\uff0c这里有 ${fault.has} 页`,
        en: `One photo is enough; this file has ${fault.has} pages`,
      };
  }
}

/** What you can do. */
export function paperRemedy(fault: PaperFault): Sentence {
  switch (fault.code) {
    case "paper/not-posted":
      return {
        zh: "请打印后到那里张贴\uff0c再在“纸质张贴”登记。",
        en: 'Print it, post it there, then confirm it under "On paper".',
      };
    case "paper/still-hanging":
      return {
        zh: "请到那里取下\uff0c再在“纸质张贴”登记。",
        en: 'Take it down there, then confirm it under "On paper".',
      };
    case "paper/unknown":
      return {
        zh: "GET /api/v1/postings 列出全部。签发时还没有张贴处的\uff0c请换版重签。",
        en: "GET /api/v1/postings lists them. What was signed before the board had a posting place is signed anew with `renew`.",
      };
    case "paper/state":
      if (fault.what === "taken" && fault.state === "hanging")
        return {
          zh: "要提前取下\uff0c请先撤下这条信息。",
          en: "To take it down before its time, withdraw the notice first.",
        };
      return { zh: "请看“纸质张贴”里它现在的状态。", en: 'See under "On paper" how it stands.' };
    case "paper/gone":
      return {
        zh: "含个人信息的已按期清除\uff1b否则请从备份恢复\uff0c或重新送审签发。",
        en: "Personal information is erased in its time; else restore a backup, or have it signed again.",
      };
    case "paper/several-pages":
      return { zh: "请传一张照片\uff08JPEG 或 PNG\uff09。", en: "Send one photo, as JPEG or PNG." };
  }
}
