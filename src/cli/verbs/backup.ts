import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { backUp } from "../../daemon/backup.ts";
import { backupPassphrase, type PassphraseOptions } from "../passphrase.ts";
import { findPlace, type PlaceOptions, siteFileOf } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";

/** One file with all that the office is, taken while the daemon runs or not. */
export async function backup(
  file: string,
  options: PlaceOptions & PassphraseOptions,
  output: Output,
): Promise<ExitCode> {
  const { site, folder } = await findPlace(options);
  if (!existsSync(join(folder, "boardcast.db")))
    throw new Refusal(
      { zh: `${folder} 里还没有数据`, en: `there is no data in ${folder} yet` },
      { zh: "先启动一次，或用 --data 指定数据文件夹。", en: "Start it once, or name the data folder with --data." },
    );
  const passphrase = await backupPassphrase(options, true);
  const bytes = await backUp({ site, folder, siteFile: siteFileOf(options), file: resolve(file), passphrase });
  const size = (bytes / 1024 / 1024).toFixed(1);
  if (passphrase === "") {
    output.out(
      `已备份到 ${file}(${size} MiB),没有加密：谁拿到谁就能打开，里面有签名密钥。\nBacked up to ${file} (${size} MiB), not sealed: whoever has it can open it, and the signing key is in it.\n`,
    );
    return 0;
  }
  output.out(
    `已备份到 ${file}(${size} MiB)。请拷到别处保存；口令另外保管，没有口令谁也打不开。\nBacked up to ${file} (${size} MiB). Keep it elsewhere, and its passphrase apart from it: without that nobody can open it.\n`,
  );
  return 0;
}
