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
  | { readonly code: "panel/full"; readonly board: string; readonly needs: number; readonly has: number }
  /** A card said, in its protocol's own codes, why it does not do what it was asked (`label`), or shows something of its own. */
  | {
      readonly code: "panel/card";
      readonly board: string;
      readonly label: string;
      readonly what: Sentence;
      readonly todo: Sentence;
    }
  /** No page says what it lights: any more, or yet. `until`, local time: one went away, and may be lit until then. */
  | { readonly code: "panel/unseen"; readonly board: string; readonly until?: string }
  | { readonly code: "panel/no-page"; readonly board: string }
  | { readonly code: "panel/hidden"; readonly board: string; readonly from: string }
  /** YYYY-MM-DD. */
  | { readonly code: "panel/key-ends"; readonly board: string; readonly on: string };

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
        zh: `${fault.board}:显示屏拒绝了“${fault.label}”：${fault.detail}`,
        en: `${fault.board}: the panel refused "${fault.label}": ${fault.detail}`,
      };
    case "panel/clock":
      return {
        zh: `${fault.board}:显示屏时钟差 ${fault.errorMs} 毫秒`,
        en: `${fault.board}: the panel's clock is off by ${fault.errorMs} ms`,
      };
    case "panel/shape":
      return {
        zh: `${fault.board}:应为 ${fault.wanted} 的屏，接上的是 ${fault.found}`,
        en: `${fault.board}: expected a ${fault.wanted} panel, found ${fault.found}`,
      };
    case "panel/version":
      return {
        zh: `${fault.board}:显示屏说的协议版本是 ${fault.found}`,
        en: `${fault.board}: the panel speaks protocol version ${fault.found}`,
      };
    case "panel/frame":
      return {
        zh: `${fault.board}:显示的画面不对：应为 ${fault.wanted},读回 ${fault.found}`,
        en: `${fault.board}: the lit frame is wrong: expected ${fault.wanted}, read back ${fault.found}`,
      };
    case "panel/full":
      return {
        zh: `${fault.board}:显示屏存不下：需要 ${fault.needs} 字节，只有 ${fault.has}`,
        en: `${fault.board}: the panel cannot hold it: needs ${fault.needs} bytes, has ${fault.has}`,
      };
    case "panel/card":
      return {
        zh: `${fault.board}\uff1a控制卡\u201c${fault.label}\u201d\uff1a${fault.what.zh}`,
        en: `${fault.board}: the card, "${fault.label}": ${fault.what.en}`,
      };
    case "panel/unseen":
      if (fault.until !== undefined)
        return {
          zh: `${fault.board}\uff1a有播放页面断开\uff0c最迟到 ${fault.until} 它可能仍亮着原来的内容`,
          en: `${fault.board}: a page that plays it went away; it may show what it had until ${fault.until}`,
        };
      return { zh: `${fault.board}：播放页面没有再报告`, en: `${fault.board}: its page has not been heard since` };
    case "panel/no-page":
      return { zh: `${fault.board}：还没有播放页面连上`, en: `${fault.board}: no page plays it yet` };
    case "panel/key-ends":
      return {
        zh: `${fault.board}\uff1a播放页面的密钥 ${fault.on} 到期\uff0c之后黑屏`,
        en: `${fault.board}: its page's key ends on ${fault.on}; it is black after that`,
      };
    case "panel/hidden":
      return {
        zh: `${fault.board}：${fault.from} 上的播放页面被别的窗口或标签页盖住了`,
        en: `${fault.board}: the page at ${fault.from} is covered by another window or tab`,
      };
  }
}

/** What you can do. */
export function panelRemedy(fault: PanelFault): Sentence {
  switch (fault.code) {
    case "link/refused":
    case "link/lost":
      return {
        zh: "系统会自动重连。请看屏的电源和网线（或串口线）是否接好，地址是否对。",
        en: "It is being retried. Check the panel's power and cable, and the address.",
      };
    case "link/no-answer":
      return {
        zh: "系统会自动重试。请看电源；RS485 请查 A/B 线是否接反、屏号是否对。",
        en: "It is being retried. Check power; on RS-485 check the A/B wires and the screen number.",
      };
    case "wire/noise":
      return {
        zh: "坏的数据已丢弃并重发。常见原因：波特率不对、线太长、接地不好。",
        en: "Bad data was dropped and sent again. Usual causes: wrong baud rate, long cable, poor grounding.",
      };
    case "wire/refused":
      return {
        zh: "系统会从头重发。若一直如此，请给显示屏断电重启。",
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
      return { zh: "请减少同一时段的信息，或缩短保持时间。", en: "Show fewer notices at once, or shorten the hold." };
    case "panel/card":
      return fault.todo;
    case "panel/unseen":
      return {
        zh: "它会自己重连，断开时最迟到节目单结束就黑屏。请看液晶屏电脑的电源、网线，浏览器是否开着 /show/ 页面。",
        en: "It reconnects by itself, and cut off goes black when its programme ends. Check that computer's power and cable, and that its browser has the /show/ page open.",
      };
    case "panel/no-page":
      return {
        zh: "请系统管理员在“公开栏”里生成这块屏的链接，在液晶屏电脑的浏览器里打开。",
        en: "An administrator makes this screen's link on the board's page; open it in the browser of the LCD's computer.",
      };
    case "panel/key-ends":
      return {
        zh: "请系统管理员为这块屏生成新的链接\uff0c到液晶屏的电脑上打开一次。",
        en: "An administrator makes this screen's new link; open it once on the LCD's computer.",
      };
    case "panel/hidden":
      return {
        zh: "请把播放页面放到最前、全屏（按 F11，或用 --kiosk 启动浏览器）。",
        en: "Bring the page to the front, full screen (F11, or start the browser with --kiosk).",
      };
  }
}
