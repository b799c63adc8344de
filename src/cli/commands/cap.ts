/** 收到的预警. The verb's code is loaded only when it is used. */
import { listArg } from "../args.ts";
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

export function capVerbs({ verb, finish, output }: Verbs): void {
  verb(
    "cap <what> [about]",
    "收到的预警(CAP 1.2):send 送来文件，list 列出，show 看画面，confirm 确认播出，refuse 不播，refused 未收的文件，acknowledge 已知悉，senders 可信发布单位",
    "received warnings: send a file, list, show, confirm or refuse one; refused files, acknowledge them; senders: who is believed",
    "cap send warning.xml --as li.si",
    "cap show 3 --png pages --as zhou.ba",
    "cap confirm 3 --boards B1,B2 --as zhou.ba",
    "cap confirm 4 --another-sender --as zhou.ba",
    "cap refuse 3 --reason 不在本区 --as zhou.ba",
    "cap acknowledge --as zhou.ba",
    "cap trust 421200416 --certificate sender.pem --as wang.wu",
    "cap trust 421200416 --fingerprint 3f2a… --as admin",
    "cap distrust 421200416 --fingerprint 3f2a… --reason 换证书 --as admin",
  )
    .option("--png <dir>", "各屏画面存成图片 · what each board would show, as pictures")
    .option("--boards <ids>", "播出的公开栏；不写为全部能到达的 · boards; all that a line reaches if left out", listArg)
    .option("--another-sender", "所结束的预警发布者不同，已核实 · it ends what another sender sent: that was checked")
    .option("--reason <words>", "原因 · why")
    .option("--certificate <file>", "发布单位的 PEM 证书 · the sender's certificate")
    .option("--fingerprint <hex>", "证书的 SHA-256 · of a certificate")
    .addOption(as())
    .addOption(config())
    .addOption(practice())
    .addOption(data())
    .addOption(asJson())
    .action(async (what, about, options) =>
      finish(await (await import("../verbs/cap.ts")).cap(what, about, options, output)),
    );
}
