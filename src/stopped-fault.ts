/** Where the typesetter stopped at a bound: of time, of memory, of what is listed. */
import type { Sentence } from "./fault.ts";

export type StoppedFault =
  | {
      readonly code: "notice/typeset-stopped";
      readonly notice: string;
      readonly panel: string;
      /** What it was given; null: it took too much memory. */
      readonly seconds: number | null;
    }
  /** Beyond those that are listed. */
  | { readonly code: "notice/more-missing-glyphs"; readonly notice: string; readonly count: number };

/** What happened. */
export function stoppedSentence(fault: StoppedFault): Sentence {
  if (fault.code === "notice/more-missing-glyphs")
    return {
      zh: `信息 ${fault.notice} 另有 ${fault.count} 处的字在字库中没有`,
      en: `Notice ${fault.notice}: characters at ${fault.count} more places are in no font`,
    };
  const { notice, panel, seconds } = fault;
  return {
    zh: `信息 ${notice} 在 ${panel} 上${seconds === null ? "排版用完了内存" : `排了 ${seconds} 秒还没有排完`}\uff0c已停止`,
    en: `Notice ${notice} was stopped: setting it on ${panel} took ${seconds === null ? "too much memory" : `more than ${seconds} seconds`}`,
  };
}

/** What you can do. */
export function stoppedRemedy({ code }: StoppedFault): Sentence {
  if (code === "notice/more-missing-glyphs")
    return {
      zh: "请先改列出的各处。这么多字缺字形\uff0c多半是文字复制时已损坏\uff0c请从原文重新复制。",
      en: "Change those that are listed first. So many are mostly text that was damaged in copying: copy it again from its source.",
    };
  return {
    zh: "请看文字里有没有大段空格或重复的符号\uff0c缩短文字\uff0c或分成几条信息。其他信息不受影响。",
    en: "Look for long runs of spaces or signs, shorten the text, or make several notices of it. Others are not affected.",
  };
}
