/** What looks wrong with a board, or the clock, though nothing has failed (R27): a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type AlarmFault =
  /** Nothing new has come on it for `days` days; `since`: the civil day of the last that did. */
  | { readonly code: "board/stale"; readonly board: string; readonly since: string; readonly days: number }
  /** What was read back is a notice whose time was over; `until`: civil time of its end. */
  | { readonly code: "board/expired-lit"; readonly board: string; readonly notice: string; readonly until: string }
  /** Nothing but the default picture all of this day; or, where a notice is named, a slot kept for what is not signed. */
  | { readonly code: "board/empty-slot"; readonly board: string; readonly day: string; readonly notice: string | null }
  | {
      readonly code: "clock/wrong";
      readonly what: "jumped" | "before-record" | "before-release";
      readonly seconds: number;
    };

const codes: readonly string[] = ["board/stale", "board/expired-lit", "board/empty-slot", "clock/wrong"];

export const isAlarmFault = (fault: { readonly code: string }): fault is AlarmFault => codes.includes(fault.code);

/** What happened. */
export function alarmSentence(fault: AlarmFault): Sentence {
  switch (fault.code) {
    case "board/stale":
      return {
        zh: `${fault.board}：${fault.since} 以后没有新内容，已超过 ${fault.days} 天`,
        en: `${fault.board}: nothing new since ${fault.since}, more than ${fault.days} days`,
      };
    case "board/expired-lit":
      return {
        zh: `${fault.board}：信息 ${fault.notice} 已于 ${fault.until} 到期，屏上仍在显示`,
        en: `${fault.board}: notice ${fault.notice} ended ${fault.until} and is still lit`,
      };
    case "board/empty-slot":
      return fault.notice === null
        ? {
            zh: `${fault.board}：${fault.day} 整天没有内容，只有待机画面`,
            en: `${fault.board}: nothing but the default picture all day on ${fault.day}`,
          }
        : {
            zh: `${fault.board}：${fault.day} 有时段留给 ${fault.notice}，它还没有签发`,
            en: `${fault.board}: a slot on ${fault.day} is kept for ${fault.notice}, which is not signed`,
          };
    case "clock/wrong": {
      const { seconds } = fault;
      const size = Math.abs(seconds);
      if (fault.what === "jumped")
        return seconds < 0
          ? { zh: `电脑时钟往回跳了 ${size} 秒`, en: `this computer's clock jumped back by ${size} s` }
          : { zh: `电脑时钟往前跳了 ${size} 秒`, en: `this computer's clock jumped ahead by ${size} s` };
      return fault.what === "before-record"
        ? {
            zh: `电脑时钟比台账最后一行还早 ${size} 秒`,
            en: `this computer's clock is ${size} s before the ledger's last row`,
          }
        : {
            zh: "电脑时钟比本软件发布还早",
            en: "this computer's clock is before this program was released",
          };
    }
  }
}

/** What you can do. */
export function alarmRemedy(fault: AlarmFault): Sentence {
  switch (fault.code) {
    case "board/stale":
      return {
        zh: "请核对这块屏该公开的内容，该更新的更新。",
        en: "See what this board should tell, and bring it up to date.",
      };
    case "board/expired-lit":
      return {
        zh: "系统会自动重发节目单；若几分钟后仍在，请到现场断电并报修。",
        en: "The programme is being sent again; if it is still lit in some minutes, cut the power and report it.",
      };
    case "board/empty-slot":
      return fault.notice === null
        ? { zh: "请安排信息，或缩短开放时段。", en: "Schedule something, or shorten the board's hours." }
        : { zh: "请催办签发，或改期。", en: "Have it signed, or move its schedule." };
    case "clock/wrong":
      return {
        zh: "请核对日期时间和时区，打开自动校时(NTP),再看各屏。",
        en: "Check date, time and zone, turn time synchronisation (NTP) on, then look at the boards.",
      };
  }
}
