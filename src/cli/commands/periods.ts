/** Verbs about days and deadlines. Each one's code is loaded only when it is used. */
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

export function periodVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "calendar <what> [year|file]",
    "工作日日历：show 各年放假调休，import 导入当年的安排",
    "working days: show the years, import one from the State Council's notice",
    "calendar show 2027",
    "calendar import 2027.yaml --as admin",
  )
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, about, options) =>
      finish(await (await import("../verbs/calendar.ts")).calendar(what, about, options, output)),
    );

  verb(
    "publicity [notice]",
    "公示与征求意见：进行中、不足期、已期满；登记结果",
    "publicity periods: running, too short, over; record what came of one",
    "publicity",
    "publicity N05 --note 公示期满，无异议 --as maker",
    "publicity N22 --note 收到意见12条，采纳9条 --result N24 --as maker",
  )
    .option("--note <text>", "结果 · what came of it")
    .option("--result <notice>", "说明结果的信息编号 · the notice that tells of it")
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (notice, options) =>
      finish(await (await import("../verbs/publicity.ts")).publicity(notice, options, output)),
    );
}
