/** Verbs of review: who acts says so with --as. Each one's code is loaded only when it is used. */
import { Option } from "commander";
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

const reason = () => new Option("--reason <words>", "原因 · why").makeOptionMandatory();

export function reviewVerbs({ verb, finish, output }: Verbs): void {
  const acting = (...words: Parameters<typeof verb>) =>
    verb(...words)
      .addOption(as())
      .addOption(config())
      .addOption(practice())
      .addOption(data())
      .addOption(asJson());
  const code = () => import("../verbs/review.ts");

  acting(
    "submit <notice>",
    "送审:把草稿交去审核签发",
    "submit a draft to be reviewed and signed",
    "submit 2017-0001 --as li.si",
  ).action(async (notice, options) => finish(await (await code()).submit(notice, options, output)));
  acting(
    "cases [case]",
    "送审件:列出全部,或看一件和它的版面",
    "submissions: all of them, or one with its pages",
    "cases --as wang.wu",
    "cases 2017-00012 --png pages --as wang.wu",
  )
    .option("--png <dir>", "每块屏的版面存成图片:看过才能签 · the pages that are to be signed, as pictures")
    .action(async (id, options) => finish(await (await code()).cases(id, options, output)));
  acting(
    "review <case>",
    "审核:同意,转签发",
    "office review: pass it on to the signer",
    "review 2017-00012 --opinion 同意 --as zhao.liu",
  )
    .addOption(new Option("--opinion <words>", "意见 · opinion").makeOptionMandatory())
    .action(async (id, options) => finish(await (await code()).review(id, options, output)));
  acting(
    "sign <case...>",
    "签发:一次一件或多件,每件的版面都看过",
    "sign one or several, each looked at before",
    "sign 2017-00012 2017-00013 --as wang.wu",
  )
    .option("--opinion <words>", "意见 · opinion")
    .action(async (ids, options) => finish(await (await code()).sign(ids, options, output)));
  acting(
    "return <case>",
    "退回:写明原因",
    "send a submission back",
    "return 2017-00012 --reason 落款日期有误 --as wang.wu",
  )
    .addOption(reason())
    .action(async (id, options) => finish(await (await code()).sendBack(id, options, output)));
  acting(
    "withdraw <id>",
    "撤回送审件,或把信息从公开栏撤下",
    "take a submission back, or a notice off the boards",
    "withdraw N13 --reason 误发 --as li.si",
  )
    .addOption(reason())
    .action(async (id, options) => finish(await (await code()).withdraw(id, options, output)));
}
