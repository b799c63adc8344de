/** Verbs about accounts. */
import { Option } from "commander";
import { listArg, rolesArg } from "../args.ts";
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
}
