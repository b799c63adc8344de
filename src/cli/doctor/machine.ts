/** What the computer must offer: Node, a sane clock, room on the disk, a data folder of its own. */
import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { wallClock } from "../../time/clock.ts";
import { type Check, fail, ok, warn } from "./check.ts";

const leastNode = [20, 19] as const;

export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) {
    return ok("node", `Node ${version}`, `Node ${version}`);
  }
  return fail(
    "node",
    { zh: `Node ${version} 太旧`, en: `Node ${version} is too old` },
    { zh: `请升级到 ${leastNode.join(".")} 以上。`, en: `Upgrade to ${leastNode.join(".")} or later.` },
  );
}

/** A clock that is before the program was installed is certainly wrong: a computer whose battery is empty starts in the past. */
export async function checkClock(now = wallClock.now()): Promise<Check> {
  const { mtimeMs } = await stat(fileURLToPath(import.meta.url));
  const shown = new Date(now).toISOString();
  if (now >= mtimeMs - 86_400_000) return ok("clock", `时钟 ${shown}`, `the clock says ${shown}`);
  return fail(
    "clock",
    { zh: `时钟 ${shown} 早于本程序的安装时间`, en: `the clock says ${shown}, before this program was installed` },
    {
      zh: "请对时，并打开网络对时(NTP);每次开机都错，请换主板电池。",
      en: "Set the clock and turn on NTP; if it is wrong after each start, replace the board's battery.",
    },
  );
}

const mib = 1024 * 1024;

export async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(await nearestExisting(folder));
  const freeMib = Math.floor((bavail * bsize) / mib);
  const what = { zh: `磁盘剩余 ${freeMib} MiB`, en: `${freeMib} MiB free on the disk` };
  const remedy = { zh: "请清理磁盘，或用 --data 换一块盘。", en: "Make room, or choose another disk with --data." };
  if (freeMib < 200) return fail("disk", what, remedy);
  return freeMib < 1024 ? warn("disk", what, remedy) : ok("disk", what.zh, what.en);
}

/** May we write there, and is the signing key nobody else's to read? */
export async function checkFolder(folder: string): Promise<Check> {
  const existing = await nearestExisting(folder);
  try {
    await access(existing, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fail(
      "data",
      { zh: `不能写入 ${existing}`, en: `cannot write to ${existing}` },
      {
        zh: "请改文件夹的所有者或权限，或用 --data 换一个。",
        en: "Change its owner or permissions, or name another with --data.",
      },
    );
  }
  const key = join(folder, "signing.key");
  const mode = await stat(key).then(
    (found) => found.mode & 0o777,
    () => null,
  );
  if (mode !== null && (mode & 0o077) !== 0) {
    return fail(
      "data",
      {
        zh: `别人读得到签发密钥 ${key}（${mode.toString(8)}）`,
        en: `others can read the signing key ${key} (${mode.toString(8)})`,
      },
      { zh: `运行 chmod 600 ${key}`, en: `Run chmod 600 ${key}` },
    );
  }
  return existing === folder
    ? ok("data", `数据文件夹 ${folder}`, `data folder ${folder}`)
    : ok("data", `数据文件夹 ${folder} 将在启动时建立`, `data folder ${folder} is made at start`);
}

async function nearestExisting(folder: string): Promise<string> {
  for (let current = folder; ; current = dirname(current)) {
    if (
      await stat(current).then(
        () => true,
        () => false,
      )
    )
      return current;
    if (dirname(current) === current) return current;
  }
}
