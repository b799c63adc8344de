/** What can be wrong with a line, or with what a panel says: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type PanelFault =
  | { readonly code: "link/refused"; readonly board: string; readonly where: string; readonly detail: string }
  | { readonly code: "link/lost"; readonly board: string; readonly where: string; readonly detail: string }
  | { readonly code: "link/no-answer"; readonly board: string; readonly where: string; readonly label: string }
  | { readonly code: "wire/noise"; readonly board: string; readonly bytes: number }
  | { readonly code: "wire/refused"; readonly board: string; readonly label: string; readonly detail: string }
  | { readonly code: "panel/clock"; readonly board: string; readonly errorMs: number }
  | { readonly code: "panel/shape"; readonly board: string; readonly wanted: string; readonly found: string }
  | { readonly code: "panel/version"; readonly board: string; readonly found: string }
  | { readonly code: "panel/frame"; readonly board: string; readonly wanted: string; readonly found: string }
  | { readonly code: "panel/full"; readonly board: string; readonly needs: number; readonly has: number };

export const isPanelFault = (fault: { readonly code: string }): fault is PanelFault =>
  /^(link|wire|panel)\//.test(fault.code);

/** What happened. */
export function panelSentence(fault: PanelFault): Sentence {
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
  }
}

/** What you can do. */
export function panelRemedy(fault: PanelFault): Sentence {
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
  }
}
