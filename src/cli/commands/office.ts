/** Verbs about the office: its ledger, its backup, its people. Each one's code is loaded only when it is used. */
import { Option } from "commander";
import { as, asJson, at, config, data, practice, type Verbs } from "./options.ts";

const passphraseFile = () =>
  new Option(
    "--passphrase-file <file>",
    "备份口令所在的文件；否则 BOARDCAST_BACKUP_PASSPHRASE,或当场输入 · a file whose first line is the passphrase; else BOARDCAST_BACKUP_PASSPHRASE, or typed",
  );

export function officeVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "ledger <what> [about]",
    "台账：register 登记台账、play 播放记录、find 在登记里找，或 was 某块屏某一刻显示了什么",
    "the register, the play log, rows of the register that are looked for, or what was on a board at an instant",
    "ledger was B1 --at 2017-12-05T09:00 --png b1.png",
    "ledger register --format sheet --from 2017-12-01 --until 2018-01-01 --out ledger.html",
    "ledger play --format jsonl",
    "ledger find 停水 --by 经办人甲 --from 2017-12-01",
  )
    .addOption(at())
    .option("--png <file>", "was:画面存成图片 · write the picture")
    .option("--by <name>", "find:谁办的 · by whom")
    .option("--board <id>", "find:关于哪块公开栏 · about which board")
    .option("--from <time>", "从何时 · from when")
    .option("--until <time>", "到何时为止 · until when")
    .addOption(new Option("--format <name>", "导出为 · export as").choices(["csv", "jsonl", "sheet"]).default("csv"))
    .option("--out <file>", "写到文件 · write to a file")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, about, options) =>
      finish(await (await import("../verbs/ledger.ts")).ledger(what, about, options, output)),
    );

  verb(
    "verify",
    "核验台账：有没有被改动过",
    "whether anybody altered the ledger, or what it says of notices",
    "verify --config boardcast.yaml",
    "verify --checkpoint checkpoint.txt",
  )
    .option(
      "--checkpoint <text|file>",
      "再与存放在别处的校验点核对 · compare with a checkpoint that was kept elsewhere, too",
    )
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (options) => finish(await (await import("../verbs/verify.ts")).verify(options, output)));

  verb(
    "backup <file>",
    "备份：全部数据与密钥，加密成一个文件",
    "all data and keys in one encrypted file, also while it runs",
    "backup /media/usb/boardcast.backup",
    "backup nightly.backup --passphrase-file backup.passphrase",
  )
    .addOption(passphraseFile())
    .option("--unsealed", "不加密，谁拿到都能打开 · not sealed: whoever has it can open it")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .action(async (file, options) => finish(await (await import("../verbs/backup.ts")).backup(file, options, output)));

  verb(
    "restore <file>",
    "恢复备份：整个恢复，或完全不动",
    "an office from its backup: whole, or not at all",
    "restore /media/usb/boardcast.backup",
    "restore nightly.backup --data data/office --replace",
  )
    .addOption(passphraseFile())
    .option("--replace", "数据文件夹里已有的，改名保留 · keep what is there under another name")
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .action(async (file, options) =>
      finish(await (await import("../verbs/restore.ts")).restore(file, options, output)),
    );

  verb(
    "handover <login>",
    "交接：停用离岗的人，未办的事交给另一人",
    "somebody leaves: their account is shut, their work goes on",
    "handover zhang.san --to li.si --as admin --sheet handover.html",
  )
    .requiredOption("--to <login>", "接手的人 · who goes on")
    .option("--sheet <file>", "交接单存成网页，供打印 · the handover sheet, to be printed")
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .action(async (login, options) =>
      finish(await (await import("../verbs/handover.ts")).handover(login, options, output)),
    );
}
