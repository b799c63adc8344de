/** Options that several verbs share, and what a list of verbs is given. */
import { type Command, Option } from "commander";
import type { ExitCode, Output } from "../say.ts";

export interface Verbs {
  /** A new verb with its line in both languages, and examples for its help. */
  verb(words: string, zh: string, en: string, ...examples: readonly string[]): Command;
  finish(code: ExitCode): void;
  readonly output: Output;
}

export const config = () => new Option("--config <file>", "安装文件，默认 ./boardcast.yaml · installation file");
export const practice = () =>
  new Option("--practice", "演练：样例公开栏与信息 · the sample boards and notices").conflicts("config");
export const data = () => new Option("--data <dir>", "数据文件夹 · data folder (data/office, data/practice)");
export const at = () => new Option("--at <time>", "时刻，如 2017-12-05T09:00,默认现在 · an instant, now if left out");
export const asJson = () => new Option("--json", "输出 JSON · print JSON");
/** Of verbs that change something (`sign-in.ts`). */
export const as = () => new Option("--as <login>", "以此账号办理；密码随后输入 · act as this account");
