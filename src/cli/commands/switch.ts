/** What stands above the schedules: verbs that darken boards, light them again, and test them. */
import { Option } from "commander";
import { limits } from "../../limits.ts";
import { durationArg } from "../args.ts";
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

export function switchVerbs({ verb, finish, output }: Verbs): void {
  const acting = (...words: Parameters<typeof verb>) =>
    verb(...words)
      .addOption(as())
      .addOption(config())
      .addOption(practice())
      .addOption(data())
      .addOption(asJson());
  const reason = () => new Option("--reason <words>", "原因 · why");
  const code = () => import("../verbs/dark.ts");

  acting(
    "dark <board...>",
    "紧急关屏：一块、几块或全部(all),立即变黑，直到恢复",
    "boards go black at once and stay so; on this computer without signing in",
    "dark B1 --reason 内容有误",
    "dark all --reason 上级要求 --as wang.wu",
  )
    .addOption(reason().makeOptionMandatory())
    .action(async (boards, options) => finish(await (await code()).dark(boards, options, output)));
  acting(
    "resume <board...>",
    "恢复显示：关屏的公开栏按安排播放",
    "boards that were made dark show their schedules again",
    "resume B1 --reason 已改正 --as wang.wu",
  )
    .addOption(reason().makeOptionMandatory())
    .action(async (boards, options) => finish(await (await code()).resume(boards, options, output)));
  acting(
    "maintenance <board>",
    "维护：显示测试图，到时自行结束",
    "a test picture on a board; it ends by itself",
    "maintenance B1 --pattern red --for 5m --reason 换模组 --as wang.wu",
    "maintenance B1 --end --as wang.wu",
  )
    .option("--pattern <name>", "测试图 · all red green blue row column checker ramp border label modules", "all")
    .addOption(
      new Option("--for <duration>", `多长时间，最多 ${limits.maintenanceMs / 60_000}m · how long`)
        .argParser(durationArg)
        .default(10 * 60_000, "10m"),
    )
    .addOption(reason())
    .option("--end", "提前结束 · end it now")
    .action(async (board, options) => finish(await (await code()).maintenance(board, options, output)));
}
