/** What cannot be done with index numbers and issues: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type CatalogueFault =
  | { readonly code: "index/unknown"; readonly index: string }
  | { readonly code: "index/voided"; readonly index: string }
  | { readonly code: "issue/unknown"; readonly id: string }
  /** Nothing hangs on any of the boards. */
  | { readonly code: "issue/empty" }
  | { readonly code: "issue/not-on"; readonly board: string; readonly notice: string }
  | { readonly code: "issue/too-long"; readonly board: string; readonly max: number };

const codes: ReadonlySet<string> = new Set<CatalogueFault["code"]>([
  "index/unknown",
  "index/voided",
  "issue/unknown",
  "issue/empty",
  "issue/not-on",
  "issue/too-long",
]);
export const isCatalogueFault = (fault: { readonly code: string }): fault is CatalogueFault => codes.has(fault.code);

/** What happened. */
export function catalogueSentence(fault: CatalogueFault): Sentence {
  switch (fault.code) {
    case "index/unknown":
      return { zh: `没有索引号 ${fault.index}`, en: `There is no index number ${fault.index}` };
    case "index/voided":
      return { zh: `索引号 ${fault.index} 已经作废`, en: `Index number ${fault.index} is voided already` };
    case "issue/unknown":
      return { zh: `没有期次 ${fault.id}`, en: `There is no issue ${fault.id}` };
    case "issue/empty":
      return {
        zh: "这些公开栏上没有可以成期的信息",
        en: "Nothing is posted on these boards: there is no issue to close",
      };
    case "issue/not-on":
      return {
        zh: `信息 ${fault.notice} 现在不在公开栏 ${fault.board} 上`,
        en: `Notice ${fault.notice} is not posted on board ${fault.board} now`,
      };
    case "issue/too-long":
      return {
        zh: `公开栏 ${fault.board} 的信息超过 ${fault.max} 条\uff0c一期放不下`,
        en: `Board ${fault.board} has more than ${fault.max} notices: too many for one issue`,
      };
  }
}

/** What you can do. */
export function catalogueRemedy(fault: CatalogueFault): Sentence {
  switch (fault.code) {
    case "index/unknown":
      return { zh: "请从导出的目录里核对。", en: "Look it up in the exported catalogue." };
    case "index/voided":
      return { zh: "作废一次即可\uff0c原因已登记。", en: "Once is enough; its reason is on record." };
    case "issue/unknown":
      return { zh: "boardcast issue list 列出全部。", en: "boardcast issue list lists them." };
    case "issue/empty":
      return {
        zh: "请先把信息签发上栏\uff0c或另选公开栏。",
        en: "Have notices signed and posted first, or choose other boards.",
      };
    case "issue/not-on":
      return {
        zh: "只能收入已签发、正在栏上的信息。",
        en: "An issue names what is signed and posted now.",
      };
    case "issue/too-long":
      return { zh: "请写明收入哪些信息。", en: "Name the notices that belong to it." };
  }
}
