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

/** What keeps a line from being there, as far as the operating system's words tell it. */
const troubles = {
  refused: [
    /ECONNREFUSED/,
    "设备在，但不接受连接",
    "the device is there, and takes no connection",
    "核对端口号；看是否有别的软件正连着控制卡。",
    "Check the port, and whether other software holds the card.",
  ],
  unreachable: [
    /EHOSTUNREACH|EHOSTDOWN/,
    "网上找不到这台设备",
    "there is no such device on the network",
    "看屏和控制卡的电源、网线；核对 IP 地址。",
    "Check the power and cable of panel and card, and the IP address.",
  ],
  "no-network": [
    /ENETUNREACH|ENETDOWN|EADDRNOTAVAIL/,
    "这台电脑没有连上那个网络",
    "this computer is not on that network",
    "看这台电脑的网线和网络设置。",
    "Check this computer's own cable and network settings.",
  ],
  silent: [
    /ETIMEDOUT|no connection within|no answer/,
    "等了几秒，没有回应",
    "it did not answer within seconds",
    "看控制卡的电源和网线（或串口线）；核对地址。",
    "Check the card's power and cable, and the address.",
  ],
  closed: [
    /ECONNRESET|ECONNABORTED|EPIPE|closed by the other side/,
    "对方关掉了连接",
    "the other side closed it",
    "看网线、交换机和控制卡的电源；看是否有别的软件连上了它。",
    "Check cable, switch and the card's power, and whether other software has connected to it.",
  ],
  "no-port": [
    /ENOENT|ENXIO|ENODEV|No such file|File not found/,
    "这台电脑上没有这个串口",
    "this computer has no such serial port",
    "插好转换线；或在“修改资料”里换成有的串口。",
    "Plug the adapter in, or choose a port that is there in the board's form.",
  ],
  denied: [
    /EACCES|EPERM|Permission denied|Access denied/,
    "这台电脑不让用这个串口",
    "this computer does not let it use that port",
    "找管这台电脑的人开放串口（Linux 上加入 dialout 组）。",
    "Whoever runs this computer has to allow the port (on Linux: the group dialout).",
  ],
  busy: [
    /EBUSY|EAGAIN|Cannot lock port|Resource busy/,
    "串口正被别的软件占着",
    "other software holds the serial port",
    "关掉那个软件，多半是厂家的设置软件。",
    "Close that software, mostly the maker's own.",
  ],
  "no-name": [
    /ENOTFOUND|EAI_AGAIN/,
    "找不到这个主机名",
    "that host name is not known",
    "核对地址，最好写 IP 地址。",
    "Check the address; an IP address is best.",
  ],
  taken: [
    /EADDRINUSE/,
    "这台电脑的这个端口已被别的软件占用",
    "other software holds that port of this computer",
    "关掉那个软件，或换一个端口。",
    "Close that software, or choose another port.",
  ],
  other: [
    /^$/,
    "线路不通",
    "the line is down",
    "看屏的电源和网线（或串口线）是否接好，地址是否对。",
    "Check the panel's power and cable, and the address.",
  ],
} as const;
export type LineTrouble = keyof typeof troubles;
const lineTroubles = Object.fromEntries(
  Object.entries(troubles).map(([name, [, zh, en, todoZh, todoEn]]) => [
    name,
    { what: { zh, en }, todo: { zh: todoZh, en: todoEn } },
  ]),
) as Readonly<Record<LineTrouble, { readonly what: Sentence; readonly todo: Sentence }>>;

/** `detail`: an operating system's words, or one of these names: what is told to whoever may not read the words. */
export function lineTroubleOf(detail: string): LineTrouble {
  const names = Object.keys(troubles) as LineTrouble[];
  return names.find((name) => name === detail || troubles[name][0].test(detail)) ?? "other";
}

/** `where` "": it is not for the reader to know. */
function broken(
  { board, where, detail }: { readonly board: string; readonly where: string; readonly detail: string },
  how: Sentence,
): Sentence {
  const { zh, en } = lineTroubles[lineTroubleOf(detail)].what;
  const at = where === "" ? { zh: "", en: "" } : { zh: `（${where}，${detail}）`, en: ` (${where}, ${detail})` };
  return { zh: `${board}：${how.zh}：${zh}${at.zh}`, en: `${board} ${how.en}: ${en}${at.en}` };
}

/** What happened. */
export function panelSentence(fault: PanelFault): Sentence {
  switch (fault.code) {
    case "link/refused":
      return broken(fault, { zh: "连不上", en: "cannot be reached" });
    case "link/lost":
      return broken(fault, { zh: "断开了", en: "was lost" });
    case "link/no-answer":
      return fault.where === ""
        ? {
            zh: `${fault.board}：线路通，控制卡没有答话`,
            en: `${fault.board}: the line is up, the card does not answer`,
          }
        : {
            zh: `${fault.board}：${fault.where} 没有回答“${fault.label}”`,
            en: `${fault.board}: ${fault.where} did not answer "${fault.label}"`,
          };
    case "wire/noise":
      return {
        zh: `${fault.board}：线路上有 ${fault.bytes} 个字节读不懂`,
        en: `${fault.board}: ${fault.bytes} bytes on the line made no sense`,
      };
    case "wire/refused":
      return fault.detail === ""
        ? { zh: `${fault.board}：控制卡不接受下发的内容`, en: `${fault.board}: the card does not take what it is sent` }
        : {
            zh: `${fault.board}：显示屏拒绝了“${fault.label}”：${fault.detail}`,
            en: `${fault.board}: the panel refused "${fault.label}": ${fault.detail}`,
          };
    case "panel/clock":
      return {
        zh: `${fault.board}：显示屏时钟差 ${fault.errorMs} 毫秒`,
        en: `${fault.board}: the panel's clock is off by ${fault.errorMs} ms`,
      };
    case "panel/shape":
      return {
        zh: `${fault.board}：应为 ${fault.wanted} 的屏，接上的是 ${fault.found}`,
        en: `${fault.board}: expected a ${fault.wanted} panel, found ${fault.found}`,
      };
    case "panel/version":
      return {
        zh: `${fault.board}：显示屏说的协议版本是 ${fault.found}`,
        en: `${fault.board}: the panel speaks protocol version ${fault.found}`,
      };
    case "panel/frame":
      return {
        zh: `${fault.board}：显示的画面不对：应为 ${fault.wanted}，读回 ${fault.found}`,
        en: `${fault.board}: the lit frame is wrong: expected ${fault.wanted}, read back ${fault.found}`,
      };
    case "panel/full":
      return {
        zh: `${fault.board}：显示屏存不下：需要 ${fault.needs} 字节，只有 ${fault.has}`,
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
    case "link/lost": {
      const { todo } = lineTroubles[lineTroubleOf(fault.detail)];
      // Who is not told where it is does not go there: they tell who does.
      return fault.where === ""
        ? { zh: `系统会自动重连。请屏幕管理员${todo.zh}`, en: `It is being retried. Ask an operator: ${todo.en}` }
        : { zh: `系统会自动重连。请${todo.zh}`, en: `It is being retried. ${todo.en}` };
    }
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
