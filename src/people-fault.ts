/** What can be refused at the doors: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type PeopleFault =
  /** Neither says whether there is such an account. */
  | { readonly code: "people/sign-in" }
  | { readonly code: "people/wait"; readonly seconds: number }
  | { readonly code: "people/busy"; readonly max: number }
  | { readonly code: "people/password"; readonly why: Sentence }
  | { readonly code: "people/must-change" }
  | { readonly code: "people/link" }
  | { readonly code: "people/login-taken"; readonly login: string }
  | { readonly code: "people/same-name"; readonly name: string; readonly login: string }
  | { readonly code: "people/unknown"; readonly what: Sentence }
  | { readonly code: "people/last-administrator" }
  | { readonly code: "people/roles"; readonly why: Sentence }
  | { readonly code: "people/deputy"; readonly why: Sentence }
  | { readonly code: "people/full"; readonly what: Sentence; readonly max: number }
  | { readonly code: "people/alone" }
  | { readonly code: "people/not-alone"; readonly accounts: number }
  | { readonly code: "people/practice-only" }
  /** Of a handover: who goes on could not write on these drafts. */
  | { readonly code: "people/successor"; readonly name: string; readonly drafts: number; readonly unit: string | null }
  /** The row differs from what the register says of it. */
  | { readonly code: "people/altered"; readonly account: string };

const words: { readonly [Code in PeopleFault["code"]]: readonly [what: Sentence, remedy: Sentence] } = {
  "people/sign-in": [
    { zh: "账号或密码不对", en: "the login or the password is wrong" },
    {
      zh: "请再输一次；忘了密码请找系统管理员重设。",
      en: "Try again; an administrator can reset a forgotten password.",
    },
  ],
  "people/wait": [
    { zh: "试得太多了", en: "too many tries" },
    {
      zh: "请稍候；在登录过的电脑上不受影响。",
      en: "Wait a little; a computer that has signed in before is not held up.",
    },
  ],
  "people/busy": [
    { zh: "同时登录的人太多", en: "too many people are signing in at once" },
    { zh: "请过几秒再试。", en: "Try again in a few seconds." },
  ],
  "people/password": [
    { zh: "这个密码不能用", en: "this password will not do" },
    { zh: "请另想一个，几个不相干的词连起来就好。", en: "Think of another; a few unrelated words in a row are good." },
  ],
  "people/must-change": [
    { zh: "要先换密码", en: "the password must be changed first" },
    { zh: "请先设自己的新密码，再做别的事。", en: "Set a new password of your own before anything else." },
  ],
  "people/link": [
    { zh: "这个一次性链接用过了、过期了，或不对", en: "this one-time link was used, is too old, or is wrong" },
    {
      zh: "请系统管理员重新发一个；首次安装请重新启动，看新打印的链接。",
      en: "Ask an administrator for a new one; for the first set-up start again and use the link printed then.",
    },
  ],
  "people/login-taken": [
    { zh: "登录名已有人用", en: "this login is taken" },
    { zh: "请换一个登录名。", en: "Choose another login." },
  ],
  "people/same-name": [
    { zh: "已有同名的账号", en: "there is an account of this name" },
    {
      zh: "同一个人只用一个账号\uff08停用的可以启用\uff09\uff1b确是同名的另一人\uff0c在姓名后注明以便分清\uff0c或勾选“确是同名的另一人”\uff08命令行 --another\uff09。",
      en: "One person has one account (enable it if it is disabled); for another person of that name add something to tell them apart, or tick “Another person of the same name” (--another on the command line).",
    },
  ],
  "people/unknown": [
    { zh: "没有", en: "there is no such" },
    { zh: "请刷新列表再试。", en: "Look at the list again." },
  ],
  "people/last-administrator": [
    { zh: "这是最后一位系统管理员", en: "this is the last administrator" },
    { zh: "请先给别人系统管理员职责。", en: "Make somebody else an administrator first." },
  ],
  "people/roles": [
    { zh: "职责定得不对", en: "these roles cannot be given" },
    { zh: "请改职责、单位或公开栏。", en: "Change the roles, the unit or the boards." },
  ],
  "people/deputy": [
    { zh: "不能这样代签", en: "this deputy cannot be appointed" },
    { zh: "请改人、职责或日期。", en: "Change the person, the role or the dates." },
  ],
  "people/full": [
    { zh: "太多", en: "too many" },
    { zh: "请先停用或取消不用的。", en: "Disable or revoke those that are not used." },
  ],
  "people/alone": [
    { zh: "本机不设审核，不能有账号", en: "there is no review here, so there are no accounts" },
    {
      zh: "要有账号，请从安装文件去掉 review: none,再重新启动。",
      en: "For accounts take review: none out of the installation file and start again.",
    },
  ],
  "people/not-alone": [
    { zh: "已有账号，不能不设审核", en: "there are accounts, so there must be review" },
    { zh: "请从安装文件去掉 review: none。", en: "Take review: none out of the installation file." },
  ],
  "people/practice-only": [
    { zh: "只有演练时能这样登录", en: "this way of signing in is for practice only" },
    { zh: "请用账号和密码登录。", en: "Sign in with login and password." },
  ],
  "people/successor": [
    { zh: "不能接手", en: "cannot go on with" },
    {
      zh: "请交给另一个人\uff0c或先给这个人这项职责。",
      en: "Hand over to somebody else, or give them that role first.",
    },
  ],
  "people/altered": [
    { zh: "账号与台账不符，已停用", en: "the account is not as the register has it; it is shut" },
    {
      zh: "数据库可能被改动过：请查台账，并请系统管理员重新保存这个账号。",
      en: "The database may have been altered: check the register, and have an administrator save the account again.",
    },
  ],
};

