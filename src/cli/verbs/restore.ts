import { resolve } from "node:path";
import { isUnsealed, type PutBackResult, putBack } from "../../daemon/backup.ts";
import { backupPassphrase, type PassphraseOptions } from "../passphrase.ts";
import { dataFolder, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";

/** The office of a backup, in a folder that is empty or is put aside. */
export async function restore(
  file: string,
  options: PlaceOptions & PassphraseOptions & { replace?: boolean },
  output: Output,
): Promise<ExitCode> {
  const passphrase = await backupPassphrase({ ...options, unsealed: await isUnsealed(file) }, false);
  const parts = { file: resolve(file), passphrase, replace: options.replace === true };
  const folder = (practice: boolean) => dataFolder(options, practice);
  try {
    const { office, rows, broken, siteFile, aside, madeAt, shown, ...done } = await putBack({
      ...parts,
      folder,
      wanted: options.practice === true ? "practice" : options.config !== undefined ? "real" : null,
      siteFile: resolve(options.config ?? "boardcast.yaml"),
    });
    output.out(
      `已恢复 ${office} 到 ${done.folder},台账 ${rows} 行\nRestored ${office} to ${done.folder}, ${rows} ledger rows\n`,
    );
    if (broken)
      output.out(
        "台账在备份之前就有断处：请运行 boardcast verify。\nThe ledger was broken before the backup was made: run boardcast verify.\n",
      );
    if (siteFile !== null) output.out(`安装文件 Installation file: ${siteFile}\n`);
    if (aside !== null) output.out(`原来的数据 What was there before: ${aside}\n`);
    output.out(
      "所有登录都已失效；登录后先要改密码。All sessions were ended; whoever signs in has to change the password first.\n",
    );
    output.out(shownAgain(new Date(madeAt).toISOString(), shown));
    return 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    throw new Refusal(
      { zh: `${(error as Error).message} 里已有数据`, en: `there is data in ${(error as Error).message} already` },
      {
        zh: "用 --data 换一个文件夹；或加 --replace,原来的会改名保留。",
        en: "Name another folder with --data; or add --replace, which keeps what is there under another name.",
      },
    );
  }
}

function shownAgain(madeAt: string, shown: PutBackResult["shown"]): string {
  const lines = shown.flatMap(({ board, notices }) => [
    `  ${board}`,
    ...notices.map(({ id, title }) => `    ${id}  ${title}`),
  ]);
  return [
    `${madeAt} 以后撤下的、签发的、交接的，都回到了那时的样子，请逐条核对：现在生效的信息如下，该撤下的请再撤下，已离开的人请停用。`,
    `What was withdrawn, signed or handed over after ${madeAt} is as it was before: look at each of these, which are in force now. Withdraw again what had been withdrawn, and disable who has left.`,
    ...(lines.length > 0 ? lines : ["  (没有 none)"]),
    "",
  ].join("\n");
}
