/** Verbs about notices: taken in, typeset, reviewed. Each one's code is loaded only when it is used. */
import { Option } from "commander";
import { durationArg, panelArg } from "../args.ts";
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

export function noticeVerbs({ verb, finish, output }: Verbs): void {
  verb("import <file>", "导入信息(JSON)", "import notices (JSON)", "import notices.json --as li.si")
    .option(
      "--signed-by <name>",
      "以此人签发，只在不设审核(review: none)时；否则都是草稿(演练除外)· sign in this name, with review: none only; else drafts, except in practice",
    )
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (file, options) =>
      finish(await (await import("../verbs/import.ts")).importNotices(file, options, output)),
    );

  verb(
    "render <notice>",
    "排版并出适屏报告：信息编号或文件",
    "typeset a notice id, or a text, JSON, picture or PDF file (- is standard input), and say how it fits",
    "render N01 --panel 192x32:mono",
    "render notice.txt --panel all --report",
    "render notice.txt --panel 128x64:dual@P10 --panel 80x7:mono --slot 30s --png pages",
    "render notices.json --notice N05 --panel B5",
    "render scan.pdf --panel 384x192:rgb --png pages",
  )
    .requiredOption(
      "--panel <size>",
      "显示屏，可多次：128x64:mono(mono、dual、rgb;点距 @P10)、公开栏编号或 all · the panel, repeatable: a size, a board, or all",
      panelArg,
    )
    .option("--png <dir>", "每页存一张图片 · write one picture a page")
    .option("--report", "只出报告，不画页面 · the report alone")
    .option("--slot <duration>", "每次播放多长，如 30s · how long a slot is", durationArg)
    .addOption(
      new Option("--glyphs <set>", "控制卡自带字库：报出缺字 · a card's own font: tell what it lacks").choices([
        "GB2312",
        "GBK",
        "GB18030",
      ]),
    )
    .option("--notice <id>", "导入文件中的一条，默认全部 · one notice of an import file, else all")
    .addOption(
      new Option("--encoding <name>", "文本编码，默认自动识别 · the text's encoding, else found out").choices([
        "utf-8",
        "gb18030",
        "utf-16le",
        "utf-16be",
      ]),
    )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (notice, options) =>
      finish(await (await import("../verbs/render.ts")).render(notice, options, output)),
    );
}
