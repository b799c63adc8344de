/** What is late, and what cannot be said of a 公示 yet: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type PeriodFault =
  /** R01: due on `dueOn`, and on no board `days` days later. */
  | { readonly code: "notice/overdue"; readonly notice: string; readonly dueOn: string; readonly days: number }
  /** The result of a 公示 that nobody knows, or that still hangs. */
  | { readonly code: "publicity/unknown"; readonly notice: string }
  | { readonly code: "publicity/running"; readonly notice: string }
  | { readonly code: "publicity/result"; readonly notice: string; readonly result: string };

const codes: ReadonlySet<string> = new Set<PeriodFault["code"]>([
  "notice/overdue",
  "publicity/unknown",
  "publicity/running",
  "publicity/result",
]);
export const isPeriodFault = (fault: { readonly code: string }): fault is PeriodFault => codes.has(fault.code);

/** What happened. */
export function periodSentence(fault: PeriodFault): Sentence {
  switch (fault.code) {
    case "notice/overdue":
      return {
        zh: `信息 ${fault.notice} 应在 ${fault.dueOn} 前公开，已过 ${fault.days} 天，还没有上屏`,
        en: `Notice ${fault.notice} was due on ${fault.dueOn}, ${fault.days} days ago, and is on no board yet`,
      };
    case "publicity/unknown":
      return { zh: `信息 ${fault.notice} 没有公示期`, en: `Notice ${fault.notice} has no publicity period` };
    case "publicity/running":
      return {
        zh: `信息 ${fault.notice} 的公示还没有结束`,
        en: `The publicity of notice ${fault.notice} is not over yet`,
      };
    case "publicity/result":
      return {
        zh: `信息 ${fault.result} 不能作 ${fault.notice} 的公示结果`,
        en: `Notice ${fault.result} cannot be the result of ${fault.notice}`,
      };
  }
}

/** What you can do. */
export function periodRemedy(fault: PeriodFault): Sentence {
  switch (fault.code) {
    case "notice/overdue":
      return {
        zh: "请尽快签发上屏，并在台账里写明迟的原因。",
        en: "Have it signed and shown, and say in the register why it is late.",
      };
    case "publicity/unknown":
      return { zh: "公示列表里有的才能登记结果。", en: "Results belong to notices in the list of publicity periods." };
    case "publicity/running":
      return { zh: "期满之后再登记结果。", en: "Record its result when it has ended." };
    case "publicity/result":
      return {
        zh: "结果要是另一条已有的信息。",
        en: "A result is another notice that is there already.",
      };
  }
}