export function peopleSentence(fault: PeopleFault): Sentence {
  const [{ zh, en }] = words[fault.code];
  switch (fault.code) {
    case "people/wait":
      return { zh: `${zh}：${fault.seconds} 秒后再试`, en: `${en}: again in ${fault.seconds} s` };
    case "people/busy":
      return { zh: `${zh}：最多 ${fault.max} 个在等`, en: `${en}: at most ${fault.max} may wait` };
    case "people/password":
    case "people/roles":
    case "people/deputy":
      return { zh: `${zh}：${fault.why.zh}`, en: `${en}: ${fault.why.en}` };
    case "people/same-name":
      return { zh: `${zh}：${fault.name}（${fault.login}）`, en: `${en}: ${fault.name} (${fault.login})` };
    case "people/login-taken":
      return { zh: `${zh}：${fault.login}`, en: `${en}: ${fault.login}` };
    case "people/unknown":
      return { zh: `${zh}${fault.what.zh}`, en: `${en} ${fault.what.en}` };
    case "people/full":
      return { zh: `${fault.what.zh}${zh}：最多 ${fault.max}`, en: `${en} ${fault.what.en}: at most ${fault.max}` };
    case "people/not-alone":
      return { zh: `${zh}：${fault.accounts} 个账号`, en: `${en}: ${fault.accounts} accounts` };
    case "people/successor": {
      const { name, drafts, unit } = fault;
      const role =
        unit === null ? { zh: "经办人", en: "maker" } : { zh: `${unit}的报送人`, en: `contributor of ${unit}` };
      return {
        zh: `${name} 不是${role.zh}\uff0c${zh} ${drafts} 份草稿`,
        en: `${name} is no ${role.en} and ${en} ${drafts} drafts`,
      };
    }
    case "people/altered":
      return { zh: `${zh}：${fault.account}`, en: `${en}: ${fault.account}` };
    default:
      return { zh, en };
  }
}

export const peopleRemedy = (fault: PeopleFault): Sentence => words[fault.code][1];

export const isPeopleFault = (fault: { readonly code: string }): fault is PeopleFault =>
  fault.code.startsWith("people/");
