/** The command line: its verbs are in `commands/`. */
import { Command, CommanderError } from "commander";
import { type ExitCode, type Output, sayError, terminal } from "./say.ts";
import { UsageError } from "./client.ts";
import { boardVerbs } from "./commands/boards.ts";
import { catalogueVerbs } from "./commands/catalogue.ts";
import { noticeVerbs } from "./commands/notices.ts";
import { officeVerbs } from "./commands/office.ts";
import { capVerbs } from "./commands/cap.ts";
import { paperVerbs } from "./commands/paper.ts";
import { periodVerbs } from "./commands/periods.ts";
import { outlookVerbs } from "./commands/outlook.ts";
import { peopleVerbs } from "./commands/people.ts";
import { reviewVerbs } from "./commands/review.ts";
import { showVerbs } from "./commands/show.ts";
import { switchVerbs } from "./commands/switch.ts";
import type { Verbs } from "./commands/options.ts";

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
      "公开栏发布系统：经签发的信息，按时、逐点、有据地显示在每块公开栏上\nSigned notices on every board, on time, dot for dot, with proof",
    )
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.err, outputError: () => {} })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .helpOption("-h, --help", "显示帮助 · show this help")
    .helpCommand("help [verb]", "某个命令的帮助 · help on one verb")
    .showSuggestionAfterError()
    .addHelpText("after", "\n退出码 Exit codes: 0 成功 done · 1 有故障 a fault · 2 命令写错 usage");

  const verb: Verbs["verb"] = (words, zh, en, ...examples) => {
    const command = program.command(words).description(`${zh}\n${en}`).summary(`${zh} · ${en}`);
    const lines = examples.map((line) => `  boardcast ${line}\n`).join("");
    return lines === "" ? command : command.addHelpText("after", `\n例 Examples:\n${lines}`);
  };
  const verbs: Verbs = { verb, finish, output };
  boardVerbs(verbs);
  switchVerbs(verbs);
  showVerbs(verbs);
  noticeVerbs(verbs);
  outlookVerbs(verbs);
  reviewVerbs(verbs);
  officeVerbs(verbs);
  capVerbs(verbs);
  paperVerbs(verbs);
  periodVerbs(verbs);
  catalogueVerbs(verbs);
  peopleVerbs(verbs);
  return program;
}

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
