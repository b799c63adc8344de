/** What keeps a board from being added, changed or retired: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type InstallationFault =
  /** Of practice: its nine boards are samples; those that somebody added may be changed. */
  | { readonly code: "installation/sample"; readonly board: string }
  /** It was started without a file. */
  | { readonly code: "installation/none" }
  | { readonly code: "installation/unwritable"; readonly file: string; readonly detail: string }
  /** It may be lit, for as long as its programme is: nothing would be there to end it. */
  | { readonly code: "installation/lit"; readonly board: string }
  /** Paper hangs there, or waits to be hung or taken down. */
  | { readonly code: "installation/hanging"; readonly board: string; readonly sheets: number }
  /** It is loaded by stick, and nobody has said what became of what is on its card; or not so, by what people said before. */
  | { readonly code: "installation/loaded"; readonly board: string; readonly notices: number }
  /** Written, and the daemon is about to start anew with it. */
  | { readonly code: "installation/starting" }
  /** An office of one's own is begun from practice, and once. */
  | { readonly code: "installation/stands" }
  /** Practice was asked for, or its folder was named: the next start would not find the new office. */
  | { readonly code: "installation/chosen" }
  | { readonly code: "installation/from-afar" }
  /** With `review: none`: whoever reached the page could light the boards. */
  | { readonly code: "installation/alone" };

export const isInstallationFault = (fault: { readonly code: string }): fault is InstallationFault =>
  fault.code.startsWith("installation/");

/** What happened. */
export function installationSentence(fault: InstallationFault): Sentence {
  switch (fault.code) {
    case "installation/sample":
      return {
        zh: `${fault.board} 是演练的样例\uff0c不能改\uff0c也不能停用`,
        en: `${fault.board} is a sample of the practice: it is not changed or retired`,
      };
    case "installation/none":
      return {
        zh: "系统启动时没有安装文件\uff0c公开栏没有地方可存",
        en: "There is no installation file to keep a board in",
      };
    case "installation/unwritable":
      return {
        zh: `安装文件 ${fault.file} 写不了\uff08${fault.detail}\uff09`,
        en: `The installation file ${fault.file} cannot be written (${fault.detail})`,
      };
    case "installation/lit":
      return { zh: `${fault.board} 可能还亮着\uff0c不能停用`, en: `${fault.board} may be lit: it is not retired` };
    case "installation/hanging":
      return {
        zh: `${fault.board} 还有 ${fault.sheets} 张纸质件没有了结\uff0c不能停用`,
        en: `${fault.sheets} sheets hang at ${fault.board}, or wait for somebody: it is not retired`,
      };
    case "installation/loaded":
      return {
        zh: `${fault.board} 由人装卡\uff0c卡上可能有 ${fault.notices} 条信息\uff0c不说明去向不能停用`,
        en: `${fault.board} is loaded by stick, and its card may have ${fault.notices} notices: it is not retired before somebody says what became of them`,
      };
    case "installation/starting":
      return {
        zh: "刚才的改动正在生效",
        en: "The last change is about to take effect",
      };
    case "installation/stands":
      return {
        zh: "这里已经有本单位的安装文件",
        en: "There is an installation file of an office here already",
      };
    case "installation/chosen":
      return {
        zh: "网页不能把这次演练换成正式系统\uff1a启动时写了 --practice 或 --data\uff0c下次这样启动还是演练",
        en: "The page cannot make an office of this practice: it was started with --practice or --data, and started so again it would be practice again",
      };
    case "installation/from-afar":
      return {
        zh: "建立本单位的系统只能在运行它的那台电脑上",
        en: "An office is begun at the computer that runs it, and nowhere else",
      };
    case "installation/alone":
      return {
        zh: "本机不设审核\uff0c没有账号\uff0c不能对办公网开放",
        en: "There is no review here, and no account: it is not opened to a network",
      };
  }
}

/** What you can do. */
export function installationRemedy(fault: InstallationFault): Sentence {
  switch (fault.code) {
    case "installation/sample":
      return {
        zh: "可以新增一块模拟屏来练习\uff0c自己加的可以改\uff0c可以停用。",
        en: "Add a simulated board of your own: that one can be changed and retired.",
      };
    case "installation/none":
      return {
        zh: "请把 fixtures/boardcast.example.yaml 复制为 boardcast.yaml\uff0c再启动。",
        en: "Copy fixtures/boardcast.example.yaml to boardcast.yaml and start again.",
      };
    case "installation/unwritable":
      return {
        zh: "什么也没有改。请看这个文件和它所在文件夹的权限、磁盘空间\uff0c再试。",
        en: "Nothing was changed. Look at the rights of the file and its folder, and at free disk space; then try again.",
      };
    case "installation/lit":
      return {
        zh: "请先对它“紧急关屏”\uff0c等到“已确认关屏”\uff0c或现场断电。",
        en: "Switch it dark first, and wait until that is confirmed or its power is cut.",
      };
    case "installation/hanging":
      return {
        zh: "请先在“纸质张贴”把它们取下并登记\uff1b还没到期的先撤下。",
        en: 'Take them down under "On paper" first; withdraw those whose time is not over.',
      };
    case "installation/loaded":
      return {
        zh: "请到现场清空卡\uff0c或把屏拆走\uff0c再选“卡已清空”“屏已拆走”停用。",
        en: "Have the card emptied or the sign taken away, then say which and retire it.",
      };
    case "installation/starting":
      return { zh: "请过几秒再试。", en: "Try again in some seconds." };
    case "installation/stands":
      return {
        zh: "请在终端里停下\uff08Ctrl+C\uff09\uff0c再启动一次\uff0c不带 --practice\uff08npm start\uff09。",
        en: "Stop it in the terminal (Ctrl+C) and start it again without --practice (npm start).",
      };
    case "installation/chosen":
      return {
        zh: "请在终端里停下\uff08Ctrl+C\uff09\uff0c用 npm start 启动\uff0c不加别的\uff0c再来这里。",
        en: "Stop it in the terminal (Ctrl+C), start it with npm start and nothing else, and come back here.",
      };
    case "installation/from-afar":
      return {
        zh: "请坐到那台电脑前\uff0c用 127.0.0.1 打开这个网页。",
        en: "Sit down at it, and open this page as 127.0.0.1.",
      };
    case "installation/alone":
      return {
        zh: "请去掉安装文件里的 review: none\uff0c重新启动\uff0c设好账号\uff0c再来开放。",
        en: "Take review: none out of the installation file, start again, set up accounts, and open it then.",
      };
  }
}
