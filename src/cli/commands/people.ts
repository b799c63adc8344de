/** Verbs about accounts, and about keys where there are none. */
import { Option } from "commander";
import { listArg, numberArg, rolesArg } from "../args.ts";
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

export function peopleVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "people <what> [login]",
    "账号：list、add、disable、enable、reset,或 recover(谁都登录不了时)",
    "accounts: list, add, disable, enable, reset, or recover when nobody can sign in",
    "people list",
    "people add li.si --name 李四 --roles maker --as admin",
    "people add wang.wu --name 王五 --roles operator --boards B1,B2 --as admin",
    "people reset li.si --as admin",
    "people recover admin --config boardcast.yaml",
  )
    .option("--name <name>", "姓名 · the person's name")
    .option("--unit <unit>", "单位（报送人）· of a contributor")
    .addOption(new Option("--roles <list>", "职责，逗号隔开 · roles, with commas").argParser(rolesArg))
    .addOption(new Option("--boards <list>", "屏幕管理员限定的公开栏 · an operator's boards").argParser(listArg))
    .option("--another", "确是同名的另一人 · really another person of the same name")
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, login, options) =>
      finish(await (await import("../verbs/people.ts")).people(what, login, options, output)),
    );

  verb(
    "token <what> [about]",
    "令牌（review: none）：add 屏号，让别的电脑往这块屏放文字；list 列出；revoke 编号，作废",
    "keys with review: none: add BOARD, for a program on another computer that puts texts there; list; revoke ID",
    "token add sign --name doorbell",
    "token list",
  )
    .option("--name <name>", "给谁用 · what it is for")
    .addOption(new Option("--days <number>", "几天有效，最多 366 · days that it is valid").argParser(numberArg))
    .addOption(config())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, about, options) =>
      finish(await (await import("../verbs/tokens.ts")).tokens(what, about, options, output)),
    );
}
