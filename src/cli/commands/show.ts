/** The verb of an LCD's own computer. */
import { Option } from "commander";
import { portArg } from "../args.ts";
import type { Verbs } from "./options.ts";

export function showVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "show <board>",
    "在液晶屏的电脑上：从本机提供播放页面，断网、断电后接着播",
    "on an LCD's computer: serves the board's page from 127.0.0.1, goes on without the network",
    "show B4 --from http://192.0.2.5:8080 --key-file b4.link",
  )
    .addOption(new Option("--from <url>", "主机的网址 · the host's address").makeOptionMandatory())
    .option("--key-file <file>", "存着链接或密钥的文件；演练不需要 · a file with the link or key; not for practice")
    .addOption(new Option("--port <number>", "本机端口 · port on 127.0.0.1").argParser(portArg).default(8088))
    .option("--data <dir>", "存节目的文件夹，默认 data/show-编号 · where the programme is kept")
    .action(async (board, options) => finish(await (await import("../verbs/show.ts")).show(board, options, output)));
}
