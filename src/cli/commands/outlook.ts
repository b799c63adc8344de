/** Why, what if, and what is to come. Each verb's code is loaded only when it is used. */
import { Option } from "commander";
import { listArg, numberArg } from "../args.ts";
import { scheduleHelp } from "./schedule-words.ts";
import { as, asJson, at, config, data, practice, type Verbs } from "./options.ts";

export function outlookVerbs({ verb, finish, output }: Verbs): void {
  const asking = (...words: Parameters<typeof verb>) =>
    verb(...words)
      .addOption(config())
      .addOption(practice())
      .addOption(data())
      .addOption(asJson());
  const code = () => import("../verbs/outlook.ts");

  asking(
    "why <board> <notice>",
    "为什么播或不播：过去按播放记录，将来按规则",
    "why a notice is, was or was not on a board",
    "why B1 N13 --at 2017-12-05T09:00 --practice",
    "why B1 N13 --json",
  )
    .addOption(at())
    .action(async (board, notice, options) => finish(await (await code()).why(board, notice, options, output)));

  asking(
    "what-if [notice]",
    "假如签发：各屏轮换变成怎样，打断谁，自己播不播得出来",
    "what a notice, a case or a schedule would do to each board",
    "what-if 2017-0001 --as zhang.san",
    "what-if N13 --priority 3 --as zhang.san",
    "what-if --schedule plan.json --seconds 12 --as zhang.san",
  )
    .addOption(new Option("--case <case>", "送审编号 · a submitted case"))
    .addOption(
      new Option(
        "--schedule <file>",
        "JSON 文件，写明安排里哪些不同，格式见下 · what differs in the schedule; see below",
      ),
    )
    .addOption(new Option("--boards <ids>", "改在这些公开栏 · on these boards instead").argParser(listArg))
    .addOption(new Option("--cron <cron>", "改在这些时刻起播 · beginning then instead"))
    .addOption(new Option("--priority <n>", "改为此优先级 · of this priority instead").argParser(numberArg))
    .addOption(new Option("--seconds <n>", "每次播几秒 · how long a showing lasts").argParser(numberArg))
    .addOption(as())
    .addHelpText("after", scheduleHelp)
    .action(async (notice, options) => finish(await (await code()).whatIf(notice, options, output)));

  asking(
    "outlook",
    "今后一个月：播不出来的、冲突的、空的、太满的、快到期的",
    "what the coming days hold that somebody should know of now",
    "outlook --practice",
    "outlook --days 7 --json",
  )
    .addOption(new Option("--days <n>", "多少天 · how many days").argParser(numberArg).default(30))
    .action(async (options) => finish(await (await code()).outlook(options, output)));
}
