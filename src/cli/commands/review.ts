/** Verbs of review: who acts says so with --as. Each one's code is loaded only when it is used. */
import { Option } from "commander";
import { listArg, numberArg } from "../args.ts";
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
  const drafts = () => import("../verbs/drafts.ts");
  const taken = () => import("../verbs/takedowns.ts");

  acting(
    "today",
    "今日待办：这个账号现在要办的事，急的在前",
    "what this account has to do now, the most urgent first",
    "today --as li.si",
  ).action(async (options) => finish(await (await import("../verbs/today.ts")).today(options, output)));
  acting(
    "draft [file]",
    "起草：空白、复制或修改，可带 JSON 内容",
    "a draft: blank, a copy or an edit, with its text from a JSON file",
    "draft notice.json --as li.si",
    "draft notice.json --edit N13 --as li.si",
  )
    .addOption(new Option("--edit <notice>", "修改这条信息 · an edit of this notice").conflicts("copy"))
    .option("--copy <notice>", "复制这条信息 · a copy of this notice")
    .action(async (file, options) => finish(await (await drafts()).draft(file, options, output)));
  acting(
    "hand-in <notice>",
    "报送：交给经办人",
    "hand a draft in to the makers",
    "hand-in 2017-0001 --as qian.qi",
  ).action(async (notice, options) => finish(await (await drafts()).handIn(notice, options, output)));
  acting(
    "hold <notice>",
    "待定：写明事由和研究期限；不写则取消",
    "hold a draft undecided; without a note, no longer",
    "hold 2017-0001 --note 请示上级 --until 2017-11-20 --as li.si",
  )
    .option("--note <words>", "事由 · why")
    .option("--until <date>", "研究期限 · to be decided by")
    .action(async (notice, options) => finish(await (await drafts()).hold(notice, options, output)));
  acting(
    "warn <template>",
    "应急：按已签发的模板发出预警，须补签",
    "send out a warning from a signed template; to be countersigned",
    "warn T1 --station 柳林站 --kind 暴雨 --level 红 --amount 50 --hours 3 --as zhou.ba",
  )
    .addOption(new Option("--station <name>", "站点 · station").makeOptionMandatory())
    .addOption(new Option("--kind <kind>", "种类 · kind").makeOptionMandatory())
    .addOption(new Option("--level <level>", "级别 · level").choices(["蓝", "黄", "橙", "红"]).makeOptionMandatory())
    .addOption(new Option("--amount <n>", "数值 · amount").argParser(numberArg).makeOptionMandatory())
    .addOption(new Option("--hours <n>", "时长 · hours").argParser(numberArg).makeOptionMandatory())
    .action(async (template, options) => finish(await (await drafts()).warn(template, options, output)));
  acting(
    "renew-pixels <notice>",
    "同文换版：换了屏的公开栏重新排版，再签发",
    "the same text set anew for boards whose panel was changed",
    "renew-pixels N13 --boards B1,B2 --as li.si",
  )
    .addOption(new Option("--boards <ids>", "公开栏 · boards").argParser(listArg).makeOptionMandatory())
    .action(async (notice, options) => finish(await (await drafts()).renewPixels(notice, options, output)));
  acting(
    "scan <case> <file>",
    "纸质签发：上传领导签字的审查表",
    "upload the form that was signed by pen",
    "scan 2017-00012 form.pdf --leader 王主任 --as li.si",
  )
    .addOption(new Option("--leader <name>", "签字的领导 · whose pen it was").makeOptionMandatory())
    .action(async (id, file, options) => finish(await (await drafts()).scan(id, file, options, output)));
  acting(
    "attest <case>",
    "纸质签发：核对扫描件后确认",
    "attest the scan, looked at before with cases --png",
    "attest 2017-00012 --as sun.jiu",
  ).action(async (id, options) => finish(await (await drafts()).attest(id, options, output)));

  acting(
    "submit <notice>",
    "送审：把草稿交去审核签发",
    "submit a draft to be reviewed and signed",
    "submit 2017-0001 --as li.si",
  ).action(async (notice, options) => finish(await (await code()).submit(notice, options, output)));
  acting(
    "cases [case]",
    "送审件：列出全部，或看一件和它的版面",
    "submissions: all of them, or one with its pages",
    "cases --as wang.wu",
    "cases 2017-00012 --png pages --as wang.wu",
  )
    .option("--png <dir>", "每块屏的版面存成图片：看过才能签 · the pages that are to be signed, as pictures")
    .action(async (id, options) => finish(await (await code()).cases(id, options, output)));
  acting(
    "review <case>",
    "审核：同意，转签发",
    "office review: pass it on to the signer",
    "review 2017-00012 --opinion 同意 --as zhao.liu",
  )
    .addOption(new Option("--opinion <words>", "意见 · opinion").makeOptionMandatory())
    .action(async (id, options) => finish(await (await code()).review(id, options, output)));
  acting(
    "sign <case...>",
    "签发：一次一件或多件，每件的版面都看过",
    "sign one or several, each looked at before",
    "sign 2017-00012 2017-00013 --as wang.wu",
  )
    .option("--opinion <words>", "意见 · opinion")
    .action(async (ids, options) => finish(await (await code()).sign(ids, options, output)));
  acting(
    "return <case>",
    "退回：写明原因",
    "send a submission back",
    "return 2017-00012 --reason 落款日期有误 --as wang.wu",
  )
    .addOption(reason())
    .action(async (id, options) => finish(await (await code()).sendBack(id, options, output)));
  acting(
    "withdraw <id>",
    "撤回送审件，或把信息从公开栏撤下（逐块报告结果）",
    "take a submission back, or a notice off the boards, which say one by one that it has gone",
    "withdraw N13 --reason 误发 --as li.si",
    "withdraw N13 --board B3 --reason 位置不合适 --as li.si",
  )
    .addOption(reason())
    .option("--board <board...>", "只从这些公开栏撤下 · off these boards alone")
    .action(async (id, options) => finish(await (await taken()).withdraw(id, options, output)));
  acting(
    "takedowns [number]",
    "撤下的结果：还有哪些公开栏没有确认;--gone 登记现场确认",
    "what was taken down and is not confirmed by all boards; --gone: somebody saw that it has gone",
    "takedowns --as li.si",
    "takedowns 3 --board B9 --gone 新文件已送到 --as li.si",
  )
    .option("--all", "全部 · all of them, the newest first")
    .option("--board <board>", "哪一块 · which board")
    .option("--gone <words>", "现场看到什么 · what was seen there")
    .action(async (id, options) => finish(await (await taken()).takedowns(id, options, output)));
}
