import { resolve } from "node:path";
import { plainWarning } from "../../api/network-words.ts";
import { remedy, sentence } from "../../fault.ts";
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
  const daemon = await startLasting({
    ...{ site, folder, siteFile, startAt, placeNow, newFile },
    renewed: (one, now) => {
      if (site.practice && !now.practice) output.out(`${now.office}  ${one.url}\n`);
      if (one.setUpUrl !== null) output.out(firstSteps(one.setUpUrl));
    },
  });
  const told = untilToldToStop();
  output.out(`${site.office}${site.practice ? "(演练 practice)" : ""}  ${daemon.url}\n`);
  if (daemon.setUpUrl !== null) output.out(firstSteps(daemon.setUpUrl));
  if (daemon.held) output.err(site.review === "none" ? aloneWords : heldWords);
  for (const fault of daemon.unsigned)
    for (const language of ["zh", "en"] as const)
      output.err(`${sentence(fault)[language]} ${remedy(fault)[language]}\n`);
  const { state, certificate, tls } = daemon.network.view();
  if (state === "open" && tls === "none") output.err(`${plainWarning.zh}\n${plainWarning.en}\n`);
  if (certificate) output.out(`证书指纹 SHA-256 fingerprint: ${certificate.fingerprint}\n`);
  await Promise.race([told, daemon.lost]);
  // Whatever a panel's line does, whoever stops us is not kept waiting: nothing of ours needs its end to be whole.
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  await daemon.stop();
  return 0;
}

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

/** No account can be added there: it would never be answered otherwise. */
const aloneWords = [
  "安装文件写了 review: none(一人自用，没有账号),所以只应答本机，不管 listen.host 怎么写；要联网请去掉 review: none,设好账号。",
  "The installation file says review: none (one person, no accounts): only this computer is answered, whatever listen.host says. To open it to a network, remove review: none and set up accounts.",
  "",
].join("\n");
