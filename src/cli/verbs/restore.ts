import { resolve } from "node:path";
import { putBack } from "../../daemon/backup.ts";
import { backupPassphrase, type PassphraseOptions } from "../passphrase.ts";
import { dataFolder, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";

/** The office of a backup, in a folder that is empty or is put aside. */
export async function restore(
  file: string,
  options: PlaceOptions & PassphraseOptions & { replace?: boolean },
  output: Output,
): Promise<ExitCode> {
  const passphrase = await backupPassphrase(options, false);
  const parts = { file: resolve(file), passphrase, replace: options.replace === true };
  const folder = (practice: boolean) => dataFolder(options, practice);
  try {
    const { office, rows, broken, siteFile, aside, ...done } = await putBack({
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
        "台账在备份之前就有断处:请运行 boardcast verify。\nThe ledger was broken before the backup was made: run boardcast verify.\n",
      );
    if (siteFile !== null) output.out(`安装文件 Installation file: ${siteFile}\n`);
    if (aside !== null) output.out(`原来的数据 What was there before: ${aside}\n`);
    output.out("所有登录都已失效,请重新登录。All sessions were ended: sign in again.\n");
    return 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    throw new Refusal(
      { zh: `${(error as Error).message} 里已有数据`, en: `there is data in ${(error as Error).message} already` },
      {
        zh: "用 --data 换一个文件夹;或加 --replace,原来的会改名保留。",
        en: "Name another folder with --data; or add --replace, which keeps what is there under another name.",
      },
    );
  }
}
