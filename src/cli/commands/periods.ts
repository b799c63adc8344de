/** Verbs about days and deadlines. Each one's code is loaded only when it is used. */
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

export function periodVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "calendar <what> [year|file]",
    "工作日日历:show 各年放假调休,import 导入当年的安排",
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
}
