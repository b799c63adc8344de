/** What stands in the way of a BX-K card, and what people can do: its error codes are those of BX-5. */
import type { Sentence } from "../../fault.ts";
import { meaningOf } from "../onbon/errors.ts";

export interface Trouble {
  readonly what: Sentence;
  readonly todo: Sentence;
}

const words = (zh: string, en: string): Sentence => ({ zh, en });

const again = words(
  "请把这条信息重新提交、签发一次\uff08或用 boardcast renew-pixels 同文换版\uff09\uff0c它会按这张卡的格子重排\uff1b在此之前屏上不放它。",
  "Submit the notice and have it signed again (or boardcast renew-pixels): it is set anew in this card's cells. Until then it is not shown.",
);

const options = words(
  "请核对这块公开栏的宽、高、颜色\uff0c以及 driver 的 family、glyphs、font。",
  "Check this board's width, height and colour, and the driver's family, glyphs and font.",
);

export const troubles = {
  noText: (page: number, { line, column }: { readonly line: number; readonly column: number }): Trouble => ({
    what: words(
      `签过的画面第 ${page} 页第 ${line} 行、左起第 ${column} 个半格不是卡里任何一个字\uff0c没有发`,
      `page ${page}, line ${line}, half cell ${column} of what was signed is no character that it has: nothing of it was sent`,
    ),
    todo: again,
  }),
  tooLong: (has: number, most: number): Trouble => ({
    what: words(
      `一页文字有 ${has} 字节\uff0c最多 ${most} 字节\uff0c没有发`,
      `a page of text has ${has} bytes, at most ${most}: nothing of it was sent`,
    ),
    todo: words("请少用几种颜色\uff0c或把这条信息分成几条。", "Use fewer colours, or part the notice."),
  }),
  otherFamily: (found: string, written: string): Trouble => ({
    what: words(`它是 BX-${found}\uff0c安装文件里写的是 ${written}`, `it is a BX-${found}, and ${written} is written`),
    todo: words(`请在 driver 里写 family: ${found.slice(0, 2)}。`, `Write the driver's family: ${found.slice(0, 2)}.`),
  }),
} as const;

/** Codes that the settings of another kind of card would explain are told with this one's. */
export function refusalOf(code: number): Trouble {
  const { what, todo } = meaningOf(code);
  return { what, todo: ofSettings.has(code) ? options : todo };
}
const ofSettings = new Set([1, 2, 9, 10, 25]);
