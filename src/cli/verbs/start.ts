import { resolve } from "node:path";
import { saysOf, warningOf } from "../../api/network-words.ts";
import type { Site } from "../../config/types.ts";
import type { Daemon } from "../../daemon/index.ts";
import { remedy, type Sentence, sentence } from "../../fault.ts";
import { instantOption, runningDaemon, UsageError } from "../client.ts";
import { findPlace, newSiteFile, type PlaceOptions, siteFileOf } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { untilToldToStop } from "../until-told.ts";

const stopWithinMs = 5000;

/** Runs until it is told to stop (Ctrl-C, SIGTERM). Prints one line with the page's address. */
export async function start(options: PlaceOptions & { at?: string }, output: Output): Promise<ExitCode> {
  const { site, folder } = await findPlace(options);
  if (options.at !== undefined && !site.practice) {
    throw new UsageError(
      { zh: "--at 只用于演练", en: "--at is for practice only" },
      { zh: "真实的公开栏按真实的时间走。", en: "Real boards follow the real clock." },
    );
  }
  const running = await runningDaemon(folder);
  if (running !== null) {
    throw new Refusal(
      { zh: `已经在运行：${running.url}`, en: `it is running already: ${running.url}` },
      {
        zh: "打开这个网址，或用 --data 指定另一个数据文件夹。",
        en: "Open that address, or name another folder with --data.",
      },
    );
  }
  const startAt = options.at === undefined ? null : instantOption(options.at, site.zone, 0);
  const { startLasting } = await import("../../daemon/index.ts");
  const placeNow = async () => {
    const [place, file] = [await findPlace(options), siteFileOf(options)];
    return { ...place, siteFile: file === null ? null : resolve(file) };
  };
  const { siteFile } = await placeNow();
  const newFile = site.practice ? newSiteFile(options) : null;
  let last = "";
  /** Again only where something of it is otherwise: boards are added, an office begins, the network is let in. */
  const tell = (daemon: Daemon, now: Site) => {
    const { out, err } = saidOf(daemon, now);
    if (out + err === last) return;
    last = out + err;
    output.out(out);
    if (err !== "") output.err(err);
  };
  const daemon = await startLasting({ ...{ site, folder, siteFile, startAt, placeNow, newFile }, renewed: tell });
  const told = untilToldToStop();
  tell(daemon, site);
  await Promise.race([told, daemon.lost]);
  // Whatever a panel's line does, whoever stops us is not kept waiting: nothing of ours needs its end to be whole.
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  await daemon.stop();
  return 0;
}

function saidOf(daemon: Daemon, site: Site): { readonly out: string; readonly err: string } {
  const { setUpUrl, held, unsigned, network } = daemon;
  const view = network.view();
  const [warning, { certificate }] = [warningOf(view), view];
  const out = [
    `${site.office}${site.practice ? "(演练 practice)" : ""}  ${daemon.url}\n`,
    setUpUrl === null ? "" : firstSteps(setUpUrl),
    certificate ? `证书指纹 SHA-256 fingerprint: ${certificate.fingerprint}\n` : "",
  ];
  const err = [
    // No account can be added there: it would never be answered otherwise.
    held ? (view.alone ? twice(saysOf(view)) : heldWords) : "",
    ...unsigned.flatMap((fault) =>
      (["zh", "en"] as const).map((language) => `${sentence(fault)[language]} ${remedy(fault)[language]}\n`),
    ),
    warning ? twice(warning) : "",
  ];
  return { out: out.join(""), err: err.join("") };
}

const twice = ({ zh, en }: Sentence): string => `${zh}\n${en}\n`;

function firstSteps(url: string): string {
  return [
    "还没有账号：请在本机打开下面的链接，设第一位系统管理员（只能用一次，24 小时内有效）",
    "No account yet: open this link on this computer to set up the first administrator (works once, within 24 h)",
    `  ${url}`,
    "",
  ].join("\n");
}

const heldWords = [
  "设好账号以前只应答本机；设好后重新启动，才按安装文件的 listen.host 应答别的电脑。",
  "Until there is an account only this computer is answered; start again after that for listen.host to count.",
  "",
].join("\n");
