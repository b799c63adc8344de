/** How a board's panel is reached, in words for people. */
import type { BoardView } from "../api/office.ts";
import type { BoardConfig } from "../config/types.ts";
import type { Sentence } from "../fault.ts";
import { sharersOf } from "../panels/links/list.ts";

/** Who else is on its line; nothing where the line is its own. */
export function sharedNote(board: BoardConfig, boards: readonly BoardConfig[]): Pick<BoardView, "shared"> {
  const sharers = sharersOf(board, boards).map(({ id }) => id);
  if (sharers.length === 0 || !("address" in board.link)) return {};
  const { driver, link } = board;
  return { shared: { number: driver?.kind === "alpha" ? driver.sign : link.address, with: sharers } };
}

const behind = (baud: number | undefined, { zh, en }: Sentence): Sentence =>
  baud === undefined
    ? { zh, en }
    : { zh: `${zh}\uff0c串口服务器 ${baud} 波特`, en: `${en}, a serial server at ${baud} baud` };

export function linkNote(board: BoardConfig): Sentence {
  const { link } = board;
  switch (link.kind) {
    case "tcp-out":
      return behind(link.baud, { zh: `TCP ${link.host}:${link.port}`, en: `TCP ${link.host}:${link.port}` });
    case "tcp-in":
      return behind(link.baud, {
        zh: `等待屏拨入 TCP 端口 ${link.port}`,
        en: `panel dials in to TCP port ${link.port}`,
      });
    case "serial":
      return { zh: `串口 ${link.path}，${link.baud} 波特`, en: `serial ${link.path} at ${link.baud} baud` };
    case "udp":
      return { zh: `UDP ${link.host}:${link.port}`, en: `UDP ${link.host}:${link.port}` };
    case "browser":
      return {
        zh: "液晶屏\uff0c由浏览器打开 /show/ 页面播放并读回",
        en: "LCD: the /show/ page of a browser plays it, and reads it back",
      };
    case "carried":
      return { zh: "U盘屏：文件由人携带，无法回读", en: "USB sign: a person carries the file; nothing is read back" };
  }
}
