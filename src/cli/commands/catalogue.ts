/** Verbs about the catalogue, its issues, and the rules of screening. Each one's code is loaded only when it is used. */
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one];

export function catalogueVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "catalogue <what> [about]",
    "信息公开目录：missing 缺什么，export 导出，compare 与旧导出比较，void 索引号作废，show、change 目录本身",
    "the catalogue: what is missing, the list for the website, what changed since, voiding a number, the tree itself",
    "catalogue missing",
    "catalogue export --format json > catalogue.json",
    "catalogue compare catalogue.json",
    "catalogue void 01-C031-2017-0001 --reason 类别错误 --again --as signer",
  )
    .option("--format <format>", "csv、json 或 html,默认 csv · of the export")
    .option("--reason <text>", "作废、改动的原因 · why a number is voided, why the tree is changed")
    .option("--again", "另给一个新号 · its notice gets a new number")
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, about, options) =>
      finish(await (await import("../verbs/catalogue.ts")).catalogue(what, about, options, output)),
    );

  verb(
    "rules <what> [file]",
    "送审前的检查规则：show 列出，try 拿一份在已有信息上试，change 改成这一份",
    "what is looked for before a notice is submitted: show it, try other rules on the notices there are, change it",
    "rules show > rules.json",
    "rules try rules.json --as admin",
    "rules change rules.json --reason 地名常写错 --as admin",
  )
    .option("--reason <text>", "改动的原因，记入台账 · why; put on record")
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, file, options) =>
      finish(await (await import("../verbs/rules.ts")).rules(what, file, options, output)),
    );

  verb(
    "issue <what> [id]",
    "公开栏成期：close 把现在栏上的定为一期，list 列出一年的，show 看一期",
    "issues of the boards: close one with what is posted now, list a year's, show one",
    "issue close --note 第四季度 --as maker",
    "issue close --board B3=N13,N14 --board B4 --as maker",
    "issue list --year 2017",
    "issue show 2017-4",
  )
    .option("--board <board[=notices]>", "只收这块栏，或其中几条，可重复 · this board, or some of its notices", collect)
    .option("--note <text>", "说明 · words to it")
    .option("--year <year>", "年份，默认今年 · this year if left out")
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, id, options) =>
      finish(await (await import("../verbs/issue.ts")).issue(what, id, options, output)),
    );
}
