/** Secrets that are typed: never on the command line, where other users of the computer could read them. */
import { readFile } from "node:fs/promises";
import { limits } from "../limits.ts";
import { Refusal } from "./say.ts";
import { typedSecret } from "./typed-secret.ts";

const { backupPassphraseCharsMin: passphraseCharsMin } = limits;
const fileBytesMax = 4096;

export interface PassphraseOptions {
  readonly passphraseFile?: string | undefined;
  /** Whoever has the file can open it: nothing is asked. */
  readonly unsealed?: boolean | undefined;
}

/** From `--passphrase-file` (its first line), BOARDCAST_BACKUP_PASSPHRASE, or typed; `twice`: and typed again. */
export async function backupPassphrase(options: PassphraseOptions, twice: boolean): Promise<string> {
  if (options.unsealed === true) return "";
  const given =
    options.passphraseFile === undefined
      ? process.env.BOARDCAST_BACKUP_PASSPHRASE
      : await firstLine(options.passphraseFile);
  const passphrase = given ?? (await typed("备份口令 Backup passphrase: "));
  if (twice && given === undefined && (await typed("再输一次 Once more: ")) !== passphrase)
    throw new Refusal(
      { zh: "两次输入的口令不一样", en: "the two passphrases differ" },
      { zh: "请再来一次。", en: "Try again." },
    );
  if (twice && [...passphrase].length < passphraseCharsMin)
    throw new Refusal(
      {
        zh: `备份口令至少 ${passphraseCharsMin} 个字`,
        en: `a backup's passphrase has at least ${passphraseCharsMin} characters`,
      },
      {
        zh: "备份里有签名密钥：请用一句只有本办公室知道的话，抄在纸上锁好。",
        en: "The backup holds the signing key: take a sentence that only this office knows, and lock it away on paper.",
      },
    );
  return passphrase;
}

async function firstLine(file: string): Promise<string> {
  const text = await readFile(file, "utf8");
  return text.slice(0, fileBytesMax).split(/\r?\n/, 1)[0] ?? "";
}

async function typed(question: string): Promise<string> {
  const said = await typedSecret(question);
  if (said !== null) return said;
  throw new Refusal(
    { zh: "这里没有终端，不能输入口令", en: "there is no terminal to type a passphrase at" },
    {
      zh: "请用 BOARDCAST_BACKUP_PASSPHRASE 或 --passphrase-file 给出。",
      en: "Give it by BOARDCAST_BACKUP_PASSPHRASE, or by --passphrase-file.",
    },
  );
}
