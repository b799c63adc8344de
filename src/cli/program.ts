/** The verbs, their options and their help. Each verb's code is loaded only when it is used. */
import { Command, CommanderError, Option } from "commander";
import {
  addressArg,
  baudArg,
  connectArg,
  durationArg,
  listenArg,
  panelArg,
  portArg,
  serialArg,
  shapeArg,
} from "./args.ts";
import { type ExitCode, type Output, sayError, terminal } from "./say.ts";
import { UsageError } from "./client.ts";

/** `words` without node and the program's name. Never throws; says what is wrong on `output.err`. */
export async function run(words: readonly string[], output: Output = terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(output, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // Without a verb commander has printed the help already.
      if (error.code !== "commander.help") output.err(usage(error));
      return 2;
    }
    sayError(output, error);
    return error instanceof UsageError ? 2 : 1;
  }
}

function createProgram(output: Output, finish: (code: ExitCode) => void): Command {
  const program = new Command("boardcast")
    .description(
      "公开栏发布系统:经签发的信息,按时、逐点、有据地显示在每块公开栏上\nSigned notices on every board, on time, dot for dot, with proof",
    )
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.err, outputError: () => {} })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .helpOption("-h, --help", "显示帮助 · show this help")
    .helpCommand("help [verb]", "某个命令的帮助 · help on one verb")
    .showSuggestionAfterError()
    .addHelpText("after", "\n退出码 Exit codes: 0 成功 done · 1 有故障 a fault · 2 命令写错 usage");

  const verb = (words: string, zh: string, en: string) =>
    program.command(words).description(`${zh}\n${en}`).summary(`${zh} · ${en}`);
  const config = () => new Option("--config <file>", "安装文件,默认 ./boardcast.yaml · installation file");
  const practice = () =>
    new Option("--practice", "演练:样例公开栏与信息 · the sample boards and notices").conflicts("config");
  const data = () => new Option("--data <dir>", "数据文件夹 · data folder (data/office, data/practice)");
  const at = () => new Option("--at <time>", "时刻,如 2017-12-05T09:00,默认现在 · an instant, now if left out");
  const asJson = () => new Option("--json", "输出 JSON · print JSON");

  verb("start", "启动:驱动各屏,打开网页", "drive the panels and serve the page")
    .addOption(config())
    .addOption(practice())
    .option("--at <time>", "演练时钟从这一刻走起 · let the practice clock run from here")
    .option("--port <n>", "网页端口 · the page's port", portArg)
    .addOption(data())
    .action(async (options) => finish(await (await import("./verbs/start.ts")).start(options, output)));

  verb("import <file>", "导入信息(JSON)", "import notices (JSON)")
    .option(
      "--signed-by <name>",
      "以此人签发;否则都是草稿(演练除外)· sign in this name; else drafts, except in practice",
    )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (file, options) =>
      finish(await (await import("./verbs/import.ts")).importNotices(file, options, output)),
    );

  verb("playlist <board>", "播放安排:何时播什么,为什么", "what plays when, and why")
    .addOption(at())
    .addOption(
      new Option("--for <duration>", "多长时间 · how long").argParser(durationArg).default(2 * 3_600_000, "2h"),
    )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (board, options) =>
      finish(await (await import("./verbs/playlist.ts")).playlist(board, options, output)),
    );

  verb("frame <board>", "某一刻的画面(. 和 @;彩屏 r g y b m c w)", "exactly what is lit at an instant")
    .addOption(at())
    .option("--png <file>", "存成图片 · write a picture instead")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .action(async (board, options) => finish(await (await import("./verbs/frame.ts")).frame(board, options, output)));

  verb(
    "render <notice>",
    "排版并出适屏报告:信息编号,或文本、JSON、图片、PDF 文件,- 为标准输入",
    "typeset a notice id, or a text, JSON, picture or PDF file (- is standard input), and say how it fits",
  )
    .requiredOption(
      "--panel <size>",
      "显示屏,可多次:128x64:mono(mono、dual、rgb;点距 @P10)、公开栏编号或 all · the panel, repeatable: a size, a board, or all",
      panelArg,
    )
    .option("--png <dir>", "每页存一张图片 · write one picture a page")
    .option("--report", "只出报告,不画页面 · the report alone")
    .option("--slot <duration>", "每次播放多长,如 30s · how long a slot is", durationArg)
    .addOption(
      new Option("--glyphs <set>", "控制卡自带字库:报出缺字 · a card's own font: tell what it lacks").choices([
        "GB2312",
        "GBK",
        "GB18030",
      ]),
    )
    .option("--notice <id>", "导入文件中的一条,默认全部 · one notice of an import file, else all")
    .addOption(
      new Option("--encoding <name>", "文本编码,默认自动识别 · the text's encoding, else found out").choices([
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
      finish(await (await import("./verbs/render.ts")).render(notice, options, output)),
    );

  verb(
    "ledger <what> [board]",
    "台账:register 登记台账、play 播放记录,或 was 某块屏某一刻显示了什么",
    "the register, the play log, or what was on a board at an instant",
  )
    .addOption(at())
    .option("--png <file>", "was:画面存成图片 · write the picture")
    .option("--from <time>", "从何时 · from when")
    .option("--until <time>", "到何时为止 · until when")
    .addOption(new Option("--format <name>", "导出为 · export as").choices(["csv", "jsonl", "sheet"]).default("csv"))
    .option("--out <file>", "写到文件 · write to a file")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, board, options) =>
      finish(await (await import("./verbs/ledger.ts")).ledger(what, board, options, output)),
    );

  verb("verify", "核验台账:有没有被改动过", "whether anybody altered the ledger, or what it says of notices")
    .option(
      "--checkpoint <text|file>",
      "再与存放在别处的校验点核对 · compare with a checkpoint that was kept elsewhere, too",
    )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (options) => finish(await (await import("./verbs/verify.ts")).verify(options, output)));

  verb("panel", "单独运行一块模拟屏", "run one simulated panel on its own")
    .addOption(
      new Option("--listen <end>", "等待拨入,如 tcp:5005 · wait to be dialled")
        .argParser(listenArg)
        .conflicts(["connect", "serial"]),
    )
    .addOption(
      new Option("--connect <end>", "拨出,如 tcp:127.0.0.1:5006 · dial").argParser(connectArg).conflicts("serial"),
    )
    .addOption(new Option("--serial <path>", "串口,如 /dev/ttyUSB0@9600 · a serial port").argParser(serialArg))
    .requiredOption("--size <size>", "大小和颜色,如 128x32:mono · size and colour", shapeArg)
    .option("--id <id>", "名字,用于输出 · its name in what it prints", "panel")
    .option("--address <n>", "屏号 · screen number", addressArg, 1)
    .option("--baud <n>", "按此波特率放慢 · pace like a wire of this speed", baudArg)
    .option(
      "--control <port>",
      "在本机此端口可读出画面,0 为任意 · show the frame buffer on this loopback port, 0: any",
      portArg,
    )
    .option("--exit-with-parent", "标准输入关闭时退出 · end when standard input does")
    .action(async (options) => finish(await (await import("./verbs/panel.ts")).panel(options, output)));

  const passphraseFile = () =>
    new Option(
      "--passphrase-file <file>",
      "备份口令所在的文件;否则 BOARDCAST_BACKUP_PASSPHRASE,或当场输入 · a file whose first line is the passphrase; else BOARDCAST_BACKUP_PASSPHRASE, or typed",
    );

  verb(
    "backup <file>",
    "备份:全部数据与密钥,加密成一个文件",
    "all data and keys in one encrypted file, also while it runs",
  )
    .addOption(passphraseFile())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .action(async (file, options) => finish(await (await import("./verbs/backup.ts")).backup(file, options, output)));

  verb("restore <file>", "恢复备份:整个恢复,或完全不动", "an office from its backup: whole, or not at all")
    .addOption(passphraseFile())
    .option("--replace", "数据文件夹里已有的,改名保留 · keep what is there under another name")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .action(async (file, options) => finish(await (await import("./verbs/restore.ts")).restore(file, options, output)));

  verb("doctor", "体检:端口、时钟、日历、字库、磁盘、串口", "check ports, clock, calendar, fonts, disk, serial ports")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (options) => finish(await (await import("./verbs/doctor.ts")).doctor(options, output)));

  for (const command of program.commands) {
    const lines = examples[command.name()];
    if (lines !== undefined)
      command.addHelpText("after", `\n例 Examples:\n${lines.map((line) => `  boardcast ${line}\n`).join("")}`);
  }
  return program;
}

