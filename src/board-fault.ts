/** What a board cannot show as the installation file or the notices ask: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type BoardFault =
  | { readonly code: "board/overfull"; readonly board: string; readonly spans: number; readonly max: number }
  /** Its default picture is not signed; the board is black between notices, or shows the one of before. */
  | { readonly code: "board/default-unsigned"; readonly board: string; readonly why: Sentence }
  /** Somebody asked to take a default picture down. */
  | { readonly code: "board/default-stays"; readonly board: string };

export const isBoardFault = (fault: { readonly code: string }): fault is BoardFault => fault.code.startsWith("board/");

/** What happened. */
export function boardSentence(fault: BoardFault): Sentence {
  switch (fault.code) {
    case "board/overfull":
      return {
        zh: `${fault.board}:节目单太满:${fault.spans} 段,最多 ${fault.max} 段`,
        en: `${fault.board}: the programme is overfull: ${fault.spans} spans, at most ${fault.max}`,
      };
    case "board/default-unsigned":
      return {
        zh: `${fault.board}:待机画面没有签发:${fault.why.zh}`,
        en: `${fault.board}: its default picture is not signed: ${fault.why.en}`,
      };
    case "board/default-stays":
      return {
        zh: `${fault.board} 的待机画面不能撤下:它是安装文件里的文字`,
        en: `The default picture of ${fault.board} is not withdrawn: it is what the installation file says`,
      };
  }
}

/** What you can do. */
export function boardRemedy({ code }: BoardFault): Sentence {
  if (code === "board/overfull") return { zh: "请合并时段或减少信息。", en: "Merge slots or show fewer notices." };
  return {
    zh: "请修改安装文件里这块公开栏的 default,再重新启动。",
    en: "Change this board's `default` in the installation file, and start again.",
  };
}
