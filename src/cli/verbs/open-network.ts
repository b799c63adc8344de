import type { NetworkJson } from "../../api/network-schemas.ts";
import { runningDaemon } from "../client.ts";
import { findPlace, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";

/** 对办公网开放: asks the daemon that runs how it is reached, and says what is left to do. */
export async function openNetwork(options: PlaceOptions & { json?: boolean }, output: Output): Promise<ExitCode> {
  const { folder } = await findPlace(options);
  const running = await runningDaemon(folder);
  if (running === null)
    throw new Refusal(
      { zh: "守护进程没有运行", en: "the daemon is not running" },
      { zh: "先运行 boardcast start,再运行这个命令。", en: "Run boardcast start first, then this." },
    );
  const network = (await (await running.get("/api/v1/network")).json()) as NetworkJson;
  if (options.json) output.out(`${JSON.stringify(network, null, 2)}\n`);
  else output.out(describe(network));
  return 0;
}

function describe({ says, urls, warning, certificate, trust, code }: NetworkJson): string {
  const lines = [says.zh, says.en, "", ...urls.map((url) => `  ${url}`), ""];
  if (code) lines.push(...drawn(code), "");
  if (warning) lines.push(warning.zh, warning.en, "");
  if (certificate)
    lines.push(
      `证书指纹 SHA-256 fingerprint(${certificate.until.slice(0, 10)} 止 until):`,
      `  ${certificate.fingerprint}`,
      "",
    );
  for (const { system, steps } of trust)
    lines.push(`${system.zh} · ${system.en}`, `  ${steps.zh}`, `  ${steps.en}`, "");
  return lines.join("\n");
}

/** Two rows of modules a line. Light is drawn, so that it reads on a dark terminal; on a light one most readers invert. */
function drawn(rows: readonly string[]): string[] {
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const [upper = "", lower = ""] = [rows[y], rows[y + 1]];
    lines.push(
      [...upper]
        .map((module, x) => {
          const [up, down] = [module === ".", lower[x] === "."];
          return up ? (down ? "█" : "▀") : down ? "▄" : " ";
        })
        .join(""),
    );
  }
  return lines;
}