const examples: Readonly<Record<string, readonly string[]>> = {
  start: ["start --practice --at 2017-12-05T09:00", "start --config boardcast.yaml --port 8080"],
  import: ["import notices.json --signed-by 丙"],
  playlist: ["playlist B1 --at 2017-12-05T09:00 --for 2h", "playlist B1 --json"],
  frame: ["frame B1 --at 2017-12-05T09:00", "frame B3 --at 2017-12-05T09:00 --png b3.png"],
  render: [
    "render N01 --panel 192x32:mono",
    "render notice.txt --panel all --report",
    "render notice.txt --panel 128x64:dual@P10 --panel 80x7:mono --slot 30s --png pages",
    "render notices.json --notice N05 --panel B5",
    "render scan.pdf --panel 384x192:rgb --png pages",
  ],
  panel: [
    "panel --listen tcp:5005 --size 128x32:mono",
    "panel --serial /dev/ttyUSB0@9600 --size 256x32:dual --address 2",
  ],
  ledger: [
    "ledger was B1 --at 2017-12-05T09:00 --png b1.png",
    "ledger register --format sheet --from 2017-12-01 --until 2018-01-01 --out ledger.html",
    "ledger play --format jsonl",
  ],
  verify: ["verify --config boardcast.yaml", "verify --checkpoint checkpoint.txt"],
  backup: ["backup /media/usb/boardcast.backup", "backup nightly.backup --passphrase-file backup.passphrase"],
  restore: ["restore /media/usb/boardcast.backup", "restore nightly.backup --data data/office --replace"],
  doctor: ["doctor --config boardcast.yaml"],
};

const titles: Readonly<Record<string, string>> = {
  "Usage:": "用法 Usage:",
  "Arguments:": "参数 Arguments:",
  "Options:": "选项 Options:",
  "Commands:": "命令 Verbs:",
};

const usageZh: Readonly<Record<string, string>> = {
  "commander.unknownCommand": "没有这个命令",
  "commander.unknownOption": "没有这个选项",
  "commander.missingArgument": "少了参数",
  "commander.excessArguments": "参数太多",
  "commander.optionMissingArgument": "选项后面要有值",
  "commander.missingMandatoryOptionValue": "少了必需的选项",
  "commander.invalidArgument": "选项的值不对",
  "commander.conflictingOption": "这些选项不能一起用",
};

function usage(error: CommanderError): string {
  const detail = error.message.replace(/^error: /, "");
  return `${usageZh[error.code] ?? "命令写错了"}:${detail}\n用 --help 看写法。Use --help to see how it is written.\n`;
}
