/** What can be wrong with how an office opens: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type DoorFault =
  /** A certificate or key that the installation file names. */
  | { readonly code: "door/certificate"; readonly file: string; readonly why: Sentence }
  /** The data folder is of the other kind: practice, or real. */
  | { readonly code: "door/other-office"; readonly folder: string; readonly holds: "practice" | "real" };

const kinds = {
  practice: { zh: "演练", en: "practice" },
  real: { zh: "正式", en: "real" },
} as const;

export function doorSentence(fault: DoorFault): Sentence {
  switch (fault.code) {
    case "door/certificate":
      return { zh: `${fault.file}：${fault.why.zh}`, en: `${fault.file}: ${fault.why.en}` };
    case "door/other-office": {
      const { zh, en } = kinds[fault.holds];
      const other = kinds[fault.holds === "practice" ? "real" : "practice"];
      return {
        zh: `${fault.folder} 里是${zh}数据，不能当${other.zh}数据打开`,
        en: `${fault.folder} holds ${en} data, and is not opened as ${other.en}`,
      };
    }
  }
}

export function doorRemedy(fault: DoorFault): Sentence {
  switch (fault.code) {
    case "door/certificate":
      return {
        zh: "请改正安装文件的 listen.tls;没有证书就写 tls: generated。",
        en: "Correct listen.tls in the installation file; without a certificate write tls: generated.",
      };
    case "door/other-office":
      return fault.holds === "practice"
        ? {
            zh: "演练请加 --practice;正式数据请用 --data 指定另一个文件夹。",
            en: "Add --practice to practise; for real data name another folder with --data.",
          }
        : {
            zh: "请去掉 --practice;演练请用 --data 指定另一个文件夹。",
            en: "Leave out --practice; to practise name another folder with --data.",
          };
  }
}

export const isDoorFault = (fault: { readonly code: string }): fault is DoorFault => fault.code.startsWith("door/");
