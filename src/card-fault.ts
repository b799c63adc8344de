/** What a sign waits for that a person carries a stick to: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

interface Awaited {
  readonly board: string;
  /** As people read it. */
  readonly since: string;
  readonly place: string;
  readonly custodian: string;
}

export type CardFault =
  /** An office day has gone, and nobody has said that so many notices were put in. */
  | ({ readonly code: "card/not-loaded"; readonly notices: number; readonly load: string } & Awaited)
  /** An office day has gone since its time was over, and by what people say it is on the card. */
  | ({
      readonly code: "card/still-on";
      readonly notice: string;
      readonly title: string;
      readonly more: number;
    } & Awaited)
  /** No board, or one that is not carried to. */
  | { readonly code: "card/unknown"; readonly board: string }
  | { readonly code: "card/dark"; readonly board: string }
  /** No load of that name was made since somebody last put one in. */
  | { readonly code: "card/no-load"; readonly board: string; readonly load: string }
  /** It has what is to be on the sign no more, and whoever said that it was put in did not say that they know. */
  | {
      readonly code: "card/over";
      readonly board: string;
      readonly load: string;
      readonly notice: string;
      readonly title: string;
      /** As people read it. */
      readonly at: string;
      readonly more: number;
    }
  /** It was said before, and nothing has changed since. */
  | { readonly code: "card/said"; readonly board: string; readonly load: string }
  /** The folder cannot be written; or what is called so is somebody else's; or it read back otherwise. */
  | {
      readonly code: "card/folder";
      readonly folder: string;
      readonly why: "write" | "not-ours" | "read-back";
      readonly detail: string;
    };

export const isCardFault = (fault: { readonly code: string }): fault is CardFault => fault.code.startsWith("card/");

const where = ({ board, place, custodian }: Awaited): Sentence => ({
  zh: `${board}\uff08${place}\uff0c保管人 ${custodian}\uff09`,
  en: `${board} (${place}, custodian ${custodian})`,
});

/** What happened. */
export function cardSentence(fault: CardFault): Sentence {
  switch (fault.code) {
    case "card/not-loaded":
      return {
        zh: `${where(fault).zh}自 ${fault.since} 起要装卡\uff1a${fault.notices} 条信息还没有人登记已装入\uff08装卡码 ${fault.load}\uff09`,
        en: `${where(fault).en} is to be loaded since ${fault.since}: nobody has confirmed ${fault.notices} notices (code ${fault.load})`,
      };
    case "card/still-on": {
      const [zh, en] = fault.more > 0 ? [`等 ${fault.more + 1} 条`, ` and ${fault.more} more`] : ["", ""];
      return {
        zh: `${where(fault).zh}\uff1a${fault.notice}《${fault.title}》${zh}在 ${fault.since} 已到期或撤下\uff0c按登记还在屏上`,
        en: `${where(fault).en}: ${fault.notice} "${fault.title}"${en} was over at ${fault.since}; by what people confirmed it is still on the sign`,
      };
    }
    case "card/unknown":
      return { zh: `${fault.board} 不是由人装卡的公开栏`, en: `${fault.board} is no board that is carried to` };
    case "card/dark":
      return {
        zh: `${fault.board} 已紧急关屏\uff0c不准备装卡内容`,
        en: `${fault.board} is switched dark: nothing is carried`,
      };
    case "card/no-load":
      return {
        zh: `${fault.board} 没有装卡码为 ${fault.load} 的装卡内容`,
        en: `there is no load ${fault.load} for ${fault.board}`,
      };
    case "card/over": {
      const [zh, en] = fault.more > 0 ? [`等 ${fault.more + 1} 条`, ` and ${fault.more} more`] : ["", ""];
      return {
        zh: `${fault.board} 的装卡码 ${fault.load} 是旧的\uff0c里面的 ${fault.notice}《${fault.title}》${zh}在 ${fault.at} 已到期或撤下\uff0c还没有登记`,
        en: `load ${fault.load} of ${fault.board} is an old one: ${fault.notice} "${fault.title}"${en} in it was over at ${fault.at}; nothing was put on record yet`,
      };
    }
    case "card/said":
      return {
        zh: `${fault.board} 的装卡码 ${fault.load} 已登记过装入`,
        en: `that load ${fault.load} is on ${fault.board} was confirmed before`,
      };
    case "card/folder":
      if (fault.why === "not-ours")
        return {
          zh: `${fault.folder} 里是别的东西\uff0c没有覆盖`,
          en: `${fault.folder} holds something else; nothing was overwritten`,
        };
      if (fault.why === "read-back")
        return {
          zh: `${fault.folder} 写完再读\uff0c${fault.detail} 不一样\uff0c没有换上`,
          en: `${fault.folder}: ${fault.detail} reads back otherwise than it was written; the old folder stays`,
        };
      return {
        zh: `${fault.folder} 写不进去\uff1a${fault.detail}`,
        en: `${fault.folder} cannot be written: ${fault.detail}`,
      };
  }
}

/** What you can do. */
export function cardRemedy(fault: CardFault): Sentence {
  switch (fault.code) {
    case "card/not-loaded":
      return {
        zh: "请用 U 盘装卡\uff0c装完在“纸质张贴和装卡”登记。",
        en: 'Carry it there on a stick, then confirm it under "On paper and by stick".',
      };
    case "card/still-on":
      return {
        zh: "请用 U 盘重新装卡\uff0c装完登记\uff1b一时去不了\uff0c请让人到现场断电。",
        en: "Load the sign anew and confirm it; until somebody can go there, have its power cut.",
      };
    case "card/unknown":
      return { zh: "GET /api/v1/cards 列出全部。", en: "GET /api/v1/cards lists them." };
    case "card/dark":
      return {
        zh: "要变黑请到现场断电。恢复显示后再装卡。",
        en: "To make it black, cut its power. Carry again once the board is resumed.",
      };
    case "card/no-load":
      return {
        zh: "装卡码印在装卡单上。太旧的\uff0c请重新拷贝、装卡。",
        en: "The code is printed on the slip. If it is too old, copy and load anew.",
      };
    case "card/over":
      return {
        zh: "没有装的\uff0c请改装现在这一份。已经装了的\uff0c请勾选“确已装入”再登记\uff1a它会列为待撤下\uff0c到重新装卡为止。",
        en: "If it was not put in, carry the present load. If it was, say that you know (--over) and confirm again: it is then to be taken off, until the sign is loaded anew.",
      };
    case "card/said":
      return { zh: "不用再登记。", en: "There is nothing more to confirm." };
    case "card/folder":
      if (fault.why === "not-ours")
        return {
          zh: "请换一个文件夹或 U 盘\uff0c或先把那里的东西移走。",
          en: "Choose another folder or stick, or move away what is there.",
        };
      return {
        zh: "请看 U 盘是否写保护、已满或已拔出\uff1b换一个 U 盘再试。",
        en: "See whether the stick is write-protected, full or gone; try another one.",
      };
  }
}
