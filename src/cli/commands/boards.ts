/** What runs and what is shown: verbs about boards. Each one's code is loaded only when it is used. */
import { Option } from "commander";
import { simulatedKinds, simulatedStreams, wirings } from "../../panels/simulated/kinds.ts";
import {
  addressArg,
  besideArg,
  baudArg,
  connectArg,
  durationArg,
  listenArg,
  portArg,
  serialArg,
  shapeArg,
} from "../args.ts";
import { asJson, at, config, data, practice, type Verbs } from "./options.ts";

export function boardVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "start",
    "启动：驱动各屏，打开网页",
    "drive the panels and serve the page",
    "start --practice --at 2017-12-05T09:00",
    "start --config boardcast.yaml --port 8080",
  )
    .addOption(config())
    .addOption(practice())
    .option("--at <time>", "演练时钟从这一刻走起 · let the practice clock run from here")
    .option("--port <n>", "网页端口 · the page's port", portArg)
    .addOption(data())
    .action(async (options) => finish(await (await import("../verbs/start.ts")).start(options, output)));

  verb(
    "playlist <board>",
    "播放安排：何时播什么，为什么",
    "what plays when, and why",
    "playlist B1 --at 2017-12-05T09:00 --for 2h",
    "playlist B1 --json",
  )
    .addOption(at())
    .addOption(
      new Option("--for <duration>", "多长时间 · how long").argParser(durationArg).default(2 * 3_600_000, "2h"),
    )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (board, options) =>
      finish(await (await import("../verbs/playlist.ts")).playlist(board, options, output)),
    );

  verb(
    "frame <board>",
    "某一刻的画面(. 和 @;彩屏 r g y b m c w)",
    "exactly what is lit at an instant",
    "frame B1 --at 2017-12-05T09:00",
    "frame B3 --at 2017-12-05T09:00 --png b3.png",
  )
    .addOption(at())
    .option("--png <file>", "存成图片 · write a picture instead")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .action(async (board, options) => finish(await (await import("../verbs/frame.ts")).frame(board, options, output)));

  verb(
    "panel",
    "单独运行一块模拟屏",
    "run one simulated panel on its own",
    "panel --listen tcp:5005 --size 128x32:mono",
    "panel --serial /dev/ttyUSB0@9600 --size 256x32:dual --address 2",
    "panel --driver alpha --listen tcp:10001 --size 80x7:dual --show",
    "panel --driver ddp --listen udp:4048 --size 32x8:rgb --wiring serpentine --show",
  )
    .addOption(
      new Option(
        "--listen <end>",
        "等待拨入，如 tcp:5005；收数据报，如 udp:4048 · wait to be dialled, or for datagrams",
      )
        .argParser(listenArg)
        .conflicts(["connect", "serial"]),
    )
    .addOption(
      new Option("--connect <end>", "拨出，如 tcp:127.0.0.1:5006 · dial").argParser(connectArg).conflicts("serial"),
    )
    .addOption(new Option("--serial <path>", "串口，如 /dev/ttyUSB0@9600 · a serial port").argParser(serialArg))
    .addOption(
      new Option(
        "--driver <kind>",
        "别家的控制卡或灯板；不写是本系统协议 · another maker's card or lamps; our own protocol when left out",
      )
        .choices([...simulatedKinds, ...simulatedStreams])
        .conflicts("beside"),
    )
    .addOption(
      new Option(
        "--wiring <wiring>",
        "灯板接线：每行同向，或蛇形 · lamps' wire: each row the same way, or serpentine",
      ).choices(wirings),
    )
    .requiredOption("--size <size>", "大小和颜色，如 128x32:mono · size and colour", shapeArg)
    .option("--id <id>", "名字，用于输出 · its name in what it prints", "panel")
    .option("--address <n>", "屏号 · screen number", addressArg, 1)
    .option(
      "--beside <panel>",
      "同一条线上的另一块模拟屏，可多次，如 B6@2:256x32:dual · another one on the same line, repeatable",
      besideArg,
    )
    .option("--baud <n>", "按此波特率放慢 · pace like a wire of this speed", baudArg)
    .option(
      "--control <port>",
      "在本机此端口可读出画面，0 为任意 · show the frame buffer on this loopback port, 0: any",
      portArg,
    )
    .option("--show", "画面一变就打印出来(. 和 @) · print what is lit whenever it changes")
    .option("--exit-with-parent", "标准输入关闭时退出 · end when standard input does")
    .action(async (options) => finish(await (await import("../verbs/panel.ts")).panel(options, output)));

  verb(
    "open-network",
    "对办公网开放：网址、二维码、证书指纹",
    "how the office's computers open the page, and how they trust it",
    "open-network --config boardcast.yaml",
  )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (options) => finish(await (await import("../verbs/open-network.ts")).openNetwork(options, output)));

  verb(
    "doctor",
    "体检：端口、时钟、日历、字库、磁盘、串口",
    "check ports, clock, calendar, fonts, disk, serial ports",
    "doctor --config boardcast.yaml",
  )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (options) => finish(await (await import("../verbs/doctor.ts")).doctor(options, output)));
}
